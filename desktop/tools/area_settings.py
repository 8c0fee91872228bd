"""How area tools combine with a mask, and which colours count as similar for bucket and wand."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal

from core.types import Combine

DEFAULT_TOLERANCE = 24
MAX_TOLERANCE = 255


class AreaSettings(QObject):
    """Shared by the tools and the tool bar."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._how = Combine.ADD
        self._tolerance = DEFAULT_TOLERANCE
        self._contiguous = True

    @property
    def how(self) -> Combine:
        """What an area does to the mask when no key is held."""
        return self._how

    @property
    def tolerance(self) -> int:
        """How far a colour may be from that of the pixel under the pointer, in [0, 255] in each channel."""
        return self._tolerance

    @property
    def contiguous(self) -> bool:
        """Whether an area of similar colour ends where it is interrupted."""
        return self._contiguous

    def set_how(self, how: Combine) -> None:
        self._set("_how", how)

    def set_tolerance(self, tolerance: int) -> None:
        self._set("_tolerance", min(max(int(tolerance), 0), MAX_TOLERANCE))

    def set_contiguous(self, contiguous: bool) -> None:
        self._set("_contiguous", contiguous)

    def how_with(self, modifiers: Qt.KeyboardModifier) -> Combine:
        """What an area does to the mask: shift adds, alt subtracts, both intersect."""
        shift = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
        alt = bool(modifiers & Qt.KeyboardModifier.AltModifier)
        if shift and alt:
            return Combine.INTERSECT
        if shift:
            return Combine.ADD
        return Combine.SUBTRACT if alt else self._how

    def _set(self, name: str, value: object) -> None:
        if getattr(self, name) != value:
            setattr(self, name, value)
            self.changed.emit()
