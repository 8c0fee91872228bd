"""The polygon: an area between points that can be moved until it is confirmed."""

from __future__ import annotations

import math

from PySide6.QtCore import Qt

from core.types import Combine
from desktop.tools.area_settings import AreaSettings
from desktop.tools.base import Cursor, Point, Sketch, Tool, ToolEvent, ToolSurroundings

_REACH = 7.0
"""How near on the screen the pointer has to be to a point or a side to take hold of it."""


class PolygonTool(Tool):
    """A click adds a point, a drag moves one; on a side it puts one in between, with alt it takes one out."""

    def __init__(self, surroundings: ToolSurroundings, settings: AreaSettings, text: str) -> None:
        self._surroundings = surroundings
        self._settings = settings
        self._text = text
        self._points: list[Point] = []
        self._held: int | None = None
        self._how = Combine.ADD

    @property
    def pending(self) -> bool:
        return bool(self._points)

    def press(self, event: ToolEvent) -> None:
        if not self._points:
            how = self._settings.how_with(event.modifiers)
            if not self._surroundings.may_change(how) or self._surroundings.labels is None:
                return
            self._how = how
        held = self._point_near(event.point)
        if held is not None and event.modifiers & Qt.KeyboardModifier.AltModifier:
            del self._points[held]
            self._held = None
        elif held is not None:
            self._held = held
        else:
            self._held = self._index_for(event.point)
            self._points.insert(self._held, event.point)
        self._draw()

    def move(self, event: ToolEvent) -> None:
        if self._held is not None:
            self._points[self._held] = event.point
            self._draw()

    def release(self, event: ToolEvent) -> None:
        self._held = None

    def hover(self, event: ToolEvent) -> None:
        # a line to the pointer shows what the next click would make
        if self._points and self._point_near(event.point) is None:
            self._draw(event.point)
        elif self._points:
            self._draw()

    def confirm(self) -> None:
        from core.masks import rasterise_polygon

        points, how = self._points, self._how
        self.cancel()
        labels = self._surroundings.labels
        if len(points) > 2 and labels is not None:
            patch = rasterise_polygon(points, (labels.shape[1], labels.shape[0]))
            self._surroundings.commit_patch(patch, how, self._text)

    def step_back(self) -> bool:
        if self._points and self._held is None:
            self._points.pop()
            self._draw()
        return True

    def cancel(self) -> None:
        if self._points:
            self._points, self._held = [], None
            self._surroundings.show_sketch(Sketch())

    def cursor(self) -> Cursor:
        return Cursor.CROSS

    def _draw(self, next_point: Point | None = None) -> None:
        corners = list(self._points)
        if next_point is not None:
            corners.insert(self._index_for(next_point), next_point)
        outline = (*corners, corners[0]) if corners else ()
        self._surroundings.show_sketch(Sketch((outline,), tuple(self._points)))

    def _point_near(self, point: Point) -> int | None:
        reach = _REACH / self._surroundings.zoom
        near = [(math.dist(point, known), index) for index, known in enumerate(self._points)]
        distance, index = min(near, default=(math.inf, 0))
        return index if distance <= reach else None

    def _index_for(self, point: Point) -> int:
        """Where in the list a new point goes: between the ends of the side it is on, else at the end."""
        reach = _REACH / self._surroundings.zoom
        count = len(self._points)
        if count > 2:
            for index in range(count):
                if _distance(point, self._points[index], self._points[(index + 1) % count]) <= reach:
                    return index + 1
        return count


def _distance(point: Point, start: Point, end: Point) -> float:
    """Distance from a point to the line between two others."""
    (x, y), (x0, y0), (x1, y1) = point, start, end
    length = (x1 - x0) ** 2 + (y1 - y0) ** 2
    share = 0.0 if length == 0 else min(max(((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / length, 0.0), 1.0)
    return math.dist(point, (x0 + share * (x1 - x0), y0 + share * (y1 - y0)))
