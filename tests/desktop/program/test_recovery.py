"""After a crash the next start says what was kept and opens it again."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.engines import available
from core.types import Origin
from desktop.program.program import Program
from desktop.program.reporter import Reporter
from desktop.program.running_mark import RunMark, marks_folder, take_crashed

ROOT = Path(__file__).resolve().parents[3]

_CRASH = """
import os, signal, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from desktop.program.program import Program
from desktop.program.reporter import Reporter

app = QApplication([])
program = Program(app, Reporter())

def crash():
    program.window.session.add_object()
    os.kill(os.getpid(), signal.SIGKILL)

program.window.files.opened.connect(lambda: QTimer.singleShot(0, crash))
program.start(Path(sys.argv[1]))
app.exec()
"""


AT_WORK = """
import os, signal, sys, time
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from core.engines import available
from core.engines.fake import FakeSession
from desktop.commands.propagation import Reach
from desktop.program.program import Program
from desktop.program.reporter import Reporter
import numpy as np

quick = FakeSession._results

def slow(self, *arguments):
    for result in quick(self, *arguments):
        time.sleep(0.05)
        yield result

FakeSession._results = slow
app = QApplication([])
program = Program(app, Reporter())

def begin():
    window = program.window
    window.engine.set_engines(available(include_hidden=True), "fake")
    window.session.add_object()
    window.session.project.masks.import_labels(0, np.ones((64, 96), np.uint8))
    window.propagation.start(Reach.FORWARD)
    window.session.project.subscribe(lambda change: act(change))

program.window.files.opened.connect(lambda: QTimer.singleShot(300, begin))
"""
"""A program whose propagation calls `act` with each change."""
_CRASH_AT_WORK = (
    AT_WORK
    + """
def act(change):
    if change.frame_index == 3:
        os.kill(os.getpid(), signal.SIGKILL)

program.start(Path(sys.argv[1]))
app.exec()
"""
)


@pytest.fixture
def crashed(pictures: Path) -> Path:
    """The project that was open, with one object, in a program that was killed."""
    return killed(_CRASH, pictures)


def killed(script: str, pictures: Path) -> Path:
    """Runs a program that kills itself; its project."""
    ended = subprocess.run(
        [sys.executable, "-c", script, str(pictures)], cwd=ROOT, env=dict(os.environ), capture_output=True, timeout=60
    )
    assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()
    return pictures.with_suffix(".roto")


def start(qtbot: QtBot, qapp: QApplication, path: Path | None = None) -> Program:
    program = Program(qapp, Reporter())
    program.start(path)
    qtbot.waitUntil(lambda: program.window.engine.engines.count() > 0)
    return program


def end(program: Program) -> None:
    program.window.close()
    program.end()


def test_the_next_start_reports_it_and_opens_it_again(qtbot: QtBot, qapp: QApplication, crashed: Path) -> None:
    program = start(qtbot, qapp)
    window = program.window
    qtbot.waitUntil(lambda: crashed.name in window.notices.text)
    qtbot.mouseClick(window.notices.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.session.is_open and not window.jobs.busy)
    assert window.session.project.path == crashed
    assert len(window.session.tracks) == 1
    end(program)
    again = start(qtbot, qapp)
    assert again.window.notices.text == "", "it is told once, and this run ended well"
    end(again)
    assert not list(marks_folder().glob("*.json"))


def test_a_killed_propagation_is_one_step_and_is_offered_to_be_finished(
    qtbot: QtBot, qapp: QApplication, pictures: Path
) -> None:
    project = killed(_CRASH_AT_WORK, pictures)
    program = start(qtbot, qapp)
    window, session = program.window, program.window.session
    window.engine.set_engines(available(include_hidden=True), "fake")
    qtbot.waitUntil(lambda: project.name in window.notices.text)
    qtbot.mouseClick(window.notices.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: session.is_open and not window.jobs.busy)
    assert session.project.origin_lane(1).tolist() == [Origin.EDITED, *[Origin.PROPAGATED] * 3, *[Origin.NONE] * 8]
    assert "Propagate forward" in window.notices.text
    qtbot.mouseClick(window.notices.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: session.project.origin_lane(1)[11] == Origin.PROPAGATED and not window.jobs.busy)
    assert (session.project.origin_lane(1)[1:] == Origin.PROPAGATED).all()
    session.project.history.undo()
    session.project.history.undo()
    assert session.project.origin_lane(1).tolist() == [Origin.EDITED, *[Origin.NONE] * 11], "one step, and one more"
    end(program)


def test_the_clip_opened_again_by_name_states_it_is_as_it_was(
    qtbot: QtBot, qapp: QApplication, crashed: Path, pictures: Path
) -> None:
    program = start(qtbot, qapp, pictures)
    qtbot.waitUntil(lambda: crashed.name in program.window.notices.text)
    assert program.window.session.is_open
    assert not program.window.notices.button.isVisible(), "there is nothing left to open"
    end(program)


def test_a_program_that_still_runs_has_not_crashed(tmp_path: Path) -> None:
    project = tmp_path / "a.roto"
    project.touch()
    mark = RunMark(tmp_path / "marks")
    mark.note(project)
    assert take_crashed(tmp_path / "marks") == []
    mark.note(None)
    mark.note(project)
    mark.end()
    assert take_crashed(tmp_path / "marks") == []
    assert list((tmp_path / "marks").iterdir()) == []


def test_a_mark_that_cannot_be_read_is_cleared_away(tmp_path: Path) -> None:
    (tmp_path / "broken.json").write_text("{")
    (tmp_path / "gone.json").write_text('{"project": "/no/such.roto"}')
    assert take_crashed(tmp_path) == []
    assert list(tmp_path.iterdir()) == []


def test_what_was_at_work_in_a_crash_is_offered_when_its_clip_is_open_again(
    qtbot: QtBot, qapp: QApplication, crashed: Path
) -> None:
    # what a program that is killed in the middle of a propagation leaves
    mark = next(marks_folder().glob("*.json"))
    stored = json.loads(mark.read_text())
    order = {"kind": "propagate", "reach": "FORWARD", "here": 0, "target": None, "marked_range": None, "anew": False}
    stored["work"] = [{"title": "Propagate forward", "again": order}]
    mark.write_text(json.dumps(stored))
    program = start(qtbot, qapp)
    window = program.window
    qtbot.waitUntil(lambda: crashed.name in window.notices.text)
    qtbot.mouseClick(window.notices.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.session.is_open and not window.jobs.busy)
    qtbot.waitUntil(lambda: "Propagate forward" in window.notices.text)
    assert window.notices.button.isVisible()
    end(program)
