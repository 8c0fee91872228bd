"""Shapes that are known."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.shapes import BezierPoint, Points, Shape, cover

ARC = 0.5522847498307936
"""How long the tangents of a quarter circle of radius 1 are."""


def circle(x: float, y: float, radius: float, feather: float = 0.0) -> Points:
    """Four points, clockwise on the screen."""
    k = ARC * radius
    return (
        BezierPoint(x + radius, y, 0, -k, 0, k, feather),
        BezierPoint(x, y + radius, k, 0, -k, 0, feather),
        BezierPoint(x - radius, y, 0, k, 0, -k, feather),
        BezierPoint(x, y - radius, -k, 0, k, 0, feather),
    )


def square(x0: float, y0: float, x1: float, y1: float) -> Points:
    """Four corners."""
    return tuple(BezierPoint(x, y) for x, y in ((x0, y0), (x1, y0), (x1, y1), (x0, y1)))


def disc(x: float, y: float, radius: float, size: tuple[int, int]) -> NDArray[np.bool_]:
    """A mask (H, W)."""
    rows, columns = np.mgrid[0 : size[1], 0 : size[0]]
    return np.asarray((columns + 0.5 - x) ** 2 + (rows + 0.5 - y) ** 2 < radius**2)


def mask_of(points: Points, size: tuple[int, int]) -> NDArray[np.bool_]:
    """What a curve covers, (H, W)."""
    mask = np.zeros((size[1], size[0]), np.bool_)
    patch = cover(points, size)
    mask[patch.box.slices] = patch.mask
    return mask


def shape(object_id: int = 1, shape_id: int = 0, **keys: Points) -> Shape:
    """A shape with keyframes named f0, f5 and so on."""
    return Shape(shape_id, object_id, {int(name[1:]): points for name, points in keys.items()}, "Piece 1")
