"""Points in the plane to brush over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.theme import theme

if TYPE_CHECKING:
    from core.explain.projections import Scatter

_MARGIN, _RADIUS, _SLIP = 10, 4.0, 4.0
Colour = tuple[int, int, int]


class ScatterView(QWidget):
    """A drag over points brushes them, a click the nearest one; what is of the current frame has a ring."""

    brushed = Signal(object)
    """The numbers of the points, a list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scatter: Scatter | None = None
        self.chosen: list[int] = []
        self._colours: Mapping[int, Colour] = {}
        self._frame = -1
        self._start: QPointF | None = None
        self._box = QRectF()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Embedding of objects"))
        self.setToolTip(self.tr("Drag over points: objects go to their frame, cells are outlined on the picture"))

    def sizeHint(self) -> QSize:
        return QSize(280, 220)

    def show_scatter(self, scatter: Scatter | None, colours: Mapping[int, Colour]) -> None:
        """Draws these, in the objects' colours; others are grey."""
        self.scatter, self._colours, self.chosen = scatter, colours, []
        self.update()

    def set_current(self, frame_index: int) -> None:
        """Marks the points of a frame."""
        self._frame = frame_index
        self.update()

    def choose(self, numbers: list[int]) -> None:
        """Brushes points."""
        self.chosen = numbers
        self.update()
        self.brushed.emit(numbers)

    def position_of(self, number: int) -> QPointF:
        """Where a point is drawn."""
        assert self.scatter is not None
        x, y = (float(value) for value in self.scatter.points[number])
        width, height = self.width() - 2 * _MARGIN, self.height() - 2 * _MARGIN
        return QPointF(_MARGIN + width * x, _MARGIN + height * (1 - y))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._start = event.position()
        self._box = QRectF(self._start, self._start)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._start is not None:
            self._box = QRectF(self._start, event.position()).normalized()
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        start, self._start = self._start, None
        box, self._box = self._box, QRectF()
        if start is None or self.scatter is None:
            return
        count = len(self.scatter.points)
        if max(box.width(), box.height()) > _SLIP:
            self.choose([number for number in range(count) if box.contains(self.position_of(number))])
        elif count:
            far = [(self.position_of(number) - start).manhattanLength() for number in range(count)]
            self.choose([far.index(min(far))])

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.LINE), 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        if self.scatter is None:
            return
        of_frames = len(set(self.scatter.frames)) > 1
        for number, (frame, object_id) in enumerate(zip(self.scatter.frames, self.scatter.object_ids, strict=True)):
            chosen = number in self.chosen
            colour = QColor(*self._colours.get(object_id, (128, 128, 128)))
            colour.setAlphaF(1.0 if chosen or not self.chosen else 0.3)
            painter.setBrush(colour)
            current = of_frames and frame == self._frame
            painter.setPen(QPen(QColor(theme.TEXT), 2) if current or chosen else QPen(colour, 0))
            radius = _RADIUS + 2 if current else _RADIUS
            painter.drawEllipse(self.position_of(number), radius, radius)
        painter.setBrush(QColor(0, 0, 0, 0))
        painter.setPen(QPen(QColor(theme.ACCENT), 1))
        painter.drawRect(self._box)
