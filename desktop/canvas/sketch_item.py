"""The lines and handles of a tool at work."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from desktop.tools.base import Mark, Sketch

_HANDLE = 7.0
_DARK, _LIGHT = QColor(0, 0, 0, 190), QColor(255, 255, 255, 240)
_INSIDE, _BESIDE = QColor(63, 155, 255, 150), QColor(232, 116, 42, 150)
"""Blue and orange: distinguished by everybody."""


class SketchItem(QGraphicsItem):
    """Dashes of light on dark, so that one of them is seen on any picture; as thin and small at any zoom."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[QPolygonF] = []
        self._handles: list[QPointF] = []
        self._dots: list[QPointF] = []
        self._marks: tuple[Mark, ...] = ()
        self._extent = QRectF()
        self._scale = 1.0
        self.setZValue(9)

    def show_sketch(self, sketch: Sketch) -> None:
        self.prepareGeometryChange()
        self._lines = [QPolygonF([QPointF(*point) for point in line]) for line in sketch.lines]
        self._handles = [QPointF(*point) for point in sketch.handles]
        self._dots = [QPointF(*point) for point in sketch.dots]
        self._marks = sketch.marks
        # not united(): Qt takes a line without height for nothing
        every = [point for line in sketch.lines for point in line] + list(sketch.handles + sketch.dots)
        every += [
            (x + side, y + side) for mark in self._marks for x, y in mark.points for side in (-mark.radius, mark.radius)
        ]
        self._extent = QPolygonF([QPointF(*point) for point in every]).boundingRect()
        self.update()

    def set_scale(self, scale: float) -> None:
        """Takes the view's zoom: handles and lines keep their size on the screen."""
        self.prepareGeometryChange()
        self._scale = scale

    def boundingRect(self) -> QRectF:
        if not (self._lines or self._handles or self._marks):
            return QRectF()
        margin = (_HANDLE / 2 + 3) / self._scale
        return self._extent.adjusted(-margin, -margin, margin, margin)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for mark in self._marks:
            colour = _INSIDE if mark.inside else _BESIDE
            width = 2 * mark.radius
            painter.setPen(
                QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
            )
            # a line of one point is drawn as a dot by its round ends, but only if it has two
            points = [QPointF(*point) for point in mark.points]
            painter.drawPolyline(QPolygonF(points if len(points) > 1 else points * 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        # the dark line is seen on both sides of the light dashes, also where the picture is as bright as they are
        for colour, width, style in ((_DARK, 3.4, Qt.PenStyle.SolidLine), (_LIGHT, 1.4, Qt.PenStyle.DashLine)):
            pen = QPen(colour, width, style)
            pen.setCosmetic(True)
            painter.setPen(pen)
            for line in self._lines:
                painter.drawPolyline(line)
        pen = QPen(_DARK, 1.2)
        pen.setCosmetic(True)
        painter.setPen(pen)
        painter.setBrush(_LIGHT)
        half = _HANDLE / 2 / self._scale
        for handle in self._handles:
            painter.drawRect(QRectF(handle.x() - half, handle.y() - half, 2 * half, 2 * half))
        for dot in self._dots:
            painter.drawEllipse(dot, half, half)
