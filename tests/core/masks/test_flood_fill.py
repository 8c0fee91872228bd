"""Areas of similar colour: tolerance, joining and bounds."""

from __future__ import annotations

import numpy as np
import pytest

from core.errors import MaskError
from core.masks import Patch, similar_area
from core.types import Image


@pytest.fixture
def picture() -> Image:
    """Steps of 10 in red from left to right, with a green bar that cuts off the last three columns."""
    picture = np.zeros((8, 12, 3), np.uint8)
    picture[..., 0] = 10 * (np.arange(12) // 3)[None, :]
    picture[:, 8] = (0, 200, 0)
    return picture


def on_frame(patch: Patch, shape: tuple[int, int] = (8, 12)) -> np.ndarray:
    frame = np.zeros(shape, np.bool_)
    frame[patch.box.slices] = patch.mask
    return frame


@pytest.mark.parametrize(("tolerance", "columns"), [(0, 3), (9, 3), (10, 6), (20, 8), (199, 8), (255, 12)])
def test_the_tolerance_is_counted_from_the_pixel_that_was_pointed_at(
    picture: Image, tolerance: int, columns: int
) -> None:
    found = on_frame(similar_area(picture, (0, 4), tolerance))
    assert found[:, :columns].all()
    assert not found[:, columns:].any()


def test_without_joining_the_area_beyond_the_bar_counts_too(picture: Image) -> None:
    found = on_frame(similar_area(picture, (0, 4), 30, contiguous=False))
    assert not found[:, 8].any()
    assert found.sum() == 8 * 11


@pytest.mark.parametrize("contiguous", [True, False])
def test_nothing_is_found_outside_what_is_allowed(picture: Image, contiguous: bool) -> None:
    allowed = np.zeros((8, 12), np.bool_)
    allowed[2:5, 1:7] = True
    found = on_frame(similar_area(picture, (2, 3), 255, contiguous, allowed))
    assert (found == allowed).all()
    assert similar_area(picture, (0, 0), 255, contiguous, allowed).empty


def test_corners_do_not_join() -> None:
    picture = np.kron((np.indices((4, 4)).sum(0) % 2)[..., None], np.full((1, 1, 3), 200)).astype(np.uint8)
    assert on_frame(similar_area(picture, (1, 1), 10), (4, 4)).sum() == 1
    assert on_frame(similar_area(picture, (1, 1), 10, contiguous=False), (4, 4)).sum() == 8


def test_the_picture_is_left_as_it_is(picture: Image) -> None:
    before = picture.copy()
    picture.setflags(write=False)
    similar_area(picture, (0, 0), 40)
    assert (picture == before).all()


def test_a_pixel_outside_is_refused(picture: Image) -> None:
    with pytest.raises(MaskError, match="12 x 8"):
        similar_area(picture, (12, 0), 10)
