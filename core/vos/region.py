"""The region of interest: the crop of the frame that is scaled to the network's input."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from core.boxes import EMPTY_BOX, bounding_box, confined
from core.types import Box, Floats

_PRESENT = 0.5
_FAINT = 0.01
"""Probabilities up to this affect no label: the network predicts as much for background pixels."""
_FEWEST_PIXELS = 4
_SHRINKS, _SMOOTHING = 1.2, 0.4
"""From which scale on a picture is smoothed before it is made smaller, and how far, in pixels for each of the scale."""


@dataclass(frozen=True)
class Region:
    """A part of the frame with the frame's own aspect ratio, in pixels of it; edges may lie between pixels."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class RegionSettings:
    """How the region follows the objects."""

    room: float = 2.3
    """Side of the region as a multiple of the object's larger side."""
    smallest: float = 0.4
    """Least side of the region, as a part of the frame's side."""
    margin: float = 0.08
    """Part of the region's side that stays free around the object before a new region is chosen."""
    shrink: float = 0.7
    """The region is chosen again when the wanted one is smaller than this part of it."""
    grow: float = 1.25
    """The region is chosen again when the wanted one is larger than this part of it."""


class RegionKeeper:
    """Keeps a region as long as it fits the objects: features of two frames match best with the same crop."""

    def __init__(self, frame_size: tuple[int, int], canvas: tuple[int, int], settings: RegionSettings) -> None:
        """`frame_size` and `canvas` are (width, height); the canvas is what the network works on."""
        self._width, self._height = frame_size
        self._canvas = canvas
        self._settings = settings
        self.whole = Region(0.0, 0.0, float(self._width), float(self._height))

    def wanted(self, masks: Floats) -> Region:
        """The region for masks (K, h, w) in [0, 1]: around all of them; the whole frame if one cannot be seen."""
        seen = [_seen(mask) for mask in masks]
        if not seen or any(sides is None for sides in seen):
            return self.whole
        x0, y0, x1, y1 = np.array(seen).T
        left, top, right, bottom = x0.min(), y0.min(), x1.max(), y1.max()
        side = max((bottom - top) / self._height, (right - left) / self._width) * self._settings.room
        side = float(min(1.0, max(side, self._settings.smallest)))
        width, height = side * self._width, side * self._height
        x = float(np.clip((left + right - width) / 2, 0, self._width - width))
        y = float(np.clip((top + bottom - height) / 2, 0, self._height - height))
        return Region(x, y, width, height)

    def kept(self, region: Region, masks: Floats) -> Region:
        """`region` itself while it fits masks (K, h, w) in [0, 1], else the one wanted now."""
        wanted = self.wanted(masks)
        ratio = wanted.height / region.height
        if not self._settings.shrink <= ratio <= self._settings.grow:
            return wanted
        margin_x, margin_y = self._settings.margin * region.width, self._settings.margin * region.height
        for seen in map(_seen, masks):
            if seen is None:
                return wanted
            x0, y0, x1, y1 = seen
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
        if scale > _SHRINKS:
            picture = cv2.GaussianBlur(picture, (0, 0), _SMOOTHING * scale)
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        canvas: NDArray[np.generic] = cv2.warpAffine(
            picture, self._matrix(region), self._canvas, flags=flags, borderMode=cv2.BORDER_REPLICATE
        )
        return canvas

    def cut_masks(self, masks: Floats | Sequence[Floats], region: Region) -> Floats:
        """`cut` for each of (K, h, w)."""
        cut = np.zeros((len(masks), self._canvas[1], self._canvas[0]), np.float32)
        written = [EMPTY_BOX] * len(masks)
        matrix = self._matrix(region)
        scale = region.height / self._canvas[1]
        smoothed = scale > _SHRINKS
        # as far as smoothing and interpolation reach
        rim = 2 + round(2 * scale) if smoothed else 2
        for row, (mask, target) in enumerate(zip(masks, cut, strict=True)):
            box = bounding_box(mask)
            if box.empty:
                continue
            box = box.grown(rim, rim).clipped(self._width, self._height)
            there = _mapped(box, np.linalg.inv(np.vstack([matrix, (0, 0, 1)]))[:2]).clipped(*self._canvas)
            if there.empty:
                continue
            part = cv2.GaussianBlur(mask[box.slices], (0, 0), _SMOOTHING * scale) if smoothed else mask[box.slices]
            target[there.slices] = cv2.warpAffine(
                part,
                _between(matrix, there, box),
                (there.width, there.height),
                flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
                borderMode=cv2.BORDER_REPLICATE,
            )
            written[row] = there
        return confined(cut, written)

    def paste(self, found: Floats, region: Region) -> Floats:
        """Probabilities (K, H, W) on the canvas back to the frame (K, h, w), zero outside the region and
        where they are faint all around.
        """
        pasted = np.zeros((len(found), self._height, self._width), np.float32)
        self.paste_into(list(pasted), found, region)
        return pasted

    def paste_into(self, channels: Sequence[Floats], found: Floats, region: Region) -> list[Box]:
        """`paste` to K planes (h, w) that are zero; what is not written stays untouched. Returns where it wrote."""
        matrix = self._matrix(region)
        canvas = Box(0, 0, *self._canvas)
        written = [EMPTY_BOX] * len(found)
        for row, (plane, target) in enumerate(zip(found, channels, strict=True)):
            box = bounding_box(plane, _FAINT)
            there = _mapped(box.grown(1, 1), matrix).clipped(self._width, self._height)
            if box.empty or there.empty:
                continue
            target[there.slices] = cv2.warpAffine(
                plane, _between(matrix, canvas, there), (there.width, there.height), flags=cv2.INTER_LINEAR
            )
            written[row] = there
        return written

    def _matrix(self, region: Region) -> NDArray[np.float64]:
        """The matrix from canvas to frame pixels; centres of pixels are at whole numbers."""
        x, y = region.width / self._canvas[0], region.height / self._canvas[1]
        return np.array([[x, 0, region.left + x / 2 - 0.5], [0, y, region.top + y / 2 - 0.5]], np.float64)


def _mapped(box: Box, matrix: NDArray[np.float64]) -> Box:
    """Where a box comes to lie, and a pixel more."""
    x0, y0 = np.floor(matrix @ (box.x0, box.y0, 1)) - 1
    x1, y1 = np.ceil(matrix @ (box.x1, box.y1, 1)) + 1
    return Box(int(x0), int(y0), int(x1), int(y1))


def _between(matrix: NDArray[np.float64], start: Box, end: Box) -> NDArray[np.float64]:
    """The matrix for the pixels of a box at its start to those of a box at its end."""
    moved = matrix.copy()
    moved[:, 2] += matrix[:, :2] @ (start.x0, start.y0) - (end.x0, end.y0)
    return moved


def canvas_size(frame_size: tuple[int, int], short_side: int, stride: int) -> tuple[int, int]:
    """The network's working size (width, height) for frames of `frame_size`: multiples of `stride`, about the frame's
    aspect ratio, the shorter side `short_side` but at most twice the frame's, and the longer at most three times it.

    It is at least 6 strides, even for tiny frames, so that a memory of one frame has as many cells as a read wants.
    """
    short = max(6 * stride, min(short_side, 2 * min(frame_size)) // stride * stride)
    scale = short / min(frame_size)
    width, height = (min(round(side * scale / stride) * stride, 3 * short) for side in frame_size)
    return max(stride, width), max(stride, height)


def _seen(mask: Floats) -> tuple[int, int, int, int] | None:
    """x0, y0, x1, y1 of where a mask is above one half; None where that is next to nowhere."""
    box = bounding_box(mask, _PRESENT)
    if np.count_nonzero(mask[box.slices] > _PRESENT) < _FEWEST_PIXELS:
        return None
    return box.x0, box.y0, box.x1, box.y1
