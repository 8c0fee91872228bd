"""Earlier notices are found again, with the results that they name."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton

from core.delivery.settings import ExportSettings
from desktop.panels.notices import Kind, NoticeHistory
from tests.desktop.conftest import Editor

LEFT = Qt.MouseButton.LeftButton


def rows(editor: Editor) -> list[str]:
    """The texts of the history, from the top."""
    widgets = editor.window.notice_button.list.rows.findChildren(QLabel)
    return [label.text() for label in widgets if label.text() and label.wordWrap()]


def buttons(editor: Editor) -> dict[str, QPushButton]:
    """The buttons of the newest notice, by their text."""
    found: dict[str, QPushButton] = {}
    for button in editor.window.notice_button.list.rows.findChildren(QPushButton):
        found.setdefault(button.text(), button)
    return found


def test_an_exports_result_is_found_in_the_history(
    opened: Editor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: shown.append(url.toLocalFile()))
    opened.paint_box(10, 10, 30, 40)
    opened.answers.folder, opened.answers.settings = tmp_path / "film.mp4", ExportSettings("h264")
    opened.do("export")
    opened.wait_idle()
    assert "film.mp4" in opened.window.notices.text
    opened.qtbot.mouseClick(opened.window.notices.button, LEFT)
    assert shown == [str(tmp_path)], "the notice itself shows the folder"
    opened.window.notices.notify("Something else.")
    opened.do("notices")
    assert "Something else." in rows(opened)[0]
    assert "film.mp4" in rows(opened)[1]
    opened.qtbot.mouseClick(buttons(opened)["Open"], LEFT)
    assert shown[-1] == str(tmp_path / "film.mp4")
    opened.do("notices")
    opened.qtbot.mouseClick(buttons(opened)["Copy"], LEFT)
    assert QGuiApplication.clipboard().text() == "Something else."


def test_what_was_offered_can_be_done_from_the_history(opened: Editor) -> None:
    done: list[int] = []
    opened.window.notices.notify("Wait?", Kind.WARNING, "Do it", lambda: done.append(1))
    opened.window.notices.dismiss()
    opened.do("notices")
    opened.qtbot.mouseClick(buttons(opened)["Do it"], LEFT)
    assert done == [1]
    assert not opened.window.notice_button.list.isVisible()


def test_what_a_propagation_said_goes_when_the_next_one_is_asked_for(opened: Editor) -> None:
    opened.paint_box(10, 10, 30, 40)
    opened.do("propagate_forward")
    opened.wait_idle()
    opened.do("propagate_forward")
    opened.wait_idle()
    notices = opened.window.notices
    assert "Nothing to update" in notices.text
    opened.go(3)
    opened.paint_box(10, 10, 20, 20)
    opened.do("propagate_forward")
    assert not notices.text, "it would be wrong while frames are updated"
    opened.wait_idle()
    notices.notify("The disk is full.", Kind.ERROR)
    notices.dismiss_news()
    assert notices.text == "The disk is full."


def test_the_history_ends_somewhere() -> None:
    from datetime import datetime

    from desktop.panels.notices import Notice

    history = NoticeHistory()
    for number in range(500):
        history.add(Notice(str(number), Kind.INFO, datetime.now().astimezone()))
    assert [len(history.notices), history.notices[-1].text] == [200, "499"]


@pytest.mark.parametrize("timeline", [True, False])
def test_a_long_notice_never_reaches_the_picture(opened: Editor, timeline: bool) -> None:
    window = opened.window
    next(dock for dock in window._docks if dock.objectName() == "timeline").setVisible(timeline)
    opened.qtbot.wait(50)
    text = "What happened was long to tell, and it went on. " * 40
    window.notices.notify(text, Kind.ERROR)
    opened.qtbot.wait(50)
    bar = window.notices
    bottom = window.canvas.mapTo(window, window.canvas.rect().bottomLeft()).y()
    assert bar.y() >= bottom - 1, "the picture is clear"
    assert bar.height() >= window.statusBar().height()
    assert bar.text == text
    if not timeline:
        assert bar.label.text().endswith("…")
        assert bar.label.toolTip() == text
    opened.do("notices")
    assert rows(opened)[0] == text
