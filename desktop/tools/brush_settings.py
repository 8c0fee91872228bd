"""The size of the brush, shared by the tools, the ring, the slider and the shortcuts."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

MIN_SIZE, MAX_SIZE = 1, 500
DEFAULT_SIZE = 24


class BrushSettings(QObject):
    """The brush's diameter in pixels of the picture.

    There is no hardness: a pixel of a label map belongs to an object or not, and soft edges are made of the whole mask
    when it leaves the program (`core.matting`), which a brush with a soft rim would only feign.
    """

    changed = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._size = DEFAULT_SIZE

    @property
    def size(self) -> int:
        return self._size

    @property
    def radius(self) -> float:
        return self._size / 2

    def set_size(self, size: int) -> None:
        size = min(max(int(size), MIN_SIZE), MAX_SIZE)
        if size != self._size:
            self._size = size
            self.changed.emit(size)

    def step(self, steps: int) -> None:
        """Grows or shrinks by about a tenth a step, so that small brushes change by pixels and large ones by much."""
        size = self._size
        for _ in range(abs(steps)):
            size += max(1, size // 10) if steps > 0 else -max(1, size // 10)
        self.set_size(size)
