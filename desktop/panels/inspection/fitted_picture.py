"""A picture that is always whole: it is fitted to the room that there is, also when that changes."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from core.types import Image

_LEAST = 60


class FittedPicture(QLabel):
    """Takes what room it is given; the picture keeps its proportions."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole: QImage | None = None
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.setMinimumHeight(_LEAST)

    def show_picture(self, picture: Image) -> None:
        """Shows a picture, (H, W, 3) uint8 RGB."""
        rows = np.ascontiguousarray(picture)
        height, width = rows.shape[:2]
        # a copy: the array may go
        self._whole = QImage(rows.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()
        self._fit()

    def clear(self) -> None:
        """Shows nothing."""
        self._whole = None
        super().clear()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self._whole is not None:
            room = self.size().expandedTo(QSize(40, 40))
            ways = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            self.setPixmap(QPixmap.fromImage(self._whole.scaled(room, *ways)))
