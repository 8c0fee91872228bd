"""Work that waits for its turn, is paused, and is cancelled."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.engines.fake import FakeSession
from core.errors import CancelledError
from core.jobs import CancelToken, Progress, ProgressClock
from core.masks import read_mask
from core.types import FrameResult, Origin
from desktop.dialogs.leaving import Leave
from desktop.widgets.queue_button import QueueButton
from desktop.workers.jobs import Jobs, Launch
from tests.desktop.conftest import Editor


class Line:
    """Jobs that go on when the test says so, and the signals that they sent."""

    def __init__(self, qtbot: QtBot) -> None:
        self.jobs = Jobs()
        self.qtbot = qtbot
        self.events: list[str] = []
        self.go_on: dict[str, threading.Event] = {}

    def add(self, title: str, launches: bool = True) -> None:
        go_on = self.go_on[title] = threading.Event()

        def work(cancel: CancelToken) -> Generator[object, None, None]:
            while not go_on.wait(0.005):
                cancel.raise_if_cancelled()
                yield 1
            yield Progress(1, 1, 0.0, 0.0, 1.0)

        def prepare() -> Launch | None:
            self.events.append(f"prepare {title}")
            return Launch(work, lambda _item: None, lambda error: self.events.append(ending(title, error)))

        self.jobs.add(title, prepare if launches else lambda: None)

    def until(self, text: str) -> None:
        self.qtbot.waitUntil(lambda: text in self.events)


def ending(title: str, error: Exception | None) -> str:
    return f"{'cancelled' if isinstance(error, CancelledError) else 'end'} {title}"


@pytest.fixture
def line(qtbot: QtBot) -> Iterator[Line]:
    line = Line(qtbot)
    yield line
    line.jobs.shut_down()


def titles(jobs: Jobs) -> list[str]:
    return [job.title for job in jobs.waiting]


def test_jobs_run_in_their_order_and_are_prepared_when_it_is_their_turn(line: Line) -> None:
    for title in "abc":
        line.add(title)
    assert line.events == ["prepare a"]
    assert titles(line.jobs) == ["b", "c"]
    for title in "abc":
        line.go_on[title].set()
    line.until("end c")
    assert line.events == ["prepare a", "end a", "prepare b", "end b", "prepare c", "end c"]
    line.qtbot.waitUntil(lambda: not line.jobs.busy)
    assert line.jobs.running is None


def test_cancelling_the_running_one_lets_the_next_begin(line: Line) -> None:
    for title in "abc":
        line.add(title)
    line.jobs.cancel(line.jobs.waiting[0])
    assert titles(line.jobs) == ["c"]
    line.jobs.cancel()
    line.until("prepare c")
    assert line.events == ["prepare a", "cancelled a", "prepare c"]


def test_a_job_with_nothing_to_do_lets_the_next_begin(line: Line) -> None:
    line.add("a")
    line.add("b", launches=False)
    line.add("c")
    line.go_on["a"].set()
    line.until("prepare c")


def test_shutting_down_forgets_what_waits(line: Line) -> None:
    line.add("a")
    line.add("b")
    line.jobs.shut_down()
    assert line.events == ["prepare a"]
    assert not line.jobs.waiting
    assert not line.jobs.busy


def test_nothing_waits_behind_the_opening_of_a_clip(line: Line) -> None:
    line.jobs.start("Open", lambda _token: iter(()), lambda _item: None, lambda _error: None)  # type: ignore[arg-type,return-value]
    assert not line.jobs.takes_more
    line.qtbot.waitUntil(lambda: not line.jobs.busy)
    assert line.jobs.takes_more


def test_the_menu_of_the_button_lists_and_cancels(line: Line) -> None:
    button = QueueButton(line.jobs)
    line.qtbot.addWidget(button)
    for title in "abc":
        line.add(title)
    assert button.text() == "+2"
    assert [action.text() for action in button.menu().actions()] == ["Running: a", "", "b", "c"]
    button.menu().actions()[3].trigger()
    line.qtbot.waitUntil(lambda: titles(line.jobs) == ["b"])
    button.menu().actions()[0].trigger()
    line.until("prepare b")
    assert [action.text() for action in button.menu().actions()] == ["Running: b", ""]
    assert button.text() == ""


def test_paused_work_stands_still_and_goes_on(line: Line) -> None:
    ticks: list[int] = []

    def work(cancel: CancelToken) -> Generator[object, None, None]:
        for number in range(10_000):
            ticks.append(number)
            yield 1
            cancel.raise_if_cancelled()
            time.sleep(0.002)

    line.jobs.add("a", lambda: Launch(work, lambda _item: None, lambda error: line.events.append(ending("a", error))))
    line.qtbot.waitUntil(lambda: len(ticks) > 3)
    line.jobs.pause(True)
    line.qtbot.wait(60)
    before = len(ticks)
    line.qtbot.wait(120)
    assert len(ticks) == before
    line.jobs.pause(False)
    line.qtbot.waitUntil(lambda: len(ticks) > before + 3)
    line.jobs.pause(True)
    line.jobs.cancel()
    line.until("cancelled a")
    assert not line.jobs.paused


def test_the_clock_stands_still_during_a_pause() -> None:
    token = CancelToken()
    clock = ProgressClock(10, token)
    time.sleep(0.02)
    clock.step(1)
    token.pause()
    time.sleep(0.3)
    token.resume()
    time.sleep(0.02)
    progress = clock.step(2)
    assert progress.seconds < 0.2
    assert progress.per_second > 10
    token.cancel()
    token.pause()
    token.wait_while_paused()
    assert not token.paused, "cancelled work is not held"


# -- in the window


@pytest.fixture
def slow_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """The fake engine, at about thirty frames a second."""
    quick = FakeSession._results

    def slow(self: FakeSession, *arguments: object) -> Iterator[FrameResult]:
        for result in quick(self, *arguments):  # type: ignore[arg-type]
            time.sleep(0.03)
            yield result

    monkeypatch.setattr(FakeSession, "_results", slow)


def origins(editor: Editor) -> list[int]:
    return editor.window.session.lane_data(1)[0].tolist()


def test_two_propagations_one_after_the_other(opened: Editor, slow_engine: None) -> None:
    opened.go(6)
    opened.paint_box(40, 10, 60, 40)
    opened.do("propagate_forward")
    queue = opened.window.job_bar.queue
    assert opened.window.job_bar.isVisible() and not queue.isVisible()
    opened.window.session.go_to(6)
    opened.do("propagate_backward")
    assert titles(opened.window.jobs) == ["Propagate backward"]
    assert queue.isVisible() and queue.text() == "+1"
    opened.window.session.go_to(2)
    opened.wait_idle()
    assert origins(opened) == [1] * 6 + [2] + [1] * 5, "from where it was asked for, not from where the person is now"
    opened.do("undo")
    assert origins(opened) == [0] * 6 + [2] + [1] * 5, "each is a step of its own"


def test_an_engines_training_shows_how_far_it_is(opened: Editor, monkeypatch: pytest.MonkeyPatch) -> None:
    def watch(session: FakeSession, on_step: Callable[[int, int], None]) -> None:
        on_step(1, 4)
        on_step(4, 4)

    monkeypatch.setattr(FakeSession, "watch_training", watch, raising=False)
    opened.paint_box(10, 10, 30, 40)
    bar = opened.window.job_bar.bar
    shown: list[tuple[str, int]] = []
    opened.window.jobs.progressed.connect(lambda _progress: shown.append((bar.toolTip(), bar.maximum())))
    opened.do("propagate_forward")
    opened.wait_idle()
    assert shown[0][0].startswith("Training   25%") and shown[0][1] == 4
    assert shown[1][0].startswith("Training   100%")
    assert not shown[-1][0].startswith("Training") and "fps" in shown[-1][0]


def test_a_propagation_that_waited_starts_from_what_is_there_then(opened: Editor, slow_engine: None) -> None:
    opened.paint_box(10, 10, 30, 40)
    opened.do("propagate_forward")
    opened.do("propagate_forward")
    opened.paint_box(50, 10, 60, 40)
    opened.wait_idle()
    assert (opened.window.session.labels_at(3)[10:40, 53:63] == 1).all()


def test_pause_and_go_on_by_key(opened: Editor, slow_engine: None) -> None:
    jobs, bar = opened.window.jobs, opened.window.job_bar
    opened.paint_box(10, 10, 30, 40)
    opened.do("propagate_forward")
    opened.qtbot.waitUntil(lambda: Origin.PROPAGATED in origins(opened))
    opened.key(Qt.Key.Key_Escape, Qt.KeyboardModifier.ShiftModifier)
    assert jobs.paused
    opened.qtbot.wait(150)
    before = origins(opened)
    assert 0 in before, "it was to be held in the middle"
    assert bar.bar.text() == "Paused"
    opened.qtbot.wait(150)
    assert origins(opened) == before
    opened.key(Qt.Key.Key_Escape, Qt.KeyboardModifier.ShiftModifier)
    opened.wait_idle()
    assert origins(opened) == [2] + [1] * 11
    assert not opened.window.actions_["pause"].isChecked()


def test_escape_ends_a_paused_propagation(opened: Editor, slow_engine: None) -> None:
    opened.paint_box(10, 10, 30, 40)
    opened.do("propagate_forward")
    opened.qtbot.waitUntil(lambda: Origin.PROPAGATED in origins(opened))
    opened.do("pause")
    opened.key(Qt.Key.Key_Escape)
    opened.wait_idle()
    assert "Cancelled" in opened.window.notices.text
    assert not opened.window.actions_["pause"].isChecked()


@pytest.mark.parametrize(
    ("target", "expected"), [(9, [0] * 4 + [2] + [1] * 5 + [0] * 2), (1, [0, 1, 1, 1, 2] + [0] * 7)]
)
def test_propagate_to_a_frame_either_way(opened: Editor, target: int, expected: list[int]) -> None:
    opened.window.session.markers.put(8, "cut")
    opened.go(4)
    opened.paint_box(10, 10, 30, 40)
    opened.answers.counted = target
    opened.key(Qt.Key.Key_R, Qt.KeyboardModifier.ShiftModifier)
    assert opened.answers.asked[-1].endswith("8 0 11"), "the next marker is proposed"
    opened.wait_idle()
    assert origins(opened) == expected


def test_propagating_to_this_very_frame_is_refused(opened: Editor) -> None:
    opened.paint_box(10, 10, 30, 40)
    opened.answers.counted = 0
    opened.do("propagate_to")
    assert "another frame" in opened.window.notices.text
    assert not opened.window.jobs.busy


def test_an_export_waits_for_the_propagation_before_it(opened: Editor, slow_engine: None, tmp_path: Path) -> None:
    opened.paint_box(10, 10, 30, 40)
    opened.answers.folder = tmp_path / "masks"
    opened.do("propagate_forward")
    opened.do("export")
    assert titles(opened.window.jobs) == ["Export masks"]
    assert not (tmp_path / "masks").exists()
    opened.wait_idle()
    assert "Exported and checked" in opened.window.notices.text
    last = sorted((tmp_path / "masks").glob("*.png"))[-1]
    assert (read_mask(last)[10:40, 21:41] == 1).all(), "with what the propagation found"
    assert len(list((tmp_path / "masks").glob("*.png"))) == 12


def test_a_clip_is_not_opened_while_work_waits_and_closing_forgets_it(
    opened: Editor, slow_engine: None, pictures: Path
) -> None:
    opened.paint_box(10, 10, 30, 40)
    opened.do("propagate_forward")
    opened.do("propagate_both")
    opened.answers.left = None
    opened.window.open(pictures.parent)
    assert opened.answers.asked == ["open: Propagate forward, Propagate both ways"]
    assert opened.window.jobs.waiting
    opened.answers.left = Leave.STOP
    opened.do("close")
    assert not opened.window.jobs.waiting
    opened.qtbot.waitUntil(lambda: not opened.window.session.is_open, timeout=20_000)
    assert not opened.window.jobs.busy


def test_progress_and_time_left_fit_into_the_bar_of_a_narrow_window(editor: Editor) -> None:
    window = editor.window
    bar = window.job_bar.bar
    window.job_bar.setVisible(True)

    def fits() -> bool:
        return bar.fontMetrics().horizontalAdvance(bar.text()) <= bar.width()

    for width, shown in ((1600, "15%   8.1 fps   −1:24"), (1020, "15% −1:24")):
        window.setFixedSize(width, 700)
        window.jobs.progressed.emit(Progress(30, 200, 4.0, 84.0, 8.1))
        editor.qtbot.waitUntil(lambda shown=shown: bar.text() == shown and fits(), timeout=30_000)  # type: ignore[misc]
        assert bar.toolTip() == "15%   8.1 fps   −1:24"
