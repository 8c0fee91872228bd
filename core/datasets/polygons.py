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

from core.masks import label_box
from core.types import Box

Mask = NDArray[np.bool_]
Polygon = NDArray[np.float64]
"""(N, 2) float64 corners (x, y) in pixels; the last one is joined to the first."""


def mask_polygons(mask: Mask, tolerance: float = 0.0) -> list[Polygon]:
    """The parts of a (H, W) bool mask, one polygon each, its holes reached by a line there and back.

    At `tolerance` 0 they follow the pixels' edges, so that filling them gives the mask back exactly; above, corners are
    left out as long as the line stays within so many pixels. Parts and holes that this makes vanish are dropped.
    """
    box = label_box(mask.view(np.uint8))
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
        holes = [hole for place, hole in enumerate(rings) if hierarchy[0, place, 3] == index and hole is not None]
        found.append(np.add(join_polygons([ring, *holes]), (box.x0, box.y0)))
    return found


def join_polygons(polygons: list[Polygon]) -> Polygon:
    """One polygon out of several, with lines there and back between them. Raises ValueError if there is none."""
    if not polygons:
        raise ValueError("there is no polygon to join")
    joined = polygons[0]
    for other in polygons[1:]:
        # from the nearest pair of corners, so that the line is short and stays out of the way
        distances = np.square(joined[:, None, :] - other[None, :, :]).sum(axis=2)
        here, there = np.unravel_index(int(np.argmin(distances)), distances.shape)
        turned = np.roll(other, -int(there), axis=0)
        joined = np.concatenate([joined[: here + 1], turned, turned[:1], joined[here:]])
    return joined


def fill_polygons(polygons: Iterable[Polygon], size: tuple[int, int]) -> Mask:
    """The (H, W) bool mask of pixels whose centre is in any of the polygons, each by the even-odd rule.

    `size` is (width, height); what lies outside is cut off.
    """
    mask = np.zeros((size[1], size[0]), bool)
    for polygon in polygons:
        if len(polygon) < 3:
            continue
        rows = (int(np.floor(polygon[:, 1].min())), int(np.ceil(polygon[:, 1].max())))
        columns = (int(np.floor(polygon[:, 0].min())), int(np.ceil(polygon[:, 0].max())))
        box = Box(columns[0], rows[0], columns[1], rows[1]).clipped(*size)
        if not box.empty:
            mask[box.slices] |= _fill(polygon - (box.x0, box.y0), box.width, box.height)
    return mask


def _fill(polygon: Polygon, width: int, height: int) -> Mask:
    flips = np.zeros((height, width + 1), np.uint8)
    for (x0, y0), (x1, y1) in zip(polygon, np.roll(polygon, -1, axis=0), strict=True):
        if y0 == y1:
            continue
        # always from above, so that a line there and back crosses every row at the same place
        top, bottom = ((x0, y0), (x1, y1)) if y0 < y1 else ((x1, y1), (x0, y0))
        rows = np.arange(max(0, int(np.ceil(top[1] - 0.5))), min(height, int(np.ceil(bottom[1] - 0.5))))
        crossings = top[0] + (rows + 0.5 - top[1]) * ((bottom[0] - top[0]) / (bottom[1] - top[1]))
        flips[rows, np.clip(np.ceil(crossings - 0.5), 0, width).astype(np.int64)] ^= 1
    return np.bitwise_xor.accumulate(flips[:, :width], axis=1).astype(bool)


def _simplified(ring: NDArray[np.int64], tolerance: float) -> Polygon | None:
    """The ring without needless corners; None if nothing of it is left."""
    ring = ring[np.any(ring != np.roll(ring, 1, axis=0), axis=1)]
    before, after = ring - np.roll(ring, 1, axis=0), np.roll(ring, -1, axis=0) - ring
    ring = ring[before[:, 0] * after[:, 1] != before[:, 1] * after[:, 0]]
    if tolerance > 0:
        ring = cv2.approxPolyDP(ring.astype(np.int32)[:, None, :], tolerance, closed=True)[:, 0, :].astype(np.int64)
    return ring.astype(np.float64) if len(ring) >= 3 else None
