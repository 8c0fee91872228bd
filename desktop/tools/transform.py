"""Transform: handles around a mask to move, scale and turn it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from core.types import Combine
from desktop.tools.base import Cursor, Point, Sketch, Tool, ToolEvent, ToolSurroundings
from desktop.tools.handles import Grip, drag, grip_at, outline

if TYPE_CHECKING:
    from core.masks import Patch, Placement


class TransformTool(Tool):
    """Inside the frame a drag moves the mask, a handle scales it, the one above turns it; Enter takes it.

    Shift keeps to one axis, to the proportions or to steps of fifteen degrees; alt scales about the middle.
    """

    def __init__(self, surroundings: ToolSurroundings, text: str) -> None:
        self._surroundings = surroundings
        self._text = text
        self._patch: Patch | None = None
        self._placement: Placement | None = None
        self._held: tuple[Grip, Point, Placement] | None = None
        self._over: Grip | None = None

    @property
    def pending(self) -> bool:
        return self._placement is not None and not self._placement.still

    def refresh(self) -> None:
        from core.masks import Placement, object_patch

        if self.pending or self._held is not None:
            # another zoom moves the handle that turns
            self._draw()
            return
        labels = self._surroundings.labels
        self._patch = None if labels is None else object_patch(labels, self._surroundings.object_id)
        self._placement = None
        if self._patch is not None:
            box = self._patch.box
            self._placement = Placement(((box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2))
        self._draw()

    def press(self, event: ToolEvent) -> None:
        if self._patch is None and self._surroundings.labels is not None:
            self._surroundings.notify_empty()
        grip = self._grip_at(event.point)
        if grip is None or self._placement is None:
            return
        if self._surroundings.may_change(Combine.SUBTRACT) and self._surroundings.labels is not None:
            self._held = grip, event.point, self._placement

    def move(self, event: ToolEvent) -> None:
        if self._held is None or self._patch is None:
            return
        grip, start, before = self._held
        self._placement = drag(
            before,
            self._patch.box,
            grip,
            start,
            event.point,
            shift=bool(event.modifiers & Qt.KeyboardModifier.ShiftModifier),
            alt=bool(event.modifiers & Qt.KeyboardModifier.AltModifier),
        )
        self._draw()
        self._show()

    def release(self, event: ToolEvent) -> None:
        self._held = None

    def hover(self, event: ToolEvent) -> None:
        self._over = self._grip_at(event.point)

    def confirm(self) -> None:
        if not self.pending:
            return
        placed = self._placed()
        self.cancel()
        if placed is not None:
            self._surroundings.commit_patch(placed, Combine.REPLACE, self._text)

    def step_back(self) -> bool:
        self.cancel()
        self.refresh()
        return True

    def cancel(self) -> None:
        self._held = None
        if self.pending and self._placement is not None:
            self._placement = replace(self._placement, move=(0.0, 0.0), scale=(1.0, 1.0), angle=0.0)
            self._surroundings.hide_patch()
            self._draw()

    def cursor(self) -> Cursor:
        grip = self._held[0] if self._held is not None else self._over
        if grip is None:
            return Cursor.ARROW
        return Cursor.TURN if grip is Grip.TURN else Cursor.MOVE if grip is Grip.INSIDE else Cursor.CROSS

    def _grip_at(self, point: Point) -> Grip | None:
        if self._patch is None or self._placement is None:
            return None
        return grip_at(self._placement, self._patch.box, point, self._surroundings.zoom)

    def _placed(self) -> Patch | None:
        from core.masks import apply_placement

        labels = self._surroundings.labels
        if self._patch is None or self._placement is None or labels is None:
            return None
        return apply_placement(self._patch, self._placement, (labels.shape[1], labels.shape[0]))

    def _show(self) -> None:
        placed = self._placed()
        if placed is not None and self.pending:
            self._surroundings.show_patch(placed, Combine.REPLACE)
        else:
            self._surroundings.hide_patch()

    def _draw(self) -> None:
        if self._patch is None or self._placement is None:
            self._surroundings.show_sketch(Sketch())
            return
        self._surroundings.show_sketch(outline(self._placement, self._patch.box, self._surroundings.zoom))
