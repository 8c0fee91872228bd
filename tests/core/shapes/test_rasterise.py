"""What shapes cover, against many samples of every pixel and against circles that are known."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from core.masks import rasterise_polygon
from core.shapes import BezierPoint, Points, ShapeMode, coverage, drawn_alpha, drawn_patch, flatten, soft_cover
from tests.core.shapes.curves import circle, disc, mask_of, shape, square

SIZE = (64, 48)
TIMES = 24
WILD = (
    BezierPoint(10.3, 8.1, -9, 2, 14, -3),
    BezierPoint(50.7, 12.4, -3, -12, 2, 9),
    BezierPoint(40.2, 41.9, 12, 1, -20, -1),
    BezierPoint(6.6, 30.5, 5, 8, -2, -9),
)


def supersampled(points: Points) -> NDArray[np.float64]:
    """The share of each pixel by TIMES x TIMES samples, decided by another route: the polygon tool's."""
    polyline = flatten(points, 0.002) * TIMES
    large = (SIZE[0] * TIMES, SIZE[1] * TIMES)
    patch = rasterise_polygon([(float(x), float(y)) for x, y in polyline], large)
    whole = np.zeros((large[1], large[0]))
    whole[patch.box.slices] = patch.mask
    return whole.reshape(SIZE[1], TIMES, SIZE[0], TIMES).mean(axis=(1, 3))


def whole(found: tuple[object, NDArray[np.float32]]) -> NDArray[np.float32]:
    box, alpha = found
    full = np.zeros((SIZE[1], SIZE[0]), np.float32)
    full[box.slices] = alpha  # type: ignore[attr-defined]
    return full


@pytest.mark.parametrize("points", [WILD, circle(31.3, 20.7, 15), circle(3, 46, 14.2), square(9.25, 5.5, 30.75, 40)])
def test_coverage_is_the_area_of_each_pixel_inside(points: Points) -> None:
    away = np.abs(whole(coverage(points, SIZE)) - supersampled(points))
    assert away.max() < 0.04
    assert away.mean() < 5e-4


def test_areas_are_exact_where_they_are_known() -> None:
    alpha = whole(coverage(square(9.25, 5.5, 30.75, 40.125), SIZE))
    assert alpha.sum() == pytest.approx(21.5 * 34.625, abs=1e-2)
    assert alpha[5, 9] == pytest.approx(0.75 * 0.5, abs=1e-5)
    assert alpha[40, 30] == pytest.approx(0.75 * 0.125, abs=1e-5)
    assert alpha[20, 20] == 1
    # the direction of the curve makes no difference, and what crosses itself is covered on both sides
    assert whole(coverage(square(30.75, 5.5, 9.25, 40.125), SIZE)) == pytest.approx(alpha, abs=1e-5)
    eight = (BezierPoint(5, 5), BezierPoint(25, 5), BezierPoint(5, 25), BezierPoint(25, 25))
    covered = whole(coverage(eight, SIZE))
    assert covered[7, 15] == covered[22, 15] == 1


def test_a_pixel_is_covered_if_its_centre_is_inside() -> None:
    for radius in (0.4, 3.3, 15.8):
        # four cubics are not quite a circle
        away = mask_of(circle(30.2, 21.4, radius), SIZE) ^ disc(30.2, 21.4, radius, SIZE)
        assert away.sum() <= 3
    np.testing.assert_array_equal(mask_of(circle(2, 2, 9), SIZE), disc(2, 2, 9, SIZE))
    corner = mask_of(square(9.5, 4.5, 20.5, 7.5), SIZE)
    assert corner[4:7, 9:20].all()
    assert corner.sum() == 33
    assert not mask_of(circle(500, 500, 9), SIZE).any()
    everything = mask_of(square(-1e5, -1e5, 1e5, 1e5), SIZE)
    assert everything.all()


@pytest.mark.parametrize("feather", [8.0, -8.0, 1.5])
def test_a_feather_falls_evenly_to_its_side(feather: float) -> None:
    alpha = whole(soft_cover(circle(31.3, 22.7, 14, feather), SIZE))
    rows, columns = np.mgrid[0 : SIZE[1], 0 : SIZE[0]]
    outside = np.hypot(columns + 0.5 - 31.3, rows + 0.5 - 22.7) - 14
    expected = np.clip(1 - outside / feather, 0, 1) if feather > 0 else np.clip(outside / feather, 0, 1)
    assert np.abs(alpha - expected).max() < (0.06 if abs(feather) > 2 else 0.2)


def test_a_feather_may_differ_from_point_to_point() -> None:
    right, down, left, up = circle(31.5, 23.5, 10)
    alpha = whole(soft_cover((right._replace(feather=12), down, left, up), SIZE))
    assert 0.4 < alpha[23, 47] < 0.6
    assert alpha[23, 15] == 0
    hard = whole(coverage((right, down, left, up), SIZE))
    np.testing.assert_allclose(alpha[:, :25], hard[:, :25], atol=0.05)


def test_shapes_of_an_object_add_and_subtract_in_their_order() -> None:
    piece = shape(shape_id=1, f0=square(5, 5, 40, 40))
    hole = shape(shape_id=2, f0=square(10, 10, 30, 30))
    hole = type(hole)(2, 1, hole.keys, "Hole 1", ShapeMode.SUBTRACT)
    island = shape(shape_id=3, f0=square(15, 15, 20, 20), f4=square(15, 15, 20, 20))
    patch = drawn_patch([piece, hole, island], 0, SIZE)
    assert patch.mask.sum() == 35 * 35 - 20 * 20 + 5 * 5
    assert drawn_alpha([piece, hole, island], 0, SIZE).sum() == patch.mask.sum()
    assert drawn_patch([piece, hole, island], 2, SIZE).mask.sum() == 25
    assert drawn_patch([piece, hole, island], 5, SIZE).empty
