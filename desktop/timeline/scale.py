"""Which frame lies at which pixel of the timeline."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

MAX_PIXELS_A_FRAME = 40.0


class TimeScale(QObject):
    """Shared by ruler and lanes. A frame is a span of pixels: frame i covers x_of(i) to x_of(i + 1)."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.frame_count = 0
        self.width = 1
        self.first = 0.0
        """The frame at the left edge; may lie inside a frame."""
        self.frames_per_pixel = 1.0

    def set_clip(self, frame_count: int) -> None:
        self.frame_count = frame_count
        self.show_all()

    def set_width(self, width: int) -> None:
        if width == self.width or width < 1:
            return
        whole = self.shows_all
        self.width = width
        if whole:
            self.show_all()
        else:
            self._clamp()
            self.changed.emit()

    @property
    def shows_all(self) -> bool:
        return self.frames_per_pixel >= self._widest * 0.999

    def show_all(self) -> None:
        self.first, self.frames_per_pixel = 0.0, self._widest
        self.changed.emit()

    def x_of(self, frame: float) -> float:
        return (frame - self.first) / self.frames_per_pixel

    def frame_at(self, x: float) -> int:
        """The frame at a pixel, kept inside the clip."""
        frame = int(self.first + x * self.frames_per_pixel)
        return min(max(frame, 0), max(0, self.frame_count - 1))

    def zoom(self, factor: float, x: float) -> None:
        """Shows `factor` times fewer frames; the frame at pixel `x` stays there."""
        anchor = self.first + x * self.frames_per_pixel
        self.frames_per_pixel = min(max(self.frames_per_pixel / factor, 1 / MAX_PIXELS_A_FRAME), self._widest)
        self.first = anchor - x * self.frames_per_pixel
        self._clamp()
        self.changed.emit()

    def pan(self, pixels: float) -> None:
        self.first += pixels * self.frames_per_pixel
        self._clamp()
        self.changed.emit()

    def reveal(self, frame: int) -> None:
        """Scrolls by pages so that the frame is visible."""
        shown = self.width * self.frames_per_pixel
        if not self.first <= frame < self.first + shown:
            self.first = frame - shown * 0.1
            self._clamp()
            self.changed.emit()

    @property
    def _widest(self) -> float:
        return max(1, self.frame_count) / self.width

    def _clamp(self) -> None:
        self.frames_per_pixel = min(self.frames_per_pixel, self._widest)
        last_first = self.frame_count - self.width * self.frames_per_pixel
        self.first = min(max(self.first, 0.0), max(0.0, last_first))
