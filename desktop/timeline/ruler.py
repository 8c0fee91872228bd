"""The ruler: frame numbers, time code, the range and the head of the playhead."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFont,
    QFontMetrics,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop.playback.timecode import timecode
from desktop.theme import theme
from desktop.timeline.scale import TimeScale
from desktop.timeline.time_strip import GUTTER, RIGHT_MARGIN, TimeStrip

if TYPE_CHECKING:
    from core.project import Marker

_HEIGHT = 45
_FLAGS_HEIGHT = 15
"""The upper part, for flags: always there, so that the first marker moves nothing that a person aims at."""
_LABEL_ROOM = 92
_SMALL = 0.83
"""Size of the labels, as a share of that of other texts."""
_LABEL_REACH = 120
"""How far a tick with its label reaches to the right, in pixels."""


class Ruler(TimeStrip):
    """Ticks at round frame numbers with their time code, and the markers' flags; a drag scrubs."""

    rename_requested = Signal(int)
    """The marker of a frame is to get another name."""
    menu_requested = Signal(QPoint)
    """The menu of what can be done at the current frame, at a point of the screen."""

    def __init__(self, scale: TimeScale, parent: QWidget | None = None) -> None:
        super().__init__(scale, parent)
        self._rate: Fraction | None = None
        self._number_of: Callable[[int], int] = int
        self._range: tuple[int, int] | None = None
        self._markers: tuple[Marker, ...] = ()
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Ruler"))

    def set_clip(self, rate: Fraction | None, number_of: Callable[[int], int] = int) -> None:
        """`number_of` gives the number that a person knows a frame by, such as a plate's 1001."""
        self._rate, self._number_of = rate, number_of
        self.update()

    def set_range(self, first_last: tuple[int, int] | None) -> None:
        """The in and out point, both inside the range; None while it is the whole clip."""
        self._range = first_last
        self.update()

    def set_markers(self, markers: Sequence[Marker]) -> None:
        """The markers, in the order of their frames."""
        self._markers = tuple(markers)
        self.update()

    def marker_at(self, point: QPoint) -> Marker | None:
        """The marker whose flag is at a point of the widget."""
        if point.y() >= _FLAGS_HEIGHT:
            return None
        return next((marker for area, marker in reversed(self._flags()) if area.contains(point)), None)

    def sizeHint(self) -> QSize:
        return QSize(600, self.height())

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            marker = self.marker_at(event.pos())
            text = f"{marker.name}\n{self._frame_text(marker.frame_index)}".strip() if marker else ""
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        marker = self.marker_at(event.position().toPoint())
        if marker is not None and event.button() == Qt.MouseButton.LeftButton:
            # exactly there, wherever on the flag
            self.seek_requested.emit(marker.frame_index)
        else:
            super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        marker = self.marker_at(event.position().toPoint())
        if marker is not None:
            self.rename_requested.emit(marker.frame_index)
        else:
            super().mouseDoubleClickEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.scale.frame_count and event.pos().x() >= GUTTER:
            marker = self.marker_at(event.pos())
            frame = marker.frame_index if marker else self.scale.frame_at(event.pos().x() - GUTTER)
            self.seek_requested.emit(frame)
            self.menu_requested.emit(event.globalPos())

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
        self._draw_ticks(painter, event.rect())
        self._draw_flags(painter)
        self.draw_playhead(painter, self.height() - 10, self.height())
        x = self.middle_of(self._frame)
        if GUTTER <= x <= self.width():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.ACCENT))
            top = self.height() - 13
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
            painter.fillRect(int(left), 0, int(right - left), self.height(), accent)
            for x in (left, right - 2):
                painter.fillRect(int(x), 0, 2, self.height(), QColor(theme.ACCENT))

    def _draw_ticks(self, painter: QPainter, part: QRect) -> None:
        """Those that reach into a part of the widget: a playhead that moves repaints a sliver."""
        step = tick_step(self.scale.frames_per_pixel, self._rate)
        small = max(1, step // 5)
        painter.setFont(self._small_font())
        bottom = self.height()
        first = self.scale.frame_at(max(0, part.left() - GUTTER - _LABEL_REACH))
        last = self.scale.frame_at(min(self.scale.width, part.right() - GUTTER + 1))
        for frame in range(first // small * small, last + 1, small):
            x = int(self.middle_of(frame))
            if x < GUTTER:
                continue
            is_big = frame % step == 0
            painter.setPen(QColor(theme.TEXT_DIM if is_big else theme.LINE))
            painter.drawLine(x, bottom - (9 if is_big else 5), x, bottom - 1)
            if is_big and x + 24 < self.width():
                painter.drawText(x + 4, bottom - 21, self._frame_text(frame))
                painter.drawLine(x, bottom - 30, x, bottom - 1)

    def _draw_flags(self, painter: QPainter) -> None:
        painter.setFont(self._small_font())
        for area, marker in self._flags():
            painter.setPen(QPen(QColor(theme.WARNING), 1))
            painter.drawLine(area.left(), 0, area.left(), self.height())
            painter.fillRect(area.adjusted(0, 1, 0, -1), QColor(theme.WARNING))
            painter.setPen(QColor(theme.BACKGROUND))
            painter.drawText(area.adjusted(4, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self._elided(marker.name))

    def _flags(self) -> list[tuple[QRect, Marker]]:
        """The visible flags, left to right. One that would cover the next is cut short."""
        metrics = QFontMetrics(self._small_font())
        found: list[tuple[QRect, Marker]] = []
        for marker in self._markers:
            x = int(self.middle_of(marker.frame_index))
            if not GUTTER <= x <= self.width() - RIGHT_MARGIN:
                continue
            if found and found[-1][0].right() >= x - 1:
                found[-1][0].setRight(max(found[-1][0].left() + 2, x - 2))
            width = metrics.horizontalAdvance(self._elided(marker.name)) + 8 if marker.name else 8
            found.append((QRect(x, 0, width, _FLAGS_HEIGHT), marker))
        return found

    def _elided(self, name: str) -> str:
        return QFontMetrics(self._small_font()).elidedText(name, Qt.TextElideMode.ElideRight, _LABEL_ROOM)

    def _frame_text(self, frame: int) -> str:
        number = self._number_of(frame)
        return f"{number}  {timecode(frame, self._rate)[3:]}" if self._rate else str(number)

    def _small_font(self) -> QFont:
        font = self.font()
        font.setPointSizeF(_SMALL * font.pointSizeF())
        return font


@lru_cache(maxsize=64)
def tick_step(frames_per_pixel: float, rate: Fraction | None) -> int:
    """Frames between two labels: round numbers, or whole seconds once those fit."""
    wanted = frames_per_pixel * _LABEL_ROOM
    if rate and wanted > rate / 2:
        second = max(1, round(rate))
        steps = [second * seconds for seconds in (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600, 7200)]
    else:
        steps = [mantissa * 10**power for power in range(7) for mantissa in (1, 2, 5)]
    return next((step for step in steps if step >= wanted), steps[-1])
