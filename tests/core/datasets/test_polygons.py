"""Polygons and masks."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from core.datasets.polygons import join_polygons, mask_polygons, polygon_patch, union_patch


def fill_polygons(polygons: list[np.ndarray], size: tuple[int, int]) -> np.ndarray:
    """The (H, W) bool mask of pixels in any of the polygons; `size` is (width, height)."""
    mask = np.zeros(size[::-1], bool)
    patch = union_patch([polygon_patch(polygon, size) for polygon in polygons])
    mask[patch.box.slices] = patch.mask
    return mask


def blobs(seed: int) -> np.ndarray:
    """Parts, holes and single pixels, also on the frame's edges."""
    rng = np.random.default_rng(seed)
    height, width = rng.integers(5, 60, 2)
    noise = cv2.GaussianBlur(rng.random((height, width)).astype(np.float32), (0, 0), rng.uniform(0.3, 4))
    return noise > np.quantile(noise, rng.uniform(0.1, 0.9))


@pytest.mark.parametrize("seed", range(40))
def test_polygons_give_the_mask_back_exactly(seed: int) -> None:
    mask = blobs(seed)
    polygons = mask_polygons(mask)
    np.testing.assert_array_equal(fill_polygons(polygons, mask.shape[::-1]), mask)
    np.testing.assert_array_equal(fill_polygons([join_polygons(polygons)], mask.shape[::-1]), mask)


def test_corners_are_those_of_the_pixels() -> None:
    mask = np.zeros((5, 7), bool)
    mask[1:3, 2:6] = True
    (polygon,) = mask_polygons(mask)
    assert {tuple(corner) for corner in polygon} == {(2, 1), (6, 1), (6, 3), (2, 3)}


def test_fewer_corners_stay_near_the_edge() -> None:
    mask = np.zeros((200, 200), bool)
    rows, columns = np.mgrid[:200, :200]
    mask[(rows - 100) ** 2 + (columns - 90) ** 2 < 70**2] = True
    exact, simple = mask_polygons(mask)[0], mask_polygons(mask, 1.5)[0]
    assert len(simple) < len(exact) / 5
    filled = fill_polygons([simple], (200, 200))
    edge = cv2.dilate(mask.astype(np.uint8), np.ones((5, 5))) - cv2.erode(mask.astype(np.uint8), np.ones((5, 5)))
    assert not ((filled != mask) & (edge == 0)).any()


def test_fractions_of_a_pixel_and_what_lies_outside() -> None:
    square = np.array([(-3.0, 1.6), (2.4, 1.6), (2.4, 9.0), (-3.0, 9.0)])
    filled = fill_polygons([square], (4, 5))
    expected = np.zeros((5, 4), bool)
    expected[2:, :2] = True  # centres 1.5 are outside, 2.5 to the right as well
    np.testing.assert_array_equal(filled, expected)


def test_nothing_has_no_polygon() -> None:
    assert mask_polygons(np.zeros((4, 4), bool)) == []
    with pytest.raises(ValueError, match="no polygon"):
        join_polygons([])
