"""J&F of each object over the frames, as curves that a click goes to."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.theme import theme

_HEIGHT = 64
_LEAST_HEIGHT = 40
_MARGIN = 6

Colour = tuple[int, int, int]
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
        painter.setPen(QPen(QColor(theme.LINE), 1))
        for value in (0.0, 0.5, 1.0):
            painter.drawLine(QPointF(_MARGIN, self._y(value)), QPointF(self.width() - _MARGIN, self._y(value)))
        if self._frame_count:
            painter.setPen(QPen(QColor(theme.ACCENT), 1))
            x = self._x(self._current)
            painter.drawLine(QPointF(x, _MARGIN), QPointF(x, self.height() - _MARGIN))
        for object_id, lane in self._scores.items():
            pen = QPen(QColor(*self._colours.get(object_id, (128, 128, 128))), 1.6)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            for run in _runs(lane):
                points = [QPointF(self._x(frame), self._y(lane[frame])) for frame in run]
                if len(points) == 1:
                    painter.drawPoint(points[0])
                else:
                    painter.drawPolyline(QPolygonF(points))

    def _x(self, frame_index: int) -> float:
        return _MARGIN + (self.width() - 2 * _MARGIN) * frame_index / max(1, self._frame_count - 1)

    def _y(self, value: float) -> float:
        return _MARGIN + (self.height() - 2 * _MARGIN) * (1 - value)

    def _choose(self, event: QMouseEvent) -> None:
        share = (event.position().x() - _MARGIN) / max(1, self.width() - 2 * _MARGIN)
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
