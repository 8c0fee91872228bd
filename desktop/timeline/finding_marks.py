"""What a check found, along an object's lane: a line over the frames concerned, and a peak where to look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from desktop.theme import theme
from desktop.timeline.scale import TimeScale

_LINE = 2.0
_PEAK = 4.0


@dataclass(frozen=True)
class FindingMark:
    """Frames `first` to `last` of an object, of which one is to be checked, and its text."""

    object_id: int
    frame_index: int
    first: int
    last: int
    text: str

    def concerns(self, frame: int) -> bool:
        return min(self.first, self.frame_index) <= frame <= max(self.last, self.frame_index)


def draw_marks(
    painter: QPainter, marks: Sequence[FindingMark], scale: TimeScale, left: float, bottom: float, part: QRectF
) -> None:
    """Draws an object's marks on the line `bottom` of its lane, as far as they are in `part` of the widget.

    `left` is where the scale begins. Marks that would cover each other's pixels are drawn once.
    """
    painter.setBrush(QColor(theme.WARNING))
    # a lane may have the same colour
    outline = QPen(QColor(theme.BACKGROUND), 1.0)
    drawn: set[int] = set()
    for mark in marks:
        start, stop = left + scale.x_of(mark.first), left + scale.x_of(mark.last + 1)
        peak = left + scale.x_of(mark.frame_index + 0.5)
        column = round(peak / 2)
        if column in drawn or max(stop, peak) + _PEAK < part.left() or min(start, peak) - _PEAK > part.right():
            continue
        drawn.add(column)
        start = max(start, left)
        if mark.last > mark.first and stop > start:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawRect(QRectF(start, bottom - _LINE, stop - start, _LINE))
        if peak >= left:
            painter.setPen(outline)
            painter.drawPolygon(
                QPolygonF(
                    [QPointF(peak - _PEAK, bottom), QPointF(peak, bottom - 1.6 * _PEAK), QPointF(peak + _PEAK, bottom)]
                )
            )
