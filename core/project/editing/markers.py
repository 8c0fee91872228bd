"""What a person does to the markers of a project: each method is one transaction and one undo step."""

from __future__ import annotations

from core.project.changes import MARKERS_CHANGED, Listeners
from core.project.markers import Marker
from core.project.storage.stores import Stores


class Markers:
    """The markers of an open project, `Project.markers`."""

    def __init__(self, stores: Stores, listeners: Listeners) -> None:
        """Called by `Project`."""
        self._stores, self._listeners = stores, listeners

    @property
    def all(self) -> tuple[Marker, ...]:
        """The markers in the order of their frames."""
        return self._stores.markers.all

    def set(self, frame_index: int, name: str = "", text: str = "Set marker") -> None:
        """Marks a frame, or gives its marker another name. Raises ProjectError if there is no such frame."""
        self._change(frame_index, name, text)

    def remove(self, frame_index: int, text: str = "Remove marker") -> None:
        """Takes a frame's marker away, if it has one. Raises ProjectError if there is no such frame."""
        self._change(frame_index, None, text)

    def _change(self, frame_index: int, name: str | None, text: str) -> None:
        stores = self._stores
        stores.check_frame(frame_index)
        if stores.markers.name(frame_index) != name:
            with stores.database.transaction():
                stores.markers.set(stores.steps.begin(text), frame_index, name)
            self._listeners.notify(MARKERS_CHANGED)
