"""A soft brush stroke: its rim follows the colours of the painted area.

A pixel of a label map belongs to an object or not, so a soft brush cannot leave half-set pixels, and soft edges are
made of the whole mask when it leaves the program (`core.matting`). What a person wants of a soft rim holds all the
same: to paint along an edge in one stroke, without tracing it. The core is painted whatever is there; of the rim, only
pixels whose colour is like that under the brush's centre, the more alike the further out they lie. So the stroke ends
at the object's edge, and where there is none in the rim it ends softly: what differs most is left out first.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from core.masks.patch import THINNEST_RADIUS, Patch, Points, rasterise_stroke
from core.types import Box, Image

_REACH = 64
"""How far a colour may be from the centre's where the core ends, in levels of the channel that differs most; falls
to nothing at the brush's outer end."""


class SoftStroke:
    """Grows with the brush's way, piece by piece; what it covers is the union of the pieces."""

    def __init__(self, image: Image, radius: float, hardness: float) -> None:
        """`image` is (H, W, 3) uint8 RGB, `radius` in pixels; `hardness` in [0, 1] is the core's share of it."""
        self._image = image
        self._radius = radius
        self._core = radius * min(max(hardness, 0.0), 1.0)
        self._taken = np.zeros(image.shape[:2], np.bool_)
        self._box = Box(0, 0, 0, 0)

    @property
    def patch(self) -> Patch:
        """Everything that the stroke has covered."""
        return Patch(self._box, self._taken[self._box.slices].copy())

    def add(self, points: Points) -> Patch:
        """Goes on along a polyline of (x, y), and returns the pixels that this piece covers.

        A piece is judged by the colours under its first and last point. Raises MaskError if a coordinate is no number.
        """
        height, width = self._image.shape[:2]
        whole = rasterise_stroke(points, self._radius, (width, height))
        if whole.empty:
            return whole
        box = whole.box
        part = self._image[box.slices]
        far = np.minimum(*(_difference(part, self._colour_at(*end)) for end in (points[0], points[-1])))
        room = max(self._radius - self._core, 1e-6)
        away = _distance(box, points)
        share = (self._radius - away) / room
        mask = whole.mask & ((far <= _REACH * share) | (away <= max(self._core, THINNEST_RADIUS)))
        self._taken[box.slices] |= mask
        self._box = self._box.union(box)
        return Patch(box, mask)

    def _colour_at(self, x: float, y: float) -> tuple[float, float, float, float]:
        """The mean of the nine pixels around a point, so that a speck of noise does not decide; a cv2 scalar."""
        height, width = self._image.shape[:2]
        column, row = min(max(int(x), 0), width - 1), min(max(int(y), 0), height - 1)
        around = self._image[max(0, row - 1) : row + 2, max(0, column - 1) : column + 2]
        red, green, blue = around.reshape(-1, 3).mean(axis=0).tolist()
        return red, green, blue, 0.0


def _difference(image: Image, colour: tuple[float, float, float, float]) -> NDArray[np.uint8]:
    """How far each pixel is from a colour, in the channel that differs most."""
    red, green, blue = cv2.split(cv2.absdiff(image, colour))
    furthest: NDArray[np.uint8] = np.maximum(np.maximum(red, green), blue)
    return furthest


def _distance(box: Box, points: Points) -> NDArray[np.float32]:
    """How far the middles of a box's pixels are from a polyline, (box.height, box.width)."""
    way = np.asarray(points, np.float32)
    nearest: NDArray[np.float32] | None = None
    starts, ends = (way[:-1], way[1:]) if len(way) > 1 else (way, way)
    for start, end in zip(starts, ends, strict=True):
        x = np.arange(box.x0, box.x1, dtype=np.float32)[None, :] + np.float32(0.5) - start[0]
        y = np.arange(box.y0, box.y1, dtype=np.float32)[:, None] + np.float32(0.5) - start[1]
        dx, dy = end - start
        length = dx * dx + dy * dy
        # in place: a move of a large brush has ten such planes, and new memory costs more than the arithmetic
        away = x * (dx / length) + y * (dy / length) if length > 0 else np.zeros((box.height, box.width), np.float32)
        np.clip(away, 0, 1, out=away)
        across = away * dx
        np.square(np.subtract(x, across, out=across), out=across)
        away *= dy
        np.square(np.subtract(y, away, out=away), out=away)
        away += across
        np.sqrt(away, out=away)
        nearest = away if nearest is None else np.minimum(nearest, away)
    assert nearest is not None, "a stroke has a point"
    return nearest
