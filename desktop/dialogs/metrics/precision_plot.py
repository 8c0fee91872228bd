"""Precision over recall, as a curve."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.theme import theme

_MARGIN = 34


class PrecisionPlot(QWidget):
    """Recall to the right, precision upwards, both from 0 to 1."""

    def __init__(self, precisions: Sequence[float | None], parent: QWidget | None = None) -> None:
        """`precisions` are those at recalls of 0 to 1 in even steps, None where there is none."""
        super().__init__(parent)
        self._precisions = precisions
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Precision over recall"))

    def sizeHint(self) -> QSize:
        return QSize(420, 300)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for value in (0.0, 0.5, 1.0):
            painter.setPen(QPen(QColor(theme.LINE), 1))
            painter.drawLine(self._at(0, value), self._at(1, value))
            painter.drawLine(self._at(value, 0), self._at(value, 1))
            painter.setPen(QColor(theme.TEXT))
            painter.drawText(self._at(0, value) + QPointF(-26, 4), f"{value:g}")
            painter.drawText(self._at(value, 0) + QPointF(-6, 18), f"{value:g}")
        steps = max(1, len(self._precisions) - 1)
        points = [self._at(index / steps, value) for index, value in enumerate(self._precisions) if value is not None]
        painter.setPen(QPen(QColor(theme.ACCENT), 2))
        painter.drawPolyline(QPolygonF(points))

    def _at(self, recall: float, precision: float) -> QPointF:
        width, height = self.width() - 2 * _MARGIN, self.height() - 2 * _MARGIN
        return QPointF(_MARGIN + width * recall, _MARGIN + height * (1 - precision))
