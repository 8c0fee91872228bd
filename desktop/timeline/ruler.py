"""The ruler: frame numbers, time code, the range and the head of the playhead."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.timeline.scale import TimeScale
from desktop.timeline.timecode import timecode

GUTTER = 136
"""Width of the objects' names, left of the lanes; the ruler keeps it free."""
RIGHT_MARGIN = 10
_HEIGHT = 34
_LABEL_ROOM = 92


class TimeStrip(QWidget):
    """What ruler and lanes have in common: the playhead, seeking by mouse, zoom and pan by wheel."""

    seek_requested = Signal(int)
    scrubbing = Signal(bool)

    def __init__(self, scale: TimeScale, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scale = scale
        self._frame = 0
        self._pressed = False
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


class Ruler(TimeStrip):
    """Ticks at round frame numbers with their time code; a drag scrubs."""

    def __init__(self, scale: TimeScale, parent: QWidget | None = None) -> None:
        super().__init__(scale, parent)
        self._rate: Fraction | None = None
        self._range: tuple[int, int] | None = None
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Ruler"))

    def set_clip(self, rate: Fraction | None) -> None:
        self._rate = rate
        self.update()

    def set_range(self, first_last: tuple[int, int] | None) -> None:
        """The in and out point, both inside the range; None while it is the whole clip."""
        self._range = first_last
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(600, _HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scale.set_width(self.width() - GUTTER - RIGHT_MARGIN)

    def wheelEvent(self, event: QWheelEvent) -> None:
        # nothing scrolls up and down here, so the plain wheel zooms too
        if event.angleDelta().y() and not event.modifiers():
            self.scale.zoom(1.25 ** (event.angleDelta().y() / 120), event.position().x() - GUTTER)
            event.accept()
        else:
            super().wheelEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(theme.SURFACE))
        if not self.scale.frame_count:
            return
        self._draw_range(painter)
        self._draw_ticks(painter)
        self.draw_playhead(painter, _HEIGHT - 10, _HEIGHT)
        x = self.middle_of(self._frame)
        if GUTTER <= x <= self.width():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.ACCENT))
            top = _HEIGHT - 13
            painter.drawPolygon(
                QPolygonF(
                    [QPointF(x - 5, top), QPointF(x + 5, top), QPointF(x + 5, top + 6), QPointF(x, top + 12),
                     QPointF(x - 5, top + 6)]
                )
            )  # fmt: skip

    def _draw_range(self, painter: QPainter) -> None:
        if self._range is None:
            return
        first, last = self._range
        left, right = GUTTER + self.scale.x_of(first), GUTTER + self.scale.x_of(last + 1)
        left, right = max(left, float(GUTTER)), min(right, float(self.width() - RIGHT_MARGIN))
        if right > left:
            accent = QColor(theme.ACCENT)
            accent.setAlpha(60)
            painter.fillRect(int(left), 0, int(right - left), _HEIGHT, accent)
            for x in (left, right - 2):
                painter.fillRect(int(x), 0, 2, _HEIGHT, QColor(theme.ACCENT))

    def _draw_ticks(self, painter: QPainter) -> None:
        step = tick_step(self.scale.frames_per_pixel, self._rate)
        small = max(1, step // 5)
        font = painter.font()
        font.setPointSizeF(7.5)
        painter.setFont(font)
        shown_last = self.scale.frame_at(self.scale.width)
        first = int(self.scale.first) // small * small
        for frame in range(first, shown_last + 1, small):
            x = int(self.middle_of(frame))
            if x < GUTTER:
                continue
            is_big = frame % step == 0
            painter.setPen(QColor(theme.TEXT_DIM if is_big else theme.LINE))
            painter.drawLine(x, _HEIGHT - (9 if is_big else 5), x, _HEIGHT - 1)
            if is_big and x + 24 < self.width():
                text = str(frame)
                if self._rate:
                    text = f"{frame}  {timecode(frame, self._rate)[3:]}"
                painter.drawText(x + 4, 13, text)
                painter.drawLine(x, 4, x, _HEIGHT - 1)


def tick_step(frames_per_pixel: float, rate: Fraction | None) -> int:
    """Frames between two labels: round numbers, or whole seconds once those fit."""
    wanted = frames_per_pixel * _LABEL_ROOM
    if rate and wanted > rate / 2:
        second = max(1, round(rate))
        steps = [second * seconds for seconds in (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600, 7200)]
    else:
        steps = [mantissa * 10**power for power in range(7) for mantissa in (1, 2, 5)]
    return next((step for step in steps if step >= wanted), steps[-1])
