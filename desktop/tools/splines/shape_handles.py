"""The handles of a shape, and what a drag of one does to the points."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

import numpy as np

from desktop.tools.base import Point, Sketch

if TYPE_CHECKING:
    from core.shapes import BezierPoint, Points

_REACH = 7.0
"""How near on the screen the pointer has to be to a point, a handle or the curve."""
_FEATHER_ARM = 18.0
"""How far on the screen a feather's handle is from a point without feather."""
_SAMPLES = 24
"""Points drawn on each side of a shape."""


class Part(Enum):
    """What of a shape is taken hold of."""

    POINT = auto()
    IN = auto()
    OUT = auto()
    FEATHER = auto()
    SIDE = auto()
    """The curve itself, between two points."""
    WHOLE = auto()


@dataclass(frozen=True)
class Grip:
    """A part of a point, or of the side after it, at `share` of that side."""

    part: Part
    index: int
    share: float = 0.0


def grip_at(points: Points, chosen: int | None, point: Point, zoom: float) -> Grip | None:
    """What of a shape is under a point of the picture; only of the chosen point are there handles."""
    reach = _REACH / zoom
    if chosen is not None and chosen < len(points):
        one = points[chosen]
        if math.dist(point, feather_handle(points, chosen, zoom)) <= reach:
            return Grip(Part.FEATHER, chosen)
        for part, x, y in ((Part.IN, one.in_x, one.in_y), (Part.OUT, one.out_x, one.out_y)):
            if (x or y) and math.dist(point, (one.x + x, one.y + y)) <= reach:
                return Grip(part, chosen)
    distance, index = min((math.dist(point, (one.x, one.y)), index) for index, one in enumerate(points))
    if distance <= reach:
        return Grip(Part.POINT, index)
    distance, side, share = _nearest_side(points, point)
    return Grip(Part.SIDE, side, share) if distance <= reach else None


def dragged(
    points: Points, grip: Grip, start: Point, to: Point, zoom: float, alone: bool = False, pull: bool = False
) -> Points:
    """The points when a grip is dragged from `start` to `to`.

    A tangent takes the one across from it along, unless `alone` or they made a corner before. With `pull` a point gets
    two tangents of one length instead of being moved.
    """
    moved = to[0] - start[0], to[1] - start[1]
    if grip.part is Part.WHOLE:
        return tuple(one._replace(x=one.x + moved[0], y=one.y + moved[1]) for one in points)
    one = points[grip.index]
    if grip.part is Part.FEATHER:
        changed = one._replace(feather=_feather(points, grip.index, to, zoom))
    elif grip.part is Part.POINT and pull:
        out = to[0] - one.x, to[1] - one.y
        changed = one._replace(in_x=-out[0], in_y=-out[1], out_x=out[0], out_y=out[1])
    elif grip.part in (Part.IN, Part.OUT):
        changed = _turned(one, grip.part, to, alone)
    else:
        changed = one._replace(x=one.x + moved[0], y=one.y + moved[1])
    return (*points[: grip.index], changed, *points[grip.index + 1 :])


def feather_handle(points: Points, index: int, zoom: float) -> Point:
    """Where the handle of a point's feather is: an arm's length beyond where the feather ends."""
    from core.shapes import outward

    way, one = outward(points)[index], points[index]
    arm = math.copysign(_FEATHER_ARM / zoom, one.feather) + one.feather
    return one.x + way[0] * arm, one.y + way[1] * arm


def outline(points: Points) -> tuple[Point, ...]:
    """The closed curve as a line to be drawn."""
    from core.shapes import flatten

    way = [(float(x), float(y)) for x, y in flatten(points, 0.1)]
    return (*way, way[0])


def feathered(points: Points) -> Points:
    """The curve at which the feather ends, near enough to be drawn."""
    from core.shapes import outward

    return tuple(
        one._replace(x=one.x + x * one.feather, y=one.y + y * one.feather)
        for one, (x, y) in zip(points, outward(points), strict=True)
    )


def sketch(shapes: list[Points], chosen: tuple[int, int] | None, zoom: float) -> Sketch:
    """How shapes are drawn: `chosen` is (index among them, point) whose handles are shown."""
    lines = [outline(points) for points in shapes]
    lines += [outline(feathered(points)) for points in shapes if any(one.feather for one in points)]
    dots: list[Point] = []
    if chosen is not None and chosen[0] < len(shapes) and chosen[1] < len(shapes[chosen[0]]):
        points = shapes[chosen[0]]
        one = points[chosen[1]]
        ends = [(one.x + x, one.y + y) for x, y in ((one.in_x, one.in_y), (one.out_x, one.out_y)) if x or y]
        dots = [*ends, feather_handle(points, chosen[1], zoom)]
        lines += [((one.x, one.y), end) for end in dots]
    handles = tuple((one.x, one.y) for points in shapes for one in points)
    return Sketch(tuple(lines), handles, dots=tuple(dots))


def _turned(one: BezierPoint, part: Part, to: Point, alone: bool) -> BezierPoint:
    end = to[0] - one.x, to[1] - one.y
    (x, y), (other_x, other_y) = (one.in_x, one.in_y), (one.out_x, one.out_y)
    if part is Part.OUT:
        (x, y), (other_x, other_y) = (other_x, other_y), (x, y)
    length, other = math.hypot(x, y), math.hypot(other_x, other_y)
    straight = abs(x * other_y - y * other_x) <= 0.02 * length * other and x * other_x + y * other_y < 0
    if straight and not alone and (reach := math.hypot(*end)) > 1e-9:
        other_x, other_y = -end[0] / reach * other, -end[1] / reach * other
    if part is Part.IN:
        return one._replace(in_x=end[0], in_y=end[1], out_x=other_x, out_y=other_y)
    return one._replace(in_x=other_x, in_y=other_y, out_x=end[0], out_y=end[1])


def _feather(points: Points, index: int, to: Point, zoom: float) -> float:
    from core.shapes import outward

    way, one = outward(points)[index], points[index]
    along = (to[0] - one.x) * way[0] + (to[1] - one.y) * way[1]
    arm = _FEATHER_ARM / zoom
    return math.copysign(abs(along) - arm, along) if abs(along) > arm else 0.0


def _nearest_side(points: Points, point: Point) -> tuple[float, int, float]:
    """(distance, side, share of it) of the nearest point of the curve."""
    values = np.array(points)
    start, end = values[:, :2], np.roll(values[:, :2], -1, axis=0)
    leave, arrive = start + values[:, 4:6], end + np.roll(values[:, 2:4], -1, axis=0)
    t = (np.arange(1, _SAMPLES) / _SAMPLES)[None, :, None]
    s = 1 - t
    curve = (
        s**3 * start[:, None] + 3 * s * s * t * leave[:, None] + 3 * s * t * t * arrive[:, None] + t**3 * end[:, None]
    )
    away = np.linalg.norm(curve - np.array(point), axis=2)
    side, step = np.unravel_index(int(np.argmin(away)), away.shape)
    # between two samples the curve is nearly straight
    one = curve[side, step]
    beside = [curve[side, other] for other in (step - 1, step + 1) if 0 <= other < _SAMPLES - 1]
    distance = min([float(away[side, step]), *(_from_line(point, one, other) for other in beside)])
    return distance, int(side), float((step + 1) / _SAMPLES)


def _from_line(point: Point, one: np.ndarray, other: np.ndarray) -> float:
    along = other - one
    length = float((along**2).sum())
    share = float(np.clip(((np.array(point) - one) * along).sum() / length, 0, 1)) if length else 0.0
    return float(np.linalg.norm(one + share * along - np.array(point)))
