"""Moving, scaling and turning a mask."""

from __future__ import annotations

import math

import numpy as np
import pytest

from core.errors import MaskError
from core.masks import Patch, Placement, apply_placement
from core.types import Box

SIZE = (80, 60)


def patch(x0: int = 20, y0: int = 20, seed: int = 3) -> Patch:
    """An uneven shape, so that a mirrored or shifted one is noticed."""
    mask = np.ones((12, 18), np.bool_)
    mask[:4, :7] = False
    mask[9:, 14:] = np.random.default_rng(seed).random((3, 4)) > 0.5
    return Patch(Box(x0, y0, x0 + 18, y0 + 12), mask)


def on_frame(patch: Patch) -> np.ndarray:
    frame = np.zeros(SIZE[::-1], np.bool_)
    frame[patch.box.slices] = patch.mask
    return frame


CENTRE = (29.0, 26.0)


@pytest.mark.parametrize("move", [(0, 0), (7, -5), (-15, 20)])
def test_whole_pixels_are_moved_exactly(move: tuple[int, int]) -> None:
    placed = on_frame(apply_placement(patch(), Placement(CENTRE, move), SIZE))
    assert (placed == np.roll(on_frame(patch()), move[::-1], (0, 1))).all()


def test_what_leaves_the_frame_is_cut_off() -> None:
    placed = on_frame(apply_placement(patch(), Placement(CENTRE, (-25, 0)), SIZE))
    assert (placed[:, :13] == on_frame(patch())[:, 25:38]).all()
    assert not placed[:, 13:].any()
    assert apply_placement(patch(), Placement(CENTRE, (500, 0)), SIZE).empty


def test_doubling_about_the_middle_makes_four_times_the_area() -> None:
    placed = apply_placement(patch(), Placement(CENTRE, scale=(2, 2)), SIZE)
    assert placed.mask.sum() == pytest.approx(4 * patch().mask.sum(), rel=0.03)
    assert placed.box == Box(11, 14, 47, 38)


def test_a_quarter_turn_is_exact_and_clockwise() -> None:
    placed = on_frame(apply_placement(patch(), Placement(CENTRE, angle=math.pi / 2), SIZE))
    turned = np.rot90(patch().mask, -1)
    expected = np.zeros(SIZE[::-1], np.bool_)
    expected[17:35, 23:35] = turned
    assert (placed == expected).all()


def test_a_negative_scale_mirrors() -> None:
    placed = on_frame(apply_placement(patch(), Placement(CENTRE, scale=(-1, 1)), SIZE))
    expected = np.zeros(SIZE[::-1], np.bool_)
    expected[20:32, 20:38] = patch().mask[:, ::-1]
    assert (placed == expected).all()


def test_points_go_where_the_mask_goes() -> None:
    placement = Placement((10, 10), move=(3, 4), scale=(2, 3), angle=math.pi / 2)
    assert placement.point(10, 10) == pytest.approx((13, 14))
    assert placement.point(11, 10) == pytest.approx((13, 16))
    assert placement.point(10, 11) == pytest.approx((10, 14))
    assert not placement.still
    assert Placement((10, 10)).still


def test_no_scale_makes_a_mask_vanish_for_good_and_no_number_is_refused() -> None:
    assert np.isfinite(Placement(CENTRE, scale=(0, 0)).matrix).all()
    apply_placement(patch(), Placement(CENTRE, scale=(0, 0)), SIZE)
    with pytest.raises(MaskError):
        apply_placement(patch(), Placement(CENTRE, move=(math.nan, 0)), SIZE)
