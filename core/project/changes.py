"""Notifies listeners of what has changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from core.types import Box

ChangeKind = Literal["edit", "result", "anchor", "objects", "markers", "settings", "shapes", "history"]
"""A person's edit or import; an engine's result; an anchor dropped; objects added, changed, merged,
arranged or removed; markers set or removed; a setting changed as a step; shapes drawn, changed or removed; undo or
redo."""


@dataclass(frozen=True)
class Change:
    """What a subscriber is notified of, once the change is in the file.

    `frame_index` None means many frames, or none in particular: read everything again. `box` holds every pixel that
    changed (it is empty if none did); None means the whole frame. `revision` is the frame's after the change, 0 without
    a frame. Lanes of other frames may have changed too: an edit makes results that depended on it stale.
    """

    frame_index: int | None
    box: Box | None
    revision: int
    kind: ChangeKind


OBJECTS_CHANGED = (Change(None, None, 0, "objects"),)
MARKERS_CHANGED = (Change(None, None, 0, "markers"),)
SETTINGS_CHANGED = (Change(None, None, 0, "settings"),)
SHAPES_CHANGED = (Change(None, None, 0, "shapes"),)

Listener = Callable[[Change], None]


class Listeners:
    """The subscribers."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []

    def add(self, listener: Listener) -> Callable[[], None]:
        """Adds a listener; the function returned takes it away again."""
        self._listeners.append(listener)

        def remove() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return remove

    def notify(self, changes: tuple[Change, ...]) -> tuple[Change, ...]:
        """Calls every listener with every change, and returns the changes."""
        for change in changes:
            for listener in tuple(self._listeners):
                listener(change)
        return changes
