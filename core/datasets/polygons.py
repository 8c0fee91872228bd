"""Masks as polygons and back.

Corners are in pixels with the origin at the top left corner of the top left pixel: the pixel in column x covers x to
x + 1. A polygon may run along a line twice, there and back, to reach a hole or another part: filled by the even-odd
rule, such a line has no width.
"""

from __future__ import annotations

from collections.abc import Iterable

import cv2
import numpy as np
from numpy.typing import NDArray

from core.boxes import bounding_box
from core.masks import Patch
from core.messages import Message
from core.types import Box

Mask = NDArray[np.bool_]
"""One object's mask: (H, W) bool."""
Polygon = NDArray[np.float64]
"""(N, 2) float64 corners (x, y) in pixels; the last one is joined to the first."""

_FARTHEST = 1e7
"""Pixels from the corner of the picture beyond which a corner is a fault."""
_MOST_CROSSINGS = 20_000_000
"""The most crossings of edges and rows: a polygon made to take forever is refused."""


def mask_polygons(mask: Mask, tolerance: float = 0.0) -> list[Polygon]:
    """The parts of a (H, W) bool mask, one polygon each, its holes reached by a line there and back.

    At `tolerance` 0 they follow the pixels' edges, so that filling them gives the mask back exactly; above, corners are
    left out as long as the line stays within that many pixels. Parts and holes that this makes vanish are dropped.
    """
    box = bounding_box(mask.view(np.uint8))
    if box.empty:
        return []
    # each pixel four times, so that the two sides of an edge have coordinates of their own
    large = np.repeat(np.repeat(mask[box.slices].view(np.uint8), 2, axis=0), 2, axis=1)
    contours, hierarchy = cv2.findContours(large, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    rings = [_simplified((contour[:, 0, :].astype(np.int64) + 1) // 2, tolerance) for contour in contours]
    found: list[Polygon] = []
    for index, ring in enumerate(rings):
        if hierarchy[0, index, 3] >= 0 or ring is None:
            continue
        holes = [hole for number, hole in enumerate(rings) if hierarchy[0, number, 3] == index and hole is not None]
        found.append(np.add(join_polygons([ring, *holes]), (box.x0, box.y0)))
    return found


def join_polygons(polygons: list[Polygon]) -> Polygon:
    """One polygon out of several, with lines there and back between them. Raises ValueError if there is none."""
    if not polygons:
        raise ValueError(Message("there is no polygon to join"))
    joined = polygons[0]
    for other in polygons[1:]:
        # from the nearest pair of corners, so that the line is short and stays out of the way
        distances = np.square(joined[:, None, :] - other[None, :, :]).sum(axis=2)
        here, there = np.unravel_index(int(np.argmin(distances)), distances.shape)
        turned = np.roll(other, -int(there), axis=0)
        joined = np.concatenate([joined[: here + 1], turned, turned[:1], joined[here:]])
    return joined


def polygon_patch(polygon: Polygon, size: tuple[int, int]) -> Patch:
    """The pixels whose centre is in the polygon, by the even-odd rule, in the box that holds them.

    Raises ValueError for corners that are no numbers or far from any picture, and for more crossings than make sense.
    """
    if len(polygon) < 3:
        return Patch.nothing()
    if not np.isfinite(polygon).all() or np.abs(polygon).max() > _FARTHEST:
        raise ValueError(Message("it has corners far outside of the picture"))
    left, top = np.floor(polygon.min(axis=0)).astype(np.int64)
    right, bottom = np.ceil(polygon.max(axis=0)).astype(np.int64)
    box = Box(int(left), int(top), int(right), int(bottom)).clipped(*size)
    return Patch.nothing() if box.empty else Patch(box, _fill(polygon - (box.x0, box.y0), box.width, box.height))


def polygon_area(polygon: Polygon) -> float:
    """The area that the corners go around, less what they go around the other way."""
    x, y = polygon[:, 0], polygon[:, 1]
    return float(abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2)


def union_patch(patches: Iterable[Patch]) -> Patch:
    """The pixels that are in any of the patches."""
    parts = [patch for patch in patches if not patch.box.empty]
    if len(parts) < 2:
        return parts[0] if parts else Patch.nothing()
    box = parts[0].box
    for patch in parts[1:]:
        box = box.union(patch.box)
    mask = np.zeros((box.height, box.width), bool)
    for patch in parts:
        rows, columns = patch.box.y0 - box.y0, patch.box.x0 - box.x0
        mask[rows : rows + patch.box.height, columns : columns + patch.box.width] |= patch.mask
    return Patch(box, mask)


def mask_patch(mask: Mask) -> Patch:
    """A (H, W) bool mask as a patch."""
    box = bounding_box(mask.view(np.uint8))
    return Patch.nothing() if box.empty else Patch(box, mask[box.slices].copy())


def _fill(polygon: Polygon, width: int, height: int) -> Mask:
    ends = np.roll(polygon, -1, axis=0)
    # always from above, so that a line there and back crosses every row at the same column
    falling = (polygon[:, 1] < ends[:, 1])[:, None]
    top, bottom = np.where(falling, polygon, ends), np.where(falling, ends, polygon)
    first = np.clip(np.ceil(top[:, 1] - 0.5), 0, height).astype(np.int64)
    counts = np.clip(np.ceil(bottom[:, 1] - 0.5), 0, height).astype(np.int64) - first
    crossing = np.flatnonzero(counts > 0)
    top, bottom, first, counts = top[crossing], bottom[crossing], first[crossing], counts[crossing]
    if int(counts.sum()) > _MOST_CROSSINGS:
        raise ValueError(Message("its {count} corners go to and fro too often", count=len(polygon)))
    edge = np.repeat(np.arange(len(counts)), counts)
    rows = first[edge] + np.arange(len(edge)) - np.repeat(np.cumsum(counts) - counts, counts)
    slopes = (bottom[:, 0] - top[:, 0]) / (bottom[:, 1] - top[:, 1])
    crossings = top[edge, 0] + (rows + 0.5 - top[edge, 1]) * slopes[edge]
    columns = np.clip(np.ceil(crossings - 0.5), 0, width).astype(np.int64)
    flips = np.zeros((height, width + 1), np.uint8)
    np.bitwise_xor.at(flips.reshape(-1), rows * (width + 1) + columns, np.uint8(1))
    return np.bitwise_xor.accumulate(flips[:, :width], axis=1).astype(bool)


def _simplified(ring: NDArray[np.int64], tolerance: float) -> Polygon | None:
    """The ring without needless corners; None if nothing of it is left."""
    ring = ring[np.any(ring != np.roll(ring, 1, axis=0), axis=1)]
    before, after = ring - np.roll(ring, 1, axis=0), np.roll(ring, -1, axis=0) - ring
    ring = ring[before[:, 0] * after[:, 1] != before[:, 1] * after[:, 0]]
    if tolerance > 0:
        ring = cv2.approxPolyDP(ring.astype(np.int32)[:, None, :], tolerance, closed=True)[:, 0, :].astype(np.int64)
    return ring.astype(np.float64) if len(ring) >= 3 else None
