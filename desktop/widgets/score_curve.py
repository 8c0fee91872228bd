"""Scores of each object over the frames, as curves that a click goes to."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.theme import theme

_HEIGHT = 64
_LEAST_HEIGHT = 40
_MARGIN = 6
_SCALED_HEIGHT, _SCALE_WIDTH, _SCALE_HEIGHT = 140, 30, 18
"""From this height on there is room for a scale: its width at the left, and its height below."""

Colour = tuple[int, int, int]
GREY: Colour = (128, 128, 128)
"""Of an object without a colour."""
Scores = Mapping[int, Mapping[int, float]]
"""Scores in [0, 1] by object id and frame index."""


class ScoreCurve(QWidget):
    """A curve from 0 at the bottom to 1 at the top, the first frame at the left; the current frame is a line."""

    frame_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scores: Scores = {}
        self._colours: Mapping[int, Colour] = {}
        self._frame_count = 0
        self._current = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.setMinimumHeight(_LEAST_HEIGHT)
        self.setAccessibleName(self.tr("J&F by frame"))
        self.setToolTip(self.tr("J&F of each object by frame; click to go there"))

    def show_scores(self, scores: Scores, colours: Mapping[int, Colour], frame_count: int) -> None:
        """Draws these; objects without a colour are grey."""
        self._scores, self._colours, self._frame_count = scores, colours, frame_count
        self.update()

    def set_current(self, frame_index: int) -> None:
        """Moves the line."""
        self._current = frame_index
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, _HEIGHT)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._choose(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._choose(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for value in (0.0, 0.5, 1.0):
            painter.setPen(QPen(QColor(theme.LINE), 1))
            painter.drawLine(QPointF(self._left, self._y(value)), QPointF(self.width() - _MARGIN, self._y(value)))
        if self._is_scaled:
            self._paint_scale(painter)
        if self._frame_count:
            painter.setPen(QPen(QColor(theme.ACCENT), 1))
            x = self._x(self._current)
            painter.drawLine(QPointF(x, self._y(1)), QPointF(x, self._y(0)))
        for object_id, lane in self._scores.items():
            pen = QPen(QColor(*self._colours.get(object_id, GREY)), 1.6)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            for run in _runs(lane):
                points = [QPointF(self._x(frame), self._y(lane[frame])) for frame in run]
                if len(points) == 1:
                    painter.drawPoint(points[0])
                else:
                    painter.drawPolyline(QPolygonF(points))

    @property
    def _is_scaled(self) -> bool:
        return self.height() >= _SCALED_HEIGHT

    @property
    def _left(self) -> int:
        return _MARGIN + (_SCALE_WIDTH if self._is_scaled else 0)

    def _paint_scale(self, painter: QPainter) -> None:
        """Scores at the left, frames below."""
        painter.setPen(QColor(theme.TEXT_DIM))
        for value in (0.0, 0.5, 1.0):
            painter.drawText(
                QRectF(0, self._y(value) - 10, self._left - 6, 20),
                Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
                f"{value:g}",
            )
        last = self._frame_count - 1
        for frame in sorted({0, last // 2, last}):
            if frame >= 0:
                painter.drawText(
                    QRectF(min(self._x(frame) - 40, self.width() - 80), self._y(0) + 2, 80, _SCALE_HEIGHT),
                    Qt.AlignmentFlag.AlignRight if frame == last > 0 else Qt.AlignmentFlag.AlignHCenter,
                    str(frame),
                )

    def _x(self, frame_index: int) -> float:
        return self._left + (self.width() - self._left - _MARGIN) * frame_index / max(1, self._frame_count - 1)

    def _y(self, value: float) -> float:
        below = _SCALE_HEIGHT if self._is_scaled else 0
        return _MARGIN + (self.height() - 2 * _MARGIN - below) * (1 - value)

    def _choose(self, event: QMouseEvent) -> None:
        share = (event.position().x() - self._left) / max(1, self.width() - self._left - _MARGIN)
        frame = round(share * (self._frame_count - 1))
        self.frame_chosen.emit(min(max(frame, 0), max(0, self._frame_count - 1)))


def _runs(lane: Mapping[int, float]) -> list[list[int]]:
    """The frames with a score, in runs of which each frame is as near to the last as most are."""
    frames = sorted(lane)
    steps = sorted(later - earlier for earlier, later in pairwise(frames))
    usual = steps[len(steps) // 2] if steps else 1
    runs: list[list[int]] = []
    for frame in frames:
        if runs and frame - runs[-1][-1] <= usual:
            runs[-1].append(frame)
        else:
            runs.append([frame])
    return runs
