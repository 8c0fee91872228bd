"""Each fault that is put in is found where it is, and nothing else is."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from core.errors import CancelledError
from core.jobs import CancelToken
from core.quality.check import check_masks
from core.quality.findings import Fault, sentence
from core.types import LabelMap
from tests.core.quality.scene import FRAMES, SIZE, check, kinds, labels


def swapped(found: LabelMap) -> LabelMap:
    return np.array([0, 2, 1], np.uint8)[found]


def test_what_moves_and_breathes_is_no_fault() -> None:
    assert check() == []


def test_swapped_ids_are_found_where_they_begin_and_end() -> None:
    found = check(lambda index, now: swapped(now) if 12 <= index < 20 else now)
    swaps = [one for one in found if one.fault is Fault.SWAP]
    assert [(one.frame_index, one.object_id, one.other_id) for one in swaps] == [(12, 1, 2), (20, 1, 2)]
    assert found == swaps, "a jump is what a swap looks like"


def test_an_object_that_takes_over_from_one_that_is_gone() -> None:
    def spoil(index: int, now: LabelMap) -> LabelMap:
        if index < 15:
            return now
        now[now == 2] = 0
        now[now == 1] = 2
        return now

    (first, *_) = check(spoil)
    assert (first.fault, first.frame_index, first.object_id, first.other_id) == (Fault.SWAP, 15, 2, 1)


def test_three_that_change_places_in_turn() -> None:
    def three(index: int) -> LabelMap:
        found = np.zeros((60, 120), np.uint8)
        order = (1, 2, 3) if index < 5 else (3, 1, 2)
        for position, object_id in enumerate(order):
            found[20:40, 10 + 40 * position : 30 + 40 * position] = object_id
        return found

    work = check_masks(three, range(10), [1, 2, 3], CancelToken())
    for _ in range(10):
        next(work)
    with pytest.raises(StopIteration) as stop:
        next(work)
    swaps = [one for one in stop.value.value if one.fault is Fault.SWAP]
    assert sorted((one.object_id, one.other_id) for one in swaps) == [(1, 2), (2, 3), (3, 1)]
    assert {one.frame_index for one in swaps} == {5}


@pytest.mark.parametrize("length", [1, 5])
def test_empty_frames_between_filled_ones(length: int) -> None:
    def spoil(index: int, now: LabelMap) -> LabelMap:
        return np.where(now == 1, 0, now).astype(np.uint8) if 10 <= index < 10 + length else now

    found = check(spoil)
    assert kinds(found) == [(Fault.EMPTY, 1, 10)]
    assert (found[0].first, found[0].last, found[0].value) == (10, 9 + length, length)


def test_an_object_that_is_long_away_was_hidden() -> None:
    assert check(lambda index, now: np.where(now == 1, 0, now).astype(np.uint8) if 8 <= index < 30 else now) == []


def test_an_object_without_any_mask() -> None:
    assert kinds(check(lambda _index, now: np.where(now == 2, 0, now).astype(np.uint8))) == [(Fault.MISSING, 2, 0)]


def test_a_sudden_change_of_area_there_and_back_is_one_finding() -> None:
    def spoil(index: int, now: LabelMap) -> LabelMap:
        if index == 17:
            now[:, : int(np.nonzero(now == 1)[1].mean())] *= now[:, : int(np.nonzero(now == 1)[1].mean())] != 1
        return now

    found = check(spoil)
    assert kinds(found) == [(Fault.AREA, 1, 17)]
    assert found[0].value == pytest.approx(0.5, abs=0.1)
    assert sentence(found[0], "dog") in ("dog is suddenly 2.0 times smaller", "dog is suddenly 1.9 times smaller")


def test_a_jump_of_the_centre() -> None:
    def spoil(index: int, now: LabelMap) -> LabelMap:
        if index == 22:
            moved = np.roll(now == 1, 45, axis=1)
            now[now == 1] = 0
            now[moved] = 1
        return now

    found = check(spoil)
    assert kinds(found) == [(Fault.POSITION, 1, 22)]
    assert found[0].value > 1


def test_specks() -> None:
    def spoil(index: int, now: LabelMap) -> LabelMap:
        if index in (9, 10, 30):
            now[2, 100:102] = 2
        return now

    found = check(spoil)
    assert sorted(kinds(found)) == [(Fault.SPECKS, 2, 9), (Fault.SPECKS, 2, 30)]
    assert sorted((one.first, one.last, one.value) for one in found) == [(9, 10, 2), (30, 30, 1)]


def test_specks_that_are_everywhere_are_reported_once() -> None:
    def spoil(index: int, now: LabelMap) -> LabelMap:
        if index % 3:
            now[2, 100] = 2
        if index == 20:
            now[2, 110] = 2
        return now

    found = check(spoil)
    assert kinds(found) == [(Fault.SPECKS, 2, 20)]
    assert found[0].value == sum(index % 3 > 0 for index in range(FRAMES))
    assert found[0].weight < 0.15


def test_small_holes_and_large_ones_from_nowhere() -> None:
    def spoil(index: int, now: LabelMap) -> LabelMap:
        if index == 6:
            now[35, 40 + 12] = 0
        if index == 25:
            cv2.rectangle(now, (107, 82), (118, 96), 0, -1)
        return now

    assert sorted(kinds(check(spoil))) == [(Fault.HOLES, 1, 6), (Fault.HOLES, 2, 25)]


def test_a_hole_that_belongs_to_the_object_is_no_fault() -> None:
    def ring(_index: int, now: LabelMap) -> LabelMap:
        now[cv2.erode((now == 1).astype(np.uint8), np.ones((9, 9))) > 0] = 0
        return now

    assert check(ring) == []


def test_every_second_frame_is_no_jump() -> None:
    assert check(frames=range(0, FRAMES, 2)) == []
    assert check(frames=[*range(10), *range(25, FRAMES)]) == [], "what is not known between is not looked at"


def test_cancelling() -> None:
    token = CancelToken()
    work = check_masks(labels, range(FRAMES), [1, 2], token)
    assert next(work).done == 1
    token.cancel()
    with pytest.raises(CancelledError):
        next(work)


def test_no_frame_and_the_frame_s_edge() -> None:
    work = check_masks(labels, [], [1], CancelToken())
    with pytest.raises(StopIteration) as stop:
        next(work)
    assert [one.fault for one in stop.value.value] == [Fault.MISSING]
    full = np.ones(SIZE[::-1], np.uint8)
    work = check_masks(lambda _index: full, range(3), [1], CancelToken())
    assert len(list(work)) == 3
