"""The region of interest: the part of the frame that the network looks at, at its own scale."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from core.vos.target import Floats

_PRESENT = 0.5
_FEWEST_PIXELS = 4


@dataclass(frozen=True)
class Region:
    """A part of the frame with the frame's own aspect ratio, in pixels of it; edges may lie between pixels."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class RegionSettings:
    """`room`: how many times the object's extent the region spans, `smallest`: its least share of the frame's side.

    `margin`: share of the region's side that must stay free around the object before a new region is chosen.
    """

    room: float = 2.3
    smallest: float = 0.4
    margin: float = 0.08
    shrink: float = 0.7
    grow: float = 1.25


class RegionKeeper:
    """Keeps one region as long as it serves: features of two frames compare best when cut alike."""

    def __init__(self, frame_size: tuple[int, int], canvas: tuple[int, int], settings: RegionSettings) -> None:
        """`frame_size` and `canvas` are (width, height); the canvas is what the network works on."""
        self._width, self._height = frame_size
        self._canvas = canvas
        self._settings = settings
        self.whole = Region(0.0, 0.0, float(self._width), float(self._height))

    def wanted(self, masks: Floats) -> Region:
        """The region for masks (K, h, w) in [0, 1]: around all of them; the whole frame if one cannot be seen."""
        extents = [_extent(mask) for mask in masks]
        if not extents or any(extent is None for extent in extents):
            return self.whole
        x0, y0, x1, y1 = np.array(extents).T
        left, top, right, bottom = x0.min(), y0.min(), x1.max(), y1.max()
        side = max((bottom - top) / self._height, (right - left) / self._width) * self._settings.room
        side = float(min(1.0, max(side, self._settings.smallest)))
        width, height = side * self._width, side * self._height
        x = float(np.clip((left + right - width) / 2, 0, self._width - width))
        y = float(np.clip((top + bottom - height) / 2, 0, self._height - height))
        return Region(x, y, width, height)

    def kept(self, region: Region, masks: Floats) -> Region:
        """`region` itself while it still serves for the masks, else the one wanted now."""
        wanted = self.wanted(masks)
        ratio = wanted.height / region.height
        if not self._settings.shrink <= ratio <= self._settings.grow:
            return wanted
        margin_x, margin_y = self._settings.margin * region.width, self._settings.margin * region.height
        for extent in (_extent(mask) for mask in masks):
            if extent is None:
                return wanted
            x0, y0, x1, y1 = extent
            if (
                (region.left > 1 and x0 < region.left + margin_x)
                or (region.top > 1 and y0 < region.top + margin_y)
                or (region.left + region.width < self._width - 1 and x1 > region.left + region.width - margin_x)
                or (region.top + region.height < self._height - 1 and y1 > region.top + region.height - margin_y)
            ):
                return wanted
        return region

    def cut(self, picture: NDArray[np.generic], region: Region) -> NDArray[np.generic]:
        """The region of an (h, w) or (h, w, 3) array, scaled to the canvas; smoothed first where it shrinks."""
        scale = region.height / self._canvas[1]
        if scale > 1.2:
            picture = cv2.GaussianBlur(picture, (0, 0), 0.4 * scale)
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        canvas: NDArray[np.generic] = cv2.warpAffine(
            picture, self._matrix(region), self._canvas, flags=flags, borderMode=cv2.BORDER_REPLICATE
        )
        return canvas

    def cut_masks(self, masks: Floats, region: Region) -> Floats:
        """`cut` for each of (K, h, w)."""
        if len(masks) == 0:
            return np.zeros((0, self._canvas[1], self._canvas[0]), np.float32)
        return np.stack([self.cut(mask, region) for mask in masks]).astype(np.float32, copy=False)

    def paste(self, found: Floats, region: Region) -> Floats:
        """Probabilities (K, H, W) on the canvas back to the frame (K, h, w), zero outside the region."""
        matrix = self._matrix(region)
        size = (self._width, self._height)
        planes = [cv2.warpAffine(plane, matrix, size, flags=cv2.INTER_LINEAR) for plane in found]
        return np.stack(planes).astype(np.float32, copy=False)

    def _matrix(self, region: Region) -> NDArray[np.float32]:
        """From canvas to frame pixels; centres of pixels are at whole numbers."""
        x, y = region.width / self._canvas[0], region.height / self._canvas[1]
        return np.array([[x, 0, region.left + x / 2 - 0.5], [0, y, region.top + y / 2 - 0.5]], np.float32)


def canvas_size(frame_size: tuple[int, int], short_side: int, stride: int) -> tuple[int, int]:
    """The network's working size (width, height) for frames of `frame_size`: multiples of `stride`, about the frame's
    aspect ratio, the shorter side `short_side` but at most twice the frame's, and the longer at most three times it.

    It is at least 6 strides, even for tiny frames, so that a memory of one frame has as many cells as a read wants.
    """
    short = max(6 * stride, min(short_side, 2 * min(frame_size)) // stride * stride)
    scale = short / min(frame_size)
    width, height = (min(round(side * scale / stride) * stride, 3 * short) for side in frame_size)
    return max(stride, width), max(stride, height)


def _extent(mask: Floats) -> tuple[int, int, int, int] | None:
    """x0, y0, x1, y1 of where a mask is above one half; None where that is next to nowhere."""
    present = mask > _PRESENT
    rows = np.flatnonzero(present.any(axis=1))
    if rows.size == 0 or np.count_nonzero(present) < _FEWEST_PIXELS:
        return None
    columns = np.flatnonzero(present.any(axis=0))
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1
