"""A shape on the frame as the pixels it covers, and the ways to make one: a brush stroke, a polygon, a rectangle.

Coordinates are continuous, in pixels of the frame: pixel (x, y) is the square [x, x + 1) x [y, y + 1), its centre is at
(x + 0.5, y + 0.5), and a shape covers the pixels whose centre lies in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.boxes import bounding_box
from core.errors import MaskError
from core.types import Box, LabelMap

Points = Sequence[tuple[float, float]]
Floats = NDArray[np.float64]

THINNEST_RADIUS = 0.5**0.5
"""Half a pixel's diagonal: a disc of this radius around any point holds the centre of the pixel under that point."""

_ROWS_AT_ONCE = 200_000
"""How many (segment, row) pairs are worked on together, so that an endless scribble does not need endless memory."""


@dataclass(frozen=True, eq=False)
class Patch:
    """Pixels inside a box: `mask` is (box.height, box.width) bool. The box lies inside the frame; it may be empty."""

    box: Box
    mask: NDArray[np.bool_]

    @staticmethod
    def nothing() -> Patch:
        """The patch without a pixel, with an empty box."""
        return Patch(Box(0, 0, 0, 0), np.zeros((0, 0), np.bool_))

    @property
    def empty(self) -> bool:
        """Whether it has no pixel."""
        return not bool(self.mask.any())

    def same(self, other: Patch) -> bool:
        """Whether both are the same pixels; boxes fit tightly around them."""
        if self.empty or other.empty:
            return self.empty == other.empty
        return self.box == other.box and bool((self.mask == other.mask).all())


def object_patch(labels: LabelMap, object_id: int) -> Patch | None:
    """One object's pixels in an (H, W) uint8 map, or None if it has none."""
    mask = labels == object_id
    box = bounding_box(mask.view(np.uint8))
    return None if box.empty else Patch(box, mask[box.slices].copy())


def rasterise_stroke(points: Points, radius: float, size: tuple[int, int]) -> Patch:
    """The pixels that a round brush covers on its way along a polyline.

    `points` are (x, y); one point is a dab, none is an empty patch. `radius` is in pixels, may be fractional, and is
    taken as at least half a pixel's diagonal, so that the pixels under the line are always set and it has no gaps.
    `size` is (width, height). The work grows with the stroke's own extent, not with the frame's. Raises MaskError if
    a coordinate or the radius is no number.
    """
    way = _as_array(points)
    if not np.isfinite(radius):
        raise MaskError("A brush of radius {radius} cannot be drawn; expected a number of pixels.", radius=radius)
    radius = max(float(radius), THINNEST_RADIUS)
    box = _box_around(way, radius, size)
    if box.empty:
        return Patch.nothing()
    starts, ends = (way[:-1], way[1:]) if len(way) > 1 else (way, way)
    if len(starts) == 1:
        # one move of the mouse: nothing overlaps, so nothing has to be counted
        return Patch(box, _capsule(box, starts, ends, radius))
    # +1 where a covered run of pixels begins, -1 after its end: the running sum along a row counts the runs there
    steps = np.zeros((box.height, box.width + 1), np.int32)
    for some in _in_portions(starts, ends, radius):
        _add_capsules(steps, box, starts[some], ends[some], radius)
    return Patch(box, np.cumsum(steps[:, :-1], axis=1, dtype=np.int32) > 0)


def rasterise_polygon(points: Points, size: tuple[int, int]) -> Patch:
    """The pixels inside a polygon by the even-odd rule; it is closed from the last point to the first.

    `points` are (x, y), `size` is (width, height). Fewer than three points cover nothing. Raises MaskError if a
    coordinate is no number.
    """
    corners = _as_array(points)
    box = _box_around(corners, 1.0, size)
    if box.empty or len(corners) < 3:
        return Patch.nothing()
    flips = np.zeros((box.height, box.width), np.uint8)
    for (x0, y0), (x1, y1) in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        if y0 == y1:
            continue
        # each edge owns the rows from its upper end to just before its lower one: no corner is counted twice
        first = int(np.ceil(min(y0, y1) - 0.5))
        last = int(np.ceil(max(y0, y1) - 0.5)) - 1
        rows = np.arange(max(first, box.y0), min(last, box.y1 - 1) + 1)
        crossing = x0 + (rows + 0.5 - y0) * ((x1 - x0) / (y1 - y0))
        columns = np.maximum(np.ceil(crossing - 0.5).astype(np.int64) - box.x0, 0)
        inside = columns < box.width
        flips[rows[inside] - box.y0, columns[inside]] ^= 1
    return Patch(box, np.bitwise_xor.accumulate(flips, axis=1).astype(np.bool_))


def rasterise_box(box: Box, size: tuple[int, int]) -> Patch:
    """All pixels of the part of `box` inside a frame of `size` (width, height)."""
    box = box.clipped(*size)
    return Patch.nothing() if box.empty else Patch(box, np.ones((box.height, box.width), np.bool_))


def _as_array(points: Points) -> Floats:
    array = np.asarray(points, np.float64).reshape(-1, 2)
    if not np.isfinite(array).all():
        raise MaskError("A point of the shape is no number; expected (x, y) in pixels.")
    return array


def _box_around(points: Floats, margin: float, size: tuple[int, int]) -> Box:
    if len(points) == 0:
        return Box(0, 0, 0, 0)
    # clipped first: a coordinate far outside the frame must not overflow an integer
    limit = np.asarray(size, np.float64) + 1
    low = np.clip(np.floor(points.min(axis=0) - margin), -1, limit).astype(int)
    high = np.clip(np.ceil(points.max(axis=0) + margin), -1, limit).astype(int)
    return Box(int(low[0]), int(low[1]), int(high[0]), int(high[1])).clipped(*size)


def _in_portions(starts: Floats, ends: Floats, radius: float) -> Iterator[slice]:
    rows = np.cumsum(np.abs(ends[:, 1] - starts[:, 1]) + 2 * radius + 2)
    first = 0
    while first < len(starts):
        before = rows[first - 1] if first else 0.0
        last = max(first + 1, int(np.searchsorted(rows, before + _ROWS_AT_ONCE)))
        yield slice(first, last)
        first = last


def _capsule(box: Box, start: Floats, end: Floats, radius: float) -> NDArray[np.bool_]:
    """The pixels of one segment's capsule, (box.height, box.width); `start` and `end` are (1, 2)."""
    rows = np.arange(box.y0, box.y1, dtype=np.float64) + 0.5
    left, right = _capsule_runs(np.repeat(start, len(rows), 0), np.repeat(end, len(rows), 0), rows, radius)
    # the runs of `_add_capsules`, which may lie far outside
    x0 = np.clip(np.ceil(left - 0.5), box.x0, box.x1)[:, None]
    x1 = np.clip(np.floor(right - 0.5) + 1, box.x0, box.x1)[:, None]
    columns = np.arange(box.x0, box.x1)
    inside: NDArray[np.bool_] = (columns >= x0) & (columns < x1)
    return inside


def _add_capsules(steps: NDArray[np.int32], box: Box, starts: Floats, ends: Floats, radius: float) -> None:
    """Counts into `steps` the run of pixels that each segment's capsule (it is convex) covers in each row."""
    low = np.minimum(starts[:, 1], ends[:, 1]) - radius
    high = np.maximum(starts[:, 1], ends[:, 1]) + radius
    first = np.clip(np.ceil(low - 0.5), box.y0, box.y1).astype(np.int64)
    last = np.clip(np.floor(high - 0.5), box.y0 - 1, box.y1 - 1).astype(np.int64)
    count = np.maximum(last - first + 1, 0)
    if not count.any():
        return
    which = np.repeat(np.arange(len(starts)), count)
    row = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count) + first[which]
    left, right = _capsule_runs(starts[which], ends[which], row + 0.5, radius)
    x0 = np.clip(np.ceil(left - 0.5), box.x0, box.x1).astype(np.int64) - box.x0
    x1 = np.clip(np.floor(right - 0.5) + 1, box.x0, box.x1).astype(np.int64) - box.x0
    some = x1 > x0
    np.add.at(steps, (row[some] - box.y0, x0[some]), 1)
    np.add.at(steps, (row[some] - box.y0, x1[some]), -1)


def _capsule_runs(start: Floats, end: Floats, y: Floats, radius: float) -> tuple[Floats, Floats]:
    """Left and right x of each capsule on the line at `y`; left > right where it is missed. All (N,) or (N, 2)."""
    left = np.full(len(y), np.inf)
    right = np.full(len(y), -np.inf)

    def widen(low: Floats, high: Floats) -> None:
        hit = low <= high
        np.minimum(left, low, out=left, where=hit)
        np.maximum(right, high, out=right, where=hit)

    for centre in (start, end):
        with np.errstate(invalid="ignore"):
            half = np.sqrt(radius**2 - (y - centre[:, 1]) ** 2)  # NaN where the disc is missed: never a hit
        widen(centre[:, 0] - half, centre[:, 0] + half)

    # the rectangle between the discs: |distance across| <= radius and 0 <= distance along <= length
    length = np.hypot(*(end - start).T)
    with np.errstate(divide="ignore", invalid="ignore"):
        along_x, along_y = (end - start).T / length
        down = y - start[:, 1]
        across = np.stack([(down * along_x - radius) / along_y, (down * along_x + radius) / along_y])
        along = np.stack([-down * along_y / along_x, (length - down * along_y) / along_x])
    # a level segment puts no bound across (its row is inside or not), an upright one none along
    level, upright = np.abs(along_y) < 1e-12, np.abs(along_x) < 1e-12
    across = np.where(level, np.where(np.abs(down) <= radius, [[-np.inf], [np.inf]], np.nan), across)
    inside = (down * along_y >= 0) & (down * along_y <= length)
    along = np.where(upright, np.where(inside, [[-np.inf], [np.inf]], np.nan), along)
    low = np.maximum(across.min(axis=0), along.min(axis=0)) + start[:, 0]
    high = np.minimum(across.max(axis=0), along.max(axis=0)) + start[:, 0]
    widen(low, high)
    return left, right
