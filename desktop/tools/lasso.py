"""The lasso: an area drawn around in one go."""

from __future__ import annotations

from desktop.tools.area_settings import AreaSettings
from desktop.tools.base import Cursor, Point, Sketch, Tool, ToolEvent, ToolSurroundings

_STEP = 1.0
"""Points closer to each other on the screen than this are one."""


class LassoTool(Tool):
    """Takes the area inside the mouse's way, closed by a straight line, when the button is let go."""

    def __init__(self, surroundings: ToolSurroundings, settings: AreaSettings, text: str) -> None:
        self._surroundings = surroundings
        self._settings = settings
        self._text = text
        self._points: list[Point] = []

    def press(self, event: ToolEvent) -> None:
        self.cancel()
        self._how = self._settings.how_with(event.modifiers)
        if self._surroundings.may_change(self._how) and self._surroundings.labels is not None:
            self._points = [event.point]

    def move(self, event: ToolEvent) -> None:
        if not self._points:
            return
        x, y = self._points[-1]
        if max(abs(event.x - x), abs(event.y - y)) * self._surroundings.zoom >= _STEP:
            self._points.append(event.point)
            self._surroundings.show_sketch(Sketch(((*self._points, self._points[0]),)))

    def release(self, event: ToolEvent) -> None:
        from core.masks import rasterise_polygon

        points, self._points = self._points, []
        self._surroundings.show_sketch(Sketch())
        labels = self._surroundings.labels
        if len(points) > 2 and labels is not None:
            patch = rasterise_polygon(points, (labels.shape[1], labels.shape[0]))
            self._surroundings.commit_patch(patch, self._how, self._text)

    def cancel(self) -> None:
        if self._points:
            self._points = []
            self._surroundings.show_sketch(Sketch())

    def cursor(self) -> Cursor:
        return Cursor.CROSS
