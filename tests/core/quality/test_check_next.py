"""Which frames are proposed, from lanes made by hand."""

from __future__ import annotations

import time
from itertools import pairwise

import numpy as np
import pytest

from core.quality.check_next import ObjectLane, Reason, frames_to_check
from core.types import Origin


def lane(frames: int = 60, speed: float = 3.0, area: float = 900.0, sure: float = 0.95) -> ObjectLane:
    """An object of 30 x 30 pixels that moves steadily; frame 0 is an anchor."""
    origins = np.full(frames, Origin.PROPAGATED, np.uint8)
    origins[0] = Origin.EDITED
    measures = np.zeros((frames, 3), np.float32)
    measures[:, 0] = area
    measures[:, 1] = speed * np.arange(frames)
    return ObjectLane(origins, np.full(frames, sure, np.float32), measures)


def frames_of(one: ObjectLane, limit: int = 20) -> list[int]:
    return [proposal.frame_index for proposal in frames_to_check({1: one}, limit)]


@pytest.mark.parametrize("sure", [0.99, 0.94, 0.87, 0.5])
def test_however_sure_the_engine_is_there_is_a_frame_to_check(sure: float) -> None:
    found = frames_to_check({1: lane(sure=sure)})
    assert found
    assert found[0].reason is Reason.FAR
    assert found[0].confidence == pytest.approx(sure)


def test_proposals_are_spread_over_the_clip() -> None:
    first = sorted(frames_of(lane(90), 3))
    assert all(second - one >= 12 for one, second in pairwise(first))
    assert first[0] >= 8, "not beside the mask"


def test_proposals_keep_their_distance_from_a_person_s_masks() -> None:
    """A bad stretch right behind the mask would repair little where it begins."""
    one = lane()
    one.confidence[1:12] = np.linspace(0.4, 0.7, 11)
    one.origins[30] = Origin.EDITED
    for frame in frames_of(one, 6):
        assert min(abs(frame - 0), abs(frame - 30)) > 5


def test_a_person_s_mask_is_not_compared_with_the_frames_beside_it() -> None:
    """It is larger than what the engine finds around it, on frames 0 and 20."""
    one = lane()
    one.origins[20] = Origin.EDITED
    one.measures[[0, 20], 0] *= 2
    one.measures[[0, 20], 1] += 15
    assert {proposal.reason for proposal in frames_to_check({1: one})} == {Reason.FAR}
    assert frames_of(one) == frames_of(with_anchor(lane(), 20))


def with_anchor(one: ObjectLane, frame: int) -> ObjectLane:
    one.origins[frame] = Origin.EDITED
    return one


def test_steady_motion_and_growth_are_no_jumps() -> None:
    fast = lane(speed=40)
    fast.measures[:, 0] *= 1.2 ** np.arange(60)
    assert {proposal.reason for proposal in frames_to_check({1: fast})} == {Reason.FAR}


def test_where_the_engine_is_least_sure_comes_first() -> None:
    one = lane()
    one.confidence[20:26] = (0.8, 0.5, 0.3, 0.4, 0.6, 0.8)
    first = frames_to_check({1: one})[0]
    assert 20 <= first.frame_index <= 25
    assert first.reason is Reason.UNSURE
    assert first.amount == pytest.approx(float(one.confidence[first.frame_index]))


def test_many_bad_frames_are_worth_more_than_one_that_is_worse() -> None:
    one = lane()
    one.confidence[15] = 0.2
    one.confidence[40:55] = 0.6
    assert 40 <= frames_of(one)[0] < 55


def test_a_centre_that_leaps_is_found_on_the_frame_it_leaps_to() -> None:
    one = lane()
    one.measures[31:, 1] += 45
    first = frames_to_check({1: one})[0]
    assert (first.frame_index, first.object_id, first.reason) == (31, 1, Reason.MOVED)
    assert first.amount == pytest.approx(1.5)


@pytest.mark.parametrize("factor", [2.0, 0.4, 0.0])
def test_an_area_that_leaps_is_found(factor: float) -> None:
    one = lane()
    one.measures[31:, 0] *= factor
    if not factor:
        one.measures[31:, 1:] = np.nan
    first = frames_to_check({1: one})[0]
    assert (first.frame_index, first.reason) == (31, Reason.GREW)
    assert first.amount == pytest.approx(factor)


def test_each_object_is_proposed_and_what_a_person_made_is_not() -> None:
    worse, better = lane(sure=0.4), lane(sure=0.97)
    worse.origins[30:] = Origin.EDITED
    found = frames_to_check({1: worse, 2: better}, limit=2)
    assert {proposal.object_id for proposal in found} == {1, 2}
    assert all(proposal.frame_index < 30 for proposal in found if proposal.object_id == 1)


@pytest.mark.parametrize("frames", [2, 3, 4, 12])
def test_short_clips_have_a_frame_to_check_too(frames: int) -> None:
    assert frames_of(lane(frames))[0] > 0
    between = with_anchor(lane(frames + 1), frames)
    assert 0 < frames_of(between)[0] < frames


def test_nothing_is_proposed_before_anything_was_propagated() -> None:
    one = lane()
    one.origins[1:] = Origin.NONE
    assert frames_to_check({1: one}) == []
    assert frames_to_check({}) == []


def test_what_is_unknown_is_no_obstacle() -> None:
    one = lane()
    one.confidence[:] = np.nan
    one.measures[:] = np.nan
    assert frames_of(one)


def test_what_a_correction_repairs_ends_at_the_next_mask() -> None:
    """The frames before a mask are bad, those behind it good: the frame just behind it is no place to correct them."""
    one = with_anchor(lane(), 30)
    one.confidence[10:30] = 0.4
    assert 10 <= frames_of(one)[0] < 30


def test_100000_frames_are_looked_through_in_no_time() -> None:
    one = lane(100_000)
    one.confidence[:] = np.random.default_rng(1).random(100_000)
    start = time.process_time()
    assert len(frames_to_check({1: one, 2: one})) == 20
    assert time.process_time() - start < 1.0
