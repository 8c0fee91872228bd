"""Findings are ranked by what they cost, in whole masks."""

from __future__ import annotations

import numpy as np
import pytest

from core.errors import MaskError
from core.jobs import CancelToken
from core.quality.check import check_masks
from core.quality.findings import Fault, Finding
from core.quality.fixing import Fix, Fixed, fix_masks
from core.types import LabelMap


def clip(frames: int = 40) -> list[LabelMap]:
    made = []
    for frame in range(frames):
        labels = np.zeros((80, 160), np.uint8)
        labels[10:40, 10 + frame : 50 + frame] = 1
        labels[45:75, 90 - frame : 130 - frame] = 2
        made.append(labels)
    return made


def found(masks: list[LabelMap]) -> list[Finding]:
    steps = check_masks(masks.__getitem__, range(len(masks)), [1, 2], CancelToken())
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return list(end.value)


def swapped(masks: list[LabelMap], first: int, last: int) -> None:
    for frame in range(first, last):
        masks[frame] = np.array([0, 2, 1], np.uint8)[masks[frame]]


def test_a_long_swap_costs_more_than_a_short_one_and_both_more_than_a_speck() -> None:
    masks = clip()
    swapped(masks, 5, 7)
    swapped(masks, 20, 35)
    masks[12][2:4, 2:4] = 1
    order = found(masks)
    assert [(one.fault, one.frame_index, round(one.cost, 2)) for one in order] == [
        (Fault.SWAP, 20, 30.0),
        (Fault.SWAP, 35, 30.0),
        (Fault.SWAP, 5, 4.0),
        (Fault.SWAP, 7, 4.0),
        (Fault.SPECKS, 12, 0.0),
    ]
    assert 0 < order[-1].cost < 0.01


def test_a_swap_that_stays_costs_all_that_follows() -> None:
    masks = clip()
    swapped(masks, 30, 40)
    assert found(masks)[0].cost == pytest.approx(20)


def test_a_gap_costs_its_frames_and_a_jump_what_is_too_much() -> None:
    masks = clip()
    for frame in range(10, 14):
        masks[frame][masks[frame] == 2] = 0
    masks[25][10:40, 55:] = np.where(masks[25][10:40, 55:] == 1, 0, masks[25][10:40, 55:])
    costs = {one.fault: one.cost for one in found(masks)}
    assert costs[Fault.EMPTY] == 4
    assert 0.3 < costs[Fault.AREA] < 1.1


def test_larger_holes_cost_more() -> None:
    masks = clip()
    masks[8][20:22, 30:32] = 0
    masks[20][15:30, 40:55] = 0
    holes = [one for one in found(masks) if one.fault is Fault.HOLES]
    assert [one.frame_index for one in holes] == [20, 8]
    assert holes[0].cost == pytest.approx(225 / 1200, rel=0.01)
    assert holes[1].cost == pytest.approx(4 / 1200, rel=0.01)


# -- fixing


def test_specks_and_holes_up_to_a_size_are_fixed_on_the_frames_that_have_them() -> None:
    masks = clip(6)
    masks[1][2:4, 2:4] = 1
    masks[2][20:22, 30:32] = 0
    masks[3][15:30, 25:40] = 0
    masks[4][60:62, 100:102] = 1
    clean = clip(6)
    items = list(fix_masks(masks.__getitem__, range(6), [1, 2], Fix(10, 10), CancelToken()))
    fixed = {item.frame_index: item.edit for item in items if isinstance(item, Fixed)}
    assert sorted(fixed) == [1, 2, 4]
    for frame in (1, 2):
        fixed[frame].apply(masks[frame])
        np.testing.assert_array_equal(masks[frame], clean[frame])
    fixed[4].apply(masks[4])
    assert (masks[4] == 1).sum() == (clean[4] == 1).sum(), "what lay over another object goes"
    assert (masks[4] == 2).sum() == (clean[4] == 2).sum(), "and the hole that it leaves there is filled"
    assert len(items) == 6 + 3


def test_a_hole_with_another_object_in_it_stays() -> None:
    labels = np.zeros((40, 40), np.uint8)
    labels[5:30, 5:30] = 1
    labels[10:12, 10:12] = 2
    assert not any(isinstance(item, Fixed) for item in fix_masks(lambda _: labels, [0], [1], Fix(9, 9), CancelToken()))


def test_nothing_to_fix_is_reported() -> None:
    with pytest.raises(MaskError, match="Nothing would be fixed"):
        Fix(0, 0)
