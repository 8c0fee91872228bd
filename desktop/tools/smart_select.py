"""Smart select: a box around an object, and strokes that say what belongs to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QCoreApplication, Qt

from core.types import Box, Combine, Image
from desktop.tools.area_settings import AreaSettings
from desktop.tools.base import Cursor, Mark, Point, Sketch, Tool, ToolEvent, ToolSurroundings
from desktop.tools.brush_settings import BrushSettings
from desktop.tools.two_corners import rectangle_outline

if TYPE_CHECKING:
    from core.masks import Patch, SelectHints

translate = QCoreApplication.translate

_LEAST_SIDE = 4
"""Pixels of the picture below which a box is a slip of the hand."""


class Finder(Protocol):
    """Finds objects in the background, one at a time."""

    def find(self, image: Image, hints: SelectHints, found: Callable[[Patch], None], done: Callable[[], None]) -> None:
        """Calls `found` with better and better results, then `done`; a new call takes the place of one before."""
        ...

    def drop(self) -> None:
        """Nothing that was asked for arrives any more."""
        ...

    def finish(self) -> None:
        """Waits, for a moment, until what was asked for has arrived."""
        ...


class SmartSelectTool(Tool):
    """First a box is dragged; then strokes add to what is found, with alt they take away, until it is confirmed."""

    def __init__(
        self, surroundings: ToolSurroundings, brush: BrushSettings, area: AreaSettings, finder: Finder, text: str
    ) -> None:
        self._surroundings = surroundings
        self._brush = brush
        self._area = area
        self._finder = finder
        self._text = text
        self._how = Combine.ADD
        self._corner: Point | None = None
        self._hints: SelectHints | None = None
        self._marks: list[Mark] = []
        self._starts: list[Patch | None] = []
        """What was found when each mark was made: the mark corrects it."""
        self._drawing: Mark | None = None
        self._patch: Patch | None = None
        self._searching = self._confirmed = False

    @property
    def pending(self) -> bool:
        return self._hints is not None

    def press(self, event: ToolEvent) -> None:
        if self._hints is not None:
            beside = bool(event.modifiers & Qt.KeyboardModifier.AltModifier)
            self._drawing = Mark((event.point,), self._brush.radius, not beside)
            self._draw()
            return
        self._how = self._area.how_with(event.modifiers)
        if self._surroundings.may_change(self._how) and self._surroundings.picture is not None:
            self._corner = event.point

    def move(self, event: ToolEvent) -> None:
        if self._drawing is not None:
            self._drawing = replace(self._drawing, points=(*self._drawing.points, event.point))
            self._draw()
        elif self._corner is not None:
            self._surroundings.show_sketch(Sketch((rectangle_outline(self._corner, event.point),)))

    def release(self, event: ToolEvent) -> None:
        if self._drawing is not None:
            self._marks.append(self._drawing)
            self._starts.append(self._patch)
            self._drawing = None
            self._find()
        elif self._corner is not None:
            corner, self._corner = self._corner, None
            self._begin(corner, event.point)

    def confirm(self) -> None:
        # Enter while it is still being looked for: what will be found is meant, not what is seen by now
        if self._searching:
            self._confirmed = True
            return
        patch = self._patch
        if patch is not None:
            self._clear()
            self._surroundings.commit_patch(patch, self._how, self._text)

    def settle(self) -> None:
        if self._searching:
            self._finder.finish()
            self._searching = False
        self.confirm()

    def step_back(self) -> None:
        if self._drawing is not None:
            return
        if not self._marks:
            self.cancel()
            return
        self._marks.pop()
        self._starts.pop()
        self._find()

    def cancel(self) -> None:
        if self._corner is None and self._hints is None:
            return
        self._clear()
        self._surroundings.end_without()

    def _clear(self) -> None:
        self._finder.drop()
        self._corner = self._hints = self._drawing = self._patch = None
        self._marks, self._starts = [], []
        self._searching = self._confirmed = False
        self._surroundings.hide_patch()
        self._surroundings.show_sketch(Sketch())

    def cursor(self) -> Cursor:
        if self._confirmed:
            return Cursor.BUSY
        return Cursor.CROSS if self._hints is None else Cursor.RING

    def _begin(self, first: Point, second: Point) -> None:
        from core.masks import SelectHints

        labels = self._surroundings.labels
        (x0, x1), (y0, y1) = sorted((first[0], second[0])), sorted((first[1], second[1]))
        box = Box(round(x0), round(y0), round(x1), round(y1))
        if labels is not None:
            box = box.clipped(labels.shape[1], labels.shape[0])
        if labels is None or min(box.width, box.height) < _LEAST_SIDE:
            self._surroundings.show_sketch(Sketch())
            self._surroundings.end_without(translate("Tools", "Nothing is selected: drag a box around the object."))
            return
        self._hints = SelectHints(box)
        self._find()

    def _find(self) -> None:
        from core.masks import Stroke

        picture = self._surroundings.picture
        if self._hints is None or picture is None:
            return
        strokes = tuple(Stroke(mark.points, mark.radius, mark.inside) for mark in self._marks)
        start = self._starts[-1] if self._starts else None
        self._hints = replace(self._hints, strokes=strokes, start=start)
        self._draw()
        self._searching, self._confirmed = True, False
        self._finder.find(picture, self._hints, self._show, self._done)

    def _show(self, patch: Patch) -> None:
        self._patch = patch
        self._surroundings.show_patch(patch, self._how)

    def _done(self) -> None:
        self._searching = False
        if not self._marks and (self._patch is None or not self._patch.mask.any()):
            text = translate("Tools", "Nothing was found there: draw the box closer around the object, or paint it.")
            # without any answer the search has failed, and that was said
            said = text if self._patch is not None else ""
            self._clear()
            self._surroundings.end_without(said)
            return
        if self._confirmed:
            self._confirmed = False
            self.confirm()

    def _draw(self) -> None:
        assert self._hints is not None
        box = self._hints.box
        marks = (*self._marks, self._drawing) if self._drawing is not None else tuple(self._marks)
        self._surroundings.show_sketch(Sketch((rectangle_outline((box.x0, box.y0), (box.x1, box.y1)),), marks=marks))
