"""Brush and eraser: a polyline of round dabs that becomes one edit when the button is let go."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt

from core.types import Box, LabelMap
from desktop.tools.base import Cursor, Point, Tool, ToolEvent, ToolSurroundings
from desktop.tools.brush_settings import BrushSettings

PreviewDab = Callable[[LabelMap, Sequence[Point], float], Box | None]
"""Paints or erases along points with a radius in labels that are only shown; returns what changed."""
Commit = Callable[[Sequence[Point], float], None]
"""Makes the edit."""


class StrokeTool(Tool):
    """Paints what `preview` and `commit` say along the mouse's way; with shift, straight on from the last stroke."""

    def __init__(
        self,
        surroundings: ToolSurroundings,
        settings: BrushSettings,
        may_start: Callable[[], bool],
        preview: PreviewDab,
        commit: Commit,
    ) -> None:
        self._surroundings = surroundings
        self._settings = settings
        self._may_start = may_start
        self._preview = preview
        self._commit = commit
        self._points: list[Point] = []
        self._radius = 0.0
        self._dirty = Box(0, 0, 0, 0)
        self._last_end: Point | None = None

    def press(self, event: ToolEvent) -> None:
        self.cancel()
        if not self._may_start() or self._surroundings.labels is None:
            return
        # the size may change by shortcut during a stroke, the stroke does not
        self._radius = self._settings.radius
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
            self._commit(points, self._radius)
        finally:
            self._surroundings.restore_preview(dirty)

    def cancel(self) -> None:
        if self._points:
            self._points = []
            dirty, self._dirty = self._dirty, Box(0, 0, 0, 0)
            self._surroundings.restore_preview(dirty)

    def cursor(self) -> Cursor:
        return Cursor.RING

    def _show(self, points: Sequence[Point]) -> None:
        changed = self._preview(self._surroundings.preview, points, self._radius)
        if changed is not None:
            self._dirty = self._dirty.union(changed)
            self._surroundings.preview_changed(changed)
