"""Grow, shrink, holes, specks and smoothing, against their definitions; and who keeps its pixels."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest

from core.errors import MaskError
from core.masks import fill_holes, grow, remove_specks, repair_object, shrink, smooth


def some_mask(seed: int = 5) -> np.ndarray:
    generator = np.random.default_rng(seed)
    mask = np.zeros((40, 50), np.bool_)
    mask[10:28, 12:37] = generator.random((18, 25)) > 0.02
    return mask


def nearest(mask: np.ndarray) -> np.ndarray:
    """How far the centre of each pixel is from that of the nearest of the mask's, the slow way."""
    points = np.argwhere(mask)
    y, x = np.mgrid[: mask.shape[0], : mask.shape[1]]
    return np.sqrt(((y[..., None] - points[:, 0]) ** 2 + (x[..., None] - points[:, 1]) ** 2).min(-1))


@pytest.mark.parametrize("pixels", [0, 1, 1.5, 3, 5])
def test_growing_and_shrinking_go_by_the_distance(pixels: float) -> None:
    mask = some_mask()
    assert (grow(mask, pixels) == (nearest(mask) <= pixels)).all()
    assert (shrink(mask, pixels) == (nearest(~mask) > pixels)).all()


def test_a_mask_is_not_pulled_back_from_the_frame() -> None:
    mask = np.zeros((20, 20), np.bool_)
    mask[:, :10] = True
    assert (shrink(mask, 3) == np.pad(np.ones((20, 7), np.bool_), ((0, 0), (0, 13)))).all()
    assert shrink(np.ones((5, 5), np.bool_), 3).all()
    assert not grow(np.zeros((5, 5), np.bool_), 3).any()


def test_holes_are_filled_but_not_bays() -> None:
    mask = np.zeros((12, 12), np.bool_)
    mask[2:10, 2:10] = True
    mask[4:6, 4:6] = False  # a hole
    mask[7, 7:] = False  # a bay
    filled = fill_holes(mask)
    assert filled[4:6, 4:6].all()
    assert not filled[7, 7:].any()
    assert filled.sum() == mask.sum() + 4


def test_a_ring_closed_by_corners_has_a_hole() -> None:
    ring = np.array([[0, 1, 0], [1, 0, 1], [0, 1, 0]], np.bool_)
    assert fill_holes(ring)[1, 1]


def test_small_pieces_go_and_the_largest_stays() -> None:
    mask = np.zeros((20, 20), np.bool_)
    mask[2:8, 2:8] = True
    mask[10:13, 10:13] = True
    mask[15, 15] = mask[16, 16] = True
    assert remove_specks(mask, 3).sum() == 36 + 9
    assert remove_specks(mask, 10).sum() == 36
    assert remove_specks(mask, 1000).sum() == 36
    assert not remove_specks(np.zeros((4, 4), np.bool_), 3).any()


def test_smoothing_takes_spikes_and_keeps_straight_edges() -> None:
    mask = np.zeros((60, 60), np.bool_)
    mask[20:, :] = True
    spiky = mask.copy()
    spiky[10:20, 30] = True
    spiky[20:26, 10] = False
    assert (smooth(spiky, 3)[:, [0, 50]] == mask[:, [0, 50]]).all()
    assert not smooth(spiky, 3)[10:17, 30].any()
    assert smooth(spiky, 3)[23:26, 10].all()
    assert (smooth(spiky, 0) == spiky).all()


@pytest.mark.parametrize("repair", [grow, shrink, smooth])
def test_a_distance_below_zero_is_refused(repair) -> None:  # type: ignore[no-untyped-def]
    for wrong in (-1, float("nan")):
        with pytest.raises(MaskError):
            repair(some_mask(), wrong)


def test_an_object_grows_over_background_only() -> None:
    labels = np.zeros((30, 30), np.uint8)
    labels[10:20, 10:15] = 1
    labels[10:20, 16:20] = 2
    edit = repair_object(labels, 1, partial(grow, pixels=3), reach=3)
    assert edit is not None
    edit.apply(labels)
    assert (labels[10:20, 16:20] == 2).all()
    assert (labels[10:20, 15] == 1).all()
    assert (labels[10:20, 7] == 1).all()
    assert not labels[:, 6].any()


def test_the_edit_is_what_the_whole_frame_would_have_become() -> None:
    labels = np.zeros((40, 50), np.uint8)
    labels[some_mask()] = 4
    for repair, reach in ((partial(grow, pixels=4), 4), (partial(smooth, radius=2), 8), (fill_holes, 0)):
        edit = repair_object(labels, 4, repair, reach)
        assert edit is not None
        new = labels.copy()
        edit.apply(new)
        assert ((new == 4) == repair(labels == 4)).all()


def test_nothing_to_do_is_no_edit() -> None:
    labels = np.zeros((30, 30), np.uint8)
    labels[5:9, 5:9] = 1
    assert repair_object(labels, 2, partial(grow, pixels=3), 3) is None
    assert repair_object(labels, 1, fill_holes) is None
    assert repair_object(labels, 1, partial(grow, pixels=3), 3, frozenset({1})) is None
    with pytest.raises(MaskError):
        repair_object(labels, 0, fill_holes)
