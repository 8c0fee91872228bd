"""The system ends the program: nothing is asked, nothing is lost, and the next start has nothing to be sorry for."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.engines import available
from core.types import Origin
from desktop.program.ending import EndRequests
from desktop.program.running_mark import marks_folder, take_crashed
from desktop.session.stopped_work import StoppedWork
from tests.desktop.program.test_recovery import AT_WORK, ROOT, end, start

_ENDED = (
    AT_WORK
    + """
from PySide6.QtWidgets import QDialog
from desktop.program.ending import EndRequests

def act(change):
    if change.frame_index == 3:
        app.exit() if number is None else os.kill(os.getpid(), number)

number = getattr(signal, sys.argv[2], None)
if number is not None:
    # which a shell may have had ignored
    signal.signal(number, signal.SIG_DFL)
if sys.argv[3] == "dialog":
    QTimer.singleShot(0, lambda: QDialog(program.window).exec())
with EndRequests(app) as requests:
    requests.quit_requested.connect(program.quit_unasked)
    program.start(Path(sys.argv[1]))
    code = app.exec()
if program.ends_without_display():
    os._exit(code)
program.end()
sys.exit(code)
"""
)


@pytest.mark.parametrize(("number", "before"), [("SIGTERM", "dialog"), ("SIGHUP", "none"), ("lost display", "none")])
def test_an_end_at_work_closes_the_window_and_what_ran_is_offered(
    qtbot: QtBot, qapp: QApplication, pictures: Path, number: str, before: str
) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", _ENDED, str(pictures), number, before], cwd=ROOT, capture_output=True, timeout=60
    )
    assert ended.returncode == 0, ended.stderr.decode()
    assert b"Traceback" not in ended.stderr
    assert list(marks_folder().iterdir()) == []
    program = start(qtbot, qapp, pictures)
    window, session = program.window, program.window.session
    window.engine.set_engines(available(include_hidden=True), "fake")
    qtbot.waitUntil(lambda: "Propagate forward" in window.notices.text)
    assert "did not end" not in window.notices.text
    assert session.project.origin_lane(1)[:4].tolist() == [Origin.EDITED, *[Origin.PROPAGATED] * 3]
    end(program)


def test_what_the_system_ends_has_not_crashed_but_its_work_is_kept(
    qtbot: QtBot, qapp: QApplication, pictures: Path
) -> None:
    """The session at the machine ends, and the program with it, in the middle of its work: no time to close."""
    program = start(qtbot, qapp, pictures)
    qtbot.waitUntil(lambda: program.window.session.is_open)
    program.window.session.add_object()
    program.note_leaving()
    kept = next(marks_folder().glob("*.json")).read_bytes()
    end(program)
    (marks_folder() / "ended.json").write_bytes(kept.replace(b'"work": []', b'"work": [{"title": "Go", "again": {}}]'))
    assert take_crashed() == []
    assert [job.title for job in StoppedWork().take(pictures.with_suffix(".roto"))] == ["Go"]


def test_the_second_signal_ends_it_at_once_and_what_is_ignored_stays_ignored(qtbot: QtBot, qapp: QApplication) -> None:
    got: list[str] = []
    handlers = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)}
    try:
        signal.signal(signal.SIGTERM, lambda *_: got.append("the usual"))
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        with EndRequests(qapp) as requests:
            requests.quit_requested.connect(lambda: got.append("asked"))
            for number in (signal.SIGHUP, signal.SIGTERM):
                os.kill(os.getpid(), number)
            qtbot.waitUntil(lambda: got == ["asked"])
            os.kill(os.getpid(), signal.SIGTERM)
            assert got == ["asked", "the usual"]
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)


def test_after_its_end_a_program_hears_nothing_of_the_system(qapp: QApplication) -> None:
    told: list[str] = []
    with EndRequests(qapp) as requests:
        requests.session_ends.connect(lambda: told.append("log-out"))
        qapp.commitDataRequest.emit(None)
        assert told == ["log-out"]
    qapp.commitDataRequest.emit(None)
    assert told == ["log-out"]
