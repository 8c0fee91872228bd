"""Two results side by side: wipe, flicker, difference and onion skin, and what they are compared with."""

from __future__ import annotations

import numpy as np
import pytest

from core.types import FrameResult
from desktop.canvas.comparing.comparison import ADDED, GIVEN, GONE, Comparison, difference
from tests.desktop.conftest import Editor

BEFORE, NOW, ANOTHER = (10, 20), (60, 20), (30, 50)
"""Points that are masked by the first run only, by the last one only, by both as other objects."""


def run(editor: Editor, text: str, x0: int, other: int) -> None:
    """A propagation: a square at `x0`, and one that is of object `other`."""
    session = editor.window.session
    number = session.project.runs.begin(text)
    for frame in range(1, 6):
        labels = np.zeros((64, 96), np.uint8)
        labels[10:30, x0 : x0 + 20] = 1
        labels[45:55, 20:40] = other
        session.project.runs.put(number, FrameResult(frame, labels, {1: 0.9, 2: 0.9}), None)
    session.end_run(number)


@pytest.fixture
def two_runs(opened: Editor) -> Editor:
    opened.paint_box(1, 1, 5, 5, object_id=1)
    opened.paint_box(1, 60, 5, 63, object_id=2)
    run(opened, "First", 4, 1)
    run(opened, "Second", 54, 2)
    opened.go(3)
    opened.view.ring.setVisible(False)
    opened.window.canvas.set_outline(False)
    return opened


def masked(editor: Editor, point: tuple[int, int], bare: np.ndarray) -> bool:
    spot = editor.at(*point)
    return bool((editor.screen()[spot.y(), spot.x()] != bare[spot.y(), spot.x()]).any())


def bare_picture(editor: Editor) -> np.ndarray:
    editor.do("show_masks")
    bare = editor.screen()
    editor.do("show_masks")
    return bare


def test_a_wipe_shows_before_left_of_the_line_and_now_right_of_it(two_runs: Editor) -> None:
    bare = bare_picture(two_runs)
    assert not masked(two_runs, BEFORE, bare) and masked(two_runs, NOW, bare)
    two_runs.do("compare_wipe")
    bare = bare_picture(two_runs)
    bar = two_runs.window.compare_bar
    assert bar.isVisible() and bar.divider.isVisible()
    assert bar.steps.currentText() == "Before “Second”"
    assert masked(two_runs, BEFORE, bare) and masked(two_runs, NOW, bare)
    bar.divider.setValue(0)
    assert not masked(two_runs, BEFORE, bare) and masked(two_runs, NOW, bare)
    bar.divider.setValue(bar.divider.maximum())
    assert masked(two_runs, BEFORE, bare) and not masked(two_runs, NOW, bare)


def test_the_name_of_the_step_is_whole_where_there_is_room(two_runs: Editor) -> None:
    run(two_runs, "Propagate both ways with another engine", 4, 1)
    window = two_runs.window
    window.resize(1600, 900)
    two_runs.do("compare_wipe")
    steps = window.compare_bar.steps
    two_runs.qtbot.waitUntil(
        lambda: steps.width() >= steps.fontMetrics().horizontalAdvance(steps.currentText()) + 20, timeout=20_000
    )
    assert "another engine" in steps.currentText()


def test_any_step_can_be_compared_with(two_runs: Editor) -> None:
    two_runs.do("compare_wipe")
    bare = bare_picture(two_runs)
    bar = two_runs.window.compare_bar
    texts = [bar.steps.itemText(index) for index in range(bar.steps.count())]
    assert texts == ["Before “Second”", "Before “First”", "Before “Paint”", "Before “Paint”"]
    bar.divider.setValue(bar.divider.maximum())
    bar.steps.setCurrentIndex(1)
    bar.steps.activated.emit(1)
    assert not masked(two_runs, BEFORE, bare), "before the first run there was nothing"


def test_it_ends_when_the_step_it_is_with_is_undone(two_runs: Editor) -> None:
    two_runs.do("compare_wipe")
    comparing, bar = two_runs.window.canvas.comparing, two_runs.window.compare_bar
    bar.steps.activated.emit(1)
    two_runs.do("undo")
    assert comparing.way is Comparison.WIPE, "the step is still there"
    two_runs.do("undo")
    assert comparing.way is None and not bar.isVisible()
    assert not two_runs.window.actions_["compare_wipe"].isChecked()


def test_a_flicker_shows_both_in_turn(two_runs: Editor) -> None:
    two_runs.do("compare_flicker")
    bare = bare_picture(two_runs)
    seen = set()
    for _ in range(3):
        seen.add((masked(two_runs, BEFORE, bare), masked(two_runs, NOW, bare)))
        two_runs.window.canvas.comparing._take_turns()
    assert seen == {(True, False), (False, True)}


def test_a_difference_states_what_became_of_a_pixel(two_runs: Editor) -> None:
    two_runs.do("compare_difference")
    shown = two_runs.window.canvas.comparing._items[0].labels
    assert [shown[y, x] for x, y in (NOW, BEFORE, ANOTHER)] == [ADDED, GONE, GIVEN]
    assert difference(shown, shown).sum() == 0


def test_an_onion_skin_shows_the_frames_beside(two_runs: Editor) -> None:
    two_runs.do("compare_onion")
    before, after = two_runs.window.canvas.comparing._items
    assert (before.labels == two_runs.window.session.labels_at(2)).all() and before.isVisible()
    assert (after.labels == two_runs.window.session.labels_at(4)).all() and after.isVisible()
    assert not two_runs.window.compare_bar.steps.isVisible()
    two_runs.go(0)
    assert not before.isVisible() and after.isVisible(), "there is no frame before the first"


def test_it_follows_the_frame_and_what_is_painted(two_runs: Editor) -> None:
    two_runs.do("compare_difference")
    two_runs.go(5)
    item = two_runs.window.canvas.comparing._items[0]
    assert item.labels[20, 60] == ADDED
    two_runs.window.session.choose_object(1)
    two_runs.window.brush.set_size(6)
    two_runs.stroke((80, 50), (85, 50))
    assert item.labels[50, 82] == ADDED
    two_runs.do("undo")
    assert item.labels[50, 82] == 0


def test_it_ends_by_the_same_key_and_by_the_button(two_runs: Editor) -> None:
    actions = two_runs.window.actions_
    two_runs.do("compare_wipe")
    two_runs.do("compare_difference")
    assert not actions["compare_wipe"].isChecked(), "one at a time"
    two_runs.do("compare_difference")
    assert two_runs.window.canvas.comparing.way is None
    two_runs.do("compare_onion")
    two_runs.window.compare_bar.close_button.click()
    assert not actions["compare_onion"].isChecked()
    assert not two_runs.window.compare_bar.isVisible()
    assert not any(item.isVisible() for item in two_runs.window.canvas.comparing._items)


def test_without_a_step_it_reports_it(opened: Editor) -> None:
    opened.do("compare_wipe")
    assert "no step yet" in opened.window.compare_bar._title.text()
    opened.window.session.close()
    assert opened.window.canvas.comparing.way is Comparison.WIPE


def test_the_line_can_be_moved_in_a_small_window_too(opened: Editor) -> None:
    window = opened.window
    window.resize(1024, 600)
    opened.paint_box(10, 10, 30, 30)
    opened.do("compare_wipe")
    bar = window.compare_bar
    opened.qtbot.waitUntil(lambda: bar.isVisible() and bar.divider.width() >= 100)
    assert bar.close_button.width() >= bar.close_button.sizeHint().width()
    assert bar.close_button.geometry().right() < bar.width()
