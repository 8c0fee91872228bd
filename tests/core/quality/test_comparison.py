"""Curves against true masks."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from core.errors import MaskError
from core.jobs import CancelToken
from core.metrics import boundary_f, region_j
from core.quality.comparison import Comparison, compare_masks
from core.quality.findings import Fault
from core.types import LabelMap
from tests.core.quality.scene import labels


def shifted(index: int) -> LabelMap:
    """Object 1 is off by as many pixels as the frame's index says."""
    now = labels(index)
    moved = np.roll(now == 1, index, axis=1)
    now[now == 1] = 0
    now[moved] = 1
    return now


def compare(frames: list[int]) -> Comparison:
    work = compare_masks(shifted, labels, frames, [1, 2], CancelToken())
    for _ in frames:
        next(work)
    with pytest.raises(StopIteration) as stop:
        next(work)
    found = stop.value.value
    assert isinstance(found, Comparison)
    return found


def test_values_are_those_of_the_metrics_on_every_frame() -> None:
    found = compare([0, 3, 9])
    assert list(found.j[1]) == list(found.f[1]) == [0, 3, 9]
    for frame in (0, 3, 9):
        mine, true = shifted(frame) == 1, labels(frame) == 1
        assert found.j[1][frame] == region_j(mine, true)
        assert found.f[1][frame] == boundary_f(mine, true)
    assert found.j[1][0] == 1 > found.j[1][3] > found.j[1][9]
    j, f = found.means()
    assert j == pytest.approx((np.mean(list(found.j[1].values())) + np.mean(list(found.j[2].values()))) / 2)
    assert 0 < f <= 1


def test_poor_frames_are_listed_once_a_stretch() -> None:
    found = compare(list(range(20))).findings()
    assert {one.fault for one in found} == {Fault.POOR}
    assert {one.object_id for one in found} == {1}
    assert found[0].frame_index == max(one.frame_index for one in found), "the last frame is the farthest off"
    frames = sorted(one.frame_index for one in found)
    assert all(later - earlier > 8 for earlier, later in pairwise(frames))
    assert all(one.value == compare([one.frame_index]).j_and_f(1)[one.frame_index] for one in found)


def test_other_sizes_are_an_error() -> None:
    work = compare_masks(lambda _index: np.zeros((3, 3), np.uint8), labels, [0], [1], CancelToken())
    with pytest.raises(MaskError):
        next(work)
