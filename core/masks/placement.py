"""Moving, scaling and turning a mask."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from core.boxes import bounding_box
from core.errors import MaskError
from core.masks.patch import Patch
from core.types import Box

_SMALLEST_SCALE = 0.01

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Placement:
    """Where a mask goes: scaled along its own axes and turned about `centre` (x, y), then moved.

    `angle` is in radians, clockwise on the screen. A negative scale mirrors.
    """

    centre: tuple[float, float]
    move: tuple[float, float] = (0.0, 0.0)
    scale: tuple[float, float] = (1.0, 1.0)
    angle: float = 0.0

    @property
    def matrix(self) -> Floats:
        """(2, 3): takes the column (x, y, 1) of a point to where it goes."""
        cosine, sine = math.cos(self.angle), math.sin(self.angle)
        linear = np.array([[cosine, -sine], [sine, cosine]]) @ np.diag([_no_less(scale) for scale in self.scale])
        centre = np.array(self.centre, np.float64)
        offset = centre + np.array(self.move) - linear @ centre
        return np.column_stack([linear, offset])

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a point goes."""
        to_x, to_y = (self.matrix @ np.array([x, y, 1.0])).tolist()
        return to_x, to_y

    @property
    def still(self) -> bool:
        """Whether everything stays where it is."""
        return self.move == (0.0, 0.0) and self.scale == (1.0, 1.0) and self.angle == 0.0


def apply_placement(patch: Patch, placement: Placement, size: tuple[int, int]) -> Patch:
    """A mask at its new position in a frame of `size` (width, height); what leaves the frame is cut off.

    Whole pixels are moved exactly; else the mask is taken at each pixel's centre between the four nearest of the
    source, and a pixel belongs to it from a half on. Raises MaskError if the placement is not made of numbers.
    """
    if patch.box.empty:
        return patch
    if not np.isfinite(placement.matrix).all():
        raise MaskError("The new position of the mask is not made of numbers.")
    box = _box_of(patch.box, placement).clipped(*size)
    if box.empty:
        return Patch.nothing()
    # OpenCV counts from the middle of a pixel, we from its corner; and both arrays begin at their boxes' corners
    from_source = np.eye(3)
    from_source[:2, 2] = patch.box.x0 + 0.5, patch.box.y0 + 0.5
    to_target = np.eye(3)
    to_target[:2, 2] = -box.x0 - 0.5, -box.y0 - 0.5
    matrix = (to_target @ np.vstack([placement.matrix, [0, 0, 1]]) @ from_source)[:2]
    soft = cv2.warpAffine(patch.mask.astype(np.float32), matrix, (box.width, box.height), flags=cv2.INTER_LINEAR)
    placed = soft >= 0.5
    tight = bounding_box(placed.view(np.uint8))
    inner = placed[tight.slices]
    return Patch(Box(box.x0 + tight.x0, box.y0 + tight.y0, box.x0 + tight.x1, box.y0 + tight.y1), inner)


def _box_of(box: Box, placement: Placement) -> Box:
    corners = np.array([[x, y, 1.0] for x in (box.x0, box.x1) for y in (box.y0, box.y1)])
    moved = np.clip(corners @ placement.matrix.T, -1e6, 1e6)
    low, high = np.floor(moved.min(axis=0)).astype(int) - 1, np.ceil(moved.max(axis=0)).astype(int) + 1
    return Box(int(low[0]), int(low[1]), int(high[0]), int(high[1]))


def _no_less(scale: float) -> float:
    """A scale of zero would leave an empty mask."""
    return math.copysign(max(abs(scale), _SMALLEST_SCALE), scale)
