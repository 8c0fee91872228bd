"""The shape tool: closed splines that are drawn point by point and changed on the frame where that is needed."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt

from core.types import Combine
from desktop.session.shapes import SessionShapes
from desktop.tools.area_settings import AreaSettings
from desktop.tools.base import Cursor, Point, Sketch, Tool, ToolEvent, ToolSurroundings
from desktop.tools.splines.shape_handles import Grip, Part, dragged, grip_at, outline, sketch

if TYPE_CHECKING:
    from core.shapes import BezierPoint, Points, Shape

translate = QCoreApplication.translate
_REACH = 9.0
"""How near on the screen the first point has to be clicked on to close the shape."""
_LEAST_PULL = 3.0
"""Pixels of the screen by which a new point has to be dragged to get tangents."""
_ALT, _SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
_CTRL = Qt.KeyboardModifier.ControlModifier


@dataclass
class _Drag:
    """What the mouse holds: a shape as it was, and its points on this frame then and now."""

    shape: Shape
    before: Points
    grip: Grip
    start: Point
    text: str
    points: Points
    keys: Qt.KeyboardModifier
    """Those that were held when it began."""
    changed: bool = False


class ShapeTool(Tool):
    """Clicks set the points of a new shape, drags their tangents; a click on the first one, or Enter, closes it.

    Of the shapes there are, points and handles are dragged, a click on the curve sets a point, with Alt takes one out,
    Ctrl pulls tangents out of a point, and Shift moves a whole shape. The frame becomes a keyframe of what is changed.
    """

    def __init__(self, surroundings: ToolSurroundings, shapes: SessionShapes, settings: AreaSettings) -> None:
        self._surroundings = surroundings
        self._shapes = shapes
        self._settings = settings
        self._draft: list[BezierPoint] = []
        self._subtract = False
        self._pulling: Point | None = None
        self._drag: _Drag | None = None
        self._over: Grip | None = None

    @property
    def pending(self) -> bool:
        return bool(self._draft)

    def press(self, event: ToolEvent) -> None:
        if self._draft:
            self._add_point(event)
            return
        held = self._shape_at(event)
        how = self._settings.how_with(event.modifiers & ~(_ALT | _SHIFT))
        if held is None:
            how = self._settings.how_with(event.modifiers)
        if not self._surroundings.may_change(how) or self._surroundings.labels is None:
            return
        if held is None:
            if how is Combine.SUBTRACT and not self._shapes.drawn:
                self._surroundings.end_without(
                    translate(
                        "ShapeTool",
                        "A hole is cut out of a shape, and there is none on this frame: draw the shape first, or "
                        "make one of the mask.",
                    )
                )
                return
            self._subtract = how is Combine.SUBTRACT
            self._shapes.chosen = None
            self._add_point(event)
        else:
            self._take_hold(event, *held)

    def move(self, event: ToolEvent) -> None:
        drag = self._drag
        if drag is not None:
            keys = event.modifiers | drag.keys
            pull, alone = bool(keys & _CTRL), bool(keys & _ALT)
            drag.points = dragged(drag.before, drag.grip, drag.start, event.point, self._zoom, alone, pull)
            drag.changed = True
            self._surroundings.show_patch(self._shapes.patch_with(self._dragged_shape(drag)), Combine.REPLACE)
            self._draw()
        elif self._pulling is not None and math.dist(event.point, self._pulling) * self._zoom >= _LEAST_PULL:
            last = self._draft[-1]
            x, y = event.x - last.x, event.y - last.y
            self._draft[-1] = last._replace(in_x=-x, in_y=-y, out_x=x, out_y=y)
            self._draw()

    def release(self, event: ToolEvent) -> None:
        self._pulling = None
        drag, self._drag = self._drag, None
        if drag is not None:
            self._surroundings.hide_patch()
            if drag.changed:
                self._put(self._dragged_shape(drag), drag.text)
        self._draw()

    def hover(self, event: ToolEvent) -> None:
        if self._draft:
            self._draw(event.point)
        else:
            held = self._shape_at(event)
            self._over = None if held is None else held[2]

    def confirm(self) -> None:
        points, self._draft = tuple(self._draft), []
        if len(points) < 2:
            self.cancel()
            if points:
                self._surroundings.end_without()
            return
        subtract = self._subtract
        self._put(
            self._shapes.new(points, subtract),
            translate("ShapeTool", "Draw hole") if subtract else translate("ShapeTool", "Draw shape"),
        )
        self._draw()

    def step_back(self) -> bool:
        if self._draft:
            self._draft.pop()
            self._draw()
            if not self._draft:
                self._surroundings.end_without()
            return True
        return False

    def cancel(self) -> None:
        begun = bool(self._draft) or self._drag is not None
        self._draft, self._drag, self._pulling = [], None, None
        if begun:
            self._surroundings.hide_patch()
            self._surroundings.end_without()
            self._draw()

    def refresh(self) -> None:
        self._draw()

    def cursor(self) -> Cursor:
        return Cursor.MOVE if self._drag is not None or self._over is not None else Cursor.CROSS

    # -- inside

    @property
    def _zoom(self) -> float:
        return self._surroundings.zoom

    def _add_point(self, event: ToolEvent) -> None:
        from core.shapes import BezierPoint

        first = self._draft[0] if self._draft else None
        if (
            first is not None
            and len(self._draft) > 1
            and math.dist(event.point, (first.x, first.y)) * self._zoom <= _REACH
        ):
            self.confirm()
            return
        self._draft.append(BezierPoint(event.x, event.y))
        self._pulling = event.point
        self._draw()

    def _shape_at(self, event: ToolEvent) -> tuple[Shape, Points, Grip] | None:
        """What of which shape is under the pointer: of the chosen one first, then of the last drawn."""
        if self._surroundings.labels is None:
            return None
        chosen = self._shapes.chosen
        shown = sorted(self._shapes.shown, key=lambda pair: chosen is not None and pair[0].shape_id == chosen[0])
        for shape, points in reversed(shown):
            point = chosen[1] if chosen is not None and chosen[0] == shape.shape_id else None
            grip = grip_at(points, point, event.point, self._zoom)
            if grip is not None and event.modifiers & _SHIFT:
                grip = Grip(Part.WHOLE, grip.index)
            if grip is not None:
                return shape, points, grip
        return None

    def _take_hold(self, event: ToolEvent, shape: Shape, points: Points, grip: Grip) -> None:
        from core.errors import MaskError
        from core.shapes import points_at, with_point, without_point

        self._shapes.chosen = shape.shape_id, grip.index
        if grip.part is Part.POINT and event.modifiers & _ALT:
            self._shapes.chosen = None
            try:
                shape = without_point(shape, grip.index)
            except MaskError:
                # two points are left: it is the shape itself that is taken out
                self._surroundings.attempt(
                    lambda: self._shapes.put([], translate("ShapeTool", "Delete shape"), removed=[shape.shape_id])
                )
            else:
                self._put(shape, translate("ShapeTool", "Delete point"))
            self._draw()
            return
        text = {
            Part.WHOLE: translate("ShapeTool", "Move shape"),
            Part.FEATHER: translate("ShapeTool", "Change feather"),
            Part.IN: translate("ShapeTool", "Move tangent"),
            Part.OUT: translate("ShapeTool", "Move tangent"),
        }.get(grip.part, translate("ShapeTool", "Move point"))
        if grip.part is Part.POINT and event.modifiers & _CTRL:
            text = translate("ShapeTool", "Move tangent")
        changed = False
        if grip.part is Part.SIDE:
            # every keyframe's side is parted at the same share, so the curve stays as it is between them, too
            shape = with_point(shape, grip.index, grip.share)
            points = points_at(shape, self._shapes.frame_index)
            grip, text, changed = Grip(Part.POINT, grip.index + 1), translate("ShapeTool", "Insert point"), True
            self._shapes.chosen = shape.shape_id, grip.index
        self._drag = _Drag(shape, points, grip, event.point, text, points, event.modifiers, changed)
        self._draw()

    def _dragged_shape(self, drag: _Drag) -> Shape:
        if drag.points == drag.before:
            # a point more leaves the curve, and so every keyframe, as it was
            return drag.shape
        return self._shapes.with_points(drag.shape, drag.points)

    def _put(self, shape: Shape, text: str) -> None:
        self._surroundings.attempt(lambda: self._shapes.put_here([shape], text))

    def _draw(self, next_point: Point | None = None) -> None:
        if self._draft:
            points = tuple(self._draft)
            line = self._open_line(points, next_point)
            last = points[-1]
            ends = [(last.x + x, last.y + y) for x, y in ((last.in_x, last.in_y), (last.out_x, last.out_y)) if x or y]
            arms = tuple(((last.x, last.y), end) for end in ends)
            corners = tuple((one.x, one.y) for one in points)
            self._surroundings.show_sketch(Sketch((line, *arms), corners, dots=tuple(ends)))
            return
        if self._surroundings.labels is None:
            self._surroundings.show_sketch(Sketch())
            return
        drag, chosen = self._drag, self._shapes.chosen
        listed: list[Points] = []
        selected: tuple[int, int] | None = None
        for shape, points in self._shapes.shown:
            if chosen is not None and shape.shape_id == chosen[0]:
                selected = len(listed), chosen[1]
            held = drag is not None and drag.shape.shape_id == shape.shape_id
            listed.append(drag.points if drag is not None and held else points)
        self._surroundings.show_sketch(sketch(listed, selected, self._zoom))

    def _open_line(self, points: Points, next_point: Point | None) -> tuple[Point, ...]:
        """The draft's curve up to its last point, and on to the pointer."""
        from core.shapes import BezierPoint

        if next_point is not None:
            points = (*points, BezierPoint(*next_point))
        if len(points) < 2:
            return ((points[0].x, points[0].y),)
        # closed by a straight side, which is left out
        ends = (points[0]._replace(in_x=0, in_y=0), *points[1:-1], points[-1]._replace(out_x=0, out_y=0))
        return outline(ends)[:-1]
