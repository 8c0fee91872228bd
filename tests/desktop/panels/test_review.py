"""Which frames are proposed, from lanes made by hand."""

from __future__ import annotations

import time

import numpy as np
import pytest

from core.types import FrameResult, Origin
from desktop.session.review import ObjectLane, Reason, frames_to_check
from tests.desktop.conftest import Editor


def lane(frames: int = 60, speed: float = 3.0, area: float = 900.0) -> ObjectLane:
    """An object of 30 x 30 pixels that moves steadily and that the engine is sure of; frame 0 is an anchor."""
    origins = np.full(frames, Origin.PROPAGATED, np.uint8)
    origins[0] = Origin.EDITED
    measures = np.zeros((frames, 3), np.float32)
    measures[:, 0] = area
    measures[:, 1] = speed * np.arange(frames)
    return ObjectLane(origins, np.full(frames, 0.95, np.float32), measures)


def test_steady_motion_and_growth_are_no_jumps() -> None:
    fast = lane(speed=40)
    fast.measures[:, 0] *= 1.2 ** np.arange(60)
    assert frames_to_check({1: fast}) == []


def test_the_least_certain_frame_comes_first_and_its_neighbours_are_left_out() -> None:
    one = lane()
    one.confidence[20:26] = (0.8, 0.5, 0.3, 0.4, 0.6, 0.8)
    one.confidence[40] = 0.7
    found = frames_to_check({1: one})
    assert [(doubt.frame_index, doubt.reason) for doubt in found] == [(22, Reason.UNSURE), (40, Reason.UNSURE)]
    assert found[0].amount == pytest.approx(0.3)


def test_a_centre_that_leaps_is_found_on_the_frame_it_leaps_to() -> None:
    one = lane()
    one.measures[31:, 1] += 45
    (doubt,) = frames_to_check({1: one})
    assert (doubt.frame_index, doubt.object_id, doubt.reason) == (31, 1, Reason.MOVED)
    assert doubt.amount == pytest.approx(1.5)


@pytest.mark.parametrize("factor", [2.0, 0.4, 0.0])
def test_an_area_that_leaps_is_found(factor: float) -> None:
    one = lane()
    one.measures[31:, 0] *= factor
    if not factor:
        one.measures[31:, 1:] = np.nan
    (doubt,) = frames_to_check({1: one})
    assert (doubt.frame_index, doubt.reason) == (31, Reason.GREW)
    assert doubt.amount == pytest.approx(factor)


def test_an_object_that_comes_back_elsewhere_is_found() -> None:
    one = lane()
    one.measures[20:30] = (0, np.nan, np.nan)
    assert [doubt.frame_index for doubt in frames_to_check({1: one})] == [20, 30]


def test_a_glitch_of_one_frame_is_listed_once() -> None:
    one = lane()
    one.measures[31, 1] += 45
    (doubt,) = frames_to_check({1: one})
    assert doubt.frame_index in (31, 32)


def test_the_larger_jump_is_more_urgent_and_a_sure_loss_more_than_either() -> None:
    one, two = lane(), lane()
    one.measures[31:, 1] += 12
    two.measures[10:, 1] += 60
    two.confidence[50] = 0.02
    found = frames_to_check({1: one, 2: two})
    assert [(doubt.object_id, doubt.frame_index) for doubt in found] == [(2, 50), (2, 10), (1, 31)]


def test_what_a_person_made_and_what_was_not_measured_is_not_proposed() -> None:
    one = lane()
    one.measures[31:, 1] += 45
    one.origins[31] = Origin.EDITED
    assert frames_to_check({1: one}) == []
    unmeasured = lane()
    unmeasured.measures[:] = np.nan
    assert frames_to_check({1: unmeasured}) == []


def test_100000_frames_are_looked_through_in_no_time() -> None:
    one = lane(100_000)
    one.confidence[:] = np.random.default_rng(1).random(100_000)
    start = time.perf_counter()
    assert len(frames_to_check({1: one, 2: one})) == 20
    assert time.perf_counter() - start < 0.5


def test_a_jump_is_listed_in_the_window_with_its_reason(opened: Editor) -> None:
    from core.types import FrameResult

    session = opened.window.session
    opened.paint_box(10, 10, 30, 40)
    run = session.begin_run("Propagate")
    for frame in range(1, 12):
        labels = np.zeros_like(opened.labels)
        left = 10 if frame < 7 else 60
        labels[10:40, left : left + 20] = 1
        session.put(run, FrameResult(frame, labels, {1: 0.97}), None)
    session.end_run(run)
    rows = opened.window.review.list
    opened.qtbot.waitUntil(lambda: rows.count() == 1)
    assert rows.item(0).text() == "Frame 7  ·  Object 1  ·  jumps 204%"
    opened.do("check_next")
    assert session.frame_index == 7


def test_the_panel_says_when_there_is_nothing_to_check(opened: Editor) -> None:
    panel = opened.window.review
    assert panel.hint.text().startswith("After a propagation")
    opened.paint_box(20, 20, 50, 50)
    session = opened.window.session
    run = session.begin_run("Propagate")
    for frame in range(1, 12):
        session.put(run, FrameResult(frame, session.labels_at(0), {1: 0.97}), None)
    session.end_run(run)
    panel.fill()
    assert panel.hint.isVisible()
    assert panel.hint.text() == "Nothing to check: the engine is sure of all it has done."
