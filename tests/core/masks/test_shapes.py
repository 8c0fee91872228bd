"""Rectangles and ellipses against their definition."""

from __future__ import annotations

import numpy as np
import pytest

from core.errors import MaskError
from core.masks import Patch, rasterise_ellipse, rasterise_rectangle

SIZE = (40, 30)

Corners = tuple[tuple[float, float], tuple[float, float]]


def on_frame(patch: Patch) -> np.ndarray:
    frame = np.zeros(SIZE[::-1], np.bool_)
    frame[patch.box.slices] = patch.mask
    return frame


def centres() -> tuple[np.ndarray, np.ndarray]:
    y, x = np.mgrid[: SIZE[1], : SIZE[0]] + 0.5
    return x, y


@pytest.mark.parametrize("corners", [((3.2, 4.9), (17.5, 22.1)), ((17.5, 22.1), (3.2, 4.9)), ((-9, 25), (60, 3.5))])
def test_a_rectangle_holds_the_pixels_whose_centre_it_holds(corners: Corners) -> None:
    (x0, y0), (x1, y1) = corners
    x, y = centres()
    inside = (x >= min(x0, x1)) & (x < max(x0, x1)) & (y >= min(y0, y1)) & (y < max(y0, y1))
    assert (on_frame(rasterise_rectangle(corners[0], corners[1], SIZE)) == inside).all()


@pytest.mark.parametrize("corners", [((3.2, 4.9), (17.5, 22.1)), ((30, 20), (10, 2)), ((-9, 25), (60, 3.5))])
def test_an_ellipse_holds_the_pixels_whose_centre_it_holds(corners: Corners) -> None:
    (x0, y0), (x1, y1) = corners
    x, y = centres()
    inside = ((x - (x0 + x1) / 2) / ((x1 - x0) / 2)) ** 2 + ((y - (y0 + y1) / 2) / ((y1 - y0) / 2)) ** 2 < 1
    assert (on_frame(rasterise_ellipse(corners[0], corners[1], SIZE)) == inside).all()


@pytest.mark.parametrize("make", [rasterise_rectangle, rasterise_ellipse])
def test_shapes_without_extent_or_outside_are_empty(make) -> None:  # type: ignore[no-untyped-def]
    assert make((5, 5), (5, 20), SIZE).empty
    assert make((-20, -20), (-3, -3), SIZE).empty
    assert make((1e12, 5), (2e12, 20), SIZE).empty
    with pytest.raises(MaskError):
        make((float("nan"), 5), (5, 20), SIZE)
