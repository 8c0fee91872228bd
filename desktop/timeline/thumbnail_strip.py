"""A strip of the clip's pictures, so that a frame is found by what is seen on it."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.theme import theme
from desktop.timeline.scale import TimeScale
from desktop.timeline.time_strip import GUTTER, RIGHT_MARGIN, TimeStrip
from desktop.workers.thumbnails import ThumbnailRequest

HEIGHT = 42
_GAP = 1
_PAUSE_MS = 120
"""Thumbnails are requested once zooming and scrolling have come to rest."""


@dataclass(frozen=True)
class Cell:
    """The frames that one picture stands for."""

    first: int
    last: int
    left: float
    """Left edge in pixels of the strip's time part."""
    width: float

    @property
    def request(self) -> ThumbnailRequest:
        return ThumbnailRequest(self.first, last=self.last)


def cells(scale: TimeScale, picture_width: float) -> list[Cell]:
    """The visible cells: as wide as a picture or up to half of that, and at frames that scrolling does not change.

    There are no more of them than fit into the strip, however long the clip is.
    """
    if not scale.frame_count:
        return []
    frames = max(1, 2 ** math.floor(math.log2(max(1.0, picture_width * scale.frames_per_pixel))))
    first = int(scale.first) // frames * frames
    last = min(scale.frame_count - 1, int(scale.first + scale.width * scale.frames_per_pixel))
    return [
        Cell(frame, min(frame + frames, scale.frame_count) - 1, scale.x_of(frame), frames / scale.frames_per_pixel)
        for frame in range(first, last + 1, frames)
    ]


class ThumbnailStrip(TimeStrip):
    """Draws what is made; asks for what is missing."""

    wanted = Signal(object)
    """A list of ThumbnailRequest, left to right."""

    def __init__(
        self, scale: TimeScale, get: Callable[[ThumbnailRequest], QPixmap | None], parent: QWidget | None = None
    ) -> None:
        super().__init__(scale, parent)
        self._get = get
        self._aspect = 16 / 9
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Pictures of the clip"))
        self._ask = QTimer(self)
        self._ask.setSingleShot(True)
        self._ask.setInterval(_PAUSE_MS)
        self._ask.timeout.connect(lambda: self.wanted.emit([cell.request for cell in self.cells()]))
        self._cells: Sequence[Cell] | None = None
        scale.changed.connect(self._scale_changed)

    def set_clip(self, size: tuple[int, int] | None) -> None:
        """Another clip; its width and height, None for none."""
        self._aspect = size[0] / size[1] if size else 16 / 9
        self._scale_changed()
        self.update()

    def cells(self) -> Sequence[Cell]:
        """The visible cells, left to right."""
        # kept: a playhead that moves asks for them on every frame that is played
        if self._cells is None:
            self._cells = cells(self.scale, self._picture_width())
        return self._cells

    def cells_within(self, part: QRect) -> Sequence[Cell]:
        """Those that reach into a part of the widget: a playhead that moves repaints a sliver."""
        found = self.cells()
        first = bisect_right(found, float(part.left() - GUTTER), key=lambda cell: cell.left + cell.width)
        end = bisect_left(found, float(part.right() + 1 - GUTTER), lo=first, key=lambda cell: cell.left)
        return found[first:end]

    def _scale_changed(self) -> None:
        self._cells = None
        self._ask.start()

    def made(self, request: ThumbnailRequest) -> None:
        """A thumbnail is there: its cell is painted."""
        for cell in self.cells():
            if cell.request == request:
                self.update(self._area(cell).toAlignedRect())

    def sizeHint(self) -> QSize:
        return QSize(600, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(theme.BACKGROUND))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setClipRect(QRect(GUTTER, 0, self.width() - GUTTER - RIGHT_MARGIN, HEIGHT).intersected(event.rect()))
        for cell in self.cells_within(event.rect()):
            self._draw(painter, self._area(cell), self._get(cell.request))
        painter.setClipping(False)
        self.draw_playhead(painter, 0, self.height())

    def _draw(self, painter: QPainter, area: QRectF, picture: QPixmap | None) -> None:
        area = area.adjusted(0, _GAP, -_GAP, -_GAP)
        if picture is None or picture.isNull():
            painter.fillRect(area, QColor(theme.SURFACE))
            return
        # a cell narrower than the picture shows its middle, a wider one the picture at its left
        shown = min(area.width(), area.height() * picture.width() / picture.height())
        part = shown * picture.height() / area.height()
        painter.drawPixmap(
            QRectF(area.left(), area.top(), shown, area.height()),
            picture,
            QRectF((picture.width() - part) / 2, 0, part, picture.height()),
        )

    def _area(self, cell: Cell) -> QRectF:
        return QRectF(GUTTER + cell.left, 0, cell.width, HEIGHT)

    def _picture_width(self) -> float:
        return (HEIGHT - 2 * _GAP) * self._aspect + _GAP
