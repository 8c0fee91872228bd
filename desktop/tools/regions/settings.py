"""How the regions tool cuts the picture."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

METHODS = ("slic", "felzenszwalb", "watershed")
SMALLEST, LARGEST, DEFAULT = 4, 128, 24


class RegionSettings(QObject):
    """Shared by the tool and the tool bar: the way to cut and the side of a region in pixels of the picture."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._method, self._side = METHODS[0], DEFAULT

    @property
    def method(self) -> str:
        """One of `METHODS`, which are those of `core.masks.regions`."""
        return self._method

    @property
    def side(self) -> int:
        """About how wide and high a region is."""
        return self._side

    def set_method(self, method: str) -> None:
        self._set(method, self._side)

    def set_side(self, side: int) -> None:
        self._set(self._method, min(max(int(side), SMALLEST), LARGEST))

    def _set(self, method: str, side: int) -> None:
        if (method, side) != (self._method, self._side):
            self._method, self._side = method, side
            self.changed.emit()
