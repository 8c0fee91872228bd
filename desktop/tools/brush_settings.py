"""Size and hardness of the brush, shared by the tools, the ring, the slider and the shortcuts."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

MIN_SIZE, MAX_SIZE = 1, 500
DEFAULT_SIZE = 24
MAX_HARDNESS = 100


class BrushSettings(QObject):
    """The brush's diameter in pixels of the picture.

    Its hardness is the share of it, in percent, that paints whatever is there; the rim around that paints only what
    looks like what is under the brush's centre (`core.masks.SoftStroke` says why).
    """

    changed = Signal(int)
    """Another size."""
    hardness_changed = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._size = DEFAULT_SIZE
        self._hardness = MAX_HARDNESS

    @property
    def size(self) -> int:
        return self._size

    @property
    def radius(self) -> float:
        return self._size / 2

    @property
    def hardness(self) -> int:
        """The hardness in [0, 100]."""
        return self._hardness

    @property
    def core_radius(self) -> float:
        """The part of the radius that paints whatever is there."""
        return self.radius * self._hardness / MAX_HARDNESS

    def set_hardness(self, hardness: int) -> None:
        hardness = min(max(int(hardness), 0), MAX_HARDNESS)
        if hardness != self._hardness:
            self._hardness = hardness
            self.hardness_changed.emit(hardness)

    def step_hardness(self, steps: int) -> None:
        """Softer or harder by a tenth a step."""
        self.set_hardness(self._hardness + 10 * steps)

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
