"""The circles that show the size of the brush, and of its hard core."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget


class BrushRing(QGraphicsItem):
    """Thin circles, each dark and light, so that one of them is seen on any picture."""

    def __init__(self) -> None:
        super().__init__()
        self._radius = self._core = 1.0
        self._margin = 2.0
        self.setZValue(10)
        self.setVisible(False)

    def set_radius(self, radius: float, core: float) -> None:
        """`core` is the part of the radius that paints whatever is there; none is shown where that is all of it."""
        self.prepareGeometryChange()
        self._radius, self._core = radius, core

    def set_scale(self, scale: float) -> None:
        """Takes the view's zoom: the lines are as thin at any zoom, so the margin around them is not."""
        self.prepareGeometryChange()
        self._margin = 3.0 / scale

    def boundingRect(self) -> QRectF:
        reach = self._radius + self._margin
        return QRectF(-reach, -reach, 2 * reach, 2 * reach)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width in ((QColor(0, 0, 0, 170), 2.6), (QColor(255, 255, 255, 230), 1.2)):
            pen = QPen(colour, width)
            pen.setCosmetic(True)
            painter.setPen(pen)
            painter.drawEllipse(QPointF(0, 0), self._radius, self._radius)
            if 0 < self._core < self._radius:
                pen.setStyle(Qt.PenStyle.DotLine)
                painter.setPen(pen)
                painter.drawEllipse(QPointF(0, 0), self._core, self._core)
