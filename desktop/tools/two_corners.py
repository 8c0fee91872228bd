"""Rectangle and ellipse: a shape between two corners."""

from __future__ import annotations

import math
from collections.abc import Callable
from enum import Enum

from PySide6.QtCore import Qt

from core.types import Combine
from desktop.tools.area_settings import AreaSettings
from desktop.tools.base import Cursor, Point, Sketch, Tool, ToolEvent, ToolSurroundings

_ELLIPSE_CORNERS = 96


class Shape(Enum):
    """The shape drawn between two corners."""

    RECTANGLE = "rectangle"
    ELLIPSE = "ellipse"


class TwoCornersTool(Tool):
    """Drags a shape from corner to corner; with ctrl it is as wide as it is high."""

    def __init__(self, surroundings: ToolSurroundings, settings: AreaSettings, shape: Shape, text: str) -> None:
        self._surroundings = surroundings
        self._settings = settings
        self._shape = shape
        self._text = text
        self._start: Point | None = None
        self._how = Combine.ADD

    def press(self, event: ToolEvent) -> None:
        self.cancel()
        self._how = self._settings.how_with(event.modifiers)
        if self._surroundings.may_change(self._how) and self._surroundings.labels is not None:
            self._start = event.point

    def move(self, event: ToolEvent) -> None:
        if self._start is not None:
            outline = _OUTLINES[self._shape](self._start, _corner(self._start, event))
            self._surroundings.show_sketch(Sketch((outline,)))

    def release(self, event: ToolEvent) -> None:
        from core.masks import rasterise_ellipse, rasterise_rectangle

        start = self._start
        self.cancel()
        labels = self._surroundings.labels
        if start is None or labels is None:
            return
        make = rasterise_rectangle if self._shape is Shape.RECTANGLE else rasterise_ellipse
        patch = make(start, _corner(start, event), (labels.shape[1], labels.shape[0]))
        # a click that was no drag is not to empty a mask by intersecting it with nothing
        if not patch.empty:
            self._surroundings.commit_patch(patch, self._how, self._text)

    def cancel(self) -> None:
        if self._start is not None:
            self._start = None
            self._surroundings.show_sketch(Sketch())

    def cursor(self) -> Cursor:
        return Cursor.CROSS


def _corner(start: Point, event: ToolEvent) -> Point:
    if not event.modifiers & Qt.KeyboardModifier.ControlModifier:
        return event.point
    side = max(abs(event.x - start[0]), abs(event.y - start[1]))
    return start[0] + math.copysign(side, event.x - start[0]), start[1] + math.copysign(side, event.y - start[1])


def rectangle_outline(first: Point, second: Point) -> tuple[Point, ...]:
    """The closed line around the rectangle between two corners."""
    (x0, y0), (x1, y1) = first, second
    return (x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)


def _ellipse_outline(first: Point, second: Point) -> tuple[Point, ...]:
    (x0, y0), (x1, y1) = first, second
    turns = (2 * math.pi * step / _ELLIPSE_CORNERS for step in range(_ELLIPSE_CORNERS + 1))
    return tuple(
        ((x0 + x1) / 2 + (x1 - x0) / 2 * math.cos(turn), (y0 + y1) / 2 + (y1 - y0) / 2 * math.sin(turn))
        for turn in turns
    )


_OUTLINES: dict[Shape, Callable[[Point, Point], tuple[Point, ...]]] = {
    Shape.RECTANGLE: rectangle_outline,
    Shape.ELLIPSE: _ellipse_outline,
}
