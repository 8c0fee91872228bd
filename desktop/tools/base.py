"""What every tool of the canvas is, and the little it may know of its surroundings."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QPoint, Qt

from core.types import Box, Combine, Image, LabelMap

if TYPE_CHECKING:
    from core.masks import Patch

Point = tuple[float, float]
"""(x, y) in pixels of the picture."""


class Cursor(Enum):
    """The shape of the pointer over the canvas."""

    RING = "ring"
    """A circle of the brush's size."""
    CROSS = "cross"
    ARROW = "arrow"
    MOVE = "move"
    TURN = "turn"
    OPEN_HAND = "open hand"
    CLOSED_HAND = "closed hand"
    BUSY = "busy"


QT_CURSORS = {
    Cursor.RING: Qt.CursorShape.CrossCursor,
    Cursor.CROSS: Qt.CursorShape.CrossCursor,
    Cursor.ARROW: Qt.CursorShape.ArrowCursor,
    Cursor.MOVE: Qt.CursorShape.SizeAllCursor,
    Cursor.TURN: Qt.CursorShape.PointingHandCursor,
    Cursor.BUSY: Qt.CursorShape.BusyCursor,
    Cursor.OPEN_HAND: Qt.CursorShape.OpenHandCursor,
    Cursor.CLOSED_HAND: Qt.CursorShape.ClosedHandCursor,
}


@dataclass(frozen=True)
class ToolEvent:
    """One mouse event: (x, y) in pixels of the picture, a pixel's middle at .5; `position` in the view's own."""

    x: float
    y: float
    position: QPoint
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier

    @property
    def point(self) -> Point:
        return self.x, self.y


@dataclass(frozen=True)
class Mark:
    """A stroke that points at the object (`inside`) or at what is around it."""

    points: tuple[Point, ...]
    radius: float
    inside: bool


@dataclass(frozen=True)
class Sketch:
    """What a tool draws over the picture while it is at work: lines, points to take hold of, and strokes that point."""

    lines: tuple[tuple[Point, ...], ...] = ()
    handles: tuple[Point, ...] = ()
    marks: tuple[Mark, ...] = ()
    dots: tuple[Point, ...] = ()
    """Round handles: the ends of tangents and feathers."""


class ToolSurroundings(Protocol):
    """What a tool reaches: the labels it changes, the preview and the lines it draws."""

    @property
    def labels(self) -> LabelMap | None:
        """The true labels of the frame that is shown; None while there is none to be painted on."""
        ...

    @property
    def picture(self) -> Image | None:
        """The frame that is shown, (H, W, 3) uint8 RGB; None while there is none."""
        ...

    @property
    def object_id(self) -> int:
        """The object that tools change."""
        ...

    @property
    def zoom(self) -> float:
        """Pixels of the screen to one of the picture."""
        ...

    @property
    def preview(self) -> LabelMap:
        """The labels on the screen; to be written to, and then `preview_changed`."""
        ...

    def preview_changed(self, box: Box) -> None: ...

    def restore_preview(self, box: Box) -> None:
        """Shows the true labels again inside `box`."""
        ...

    def may_change(self, how: Combine) -> bool:
        """Whether the chosen object may be changed so; if not, a notice says why. Adding makes a first object."""
        ...

    def end_without(self, text: str = "") -> None:
        """Takes back the first object, if it was added for a gesture that ends without a mask; says `text`, if any."""
        ...

    def hint(self, text: str) -> None:
        """Says for a moment, where it is in nobody's way, what can be done next."""
        ...

    def notify_empty(self) -> None:
        """Notifies the person that the object has no mask here to work on."""
        ...

    def preview_stroke(self, patch: Patch, erase: bool) -> Box | None:
        """Draws a piece of a stroke into the preview; returns what it changed, for `preview_changed`."""
        ...

    def commit_stroke(self, patch: Patch, erase: bool) -> None:
        """Paints or erases what a stroke covers, as one undo step."""
        ...

    def show_patch(self, patch: Patch, how: Combine) -> None:
        """Shows what `commit_patch` would make, in place of what was shown so before."""
        ...

    def hide_patch(self) -> None:
        """Shows the true labels again."""
        ...

    def commit_patch(
        self, patch: Patch, how: Combine, text: str, base: LabelMap | None = None, found: bool = False
    ) -> None:
        """Brings a shape and the chosen object's mask together, as one undo step called `text`; on `base`, labels there
        were before, in place of those of now, so that what was changed since is taken back with it. Of an area that was
        `found`, not drawn, it is said whose pixels it took.
        """
        ...

    def attempt(self, change: Callable[[], object]) -> None:
        """Makes a change of the project; if it fails, a notice says why, and nothing else happens."""
        ...

    def show_sketch(self, sketch: Sketch) -> None:
        """Draws lines and handles over the picture, in place of those before."""
        ...


class Tool(ABC):
    """What the mouse does on the canvas. Between `press` and `release` or `cancel` a tool is active.

    Some tools need more than one gesture. What they have begun is `pending` until `confirm` makes it an edit or
    `cancel` drops it.
    """

    @abstractmethod
    def press(self, event: ToolEvent) -> None: ...

    @abstractmethod
    def move(self, event: ToolEvent) -> None:
        """The mouse moved while the tool is active."""

    @abstractmethod
    def release(self, event: ToolEvent) -> None:
        """The button was let go."""

    @abstractmethod
    def cancel(self) -> None:
        """Leaves everything as it was before. Harmless when nothing is begun."""

    @abstractmethod
    def cursor(self) -> Cursor: ...

    # -- what a tool of one gesture leaves as it is

    @property
    def pending(self) -> bool:
        """Whether something waits for `confirm`."""
        return False

    @property
    def stored(self) -> bool:
        """Whether what is pending is in the mask already, step by step: Enter and Escape then only end it."""
        return False

    def hover(self, event: ToolEvent) -> None:  # noqa: B027 (most tools do not look)
        """The mouse moved while the tool is not active."""

    def leave(self) -> None:  # noqa: B027
        """The mouse has left the canvas."""

    def confirm(self) -> None:  # noqa: B027
        """Enter: makes what is pending an edit."""

    def settle(self) -> None:
        """The frame, the object or the tool is about to be left: makes what is pending an edit, at once."""
        self.confirm()

    def step_back(self) -> bool:
        """Backspace or undo: takes back the last piece of what is pending; False if undo is to take back a step."""
        return False

    def choose_other(self, step: int) -> bool:
        """Tab, with shift -1, or the wheel: another of several things that are meant; whether there are any."""
        return False

    def refresh(self) -> None:  # noqa: B027
        """The tool was chosen, or another frame, object, zoom or label map is there."""
