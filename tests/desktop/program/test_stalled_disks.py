"""A network share that stalls: the window stays alive, says which file it waits for, and continues on its own."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from core import disks
from core.jobs import CancelToken
from desktop.dialogs import waiting
from desktop.dialogs.waiting import Reaching
from desktop.disk_wiring import DiskWiring
from desktop.workers.jobs import Jobs
from tests.desktop.conftest import Editor


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Set while the disk answers."""
    event = threading.Event()
    event.set()
    monkeypatch.setattr(disks, "look", lambda path: event.wait())
    monkeypatch.setattr(disks, "_EVERY_SECONDS", 0.01)
    monkeypatch.setattr(waiting, "AT_ONCE_SECONDS", 0.01)
    monkeypatch.setattr(waiting, "_SHOWN_AFTER_SECONDS", 0.02)
    yield event
    event.set()


def asked(held: DiskWiring) -> disks.DiskWatch:
    assert held._watch is not None
    return held._watch


def wait_without_events(done: Callable[[], bool]) -> None:
    """For a disk that does not answer yet: an event of the window could read, and wait for an answer nobody gives."""
    until = time.monotonic() + 60
    while not done():
        assert time.monotonic() < until
        time.sleep(0.005)


def act_once(qtbot: QtBot, happened: Callable[[], bool], act: Callable[[], None]) -> None:
    """Acts as soon as something happened, even where the window waits with an event loop of its own."""
    acted: list[bool] = []

    def look() -> None:
        if not acted and happened():
            acted.append(True)
            act()

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(5)
    qtbot.waitUntil(lambda: bool(acted), timeout=60_000)
    timer.stop()


def test_what_is_opened_is_waited_for_beside_the_window(qtbot: QtBot, answers: threading.Event, tmp_path: Path) -> None:
    window, reached = QWidget(), list[str]()
    qtbot.addWidget(window)
    window.show()
    reaching = Reaching(window)
    answers.clear()
    reaching.when_reached(tmp_path / "first.mov", lambda: reached.append("first"))
    qtbot.waitUntil(lambda: reaching.dialog is not None, timeout=60_000)
    assert reaching.dialog is not None
    assert str(tmp_path / "first.mov") in reaching.dialog.label.text()
    reaching.dialog.button.click()
    assert reaching.dialog is None
    reaching.when_reached(tmp_path / "second.mov", lambda: reached.append("second"))
    qtbot.waitUntil(lambda: reaching.dialog is not None, timeout=60_000)
    answers.set()
    qtbot.waitUntil(lambda: bool(reached), timeout=60_000)
    assert reached == ["second"], "the first was given up"
    assert reaching.dialog is None


def test_a_share_that_stalls_while_a_clip_is_open_holds_the_window(
    opened: Editor, answers: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    left: list[int] = []
    window = opened.window
    monkeypatch.setattr(disks.DiskWatch, "stalled", lambda watch, patience: waited_for(watch))

    def waited_for(watch: disks.DiskWatch) -> Path | None:
        asked = watch._asked
        return asked[0] if asked is not None and not answers.is_set() else None

    held = window.findChild(DiskWiring)
    assert isinstance(held, DiskWiring)
    monkeypatch.setattr(held, "_leave", left.append)
    # the watch asks through what stands for the disk from now on
    window.session.project_changed.emit()
    shown: list[tuple[str, bool]] = []

    def see() -> None:
        assert held.dialog is not None
        shown.append((held.dialog.label.text(), held.dialog.isModal()))
        answers.set()

    def give_up() -> None:
        assert held.dialog is not None
        held.dialog.button.click()
        answers.set()

    answers.clear()
    act_once(opened.qtbot, lambda: held.dialog is not None, see)
    assert str(window.session.project.path.parent) in shown[0][0]
    assert shown[0][1], "nothing that would be stored can be done meanwhile"
    opened.qtbot.waitUntil(lambda: held.dialog is None, timeout=60_000)
    assert not left
    answers.clear()
    act_once(opened.qtbot, lambda: held.dialog is not None, give_up)
    assert left == [1]
    opened.qtbot.waitUntil(lambda: held.dialog is None, timeout=60_000)


def test_a_change_waits_beside_an_event_loop_that_lives(opened: Editor, answers: threading.Event) -> None:
    window, seen = opened.window, list[str]()
    held = window.findChild(DiskWiring)
    assert isinstance(held, DiskWiring)
    window.session.project_changed.emit()
    project, frame_index = window.session.project, window.session.frame_index
    window.session.add_object()
    writing = project._stores.database.execute
    project._stores.database.execute = lambda *said: (seen.append(said[0]), writing(*said))[1]  # type: ignore[method-assign, func-returns-value]
    timer = QTimer()

    def look() -> None:
        # in the middle of the stroke's commit, without which this is not called at all
        if held.dialog is not None and not answers.is_set():
            assert held.dialog.isModal()
            assert "The last change is stored as soon as it answers" in held.dialog.label.text()
            window.close()
            seen.append("answered")
            answers.set()

    timer.timeout.connect(look)
    answers.clear()
    # an answer of a moment ago is as good as a new one
    wait_without_events(lambda: not asked(held).answered_lately(0.05))
    window.player.play(1.0)
    timer.start(10)
    opened.paint_box(10, 10, 30, 30)
    timer.stop()
    assert answers.is_set()
    assert seen.index("BEGIN IMMEDIATE") > seen.index("answered"), "nothing was written before"
    assert project.labels(frame_index)[20, 20] == 1
    assert window.isVisible()
    opened.qtbot.waitUntil(lambda: held.dialog is None, timeout=60_000)


@pytest.mark.parametrize("noticed", [False, True])
def test_playing_stands_still_while_the_disk_stalls_and_goes_on_by_itself(
    opened: Editor, answers: threading.Event, monkeypatch: pytest.MonkeyPatch, noticed: bool
) -> None:
    """After a stall that is too short for the dialog, and after one that brings it."""
    window, seen = opened.window, list[tuple[bool, bool]]()
    held = window.findChild(DiskWiring)
    assert isinstance(held, DiskWiring)

    def stalled(watch: disks.DiskWatch, patience: float) -> Path | None:
        asked = watch._asked
        return asked[0] if asked is not None and not answers.is_set() and (noticed or patience < 0.5) else None

    def look() -> None:
        # from within the waiting for the next picture's masks, or from the dialog that came before it was due
        standing = held._waiting > 0 or held.dialog is not None
        if standing and (held.dialog is not None) == noticed and not answers.is_set():
            seen.append((window.player.playing, window.player._timer.isActive()))
            answers.set()

    monkeypatch.setattr(disks.DiskWatch, "stalled", stalled)
    opened.paint_box(10, 10, 30, 30)
    window.session.project_changed.emit()
    window.player.play(8.0)
    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(10)
    answers.clear()
    opened.qtbot.waitUntil(answers.is_set, timeout=60_000)
    timer.stop()
    assert seen == [(True, False)], "it plays, but no further picture comes while one is waited for"
    opened.qtbot.waitUntil(lambda: held.dialog is None and not held._waiting, timeout=60_000)
    assert window.player.playing, "nobody stopped it"
    at = window.session.frame_index
    opened.qtbot.waitUntil(lambda: window.session.frame_index != at, timeout=60_000)


def test_what_is_read_and_closing_wait_too(opened: Editor, answers: threading.Event) -> None:
    window, seen = opened.window, list[str]()
    held = window.findChild(DiskWiring)
    assert isinstance(held, DiskWiring)
    opened.paint_box(10, 10, 30, 30)
    window.session.project_changed.emit()
    for act in (lambda: opened.go(3), lambda: opened.go(0), window.close):
        answers.clear()
        wait_without_events(lambda: asked(held).stalled(0.2) is not None)
        QTimer.singleShot(30, lambda: seen.append("alive"))
        QTimer.singleShot(40, answers.set)
        act()
        assert answers.is_set(), "it came back only after the disk answered"
    assert seen == ["alive"] * 3
    assert not window.isVisible()


def test_a_project_that_was_put_back_is_named(opened: Editor) -> None:
    opened.paint_box(10, 10, 30, 30)
    path = opened.window.session.project.path
    path.unlink()
    opened.paint_box(40, 10, 60, 30)
    opened.qtbot.waitUntil(lambda: "has been put back" in opened.window.notices.text, timeout=60_000)
    assert str(path) in opened.window.notices.text
    assert path.exists()


def test_results_wait_for_the_disk_in_their_order(qtbot: QtBot) -> None:
    jobs, may, seen = Jobs(), [True], list[object]()
    jobs.may_deliver = lambda: may[0]

    def work(_token: CancelToken) -> Generator[object, None, None]:
        yield from (1, 2, 3)

    may[0] = False
    jobs.start("Work", work, seen.append, seen.append)
    qtbot.waitUntil(lambda: len(jobs._held) == 4, timeout=60_000)
    assert (seen, jobs.busy) == ([], True)
    may[0] = True
    jobs.deliver_held()
    assert (seen, jobs.busy) == ([1, 2, 3, None], False)
    jobs.shut_down()
