"""The markers of the open clip, for the widgets: a part of the session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from core.project import Marker, Project


class Markers(QObject):
    """The markers there are, and every change to them. Lives with the session, which says when to look again."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project: Project | None = None
        self.all: tuple[Marker, ...] = ()
        """The markers in the order of their frames."""

    def adopt(self, project: Project | None) -> None:
        """Another project, or none."""
        self._project = project
        self.reload()

    def reload(self) -> None:
        """Reads the markers from the project again."""
        markers = self._project.markers.all if self._project else ()
        if markers != self.all:
            self.all = markers
            self.changed.emit()

    def at(self, frame_index: int) -> Marker | None:
        """The marker of a frame."""
        return next((marker for marker in self.all if marker.frame_index == frame_index), None)

    def beyond(self, frame_index: int, step: int) -> Marker | None:
        """The next marker after (1) or before (-1) a frame."""
        if step > 0:
            return next((marker for marker in self.all if marker.frame_index > frame_index), None)
        return next((marker for marker in reversed(self.all) if marker.frame_index < frame_index), None)

    def put(self, frame_index: int, name: str) -> None:
        """Marks a frame, or gives its marker another name."""
        if self._project is not None:
            self._project.markers.set(
                frame_index, name, self.tr("Set marker") if self.at(frame_index) is None else self.tr("Rename marker")
            )

    def remove(self, frame_index: int) -> None:
        """Takes a frame's marker away."""
        if self._project is not None:
            self._project.markers.remove(frame_index, self.tr("Remove marker"))
