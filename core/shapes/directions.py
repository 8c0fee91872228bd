"""Outward directions of a curve at its points."""

from __future__ import annotations

import math

from core.shapes.model import BezierPoint, Points

Vector = tuple[float, float]


def outward(points: Points) -> list[Vector]:
    """The unit vectors that point out of a curve at each of its points, (x, y), y down: the way of their feather."""
    area = sum(one.x * two.y - two.x * one.y for one, two in zip(points, (*points[1:], points[0]), strict=True))
    side = 1 if area >= 0 else -1
    found = []
    for index, point in enumerate(points):
        before, after = points[index - 1], points[(index + 1) % len(points)]
        along = _mean(_way_out(point, after), _way_in(before, point))
        found.append((side * along[1], -side * along[0]))
    return found


def _way_out(point: BezierPoint, after: BezierPoint) -> Vector:
    if point.out_x or point.out_y:
        return point.out_x, point.out_y
    return after.x - point.x, after.y - point.y


def _way_in(before: BezierPoint, point: BezierPoint) -> Vector:
    if point.in_x or point.in_y:
        return -point.in_x, -point.in_y
    return point.x - before.x, point.y - before.y


def _mean(one: Vector, two: Vector) -> Vector:
    parts = []
    for x, y in (one, two):
        length = math.hypot(x, y) or 1.0
        parts.append((x / length, y / length))
    x, y = parts[0][0] + parts[1][0], parts[0][1] + parts[1][1]
    length = math.hypot(x, y)
    return (x / length, y / length) if length > 1e-9 else parts[0]
