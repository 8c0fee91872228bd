"""Adds and removes points of a shape, on every keyframe at once."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from core.errors import MaskError
from core.shapes.model import BezierPoint, Points, Shape


def with_point(shape: Shape, side: int, share: float) -> Shape:
    """The shape with a point on the side that begins at point `side`, at `share` in (0, 1) of it, on every keyframe.

    The curve stays as it is (de Casteljau). The new point comes after point `side`.
    """
    return replace(shape, keys={frame: _split(points, side, share) for frame, points in shape.keys.items()})


def without_point(shape: Shape, index: int) -> Shape:
    """The shape without a point, on every keyframe. Raises MaskError if fewer than two would be left."""
    if shape.point_count < 3:
        raise MaskError("A shape needs two points; delete the shape instead.")
    return replace(shape, keys={frame: (*points[:index], *points[index + 1 :]) for frame, points in shape.keys.items()})


def _split(points: Points, side: int, share: float) -> Points:
    one, two = points[side], points[(side + 1) % len(points)]
    ends = [
        (one.x, one.y),
        (one.x + one.out_x, one.y + one.out_y),
        (two.x + two.in_x, two.y + two.in_y),
        (two.x, two.y),
    ]
    first = [_between(a, b, share) for a, b in pairwise(ends)]
    second = [_between(a, b, share) for a, b in pairwise(first)]
    x, y = _between(second[0], second[1], share)
    feather = one.feather + (two.feather - one.feather) * share
    middle = BezierPoint(x, y, second[0][0] - x, second[0][1] - y, second[1][0] - x, second[1][1] - y, feather)
    split = list(points)
    split[side] = one._replace(out_x=first[0][0] - one.x, out_y=first[0][1] - one.y)
    after = (side + 1) % len(points)
    split[after] = split[after]._replace(in_x=first[2][0] - two.x, in_y=first[2][1] - two.y)
    split.insert(side + 1, middle)
    return tuple(split)


def _between(one: tuple[float, float], two: tuple[float, float], share: float) -> tuple[float, float]:
    return one[0] + (two[0] - one[0]) * share, one[1] + (two[1] - one[1]) * share
