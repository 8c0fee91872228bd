"""The click decoder's inputs besides the picture's features. Needs no torch."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from core.types import Box, Floats

CANDIDATES = 3
"""Masks that the decoder returns for a click."""

STRIDE = 4
"""Canvas pixels for each cell of the maps."""
_SIGMA = 6.0
"""Standard deviation of a click's Gaussian, in canvas pixels."""
_NONE = -1.0
"""Similarity where there are no clicks of a kind."""


def click_maps(
    points: Floats, labels: NDArray[np.bool_], box: Box | None, previous: Floats | None, size: tuple[int, int]
) -> Floats:
    """The decoder's maps (4, H / 4, W / 4) float32 in [0, 1] on a canvas of `size` (H, W): clicks on the object and
    outside it, the mask before, and the box.

    `points` (N, 2) x and y in canvas pixels, `labels` (N,) whether on the object, `previous` (H, W) in [0, 1].
    """
    height, width = size[0] // STRIDE, size[1] // STRIDE
    maps = np.zeros((4, height, width), np.float32)
    y, x = np.mgrid[0:height, 0:width].astype(np.float32) * STRIDE + (STRIDE - 1) / 2
    for (across, down), inside in zip(points, labels, strict=True):
        near = np.exp(-((x - across) ** 2 + (y - down) ** 2) / (2 * _SIGMA**2))
        plane = maps[0 if inside else 1]
        np.maximum(plane, near, out=plane)
    if previous is not None:
        maps[2] = cv2.resize(previous.astype(np.float32), (width, height), interpolation=cv2.INTER_AREA)
    if box is not None:
        cells = Box(*(round(side / STRIDE) for side in (box.x0, box.y0, box.x1, box.y1))).clipped(width, height)
        maps[3][cells.slices] = 1
    return maps


def click_similarity(key: Floats, points: Floats, labels: NDArray[np.bool_], stride: int) -> Floats:
    """How similar the cells of a key (C, h, w), unit vectors, are to the clicked ones: (2, h, w) float32 in [-1, 1], to
    those on the object and to those outside it.
    """
    channels, height, width = key.shape
    found = np.full((2, height, width), _NONE, np.float32)
    flat = key.reshape(channels, -1)
    for (across, down), inside in zip(points, labels, strict=True):
        column = min(max(int(across) // stride, 0), width - 1)
        row = min(max(int(down) // stride, 0), height - 1)
        plane = found[0 if inside else 1]
        np.maximum(plane, (key[:, row, column] @ flat).reshape(height, width), out=plane)
    return found
