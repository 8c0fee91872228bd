"""Frames as pictures that the screen takes."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QImage

from core.types import Image


def to_picture(image: Image) -> QImage:
    """A frame (H, W, 3) uint8 RGB in the format that the screen takes without another conversion.

    Other threads go on meanwhile: a conversion by Qt holds the interpreter's lock, for tens of milliseconds where the
    system has to find memory for the picture first.
    """
    # OpenCV, which the window starts without
    import cv2

    height, width, _ = image.shape
    picture = QImage(width, height, QImage.Format.Format_RGB32)
    pixels = np.frombuffer(picture.bits(), np.uint8).reshape(height, width, 4)
    cv2.cvtColor(np.ascontiguousarray(image), cv2.COLOR_RGB2BGRA, dst=pixels)
    return picture
