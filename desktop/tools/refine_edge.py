"""The brush that says where the picture decides how soft the edge is, such as over hair."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QCoreApplication, Qt

from core.types import Combine
from desktop.tools.area_settings import AreaSettings
from desktop.tools.base import Cursor, Mark, Point, Sketch, Tool, ToolEvent, ToolSurroundings
from desktop.tools.brush_settings import BrushSettings

if TYPE_CHECKING:
    from desktop.session.edges import SessionEdges

translate = QCoreApplication.translate


class RefineEdgeTool(Tool):
    """Paints the zone in which mattes are solved from the picture; alt, or Subtract in the bar, takes away from it."""

    def __init__(
        self, surroundings: ToolSurroundings, brush: BrushSettings, area: AreaSettings, edges: SessionEdges
    ) -> None:
        self._surroundings, self._brush, self._area, self._edges = surroundings, brush, area, edges
        self._drawing: Mark | None = None
        self._outlines: tuple[tuple[Point, ...], ...] = ()

    def press(self, event: ToolEvent) -> None:
        erases = bool(event.modifiers & Qt.KeyboardModifier.AltModifier) or self._area.how is Combine.SUBTRACT
        labels = self._surroundings.labels
        if labels is None:
            return
        if not labels.any():
            self._surroundings.end_without(
                translate("Tools", "There is no mask on this frame: mask the object first, then paint over its edge.")
            )
            return
        self._drawing = Mark((event.point,), self._brush.radius, not erases)
        self._draw()

    def move(self, event: ToolEvent) -> None:
        if self._drawing is not None:
            drawing = self._drawing
            self._drawing = Mark((*drawing.points, event.point), drawing.radius, drawing.inside)
            self._draw()

    def release(self, event: ToolEvent) -> None:
        from core.masks import rasterise_stroke

        drawn, self._drawing = self._drawing, None
        labels = self._surroundings.labels
        if drawn is None or labels is None:
            return
        patch = rasterise_stroke(drawn.points, drawn.radius, (labels.shape[1], labels.shape[0]))
        if not patch.empty:
            self._surroundings.attempt(lambda: self._edges.paint(patch, erase=not drawn.inside))
        self.refresh()

    def cancel(self) -> None:
        if self._drawing is not None:
            self._drawing = None
            self._draw()

    def cursor(self) -> Cursor:
        return Cursor.RING

    def refresh(self) -> None:
        """Another zone may count now."""
        from core.shapes.contours import outlines

        zone = self._edges.shown if self._surroundings.labels is not None else None
        ways = [] if zone is None else [np.concatenate([way, way[:1]]) for way in outlines(zone)]
        self._outlines = tuple(tuple((float(x), float(y)) for x, y in way) for way in ways)
        self._draw()

    def _draw(self) -> None:
        marks = () if self._drawing is None else (self._drawing,)
        self._surroundings.show_sketch(Sketch(self._outlines, marks=marks))
