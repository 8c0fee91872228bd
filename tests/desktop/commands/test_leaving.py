"""Quitting, closing or opening another clip while work runs asks once; what was stopped is offered again."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from core.engines.fake import FakeSession
from core.project import Project
from core.types import FrameResult, Origin
from desktop.dialogs.leaving import Leave, Unfinished, when_stopped
from desktop.session.stopped_work import StoppedWork
from tests.desktop.conftest import Editor

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def running(opened: Editor, monkeypatch: pytest.MonkeyPatch) -> Editor:
    """Eleven frames are propagated, slowly; three of them are there."""
    quick = FakeSession._results

    def slow(self: FakeSession, *arguments: object) -> Iterator[FrameResult]:
        for result in quick(self, *arguments):  # type: ignore[arg-type]
            time.sleep(0.06)
            yield result

    monkeypatch.setattr(FakeSession, "_results", slow)
    opened.paint_box(10, 10, 30, 40)
    opened.do("propagate_forward")
    opened.qtbot.waitUntil(lambda: lane(opened)[3] == Origin.PROPAGATED)
    opened.answers.asked.clear()
    return opened


def lane(editor: Editor) -> list[int]:
    return list(editor.window.session.project.origin_lane(1))


def stored(path: Path) -> list[int]:
    with Project.open(path) as project:
        return list(project.origin_lane(1))


def test_closing_the_window_can_be_thought_better_of(running: Editor) -> None:
    running.answers.left = None
    running.window.close()
    assert running.answers.asked == ["quit: Propagate forward"]
    assert running.window.isVisible()
    assert running.window.jobs.busy
    running.wait_idle()
    assert lane(running)[11] == Origin.PROPAGATED


def test_quitting_waits_for_the_work_if_that_is_wanted(running: Editor) -> None:
    path = running.window.session.project.path
    running.answers.left = Leave.FINISH
    running.do("quit")
    assert running.window.isVisible()
    assert "quits when" in running.window.notices.text
    running.qtbot.waitUntil(lambda: not running.window.isVisible(), timeout=20_000)
    assert stored(path)[1:] == [Origin.PROPAGATED] * 11
    assert len(running.answers.asked) == 1


def test_who_stays_after_all_is_not_thrown_out(running: Editor) -> None:
    running.answers.left = Leave.FINISH
    running.do("quit")
    running.qtbot.mouseClick(running.window.notices.button, LEFT)
    running.wait_idle()
    running.qtbot.wait(50)
    assert running.window.isVisible()


def test_work_that_fails_keeps_the_window_to_report_it(running: Editor, monkeypatch: pytest.MonkeyPatch) -> None:
    running.answers.left = Leave.FINISH
    running.do("quit")
    running.window.jobs.cancel()
    running.wait_idle()
    running.qtbot.wait(50)
    assert running.window.isVisible()


def test_another_clip_is_asked_about_before_one_is_picked(running: Editor, make_clip: Callable[[int], Path]) -> None:
    running.answers.left, running.answers.path = None, make_clip(5)
    running.do("open")
    assert running.answers.asked == ["open: Propagate forward"], "no file is picked"
    assert running.window.jobs.busy
    running.answers.left = Leave.FINISH
    running.do("open")
    assert running.answers.asked[1:] == ["open: Propagate forward", "clip"], "asked once, and before the file"
    assert "film.mp4" in running.window.notices.text
    running.qtbot.waitUntil(lambda: running.window.session.frame_count == 5, timeout=20_000)


def test_who_picks_no_file_stops_nothing(running: Editor) -> None:
    running.answers.left, running.answers.path = Leave.STOP, None
    running.do("open")
    assert running.window.jobs.busy
    running.wait_idle()
    assert lane(running)[11] == Origin.PROPAGATED


def test_what_was_stopped_is_offered_when_the_clip_is_open_again(running: Editor, pictures: Path) -> None:
    running.answers.left = Leave.STOP
    running.do("close")
    assert running.answers.asked == ["close: Propagate forward"]
    running.qtbot.waitUntil(lambda: not running.window.session.is_open, timeout=20_000)
    running.open(pictures)
    assert lane(running)[3] == Origin.PROPAGATED
    assert lane(running)[11] == Origin.NONE
    assert "Propagate forward" in running.window.notices.text
    running.qtbot.mouseClick(running.window.notices.button, LEFT)
    running.wait_idle()
    assert lane(running)[11] == Origin.PROPAGATED
    running.do("close")
    running.open(pictures)
    assert "Propagate" not in running.window.notices.text, "it is offered once"


def test_the_next_start_offers_it_and_opens_the_clip_for_it(running: Editor) -> None:
    path = running.window.session.project.path
    running.answers.left = Leave.STOP
    running.do("close")
    running.qtbot.waitUntil(lambda: not running.window.session.is_open, timeout=20_000)
    running.window.resuming.offer_at_start()
    assert path.name in running.window.notices.text
    running.qtbot.mouseClick(running.window.notices.button, LEFT)
    running.qtbot.waitUntil(lambda: running.window.session.is_open)
    running.qtbot.waitUntil(lambda: lane(running)[11] == Origin.PROPAGATED, timeout=20_000)
    assert StoppedWork().not_offered() == []


def test_what_cannot_be_read_offers_nothing(tmp_path: Path) -> None:
    file = tmp_path / "stopped.json"
    for text in ("{", '[{"project": 1}]', "[[]]", "3"):
        file.write_text(text)
        assert StoppedWork(file).not_offered() == []


def test_a_batch_is_asked_about_only_when_the_program_ends(
    editor: Editor, monkeypatch: pytest.MonkeyPatch, make_clip: Callable[[int], Path]
) -> None:
    from desktop.session.stopped_work import StoppedJob

    batch = StoppedJob("Batch", {"kind": "batch"})
    runs = [batch]
    monkeypatch.setattr(type(editor.window.batches), "again", property(lambda _self: runs[0] if runs else None))

    def stop() -> None:
        runs.clear()
        editor.window.batches.ended.emit()

    monkeypatch.setattr(editor.window.batches, "stop", stop)
    editor.answers.path = make_clip(5)
    editor.do("open")
    assert editor.answers.asked == ["clip"]
    editor.qtbot.waitUntil(lambda: editor.window.session.is_open)
    editor.answers.left = None
    editor.window.close()
    assert editor.answers.asked[1:] == ["quit: Batch"]
    assert editor.window.isVisible()
    editor.answers.left = Leave.STOP
    editor.window.close()
    editor.qtbot.waitUntil(lambda: not editor.window.isVisible(), timeout=20_000)
    assert [jobs for _path, jobs in StoppedWork().not_offered()] == [(batch,)]


@pytest.fixture
def held(opened: Editor, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Editor, threading.Event]]:
    """A propagation in the middle of a frame, which it does not leave before the event is set."""
    quick, begun, may_end = FakeSession._results, threading.Event(), threading.Event()

    def stuck(self: FakeSession, *arguments: object) -> Iterator[FrameResult]:
        for result in quick(self, *arguments):  # type: ignore[arg-type]
            begun.set()
            may_end.wait(60)
            yield result

    monkeypatch.setattr(FakeSession, "_results", stuck)
    opened.paint_box(10, 10, 30, 40)
    opened.do("propagate_forward")
    opened.qtbot.waitUntil(begun.is_set, timeout=20_000)
    opened.answers.left = Leave.STOP
    yield opened, may_end
    may_end.set()


def test_stopping_leaves_the_window_free_until_the_work_has_stopped(held: tuple[Editor, threading.Event]) -> None:
    editor, may_end = held
    editor.do("close")
    assert editor.window.session.is_open and editor.window.jobs.stopping
    assert "Stopping" in editor.window.notices.text and "Stopping" in editor.window.job_bar.title.text()
    assert not editor.window.actions_["propagate_forward"].isEnabled(), "nothing begins meanwhile"
    editor.do("next")
    assert editor.window.session.frame_index == 1, "the window goes on"
    editor.window.jobs.pause(True)
    assert not editor.window.jobs.paused, "what is held would never stop"
    editor.window.close()
    assert editor.window.isVisible() and len(editor.answers.asked) == 1, "it is asked once"
    may_end.set()
    editor.qtbot.waitUntil(lambda: not editor.window.isVisible(), timeout=20_000)
    assert len(StoppedWork().not_offered()) == 1


def test_work_that_does_not_stop_is_left_to_itself(held: tuple[Editor, threading.Event]) -> None:
    editor, may_end = held
    editor.window.leaving._patience.setInterval(1)
    editor.do("close")
    editor.qtbot.waitUntil(lambda: not editor.window.session.is_open, timeout=20_000)
    assert not editor.window.jobs.busy and not editor.window.jobs.stopping
    may_end.set()


def test_the_question_is_about_what_runs_and_nothing_else(running: Editor, tmp_path: Path) -> None:
    running.answers.left = None
    running.do("close")
    asked = when_stopped(running.answers.unfinished)
    assert asked == "When the propagation is stopped, finished frames are kept. What is not finished is offered again."
    running.answers.folder = tmp_path / "out"
    running.do("export")
    running.do("check_masks")
    running.do("close")
    asked = when_stopped(running.answers.unfinished)
    assert "finished frames are kept" in asked and "nothing is left behind" in asked
    assert "Has to be started again: Check masks." in asked
    for kind, word in (("batch", "clips"), ("fine_tune", "engine stays"), ("export_dataset", "nothing is left")):
        alone = when_stopped([Unfinished("Work", kind)])
        assert word in alone and "propagation" not in alone and "anew" not in alone
        assert not any(other in alone for other in {"clips", "nothing is left", "engine stays"} - {word})
    running.answers.left = Leave.STOP
