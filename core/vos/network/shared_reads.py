"""Reads the memory once for the cells that lie in the windows of several objects.

Similarities to the memory's keys and the choice of the largest are the same for all objects, and most of a read's time;
only the values that are then averaged are an object's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from core.types import Box, Floats
from core.vos.network.runtime import ReadsMemory

_STRIDE = 16
"""Canvas pixels for each cell of the memory."""
_FEWEST = 48
"""Fewer cells than this are read for each window by itself: handing over the memory takes as long."""


def shared_reads(
    runtime: ReadsMemory,
    key: Floats,
    memory_keys: Floats,
    memory_values: Floats,
    groups: Sequence[tuple[Box, list[int]]],
) -> list[Floats]:
    """What the cells of each window read for its objects: (k, R, h16, w16) for each of `groups`, windows on the canvas
    and their k rows of `memory_values` (K, V, M). `key` (C, H16, W16) are the keys of the whole canvas.
    """
    boxes = [_cells(window) for window, _ in groups]
    pieces: list[list[tuple[NDArray[np.intp], Floats]]] = [[] for _ in groups]
    flat = key.reshape(len(key), -1)
    for members, cells in _parts(boxes, key.shape[1:]):
        rows = sorted(row for member in members for row in groups[member][1])
        found = runtime.read(flat[:, cells], memory_keys, memory_values[as_slice(rows)])
        for member in members:
            own = as_slice([rows.index(row) for row in groups[member][1]])
            pieces[member].append((cells, found[own]))
    return [
        _in_order(parts).reshape(len(rows), -1, box.height, box.width)
        for parts, box, (_, rows) in zip(pieces, boxes, groups, strict=True)
    ]


def _in_order(pieces: list[tuple[NDArray[np.intp], Floats]]) -> Floats:
    """What was read for some cells, (k, R, n) with the numbers (n,) of the cells, as one array by number."""
    cells = np.concatenate([numbers for numbers, _ in pieces])
    found: Floats = np.concatenate([part for _, part in pieces], axis=2).take(np.argsort(cells), axis=2)
    return found


def as_slice(rows: list[int]) -> slice | list[int]:
    """An index for ascending rows that copies nothing if they follow each other: the memory's values are large."""
    return slice(rows[0], rows[-1] + 1) if rows == list(range(rows[0], rows[-1] + 1)) else rows


def _cells(window: Box) -> Box:
    return Box(window.x0 // _STRIDE, window.y0 // _STRIDE, window.x1 // _STRIDE, window.y1 // _STRIDE)


def _parts(boxes: Sequence[Box], shape: tuple[int, ...]) -> Iterator[tuple[list[int], NDArray[np.intp]]]:
    """Boxes of cells, taken apart: those of `boxes` that a part lies in, and the numbers of its cells in the flattened
    canvas (h, w), `shape`. Each cell of a box is in exactly one part that names it.
    """
    # a bit for each box; there are no more of them than objects decoded together
    inside = np.zeros(shape, np.int64)
    for number, box in enumerate(boxes):
        inside[box.slices] |= 1 << number
    alone = [np.zeros(shape, np.bool_) for _ in boxes]
    kinds, counts = np.unique(inside[inside > 0], return_counts=True)
    for kind, count in zip(kinds.tolist(), counts.tolist(), strict=True):
        members = [number for number in range(len(boxes)) if kind >> number & 1]
        where = inside == kind
        if len(members) > 1 and count >= _FEWEST:
            yield members, np.flatnonzero(where)
            continue
        for member in members:
            alone[member] |= where
    for member, where in enumerate(alone):
        if where.any():
            yield [member], np.flatnonzero(where)
