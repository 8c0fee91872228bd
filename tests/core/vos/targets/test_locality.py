"""Pieces that turn up away from the object are dropped; what may be the object is not."""

from __future__ import annotations

import numpy as np

from core.vos.targets.locality import keep_near


def plane(*boxes: tuple[int, int, int, int], probability: float = 0.9) -> np.ndarray:
    mask = np.zeros((1, 60, 90), np.float32)
    for x0, y0, x1, y1 in boxes:
        mask[0, y0:y1, x0:x1] = probability
    return mask


BEFORE = plane((20, 20, 40, 40))
STILL = np.zeros((1, 6, 9), np.float32)


def known(position: int) -> np.ndarray:
    return np.ones((3, 5), np.float32)


def test_a_piece_far_away_goes_with_its_rim() -> None:
    found = plane((22, 20, 42, 40), (70, 10, 80, 20))
    found[0, 9, 70:80] = 0.3
    kept = keep_near(found, BEFORE, STILL, known)
    np.testing.assert_array_equal(kept[0, :, :60], found[0, :, :60])
    assert kept[0, :, 60:].max() == 0


def test_parts_of_one_object_behind_a_pole_stay() -> None:
    found = plane((20, 20, 28, 40), (32, 20, 40, 40))
    np.testing.assert_array_equal(keep_near(found, BEFORE, STILL, known), found)


def test_a_new_part_beside_the_object_stays() -> None:
    found = plane((20, 20, 39, 40), (41, 25, 55, 35))
    np.testing.assert_array_equal(keep_near(found, BEFORE, STILL, known), found)


def test_an_object_that_nothing_leads_to_may_be_anywhere() -> None:
    found = plane((5, 5, 15, 15), (70, 10, 80, 20))
    np.testing.assert_array_equal(keep_near(found, np.zeros_like(found), STILL, known), found)


def test_a_mask_that_is_elsewhere_altogether_is_believed() -> None:
    found = plane((60, 5, 70, 15), (75, 40, 85, 50))
    np.testing.assert_array_equal(keep_near(found, BEFORE, STILL, known), found)


def test_objects_are_judged_each_by_its_own_mask() -> None:
    found = np.concatenate([plane((20, 20, 40, 40), (70, 10, 80, 20)), plane((70, 10, 80, 20))])
    before = np.concatenate([BEFORE, plane((70, 10, 80, 20))])
    kept = keep_near(found, before, STILL.repeat(2, 0), known)
    assert kept[0, :, 60:].max() == 0
    np.testing.assert_array_equal(kept[1], found[1])
    assert keep_near(found[:0], before[:0], STILL[:0], known).shape == (0, 60, 90)


def test_what_is_left_behind_does_not_outvote_what_moved_on() -> None:
    found = plane((20, 20, 24, 24), (60, 20, 80, 40))
    np.testing.assert_array_equal(keep_near(found, BEFORE, STILL, known), found)


def test_a_piece_apart_that_moves_along_stays() -> None:
    found = plane((22, 20, 42, 40), (50, 10, 60, 20), (50, 40, 60, 50), (80, 10, 90, 20))
    along = STILL.copy()
    along[0, 1, 5:9] = 0.8
    along[0, 4, 5] = -0.8
    kept = keep_near(found, BEFORE, along, known)
    np.testing.assert_array_equal(kept[0, :30, :70], found[0, :30, :70])
    assert kept[0, 30:, 50:].max() == 0
    assert kept[0, :, 75:].max() == 0, "too far off for any motion"


def test_what_another_object_held_is_not_taken_for_moving_along() -> None:
    along = STILL.repeat(2, 0)
    along[0, 1, 5] = 0.8
    there = plane((50, 10, 60, 20))
    found = np.concatenate([plane((22, 20, 42, 40), (50, 10, 60, 20)), there])
    assert keep_near(found, np.concatenate([BEFORE, there]), along, known)[0, :, 50:].max() == 0
    elsewhere = plane((70, 50, 80, 58))
    np.testing.assert_array_equal(keep_near(found, np.concatenate([BEFORE, elsewhere]), along, known)[0], found[0])


def test_a_mask_does_not_grow_over_what_stays_behind() -> None:
    """A banner beside the car: attached to it, alike, and passing by with the rest of the picture."""
    found = plane((22, 20, 64, 40), probability=0.8)
    behind = STILL.copy()
    behind[0, :, 5:] = -0.9
    kept = keep_near(found, BEFORE, behind, known)[0]
    assert kept[22:38, 22:42].min() > 0.5 and kept[:, 56:].max() == 0
    np.testing.assert_array_equal(keep_near(found, BEFORE, -behind, known), found)
    np.testing.assert_array_equal(keep_near(found, BEFORE, STILL, known), found)
    certain = plane((22, 20, 64, 40), probability=0.95)
    np.testing.assert_array_equal(keep_near(certain, BEFORE, behind, known), certain)


def test_a_mask_may_be_where_it_was_however_that_moves() -> None:
    found = plane((20, 20, 41, 40))
    np.testing.assert_array_equal(keep_near(found, BEFORE, STILL - 0.9, known), found)


def test_what_the_anchors_know_nothing_of_does_not_stay_for_moving_along() -> None:
    found = plane((22, 20, 42, 40), (50, 10, 60, 20))
    along = STILL + 0.8
    np.testing.assert_array_equal(keep_near(found, BEFORE, along, known), found)
    asked: list[int] = []

    def unknown(position: int) -> np.ndarray:
        asked.append(position)
        return np.zeros((3, 5), np.float32)

    assert keep_near(found, BEFORE, along, unknown)[0, :, 46:].max() == 0
    assert asked == [0]
    keep_near(found[:, :, :], found, along, unknown)
    assert asked == [0], "nothing to ask about"


def test_a_mask_does_not_grow_half_heartedly() -> None:
    """An arm that plays with the dog: attached to it, moving by itself, and the network is not sure of it."""
    body, arm = plane((20, 20, 40, 40)), plane((40, 25, 52, 35), probability=0.65)
    found = np.maximum(body, arm)
    kept = keep_near(found, BEFORE, STILL, known)[0]
    assert kept[:, 44:].max() == 0 and kept[22:38, 22:40].min() > 0.5
    np.testing.assert_array_equal(keep_near(found, BEFORE, STILL + 0.8, known), found)
    sure = np.maximum(body, plane((40, 25, 52, 35), probability=0.8))
    np.testing.assert_array_equal(keep_near(sure, BEFORE, STILL, known), sure)
    little = np.maximum(body, plane((40, 25, 41, 35), probability=0.65))
    np.testing.assert_array_equal(keep_near(little, BEFORE, STILL, known), little)
