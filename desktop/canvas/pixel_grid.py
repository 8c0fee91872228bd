"""Lines between the pixels of the picture, when they are large enough to have room for them."""

from __future__ import annotations

import math

from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

FROM_ZOOM = 10.0
_LINES = QColor(128, 128, 128, 110)


class PixelGrid(QGraphicsItem):
    """Grey, half transparent, one pixel of the screen wide; nothing below a zoom of ten."""

    def __init__(self) -> None:
        super().__init__()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self.setZValue(5)
        self._width = self._height = 0
        self._wanted, self._zoom = True, 1.0
        self._show()

    def set_size(self, width: int, height: int) -> None:
        """Takes the picture's size."""
        self.prepareGeometryChange()
        self._width, self._height = width, height

    def set_wanted(self, wanted: bool) -> None:
        """Whether there is to be a grid at all."""
        self._wanted = wanted
        self._show()

    def set_scale(self, scale: float) -> None:
        """Takes the view's zoom."""
        self._zoom = scale
        self._show()

    def boundingRect(self) -> QRectF:
        return QRectF(0, 0, self._width, self._height)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        exposed = option.exposedRect.intersected(self.boundingRect())
        pen = QPen(_LINES, 1)
        pen.setCosmetic(True)
        painter.setPen(pen)
        columns = range(math.ceil(exposed.left()), math.floor(exposed.right()) + 1)
        rows = range(math.ceil(exposed.top()), math.floor(exposed.bottom()) + 1)
        painter.drawLines(
            [QLineF(x, exposed.top(), x, exposed.bottom()) for x in columns]
            + [QLineF(exposed.left(), y, exposed.right(), y) for y in rows]
        )

    def _show(self) -> None:
        self.setVisible(self._wanted and self._zoom >= FROM_ZOOM)
