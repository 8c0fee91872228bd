"""Brush and eraser: a polyline of round dabs that becomes one edit when the button is let go."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from core.types import Box, Combine
from desktop.tools.base import Cursor, Point, Tool, ToolEvent, ToolSurroundings
from desktop.tools.brush_settings import MAX_HARDNESS, BrushSettings

if TYPE_CHECKING:
    from core.masks import Patch, SoftStroke


class StrokeTool(Tool):
    """Paints along the mouse's way, or erases; with shift, straight on from the last stroke; with alt it erases."""

    def __init__(self, surroundings: ToolSurroundings, settings: BrushSettings, erases: bool) -> None:
        self._surroundings = surroundings
        self._settings = settings
        self._erases = self._erasing = erases
        self._points: list[Point] = []
        self._radius = 0.0
        self._soft: SoftStroke | None = None
        self._dirty = Box(0, 0, 0, 0)
        self._last_end: Point | None = None

    def press(self, event: ToolEvent) -> None:
        self.cancel()
        self._erasing = self._erases or bool(event.modifiers & Qt.KeyboardModifier.AltModifier)
        how = Combine.SUBTRACT if self._erasing else Combine.ADD
        if not self._surroundings.may_change(how) or self._surroundings.labels is None:
            return
        # the size may change by shortcut during a stroke, the stroke does not
        self._radius = self._settings.radius
        self._soft = self._soft_stroke()
        point = event.point
        straight = bool(event.modifiers & Qt.KeyboardModifier.ShiftModifier) and self._last_end is not None
        self._points = [self._last_end, point] if straight and self._last_end is not None else [point]
        self._show(self._points)

    def move(self, event: ToolEvent) -> None:
        if self._points:
            self._points.append(event.point)
            self._show(self._points[-2:])

    def release(self, event: ToolEvent) -> None:
        if not self._points:
            return
        points, self._points = self._points, []
        dirty, self._dirty = self._dirty, Box(0, 0, 0, 0)
        self._last_end = points[-1]
        try:
            patch = self._covered(points) if self._soft is None else self._soft.patch
            self._surroundings.commit_stroke(patch, self._erasing)
        finally:
            self._surroundings.restore_preview(dirty)

    def cancel(self) -> None:
        if self._points:
            self._points = []
            dirty, self._dirty = self._dirty, Box(0, 0, 0, 0)
            self._surroundings.restore_preview(dirty)

    def cursor(self) -> Cursor:
        return Cursor.RING

    def _soft_stroke(self) -> SoftStroke | None:
        """What judges the rim by the picture; None where the brush is hard."""
        hardness, picture = self._settings.hardness, self._surroundings.picture
        if hardness >= MAX_HARDNESS or picture is None:
            return None
        from core.masks import SoftStroke

        return SoftStroke(picture, self._radius, hardness / MAX_HARDNESS)

    def _covered(self, points: Sequence[Point]) -> Patch:
        from core.masks import rasterise_stroke

        height, width = self._surroundings.preview.shape
        return rasterise_stroke(points, self._radius, (width, height))

    def _show(self, points: Sequence[Point]) -> None:
        piece = self._covered(points) if self._soft is None else self._soft.add(points)
        changed = self._surroundings.preview_stroke(piece, self._erasing)
        if changed is not None:
            self._dirty = self._dirty.union(changed)
            self._surroundings.preview_changed(changed)
