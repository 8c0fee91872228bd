"""The objects with soft edges before a backdrop, in place of the picture and the hard masks."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from desktop.canvas.overlay import Overlay, fill_backdrop
from desktop.workers.matte import Matte


class MatteItem(QGraphicsItem):
    """Hidden while there is no matte, or the overlay does not use one."""

    def __init__(self) -> None:
        super().__init__()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self._width = self._height = 0
        self._overlay = Overlay.ON_BLACK
        self._matte: Matte | None = None
        self._picture = QImage()
        self.setVisible(False)

    @property
    def matte(self) -> Matte | None:
        """What is shown."""
        return self._matte

    def show_matte(self, matte: Matte, size: tuple[int, int], overlay: Overlay) -> None:
        """Shows a matte in a frame of `size` (width, height)."""
        if size != (self._width, self._height):
            self.prepareGeometryChange()
            self._width, self._height = size
        self._matte, self._overlay = matte, overlay
        self._picture = QImage()
        if not matte.box.empty:
            self._picture = _grey(matte.alpha) if overlay is Overlay.MATTE else _coloured(matte.colours)
        self.setVisible(True)
        self.update()

    def drop(self) -> None:
        """Hides the matte: the mask has changed."""
        self._matte = None
        self.setVisible(False)

    def boundingRect(self) -> QRectF:
        return QRectF(0, 0, self._width, self._height)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        if self._matte is None:
            return
        fill_backdrop(painter, self.boundingRect(), self._overlay)
        box = self._matte.box
        if not box.empty:
            painter.drawImage(QRectF(box.x0, box.y0, box.width, box.height), self._picture)


def _grey(alpha: NDArray[np.uint8]) -> QImage:
    alpha = np.ascontiguousarray(alpha)
    height, width = alpha.shape
    # a copy: the picture must not outlive the array
    return QImage(alpha.data, width, height, width, QImage.Format.Format_Grayscale8).copy()


def _coloured(colours: NDArray[np.uint8]) -> QImage:
    colours = np.ascontiguousarray(colours)
    height, width, _ = colours.shape
    return QImage(colours.data, width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied).copy()
