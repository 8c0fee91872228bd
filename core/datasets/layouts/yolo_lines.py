"""Lines of YOLO's text files that look like outlines and may be none: boxes with key points, and turned boxes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.datasets.polygons import Polygon

_SEEN = (0.0, 1.0, 2.0)
"""What stands behind a key point: it is not marked, hidden, or seen."""
_FEWEST = 3
_SLACK = 0.02
"""How far beyond the box key points may lie, as a share of the picture's side."""
_RIGHT = 0.05
"""Cosine of an angle that still counts as a right one."""


def has_key_points(values: NDArray[np.float64]) -> bool:
    """Whether the numbers of a line, (N,), are a box (centre and size) and key points in it, three numbers each."""
    count, rest = divmod(len(values) - 4, 3)
    if rest or count < _FEWEST:
        return False
    points = values[4:].reshape(count, 3)
    if not np.isin(points[:, 2], _SEEN).all():
        return False
    shown = points[points[:, 2] > 0, :2]
    inside = np.abs(shown - values[:2]) <= values[2:4] / 2 + _SLACK
    return bool(len(shown)) and bool(inside.all())


def is_turned_box(outline: Polygon, size: tuple[int, int]) -> bool:
    """Whether an outline, in shares of a picture of `size`, is a rectangle that does not stand upright."""
    if len(outline) != 4:
        return False
    sides = np.roll(outline * size, -1, axis=0) - outline * size
    lengths = np.hypot(*sides.T)
    if lengths.min() < 1:
        return False
    turns = np.abs((sides * np.roll(sides, -1, axis=0)).sum(axis=1)) / (lengths * np.roll(lengths, -1))
    upright = np.abs(sides).min(axis=1) < 1
    return bool((turns <= _RIGHT).all()) and not bool(upright.all())
