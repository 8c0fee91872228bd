"""What a shape covers: pixels for a label map, exact shares of pixels, and soft alpha with the feather.

Curves are followed by the rule of non-zero winding, as the programs do that shapes come from and go to.
"""

from __future__ import annotations

from collections.abc import Iterable

import cv2
import numpy as np
from numpy.typing import NDArray

from core.masks.patch import Patch
from core.shapes.contours import Polyline
from core.shapes.interpolation import is_drawn, points_at
from core.shapes.model import Points, Shape, ShapeMode
from core.types import Box

Alpha = NDArray[np.float32]

_FLATNESS = 0.02
"""How far the polyline may be from the curve, in pixels."""
_MOST_PIECES = 200


def flatten(points: Points, flatness: float = _FLATNESS) -> Polyline:
    """The curve as a closed polyline (N, 2) that is nowhere farther from it than `flatness` pixels."""
    return _flattened(points, flatness)[0]


def cover(points: Points, size: tuple[int, int]) -> Patch:
    """The pixels whose centre lies inside the curve, in a frame of `size` (width, height)."""
    polyline = flatten(points)
    box = _box(polyline, 0.0, size)
    if box.empty:
        return Patch.nothing()
    x0, y0 = polyline.T
    x1, y1 = np.roll(polyline, -1, axis=0).T
    # the rows whose centre a side crosses: its upper end belongs to it and its lower end does not
    first = np.clip(np.ceil(np.minimum(y0, y1) - 0.5), box.y0, box.y1).astype(np.int64)
    last = np.clip(np.ceil(np.maximum(y0, y1) - 0.5), box.y0, box.y1).astype(np.int64)
    count = last - first
    side = np.repeat(np.arange(len(polyline)), count)
    rows = np.arange(len(side)) - np.repeat(np.cumsum(count) - count, count) + first[side]
    with np.errstate(divide="ignore", invalid="ignore"):
        slope = (x1 - x0) / (y1 - y0)
    crossing = x0[side] + (rows + 0.5 - y0[side]) * slope[side]
    columns = np.clip(np.ceil(crossing - 0.5), box.x0, box.x1).astype(np.int64) - box.x0
    wound = np.zeros((box.height, box.width + 1), np.int16)
    np.add.at(wound, (rows - box.y0, columns), np.where(y1 > y0, 1, -1)[side].astype(np.int16))
    np.cumsum(wound, axis=1, dtype=np.int16, out=wound)
    return Patch(box, wound[:, :-1] != 0)


def coverage(points: Points, size: tuple[int, int]) -> tuple[Box, Alpha]:
    """How much of each pixel lies inside the curve: the box and (box.height, box.width) float32 in [0, 1].

    Exact for the flattened curve: areas are summed up, not sampled. Where the curve crosses itself inside one pixel,
    that pixel is a guess.
    """
    polyline = flatten(points)
    box = _box(polyline, 0.0, size)
    if box.empty:
        return box, np.zeros((0, 0), np.float32)
    return box, _area(polyline - (box.x0, box.y0), box.width, box.height)


def soft_cover(points: Points, size: tuple[int, int]) -> tuple[Box, Alpha]:
    """As `coverage`, with the feather: alpha falls from 1 to 0 on the way from the curve to where its feather ends."""
    polyline, feather = _flattened(points, _FLATNESS)
    reach = float(np.abs(feather).max(initial=0.0))
    if reach < 1e-3:
        return coverage(points, size)
    box = _box(polyline, reach, size)
    if box.empty:
        return box, np.zeros((0, 0), np.float32)
    moved = polyline - (box.x0, box.y0)
    alpha = _area(moved, box.width, box.height)
    rows, columns, distance, wide = _near(moved, feather, reach, (box.width, box.height))
    share = alpha[rows, columns]
    inside = share >= 0.5
    fall = np.clip(distance / np.maximum(np.abs(wide), 1e-3), 0, 1)
    ramp = np.where(wide > 0, np.where(inside, 1, 1 - fall), np.where(inside, fall, 0))
    # a feather thinner than a pixel is no ramp of pixels: between none and one pixel, one turns into the other
    soft = np.minimum(np.abs(wide), 1)
    alpha[rows, columns] = share + soft * (ramp - share)
    return box, alpha


def drawn_patch(shapes: Iterable[Shape], frame_index: int, size: tuple[int, int]) -> Patch:
    """The union of an object's shapes on a frame, in order: each adds to, or is cut out of, those before it."""
    parts = [
        (cover(points_at(shape, frame_index), size), shape.mode) for shape in shapes if is_drawn(shape, frame_index)
    ]
    box = Box(0, 0, 0, 0)
    for patch, mode in parts:
        if mode is ShapeMode.ADD:
            box = box.union(patch.box)
    if box.empty:
        return Patch.nothing()
    if len(parts) == 1:
        return parts[0][0]
    mask = np.zeros((box.height, box.width), np.bool_)
    for patch, mode in parts:
        shared = Box(
            max(box.x0, patch.box.x0), max(box.y0, patch.box.y0), min(box.x1, patch.box.x1), min(box.y1, patch.box.y1)
        )
        if shared.empty:
            continue
        part = patch.mask[_inside(shared, patch.box)]
        if mode is ShapeMode.ADD:
            mask[_inside(shared, box)] |= part
        else:
            mask[_inside(shared, box)] &= ~part
    return Patch(box, mask)


def drawn_alpha(shapes: Iterable[Shape], frame_index: int, size: tuple[int, int]) -> Alpha:
    """As `drawn_patch`, soft: (height, width) float32 in [0, 1]."""
    whole = np.zeros((size[1], size[0]), np.float32)
    for shape in shapes:
        if not is_drawn(shape, frame_index):
            continue
        box, alpha = soft_cover(points_at(shape, frame_index), size)
        part = whole[box.slices]
        if shape.mode is ShapeMode.ADD:
            part[...] = np.maximum(part, alpha)
        else:
            part[...] = np.minimum(part, 1 - alpha)
    return whole


def _inside(part: Box, whole: Box) -> tuple[slice, slice]:
    return Box(part.x0 - whole.x0, part.y0 - whole.y0, part.x1 - whole.x0, part.y1 - whole.y0).slices


def _flattened(points: Points, flatness: float) -> tuple[Polyline, NDArray[np.float64]]:
    """The closed polyline and the feather at each of its points."""
    values = np.array(points, np.float64)
    corners, feather = values[:, :2], values[:, 6]
    leave = corners + values[:, 4:6]
    after = np.roll(corners, -1, axis=0)
    arrive = after + np.roll(values[:, 2:4], -1, axis=0)
    # a cubic in n pieces is at most sqrt(3)/18 of its largest second difference over n squared away from its chords
    bend = np.maximum(
        np.linalg.norm(corners - 2 * leave + arrive, axis=1), np.linalg.norm(leave - 2 * arrive + after, axis=1)
    )
    pieces = np.clip(np.ceil(np.sqrt(bend * 0.75 / flatness)), 1, _MOST_PIECES).astype(np.int64)
    side = np.repeat(np.arange(len(points)), pieces)
    step = np.arange(len(side)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    t = (step / pieces[side])[:, None]
    s = 1 - t
    polyline = s**3 * corners[side] + 3 * s * s * t * leave[side] + 3 * s * t * t * arrive[side] + t**3 * after[side]
    wide = feather[side] + (np.roll(feather, -1)[side] - feather[side]) * t[:, 0]
    # what lies on the centres of pixels is not to wander to either side of them
    return np.round(polyline, 9), wide


def _box(polyline: Polyline, margin: float, size: tuple[int, int]) -> Box:
    limit = np.asarray(size, np.float64) + 1
    low = np.clip(np.floor(polyline.min(axis=0) - margin), -1, limit).astype(int)
    high = np.clip(np.ceil(polyline.max(axis=0) + margin), -1, limit).astype(int)
    box = Box(int(low[0]), int(low[1]), int(high[0]), int(high[1])).clipped(*size)
    return Box(0, 0, 0, 0) if box.empty else box


def _area(polyline: Polyline, width: int, height: int) -> Alpha:
    """The share of each pixel inside a closed polyline, whose sides are cut at every border of rows and columns.

    A piece in one pixel adds to it the area between the piece and the pixel's right border, and to all pixels at its
    right its height: summed up along the row that is the area at the left of every side, with its sign.
    """
    start = polyline
    end = np.roll(polyline, -1, axis=0)
    start, end = _cut(start, end, 1, 0, height)
    # what lies at the left of the frame turns everything at its right; what lies at the right turns nothing
    start, end = _cut(start, end, 0, 0, width)
    middle = (start + end) / 2
    row = np.floor(middle[:, 1]).astype(np.int64)
    kept = (row >= 0) & (row < height) & (middle[:, 0] < width)
    start, end, middle, row = start[kept], end[kept], middle[kept], row[kept]
    column = np.maximum(np.floor(middle[:, 0]).astype(np.int64), 0)
    rise = end[:, 1] - start[:, 1]
    right = np.clip(column + 1 - middle[:, 0], 0, 1)
    cells = width + 1
    cell = row * cells + column
    summed = np.bincount(cell, rise * right, height * cells)
    summed += np.bincount(cell + 1, rise * (1 - right), height * cells)[: height * cells]
    wound = np.cumsum(summed.reshape(height, cells), axis=1)[:, :-1]
    return np.minimum(np.abs(wound), 1.0).astype(np.float32)


def _cut(start: Polyline, end: Polyline, axis: int, low: int, high: int) -> tuple[Polyline, Polyline]:
    """The pieces of segments between whole numbers of one coordinate, from `low` to `high`; in no order."""
    one, two = start[:, axis], end[:, axis]
    lower, upper = np.clip(np.minimum(one, two), low - 1, high + 1), np.clip(np.maximum(one, two), low - 1, high + 1)
    first = np.floor(lower).astype(np.int64) + 1
    count = np.maximum(np.ceil(upper).astype(np.int64) - first, 0)
    pieces = count + 1
    side = np.repeat(np.arange(len(start)), pieces)
    step = np.arange(len(side)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    length = two - one
    with np.errstate(divide="ignore", invalid="ignore"):
        rising = length >= 0

        def share(number: NDArray[np.int64]) -> NDArray[np.float64]:
            """Where along its segment the border with that number is crossed, counted from the segment's start."""
            border = np.where(rising[side], first[side] + number - 1, first[side] + count[side] - number)
            found = (border - one[side]) / length[side]
            found = np.where(number <= 0, 0.0, found)
            return np.where(number > count[side], 1.0, found)

        begin, finish = share(step), share(step + 1)
    polyline = end - start
    cut_start = start[side] + polyline[side] * begin[:, None]
    cut_end = start[side] + polyline[side] * finish[:, None]
    return cut_start, cut_end


def _near(
    polyline: Polyline, feather: NDArray[np.float64], reach: float, size: tuple[int, int]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
    """The pixels no farther from a closed polyline than `reach`: rows, columns, how far their centres are from it, and
    the feather where it is nearest."""
    width, height = size
    end = np.roll(polyline, -1, axis=0)
    length = np.linalg.norm(end - polyline, axis=1)
    pieces = np.maximum(np.ceil(length / 0.7), 1).astype(np.int64)
    side = np.repeat(np.arange(len(polyline)), pieces)
    step = np.arange(len(side)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    share = (step / pieces[side])[:, None]
    dense = polyline[side] + (end[side] - polyline[side]) * share
    wide = feather[side] + (np.roll(feather, -1)[side] - feather[side]) * share[:, 0]
    # the nearest sample by whole pixels first, in a picture with room for what lies outside the frame
    room = int(np.ceil(reach)) + 2
    cell = np.floor(dense).astype(np.int64) + room
    rows_in = (cell[:, 1] >= 0) & (cell[:, 1] < height + 2 * room)
    inside = rows_in & (cell[:, 0] >= 0) & (cell[:, 0] < width + 2 * room)
    grid = np.ones((height + 2 * room, width + 2 * room), np.uint8)
    owner = np.full(grid.shape, -1, np.int64)
    chosen = np.flatnonzero(inside)
    grid[cell[chosen, 1], cell[chosen, 0]] = 0
    owner[cell[chosen, 1], cell[chosen, 0]] = chosen
    if not len(chosen):
        nothing = np.zeros(0, np.int64)
        return nothing, nothing, np.zeros(0), np.zeros(0)
    away, labels = cv2.distanceTransformWithLabels(grid, cv2.DIST_L2, cv2.DIST_MASK_5, labelType=cv2.DIST_LABEL_PIXEL)
    seen = np.zeros(int(labels.max()) + 1, np.int64)
    zero = grid == 0
    seen[labels[zero]] = owner[zero]
    rows, columns = np.nonzero(away[room : room + height, room : room + width] <= reach + 2)
    nearest = seen[labels[rows + room, columns + room]]
    centre = np.stack([columns + 0.5, rows + 0.5], axis=1)
    best = np.full(len(rows), np.inf)
    best_wide = np.zeros(len(rows))
    # then exactly, on the pieces around that sample
    for offset in (-2, -1, 0, 1):
        index = (nearest + offset) % len(dense)
        one, two = dense[index], dense[(index + 1) % len(dense)]
        along = two - one
        square = np.maximum((along**2).sum(axis=1), 1e-12)
        t = np.clip(((centre - one) * along).sum(axis=1) / square, 0, 1)
        distance = np.linalg.norm(centre - one - along * t[:, None], axis=1)
        here = wide[index] + (wide[(index + 1) % len(dense)] - wide[index]) * t
        nearer = distance < best
        best = np.where(nearer, distance, best)
        best_wide = np.where(nearer, here, best_wide)
    return rows, columns, best, best_wide
