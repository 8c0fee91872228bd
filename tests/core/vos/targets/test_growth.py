"""What a mask grows over is dropped where the network is unsure of it; what may be the object is not."""

from __future__ import annotations

import numpy as np

from core.vos.targets.growth import limit_growth


def plane(*boxes: tuple[int, int, int, int], probability: float = 0.9) -> np.ndarray:
    mask = np.zeros((1, 60, 90), np.float32)
    for x0, y0, x1, y1 in boxes:
        mask[0, y0:y1, x0:x1] = probability
    return mask


BEFORE = plane((20, 20, 40, 40))
STILL = np.zeros((1, 6, 9), np.float32)


def test_a_new_part_beside_the_object_stays() -> None:
    found = plane((20, 20, 39, 40), (41, 25, 55, 35))
    np.testing.assert_array_equal(limit_growth(found, BEFORE, STILL), found)


def test_an_object_that_nothing_leads_to_may_be_anywhere() -> None:
    found = plane((5, 5, 15, 15), (70, 10, 80, 20))
    np.testing.assert_array_equal(limit_growth(found, np.zeros_like(found), STILL), found)


def test_a_mask_that_is_elsewhere_altogether_is_believed() -> None:
    found = plane((60, 5, 70, 15), (75, 40, 85, 50))
    np.testing.assert_array_equal(limit_growth(found, BEFORE, STILL), found)


def test_what_is_left_behind_does_not_outvote_what_moved_on() -> None:
    found = plane((20, 20, 24, 24), (60, 20, 80, 40))
    np.testing.assert_array_equal(limit_growth(found, BEFORE, STILL), found)


def test_a_mask_does_not_grow_over_what_stays_behind() -> None:
    """A banner next to the car: attached to it, similar, and passing by with the rest of the picture."""
    found = plane((22, 20, 64, 40), probability=0.8)
    behind = STILL.copy()
    behind[0, :, 5:] = -0.9
    limited = limit_growth(found, BEFORE, behind)[0]
    assert limited[22:38, 22:42].min() > 0.5 and limited[:, 56:].max() == 0
    np.testing.assert_array_equal(limit_growth(found, BEFORE, -behind), found)
    np.testing.assert_array_equal(limit_growth(found, BEFORE, STILL), found)
    certain = plane((22, 20, 64, 40), probability=0.95)
    np.testing.assert_array_equal(limit_growth(certain, BEFORE, behind), certain)


def test_a_mask_may_be_where_it_was_however_that_moves() -> None:
    found = plane((20, 20, 41, 40))
    np.testing.assert_array_equal(limit_growth(found, BEFORE, STILL - 0.9), found)


def test_a_mask_does_not_grow_half_heartedly() -> None:
    """An arm that plays with the dog: attached to it, moving by itself, and the network is not sure of it."""
    body, arm = plane((20, 20, 40, 40)), plane((40, 25, 52, 35), probability=0.65)
    found = np.maximum(body, arm)
    limited = limit_growth(found, BEFORE, STILL)[0]
    assert limited[:, 44:].max() == 0 and limited[22:38, 22:40].min() > 0.5
    np.testing.assert_array_equal(limit_growth(found, BEFORE, STILL + 0.8), found)
    sure = np.maximum(body, plane((40, 25, 52, 35), probability=0.8))
    np.testing.assert_array_equal(limit_growth(sure, BEFORE, STILL), sure)
    little = np.maximum(body, plane((40, 25, 41, 35), probability=0.65))
    np.testing.assert_array_equal(limit_growth(little, BEFORE, STILL), little)


def test_objects_are_judged_each_by_its_own_mask() -> None:
    grown = plane((22, 20, 64, 40), probability=0.8)
    behind = STILL.copy()
    behind[0, :, 5:] = -0.9
    found = np.concatenate([grown, grown])
    before = np.concatenate([BEFORE, grown])
    limited = limit_growth(found, before, behind.repeat(2, 0))
    assert limited[0, :, 56:].max() == 0 and found[0, 30, 60] > 0.5, "and the array given stays as it is"
    np.testing.assert_array_equal(limited[1], found[1])
    assert limit_growth(found[:0], before[:0], STILL[:0]).shape == (0, 60, 90)


def test_the_soft_rim_of_what_is_dropped_goes_with_it() -> None:
    found = plane((22, 20, 64, 40), probability=0.8)
    found[0, 20:40, 64:67] = 0.3
    behind = STILL.copy()
    behind[0, :, 5:] = -0.9
    assert limit_growth(found, BEFORE, behind)[0, :, 60:].max() == 0
