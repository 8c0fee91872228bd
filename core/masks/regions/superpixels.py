"""Superpixels: a picture cut into small regions that follow its edges, each to be taken or left as a whole.

SLIC (Achanta et al., TPAMI 2012), Felzenszwalb and Huttenlocher's graph (IJCV 2004) and a compact watershed (Neubert
and Protzel, ICPR 2014), all as scikit-image has them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from core.boxes import bounding_box
from core.errors import MaskError
from core.masks.patch import Patch
from core.types import Box, Image

METHODS = ("slic", "felzenszwalb", "watershed")
SMALLEST_SIDE, LARGEST_SIDE = 4, 256
"""Sides of a region, in pixels of the picture."""

_WORK_PIXELS = 600_000
"""A larger picture is cut in a smaller copy: the time of all three grows with the pixels."""
_COMPACTNESS = 12.0
_EVENNESS = 0.001
"""How much the watershed's regions are drawn to their seeds against the edges."""

Ids = NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Regions:
    """Every pixel's region: `ids` (H, W) int32, from 0 to `count` - 1."""

    ids: Ids
    count: int

    def at(self, x: float, y: float) -> int | None:
        """The region of the pixel under a point, None outside the picture."""
        column, row = math.floor(x), math.floor(y)
        height, width = self.ids.shape
        return int(self.ids[row, column]) if 0 <= column < width and 0 <= row < height else None

    def on_way(self, first: tuple[float, float], second: tuple[float, float]) -> list[int]:
        """The regions that a straight line passes, in order, each once."""
        steps = max(1, math.ceil(math.dist(first, second)))
        found: dict[int, None] = {}
        for step in range(steps + 1):
            part = step / steps
            region = self.at(first[0] + part * (second[0] - first[0]), first[1] + part * (second[1] - first[1]))
            if region is not None:
                found[region] = None
        return list(found)

    def patch(self, chosen: Sequence[int]) -> Patch:
        """The pixels of some regions; an empty patch for none."""
        wanted = np.zeros(self.count, np.bool_)
        wanted[list(chosen)] = True
        mask = wanted[self.ids]
        box = bounding_box(mask.view(np.uint8))
        return Patch.nothing() if box.empty else Patch(box, mask[box.slices].copy())


def find_regions(image: Image, method: str = "slic", side: int = 24) -> Regions:
    """Cuts a picture (H, W, 3) uint8 RGB into regions that are about `side` pixels wide and high.

    Raises MaskError for a method that is none of `METHODS`, a side out of range, and a picture without a pixel.
    """
    if method not in METHODS:
        raise MaskError(
            "There is no way '{method}' to cut regions; expected one of {methods}.",
            method=method,
            methods=", ".join(METHODS),
        )
    if not SMALLEST_SIDE <= side <= LARGEST_SIDE:
        raise MaskError(
            "Regions of {side} pixels cannot be made; expected {low} to {high}.",
            side=side,
            low=SMALLEST_SIDE,
            high=LARGEST_SIDE,
        )
    if image.ndim != 3 or not image.size:
        raise MaskError("There is no picture to cut into regions.")
    height, width = image.shape[:2]
    scale = min(1.0, math.sqrt(_WORK_PIXELS / (height * width)))
    small = image
    if scale < 1:
        size = max(1, round(width * scale)), max(1, round(height * scale))
        small = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
    ids = _cut(small, method, max(2.0, side * scale))
    if scale < 1:
        ids = cv2.resize(ids, (width, height), interpolation=cv2.INTER_NEAREST)
    found, dense = np.unique(ids, return_inverse=True)
    return Regions(dense.reshape(height, width).astype(np.int32), len(found))


def _cut(image: Image, method: str, side: float) -> Ids:
    # imported here: loading it takes as long as cutting a picture does
    from skimage import segmentation

    height, width = image.shape[:2]
    count = max(1, round(height * width / side**2))
    if method == "felzenszwalb":
        # the scale sets how much contrast a border needs, the least size what is left of specks
        found = segmentation.felzenszwalb(image, scale=4 * side, sigma=0.8, min_size=max(4, round(side**2 / 4)))
    elif count == 1 or min(height, width) < 3:
        found = np.zeros((height, width), np.int32)
    elif method == "slic":
        found = segmentation.slic(
            image, n_segments=count, compactness=_COMPACTNESS, sigma=0.5, start_label=0, enforce_connectivity=True
        )
    else:
        found = segmentation.watershed(edge_strength(image), markers=count, compactness=_EVENNESS)
    ids: Ids = np.asarray(found, np.int32)
    return ids


def edge_strength(image: Image) -> NDArray[np.float32]:
    """How strongly Lab colours change at each pixel, (H, W) float32 from 0 on."""
    lab = cv2.GaussianBlur(cv2.cvtColor(image, cv2.COLOR_RGB2LAB), (0, 0), 1.0).astype(np.float32) / 255
    squares = [cv2.Sobel(lab, cv2.CV_32F, *way) ** 2 for way in ((1, 0), (0, 1))]
    strength: NDArray[np.float32] = np.sqrt(sum(squares[1:], squares[0]).sum(axis=2))
    return strength


def region_boxes(ids: Ids, count: int) -> list[Box]:
    """The bounding box of each region of (H, W) ids."""
    height, width = ids.shape
    rows, columns = np.divmod(np.arange(ids.size), width)
    flat = ids.ravel()
    low = np.full((2, count), max(height, width), np.int64)
    high = np.zeros((2, count), np.int64)
    for axis, coordinates in enumerate((columns, rows)):
        np.minimum.at(low[axis], flat, coordinates)
        np.maximum.at(high[axis], flat, coordinates + 1)
    return [Box(*(int(v) for v in (low[0, i], low[1, i], high[0, i], high[1, i]))) for i in range(count)]
