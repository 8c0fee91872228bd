"""The in and the out point of the open clip, for the widgets: a part of the session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from core.project import Project

_SETTING = "marked_range"

Range = tuple[int, int]
"""First and last frame, both inside."""


def moved_range(old: Range | None, first: int | None, last: int | None, frame_count: int) -> Range | None:
    """The range after its in or out point was set; None stands for the old point, and a range of None for all frames.

    A point set beyond the other one pushes that to the clip's end.
    """
    end = frame_count - 1
    old_first, old_last = old or (0, end)
    first = old_first if first is None else first
    last = old_last if last is None else last
    if first > last:
        first, last = (first, end) if last == old_last else (0, last)
    return None if (first, last) == (0, end) else (first, last)


class MarkedRange(QObject):
    """The range that is marked, and every change to it, each an undo step. Lives with the session."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project: Project | None = None
        self.value: Range | None = None
        """The in and out point, both inside the range; None while it is the whole clip."""

    def adopt(self, project: Project | None) -> None:
        """Another project, or none."""
        self._project = project
        self.value = self._stored()
        self.changed.emit()

    def reload(self) -> None:
        """Reads the range from the project again."""
        stored = self._stored()
        if stored != self.value:
            self.value = stored
            self.changed.emit()

    def mark(self, first: int | None, last: int | None) -> None:
        """Sets the in and the out point; None keeps the one there is, both None clear the range."""
        project = self._project
        if project is None:
            return
        clears = first is None and last is None
        value = None if clears else moved_range(self.value, first, last, project.frame_count)
        text = self.tr("Clear range") if value is None else self.tr("Set range")
        project.settings.change(_SETTING, list(value) if value else None, text)

    def _stored(self) -> Range | None:
        marked = self._project.settings.get(_SETTING) if self._project else None
        return (int(marked[0]), int(marked[1])) if isinstance(marked, list) else None
