"""Brush strokes and polygons as pixels, against their definition."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from core.errors import MaskError
from core.masks import Patch, rasterise_box, rasterise_polygon, rasterise_stroke
from core.types import Box

Points = Sequence[tuple[float, float]]
SIZE = (60, 40)


def on_frame(patch: Patch, size: tuple[int, int] = SIZE) -> NDArray[np.bool_]:
    frame = np.zeros(size[::-1], np.bool_)
    frame[patch.box.slices] = patch.mask
    return frame


def near_the_line(points: Points, radius: float, size: tuple[int, int] = SIZE) -> NDArray[np.bool_]:
    """The definition: pixels whose centre is no farther than the radius from the polyline."""
    y, x = np.mgrid[: size[1], : size[0]] + 0.5
    covered = np.zeros(x.shape, np.bool_)
    for (x0, y0), (x1, y1) in zip(points, [*points[1:], points[-1]], strict=True):
        length = (x1 - x0) ** 2 + (y1 - y0) ** 2
        along = ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / length if length else np.zeros_like(x)
        along = np.clip(along, 0, 1)
        covered |= (x - x0 - along * (x1 - x0)) ** 2 + (y - y0 - along * (y1 - y0)) ** 2 <= radius**2
    return covered


@pytest.mark.parametrize("seed", range(60))
def test_a_stroke_covers_the_pixels_near_its_line(seed: int) -> None:
    rng = np.random.default_rng(seed)
    ways = rng.uniform(-20, 70, (int(rng.integers(1, 8)), 2))
    if seed % 4 == 1:
        ways[:, 1] = ways[0, 1]  # level
    if seed % 4 == 2:
        ways[:, 0] = ways[0, 0]  # upright
    if seed % 4 == 3:
        ways = np.repeat(ways, 2, axis=0)  # the mouse stood still
    points = [(float(x), float(y)) for x, y in ways]
    radius = float(rng.uniform(0.8, 12))
    np.testing.assert_array_equal(on_frame(rasterise_stroke(points, radius, SIZE)), near_the_line(points, radius))


def test_a_fraction_of_a_pixel_makes_a_difference() -> None:
    at_centre = rasterise_stroke([(20.5, 20.5)], 3.0, SIZE)
    beside = rasterise_stroke([(20.9, 20.5)], 3.0, SIZE)
    thicker = rasterise_stroke([(20.5, 20.5)], 3.2, SIZE)
    assert at_centre.mask.sum() == 29
    assert not np.array_equal(on_frame(at_centre), on_frame(beside))
    assert thicker.mask.sum() > at_centre.mask.sum()


@pytest.mark.parametrize("radius", [0.0, 0.1, 0.5])
def test_the_thinnest_brush_leaves_no_gap(radius: float) -> None:
    points = [(3.2, 4.7), (50.1, 21.3), (31.9, 36.6)]
    drawn = on_frame(rasterise_stroke(points, radius, SIZE))
    for (x0, y0), (x1, y1) in pairwise(points):
        for step in np.linspace(0, 1, 500):
            assert drawn[int(y0 + step * (y1 - y0)), int(x0 + step * (x1 - x0))]
    assert on_frame(rasterise_stroke([(7.5, 7.5)], radius, SIZE)).sum() == 1


def test_a_fast_mouse_leaves_no_gap() -> None:
    drawn = on_frame(rasterise_stroke([(5.0, 5.0), (55.0, 35.0)], 2.0, SIZE))
    assert np.asarray(drawn.any(axis=0))[4:56].all()


def test_the_box_is_the_strokes_own() -> None:
    patch = rasterise_stroke([(1000.0, 1000.0), (1040.0, 1020.0)], 10.0, (3840, 2160))
    assert patch.box.width <= 64
    assert patch.box.height <= 44
    assert patch.mask.shape == (patch.box.height, patch.box.width)


@pytest.mark.parametrize(
    "points",
    [[], [(-50.0, 10.0)], [(100.0, 10.0), (200.0, 30.0)], [(10.0, 1e30)]],
    ids=["none", "left", "right", "far"],
)
def test_a_stroke_outside_the_frame_is_empty(points: Points) -> None:
    patch = rasterise_stroke(points, 5.0, SIZE)
    assert patch.empty
    assert patch.box.empty


@pytest.mark.parametrize("points", [[(math.nan, 1.0)], [(1.0, math.inf)]])
def test_a_point_that_is_no_number_is_refused(points: Points) -> None:
    with pytest.raises(MaskError, match="no number"):
        rasterise_stroke(points, 5.0, SIZE)
    with pytest.raises(MaskError, match="no number"):
        rasterise_polygon(points, SIZE)


def test_a_radius_that_is_no_number_is_refused() -> None:
    with pytest.raises(MaskError, match="radius nan"):
        rasterise_stroke([(1.0, 1.0)], math.nan, SIZE)


def test_an_endless_scribble_over_4k_is_drawn_at_once() -> None:
    turn = np.linspace(0, 60, 3000)
    points = [(1900 + 1500 * math.sin(a), 1000 + 900 * math.cos(1.3 * a)) for a in turn]
    start = time.thread_time()
    patch = rasterise_stroke(points, 40.0, (3840, 2160))
    assert time.thread_time() - start < 2.0, "about 0.1 s of work, whatever else the machine does"
    assert patch.mask.mean() > 0.3


@pytest.mark.parametrize("seed", range(40))
def test_a_polygon_covers_the_pixels_inside_by_the_even_odd_rule(seed: int) -> None:
    rng = np.random.default_rng(seed)
    points = [(float(x), float(y)) for x, y in rng.uniform(-15, 65, (int(rng.integers(3, 9)), 2))]
    y, x = np.mgrid[: SIZE[1], : SIZE[0]] + 0.5
    inside = np.zeros(x.shape, np.bool_)
    for (x0, y0), (x1, y1) in zip(points, [*points[1:], points[0]], strict=True):
        crosses = (y0 <= y) != (y1 <= y)
        inside ^= crosses & (x > x0 + (y - y0) * (x1 - x0) / (y1 - y0))
    np.testing.assert_array_equal(on_frame(rasterise_polygon(points, SIZE)), inside)


def test_polygons_side_by_side_share_no_pixel_and_leave_none_out() -> None:
    left = on_frame(rasterise_polygon([(2, 2), (20, 5), (25, 33), (4, 30)], SIZE))
    right = on_frame(rasterise_polygon([(20, 5), (50, 3), (48, 35), (25, 33)], SIZE))
    both = on_frame(rasterise_polygon([(2, 2), (20, 5), (50, 3), (48, 35), (25, 33), (4, 30)], SIZE))
    assert not (left & right).any()
    np.testing.assert_array_equal(left | right, both)


@pytest.mark.parametrize("points", [[], [(3.0, 3.0)], [(3.0, 3.0), (30.0, 20.0)]])
def test_too_few_corners_cover_nothing(points: Points) -> None:
    assert rasterise_polygon(points, SIZE).empty


def test_a_rectangle_is_cut_to_the_frame() -> None:
    patch = rasterise_box(Box(50, 30, 99, 99), SIZE)
    assert patch.box == Box(50, 30, 60, 40)
    assert patch.mask.all()
    assert rasterise_box(Box(70, 0, 90, 10), SIZE).box.empty


@pytest.mark.parametrize("radius", [0.2, 1, 2.5, 12, 40])
def test_one_segment_is_what_it_is_among_others(radius: float) -> None:
    generator = np.random.default_rng(3)
    for number in range(60):
        start = tuple(generator.uniform(-30, 90, 2)) if number % 2 else tuple(generator.integers(0, 60, 2) / 2)
        far = ((0, 0), (7, 0), (0, -5), tuple(generator.normal(0, 20, 2)))[number % 4]
        end = (start[0] + far[0], start[1] + far[1])
        alone, among = (rasterise_stroke(points, radius, (64, 48)) for points in ((start, end), (start, end, end)))
        assert alone.box == among.box and (alone.mask == among.mask).all()
