"""Rectangle and ellipse between two corners, with fractional coordinates; see `patch` for what a pixel is."""

from __future__ import annotations

import numpy as np

from core.errors import MaskError
from core.masks.patch import Patch
from core.types import Box

Corner = tuple[float, float]


def rasterise_rectangle(first: Corner, second: Corner, size: tuple[int, int]) -> Patch:
    """The pixels whose centre lies in the rectangle between two opposite corners (x, y), given in any order.

    `size` is (width, height); what lies outside is cut off. Raises MaskError if a coordinate is no number.
    """
    box = _pixels_between(first, second, size)
    return Patch(box, np.ones((box.height, box.width), np.bool_))


def rasterise_ellipse(first: Corner, second: Corner, size: tuple[int, int]) -> Patch:
    """The pixels whose centre lies in the ellipse that fills the rectangle between two opposite corners (x, y).

    `size` is (width, height); what lies outside is cut off. Raises MaskError if a coordinate is no number.
    """
    box = _pixels_between(first, second, size)
    if box.empty:
        return Patch.nothing()
    middle_x, middle_y = (first[0] + second[0]) / 2, (first[1] + second[1]) / 2
    # a box that holds a pixel's centre is never without extent: the test for empty above says so
    across = (np.arange(box.x0, box.x1) + 0.5 - middle_x) / max(abs(second[0] - first[0]) / 2, 1e-9)
    down = (np.arange(box.y0, box.y1) + 0.5 - middle_y) / max(abs(second[1] - first[1]) / 2, 1e-9)
    return Patch(box, across[None, :] ** 2 + down[:, None] ** 2 < 1)


def _pixels_between(first: Corner, second: Corner, size: tuple[int, int]) -> Box:
    corners = np.array([first, second], np.float64)
    if not np.isfinite(corners).all():
        raise MaskError("A corner of the shape is no number; expected (x, y) in pixels.")
    # clipped first: a coordinate far outside the frame must not overflow an integer
    limit = np.asarray(size, np.float64) + 1
    low = np.ceil(np.clip(corners.min(axis=0), -1, limit) - 0.5).astype(int)
    high = np.ceil(np.clip(corners.max(axis=0), -1, limit) - 0.5).astype(int)
    box = Box(int(low[0]), int(low[1]), int(high[0]), int(high[1])).clipped(*size)
    return Box(0, 0, 0, 0) if box.empty else box
