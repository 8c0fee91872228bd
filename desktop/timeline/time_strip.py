"""What everything along the time axis has in common."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPen, QWheelEvent
from PySide6.QtWidgets import QWidget

from desktop.theme import theme
from desktop.timeline.scale import TimeScale

GUTTER = 136
"""Width of the objects' names, left of the lanes; ruler and pictures keep it free."""
RIGHT_MARGIN = 10


class TimeStrip(QWidget):
    """What ruler, pictures and lanes have in common: the playhead, seeking by mouse, zoom and pan by wheel."""

    seek_requested = Signal(int)
    scrubbing = Signal(bool)

    def __init__(self, scale: TimeScale, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scale = scale
        self._frame = 0
        self._pressed = False
        # each paints all of itself: what lies behind is not painted first, for a sliver on every frame that is played
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        scale.changed.connect(self.update)

    def set_frame(self, frame: int) -> None:
        if frame != self._frame:
            old, self._frame = self._frame, frame
            for index in (old, frame):
                self.update(self._playhead_area(index))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.scale.frame_count and event.position().x() >= GUTTER:
            self._pressed = True
            self.scrubbing.emit(True)
            self._seek(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed:
            self._seek(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pressed and event.button() == Qt.MouseButton.LeftButton:
            self._pressed = False
            self._seek(event)
            self.scrubbing.emit(False)

    def wheelEvent(self, event: QWheelEvent) -> None:
        delta = event.angleDelta()
        sideways = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier) or not delta.y()
        if sideways:
            self.scale.pan(-(delta.y() or delta.x()) / 2)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.scale.zoom(1.25 ** (delta.y() / 120), event.position().x() - GUTTER)
        else:
            event.ignore()
            return
        event.accept()

    def middle_of(self, frame: int) -> float:
        """The x of a frame's middle in this widget."""
        return GUTTER + self.scale.x_of(frame + 0.5)

    def draw_playhead(self, painter: QPainter, top: int, bottom: int) -> None:
        x = self.middle_of(self._frame)
        if self.scale.frame_count and GUTTER <= x <= self.width():
            painter.setPen(QPen(QColor(theme.ACCENT), 1.4))
            painter.drawLine(QPointF(x, top), QPointF(x, bottom))

    def _seek(self, event: QMouseEvent) -> None:
        self.seek_requested.emit(self.scale.frame_at(event.position().x() - GUTTER))

    def _playhead_area(self, frame: int) -> QRect:
        return QRect(int(self.middle_of(frame)) - 8, 0, 17, self.height())
