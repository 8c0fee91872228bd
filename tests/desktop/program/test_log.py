"""The log window, the diagnostics, and errors that nobody caught."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from desktop.dialogs.log_window import LogWindow
from desktop.program.log import RECENT, RecentLog, crash_file, start_log, write_faults
from desktop.program.program import Program
from desktop.program.reporter import Reporter, describe
from tests.desktop.conftest import Editor

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def recent() -> Iterator[RecentLog]:
    """The root logger's records, kept for the test."""
    root = logging.getLogger()
    level = root.level
    RECENT._kept.clear()
    root.addHandler(RECENT)
    root.setLevel(logging.INFO)
    yield RECENT
    root.removeHandler(RECENT)
    root.setLevel(level)


def test_the_last_records_are_kept_and_no_more() -> None:
    log = RecentLog(limit=3)
    for number in range(5):
        log.handle(logging.makeLogRecord({"msg": f"event {number}", "levelno": 20 + 10 * (number % 2)}))
    assert [text.rsplit(" ", 1)[-1] for text in log.entries()] == ["2", "3", "4"]
    assert len(log.entries(logging.WARNING)) == 1


def test_the_window_shows_what_was_and_what_comes_from_any_thread(opened: Editor, recent: RecentLog) -> None:
    logging.getLogger("test").info("before")
    opened.do("log")
    window = opened.window.findChild(LogWindow)
    assert window is not None
    assert "before" in window.text.toPlainText()
    thread = threading.Thread(target=lambda: logging.getLogger("test").error("from a thread"))
    thread.start()
    thread.join()
    opened.qtbot.waitUntil(lambda: "from a thread" in window.text.toPlainText())
    window.level.setCurrentIndex(window.level.findData(logging.ERROR))
    assert "before" not in window.text.toPlainText()
    assert "from a thread" in window.text.toPlainText()
    opened.qtbot.keyClick(window, Qt.Key.Key_Escape)
    opened.qtbot.waitUntil(lambda: not isValid(window))
    logging.getLogger("test").error("nobody listens")


def test_notices_are_in_the_log(opened: Editor, recent: RecentLog) -> None:
    opened.window.notices.notify("Something to remember.")
    assert any("Something to remember." in text for text in recent.entries())


def test_diagnostics_state_versions_machine_clip_and_log(opened: Editor, recent: RecentLog) -> None:
    logging.getLogger("test").warning("the last straw")
    opened.do("log")
    window = opened.window.findChild(LogWindow)
    assert window is not None
    opened.qtbot.mouseClick(window.copy_button, LEFT)
    text = QGuiApplication.clipboard().text()
    for part in (
        "Rotoflow 0.",
        "Python 3.",
        "numpy 2",
        "cores",
        "96 x 64",
        "12 frames",
        "engine fake on",
        "last straw",
    ):
        assert part in text, part
    window.close()
    opened.do("close")
    opened.do("copy_diagnostics")
    assert "none open" in QGuiApplication.clipboard().text()


def test_what_nobody_caught_is_a_sentence_and_a_log_entry(qtbot: QtBot, qapp: QApplication, recent: RecentLog) -> None:
    reporter = Reporter()
    program = Program(qapp, reporter)
    program.start()

    def fail() -> None:
        raise KeyError("first line\nsecond line")

    try:
        fail()
    except KeyError as error:
        failure = error
    thread = threading.Thread(target=lambda: reporter.report(KeyError, failure, failure.__traceback__))
    thread.start()
    thread.join()
    notices = program.window.notices
    qtbot.waitUntil(lambda: notices.text != "")
    assert "Traceback" not in notices.text
    assert "saved" in notices.text
    assert any("Traceback" in text and "in fail" in text for text in recent.entries())
    qtbot.mouseClick(notices.button, LEFT)
    window = program.window.findChild(LogWindow)
    assert window is not None
    assert "in fail" in window.text.toPlainText()
    window.close()
    program.window.close()
    program.end()


def test_the_log_file_has_what_qt_states_and_what_the_last_fault_was(recent: RecentLog) -> None:
    from PySide6.QtCore import qInstallMessageHandler, qWarning

    root = logging.getLogger()
    before = list(root.handlers)
    crash_file().write_text("Fatal Python error: Segmentation fault\n")
    path = start_log()
    try:
        with write_faults():
            qWarning("Qt has something to say")
        text = path.read_text()
    finally:
        qInstallMessageHandler(None)
        for handler in [handler for handler in root.handlers if handler not in before]:
            root.removeHandler(handler)
            handler.close()
        root.addHandler(RECENT)
    assert "WARNING qt: Qt has something to say" in text
    assert "Segmentation fault" in text
    assert crash_file().read_text() == ""


def test_the_about_box_names_the_libraries(opened: Editor) -> None:
    from PySide6.QtWidgets import QMessageBox

    opened.do("about")
    box = opened.window.findChild(QMessageBox)
    assert box is not None
    assert "numpy 2" in box.text()
    assert "MIT" in box.text()
    box.close()


@pytest.mark.parametrize("error", [MemoryError(), ImportError("libtorch_cpu.so: failed to map segment from object")])
def test_too_little_memory_says_what_to_do_and_is_no_fault_of_the_program(error: Exception) -> None:
    assert describe(error).startswith("There is not enough memory for this: close other programs or clips")
    assert "should not" in describe(RuntimeError("sizes differ"))
