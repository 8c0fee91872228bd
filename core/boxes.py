"""Bounding boxes of masks and planes: most of a frame is background, and is left out of computations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from core.types import Box, Floats

EMPTY_BOX = Box(0, 0, 0, 0)

Plane = NDArray[np.float32] | NDArray[np.uint8] | NDArray[np.bool_]
"""Values of each pixel, (H, W)."""


def bounding_box(plane: Plane, above: float = 0.0) -> Box:
    """The smallest box around the values of a plane (H, W) that are greater than `above`; empty if none is.

    Any plane goes: a bool mask, a label map, probabilities.
    """
    if not plane.size:
        # OpenCV crashes on pictures without a pixel
        return EMPTY_BOX
    if plane.dtype == np.uint8 and above == 0:
        mask = np.ascontiguousarray(plane)
    elif plane.dtype == np.bool_:
        mask = np.ascontiguousarray(plane).view(np.uint8)
    else:
        mask = (plane > above).view(np.uint8)
    x, y, width, height = cv2.boundingRect(mask)
    return Box(x, y, x + width, y + height)


def copy_channels(channels: Iterable[Floats], into: Floats, rows: Sequence[int]) -> None:
    """Copies planes (h, w), none negative, to the given rows of `into` (K, h, w), which are zero: no more than the box
    around what each has. Memory of zeros that nobody writes to costs nothing.
    """
    for plane, row in zip(channels, rows, strict=True):
        box = bounding_box(plane)
        into[row][box.slices] = plane[box.slices]
