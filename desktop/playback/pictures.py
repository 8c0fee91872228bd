"""Frames as pictures that the screen takes."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QImage

from core.types import Image


def to_picture(image: Image) -> QImage:
    """A frame (H, W, 3) uint8 RGB in the format that the screen takes without another conversion."""
    image = np.ascontiguousarray(image)
    height, width, _ = image.shape
    picture = QImage(image.data, width, height, image.strides[0], QImage.Format.Format_RGB888)
    return picture.convertToFormat(QImage.Format.Format_RGB32)
