"""Where a shape's points are on any frame."""

from __future__ import annotations

from bisect import bisect_right

import numpy as np
from numpy.typing import NDArray

from core.shapes.model import BezierPoint, Interpolation, Points, Shape

Values = NDArray[np.float64]


def is_drawn(shape: Shape, frame_index: int) -> bool:
    """Whether the shape is drawn on a frame: from its first keyframe to its last one."""
    return shape.first <= frame_index <= shape.last


def points_at(shape: Shape, frame_index: float) -> Points:
    """The shape's points on a frame; before its first keyframe and after its last one those of that keyframe."""
    frames = shape.frames
    if frame_index in shape.keys:
        return shape.keys[int(frame_index)]
    after = bisect_right(frames, frame_index)
    if after == 0 or after == len(frames):
        return shape.keys[frames[max(0, after - 1)]]
    start, end = frames[after - 1], frames[after]
    share = (frame_index - start) / (end - start)
    one, two = _values(shape.keys[start]), _values(shape.keys[end])
    if shape.interpolation is Interpolation.LINEAR:
        between = one + (two - one) * share
    else:
        slopes = [_slope(shape, frames, index) for index in (after - 1, after)]
        between = _hermite(one, two, slopes[0] * (end - start), slopes[1] * (end - start), share)
    return tuple(BezierPoint(*row) for row in between.tolist())


def _slope(shape: Shape, frames: list[int], index: int) -> Values:
    """How fast every number changes at a keyframe, a frame: between its neighbours; none at the ends, so that a shape
    starts and stops gently."""
    if index in (0, len(frames) - 1):
        return np.zeros_like(_values(shape.keys[frames[index]]))
    before, after = frames[index - 1], frames[index + 1]
    return (_values(shape.keys[after]) - _values(shape.keys[before])) / (after - before)


def _hermite(start: Values, end: Values, leaving: Values, arriving: Values, share: float) -> Values:
    square, cube = share**2, share**3
    return (
        (2 * cube - 3 * square + 1) * start
        + (cube - 2 * square + share) * leaving
        + (3 * square - 2 * cube) * end
        + (cube - square) * arriving
    )


def _values(points: Points) -> Values:
    return np.array(points, np.float64)
