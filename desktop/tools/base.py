"""What every tool of the canvas is: five methods, and the little it may know of its surroundings."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from PySide6.QtCore import QPoint, Qt

from core.types import Box, LabelMap


class Cursor(Enum):
    """What the pointer looks like over the canvas."""

    RING = "ring"
    """A circle of the brush's size."""
    OPEN_HAND = "open hand"
    CLOSED_HAND = "closed hand"


@dataclass(frozen=True)
class ToolEvent:
    """One mouse event: (x, y) in pixels of the picture, a pixel's middle at .5; `position` in the view's own."""

    x: float
    y: float
    position: QPoint
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier


class ToolSurroundings(Protocol):
    """What a tool reaches: the labels it changes, the preview it draws, the view it moves."""

    @property
    def labels(self) -> LabelMap | None:
        """The true labels of the frame that is shown; None while there is none to be painted on."""
        ...

    @property
    def preview(self) -> LabelMap:
        """The labels on the screen; to be written to, and then `preview_changed`."""
        ...

    def preview_changed(self, box: Box) -> None: ...

    def restore_preview(self, box: Box) -> None:
        """Shows the true labels again inside `box`."""
        ...


class Tool(Protocol):
    """What the mouse does on the canvas. Between `press` and `release` or `cancel` a tool is active."""

    def press(self, event: ToolEvent) -> None: ...

    def move(self, event: ToolEvent) -> None:
        """The mouse moved while the tool is active."""
        ...

    def release(self, event: ToolEvent) -> None:
        """The button was let go: what was done becomes an edit."""
        ...

    def cancel(self) -> None:
        """Leaves everything as it was before `press`. Harmless when the tool is not active."""
        ...

    def cursor(self) -> Cursor: ...
