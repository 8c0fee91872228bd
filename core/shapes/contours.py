"""The outlines of a mask, unbiased, as closed polylines."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.boxes import bounding_box

Polyline = NDArray[np.float64]
"""Points (N, 2) of a closed polyline, (x, y), in continuous pixels of the frame."""


def outlines(mask: NDArray[np.bool_]) -> list[Polyline]:
    """The outlines of a mask (H, W): the middles of the sides between its pixels and the others, in order.

    The mask lies at the right of it (y is down): `signed_area` is positive around a piece and negative around a
    hole. Pixels that touch at a corner only are pieces of their own.
    """
    box = bounding_box(mask)
    if box.empty:
        return []
    part = np.pad(mask[box.slices] > 0, 1)
    inner = part[:-2, 1:-1] & part[2:, 1:-1] & part[1:-1, :-2] & part[1:-1, 2:]
    # the few pixels at the edge first: to look for each side in all of a large mask takes long
    rows, columns = np.nonzero(part[1:-1, 1:-1] & ~inner)
    starts, ends, directions = [], [], []
    columns_more = part.shape[1] - 1
    # a pixel's four sides, clockwise: which neighbour is beyond, where the side begins and ends, its direction
    for beyond, begin, finish, toward in (
        ((-1, 0), (0, 0), (0, 1), 0),
        ((0, 1), (0, 1), (1, 1), 1),
        ((1, 0), (1, 1), (1, 0), 2),
        ((0, -1), (1, 0), (0, 0), 3),
    ):
        outside = ~part[rows + 1 + beyond[0], columns + 1 + beyond[1]]
        down, across = rows[outside], columns[outside]
        starts.append((down + begin[0]) * columns_more + across + begin[1])
        ends.append((down + finish[0]) * columns_more + across + finish[1])
        directions.append(np.full(len(down), toward))
    start, end, direction = (np.concatenate(parts) for parts in (starts, ends, directions))
    following = _following(start, end, direction)
    middle = np.stack(
        [
            (start % columns_more + end % columns_more) / 2 + box.x0,
            (start // columns_more + end // columns_more) / 2 + box.y0,
        ],
        axis=1,
    )
    return [middle[loop] for loop in _loops(following.tolist())]


def signed_area(polyline: Polyline) -> float:
    """The area inside a closed polyline; negative if it goes anticlockwise (y is down)."""
    x, y = polyline.T
    return float(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y) / 2)


def perimeter(polyline: Polyline) -> float:
    """The length of a closed polyline."""
    return float(np.linalg.norm(np.roll(polyline, -1, axis=0) - polyline, axis=1).sum())


def resampled(polyline: Polyline, count: int) -> Polyline:
    """`count` points at equal distances along a closed polyline, the first one where it begins."""
    return along(polyline, np.arange(count) / count)


def along(polyline: Polyline, fractions: NDArray[np.float64]) -> Polyline:
    """The points (N, 2) at `fractions` (N,), in [0, 1), of the length of a closed polyline."""
    closed = np.vstack([polyline, polyline[:1]])
    length = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(closed, axis=0), axis=1))])
    distance = np.mod(fractions, 1.0) * length[-1]
    return np.stack([np.interp(distance, length, closed[:, 0]), np.interp(distance, length, closed[:, 1])], axis=1)


def smoothed(polyline: Polyline, sigma: float) -> Polyline:
    """A closed polyline of equal steps, each point the mean of those around it by a Gaussian of `sigma` steps."""
    reach = min(int(np.ceil(3 * sigma)), (len(polyline) - 1) // 2)
    if reach < 1:
        return polyline
    weights = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma) ** 2)
    weights /= weights.sum()
    padded = np.concatenate([polyline[-reach:], polyline, polyline[:reach]])
    return np.stack([np.convolve(padded[:, axis], weights, "valid") for axis in (0, 1)], axis=1)


def _following(start: NDArray[np.int64], end: NDArray[np.int64], direction: NDArray[np.int64]) -> NDArray[np.int64]:
    """The side after each side. Where four meet, the line stays with its pixel: it turns clockwise."""
    keys = start * 4 + direction
    order = np.argsort(keys)
    known = keys[order]
    found = np.full(len(start), -1)
    for turn in (1, 0, 3):
        wanted = end * 4 + (direction + turn) % 4
        position = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
        found = np.where((found < 0) & (known[position] == wanted), order[position], found)
    return found


def _loops(following: list[int]) -> list[list[int]]:
    seen = bytearray(len(following))
    loops = []
    for first in range(len(following)):
        if seen[first]:
            continue
        loop, here = [], first
        while not seen[here]:
            seen[here] = 1
            loop.append(here)
            here = following[here]
        loops.append(loop)
    return loops
