"""Where there is something at all: most of a frame is background, and need not be computed with."""

from __future__ import annotations

from collections.abc import Iterable

import cv2
import numpy as np

from core.types import Box
from core.vos.target import Floats

NOWHERE = Box(0, 0, 0, 0)

FAINT = 0.01
"""Probabilities up to this play no part in any label: the network says as much of places where there is nothing."""


def extent(plane: Floats, above: float = 0.0) -> Box:
    """The smallest box around the values of a plane (h, w) that are greater than `above`; empty if none is."""
    if not plane.size:
        # OpenCV crashes on pictures without a pixel
        return NOWHERE
    x, y, width, height = cv2.boundingRect((plane > above).view(np.uint8))
    return Box(x, y, x + width, y + height)


def joint_extent(planes: Iterable[Floats], above: float = 0.0) -> Box:
    """`extent` of several planes of one size together."""
    box = NOWHERE
    for plane in planes:
        box = box.union(extent(plane, above))
    return box


def grown(box: Box, across: int, down: int) -> Box:
    """The box with so many pixels more on both sides, and above and below."""
    return Box(box.x0 - across, box.y0 - down, box.x1 + across, box.y1 + down)
