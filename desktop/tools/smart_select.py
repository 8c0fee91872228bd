"""Smart select: clicks, strokes and boxes say what belongs to an object, and each is in its mask at once."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QCoreApplication, Qt

from core.types import BACKGROUND, Box, Combine, Image, LabelMap
from desktop.tools.area_settings import AreaSettings
from desktop.tools.base import Cursor, Mark, Point, Sketch, Tool, ToolEvent, ToolSurroundings
from desktop.tools.brush_settings import BrushSettings
from desktop.tools.click_preview import ClickPreview, ids_at, most_like, next_hint, nothing_hint, same_mask
from desktop.tools.two_corners import rectangle_outline
from desktop.workers.outlines import Outlined

if TYPE_CHECKING:
    from core.masks import Patch, SelectHints

translate = QCoreApplication.translate

_LEAST_SIDE = 4
"""Pixels of the picture below which a box is a slip of the hand."""
_SLIP = 4
"""Pixels of the screen within which a press and letting go are a click."""
_CLICK_RADIUS = 3.0
"""Radius of a click in pixels of the screen: it points at little more than one pixel of the picture."""


class Finder(Protocol):
    """Finds objects in the background, one at a time."""

    def find(
        self, image: Image, hints: SelectHints, found: Callable[[Sequence[Patch]], None], done: Callable[[], None]
    ) -> None:
        """Calls `found` with better and better results, each what may be meant with the likeliest first, then `done`;
        a new call takes the place of one before.
        """
        ...

    def preview(self, image: Image, hints: SelectHints, found: Callable[[Sequence[Outlined]], None]) -> None:
        """Calls `found` with what may be meant, if that is found at once."""
        ...

    def look_soon(self, picture: Callable[[], Image | None]) -> None:
        """Does beforehand what is the same for all questions about a picture, if it stays for a moment and nothing
        else is to be done.
        """
        ...

    def drop(self) -> None:
        """Nothing that was requested arrives any more."""
        ...

    def finish(self) -> None:
        """Waits, for a moment, until what was requested has arrived."""
        ...


@dataclass(frozen=True)
class _HintStep:
    """One hint about the object: a box or a mark; the ids of what the mark lies on; and the mask that it made, for
    `same_mask`.
    """

    mark: Mark | None
    box: Box | None
    made: Patch | None = None
    on: frozenset[int] = frozenset()


class SmartSelectTool(Tool):
    """A click selects what is under it, or corrects the mask there is; with alt, or the right button, it takes away.

    A drag paints over what belongs to the object. Where there is no mask yet it is a box around the object, as it is
    with shift everywhere. Each is an undo step of its own; Enter begins a new selection.
    """

    def __init__(
        self, surroundings: ToolSurroundings, brush: BrushSettings, area: AreaSettings, finder: Finder, text: str
    ) -> None:
        self._surroundings = surroundings
        self._brush = brush
        self._area = area
        self._finder = finder
        self._text = text
        self._start: Point | None = None
        """Where the button went down for a box."""
        self._drawing: Mark | None = None
        self._moved = 0.0
        self._how = Combine.ADD
        self._base: Patch | None = None
        """The object's mask before the selection began."""
        self._steps: list[_HintStep] = []
        self._asked: _HintStep | None = None
        self._patch: Patch | None = None
        self._searching = self._ending = False
        self._known: tuple[LabelMap, int, Patch | None] | None = None
        """The object's mask in the labels last examined."""
        self._choices: Sequence[Patch] = ()
        """What the last click may have meant."""
        self._around: tuple[LabelMap | None, LabelMap | None] | None = None
        """The frame's labels before the last click, and after it."""
        self._requested_steps = 0
        """Steps to another of them that were requested while it was searched for."""
        self._wanted: Patch | None = None
        """What was previewed where the click was made."""
        self.preview = ClickPreview(self._ask_preview, self._draw)

    @property
    def pending(self) -> bool:
        return bool(self._steps) or self._searching

    @property
    def stored(self) -> bool:
        return True

    def hover(self, event: ToolEvent) -> None:
        """Where the pointer rests, what a click would select is shown."""
        self._hide_preview()
        if not self._searching:
            self.preview.point_at(event.point, not self._takes_away(event), self._surroundings.zoom)

    def leave(self) -> None:
        self._hide_preview()

    def choose_other(self, step: int) -> bool:
        """Tab or the wheel with shift: another of what a click here would find, else of what the last one has found."""
        if self.preview.choose_other(step):
            return True
        if self._searching:
            self._requested_steps += step
            return True
        if len(self._choices) < 2 or not self._steps or not same_mask(self._steps[-1].made, self._mask()):
            # the key belongs to the selection as long as there is one: the focus stays
            return self.pending
        self._hide_preview()
        hint, choices = self._steps.pop(), self._choices
        number = (most_like(hint.made, choices) if hint.made is not None else 0) + step
        # what the meaning before has covered of other objects is theirs again
        before, after = self._around or (None, None)
        base = before if after is self._surroundings.labels else None
        self._take(hint, choices[number % len(choices)], Combine.REPLACE, base)
        self._choices = choices
        return True

    def press(self, event: ToolEvent) -> None:
        self._wanted = self.preview.chosen
        self._hide_preview()
        self._moved = 0.0
        shift = bool(event.modifiers & Qt.KeyboardModifier.ShiftModifier)
        how = self._area.how
        takes_away = self._takes_away(event)
        if self._searching:
            # the next one corrects what the last one finds
            self._finder.finish()
        has_mask = self._mask() is not None
        if takes_away and not has_mask:
            self._surroundings.notify_empty()
            return
        self._how = Combine.SUBTRACT if takes_away else Combine.ADD if shift else how
        if not self._surroundings.may_change(self._how) or self._surroundings.picture is None:
            return
        if shift or not has_mask or how in (Combine.INTERSECT, Combine.REPLACE):
            self._start = event.point
        else:
            self._drawing = Mark((event.point,), self._brush.radius, not takes_away)

    def move(self, event: ToolEvent) -> None:
        first = self._drawing.points[0] if self._drawing is not None else self._start
        if first is None:
            return
        self._moved = max(self._moved, math.dist(first, event.point) * self._surroundings.zoom)
        if self._drawing is not None:
            self._drawing = replace(self._drawing, points=(*self._drawing.points, event.point))
            self._draw()
        elif self._start is not None and self._moved > _SLIP:
            self._surroundings.show_sketch(Sketch((rectangle_outline(self._start, event.point),)))

    def release(self, event: ToolEvent) -> None:
        self.move(event)
        start, self._start = self._start, None
        drawn, self._drawing = self._drawing, None
        clicked = self._moved <= _SLIP
        if not clicked:
            self._wanted = None
        if start is not None and not clicked:
            self._ask_box(start, event.point)
        elif start is not None or (drawn is not None and clicked):
            point = start if start is not None else drawn.points[0] if drawn is not None else event.point
            self.preview.clicked(point)
            self._ask(self._click(point, self._how is not Combine.SUBTRACT))
        elif drawn is not None:
            self._ask(self._step(drawn))

    def confirm(self) -> None:
        # Enter while it is still being looked for: what will be found is meant, not what is seen by now
        if self._searching:
            self._ending = True
        else:
            self._end()

    def settle(self) -> None:
        if self._searching:
            self._finder.finish()
        if self._searching and self._patch is not None:
            # there is no waiting any longer: what is seen by now is taken
            self._finder.drop()
            self._done()
        self._end()

    def cancel(self) -> None:
        if self._start is None and self._drawing is None and not self.pending:
            return
        self._start = self._drawing = None
        if self._searching:
            self._drop_search()
            self._surroundings.end_without()
        else:
            self._end()

    def step_back(self) -> bool:
        if self._searching:
            self._drop_search()
            self._surroundings.end_without()
            return True
        # each step is in the history
        return False

    def refresh(self) -> None:
        """What undo or another tool has taken back of the selection is no longer part of it."""
        self._hide_preview()
        self._finder.look_soon(lambda: self._surroundings.picture)
        if not self._steps or self._searching:
            return
        mask = self._mask()
        known = [number for number, hint in enumerate(self._steps) if same_mask(hint.made, mask)]
        if known:
            del self._steps[known[-1] + 1 :]
            self._draw()
        else:
            self._end()

    def cursor(self) -> Cursor:
        if self._ending or self._searching:
            # a chosen engine may take seconds to load
            return Cursor.BUSY
        return Cursor.RING if self._drawing is not None or self._mask() is not None else Cursor.CROSS

    # -- inside

    def _takes_away(self, event: ToolEvent) -> bool:
        return bool(event.modifiers & Qt.KeyboardModifier.AltModifier) or self._area.how is Combine.SUBTRACT

    def _click(self, point: Point, adds: bool) -> _HintStep:
        radius = min(self._brush.radius, _CLICK_RADIUS / self._surroundings.zoom)
        return self._step(Mark((point,), max(radius, 1.0), adds))

    def _step(self, mark: Mark) -> _HintStep:
        labels = self._surroundings.labels
        on = ids_at(labels, mark.points) if labels is not None and mark.inside else frozenset[int]()
        return _HintStep(mark, None, on=on)

    def _ask_preview(self, point: Point, adds: bool) -> bool:
        picture, labels = self._surroundings.picture, self._surroundings.labels
        if picture is None or labels is None or self._searching or (not adds and self._mask() is None):
            return False
        if not (0 <= point[0] < labels.shape[1] and 0 <= point[1] < labels.shape[0]):
            return False
        self._finder.preview(picture, self._hints(self._click(point, adds)), self.preview.show)
        return True

    def _hide_preview(self) -> None:
        if self.preview.hide() and not self._searching:
            self._finder.drop()

    def _mask(self) -> Patch | None:
        from core.masks import object_patch

        labels, object_id = self._surroundings.labels, self._surroundings.object_id
        if labels is None or object_id == BACKGROUND:
            return None
        # each change makes another array of labels
        if self._known is None or self._known[0] is not labels or self._known[1] != object_id:
            self._known = labels, object_id, object_patch(labels, object_id)
        return self._known[2]

    def _ask_box(self, first: Point, second: Point) -> None:
        labels = self._surroundings.labels
        (x0, x1), (y0, y1) = sorted((first[0], second[0])), sorted((first[1], second[1]))
        box = Box(round(x0), round(y0), round(x1), round(y1))
        if labels is not None:
            box = box.clipped(labels.shape[1], labels.shape[0])
        if labels is None or min(box.width, box.height) < _LEAST_SIDE:
            self._draw()
            self._surroundings.end_without(
                translate("Tools", "Nothing is selected: click on the object, or drag a box around it.")
            )
            return
        self._steps = []
        self._ask(_HintStep(None, box))

    def _ask(self, hint: _HintStep) -> None:
        picture = self._surroundings.picture
        if picture is None:
            return
        hints = self._hints(hint)
        if not self._steps:
            self._base = self._mask()
        self._asked, self._patch, self._choices, self._requested_steps = hint, None, (), 0
        self._searching = True
        self._draw()
        self._finder.find(picture, hints, self._show, self._done)

    def _hints(self, hint: _HintStep) -> SelectHints:
        """All hints of this selection, and one more."""
        from core.masks import SelectHints, Stroke
        from core.masks.hints import Others

        mask = self._mask()
        every = (*self._steps, hint)
        boxes = [one.box for one in every if one.box is not None]
        strokes = tuple(Stroke(one.mark.points, one.mark.radius, one.mark.inside) for one in every if one.mark)
        # a box is brought together with the mask by what it does to it, and needs none
        start, base = (mask, self._base if self._steps else mask) if hint.mark else (None, None)
        free = frozenset({self._surroundings.object_id}).union(*(one.on for one in every))
        labels = self._surroundings.labels
        others = None if labels is None else Others(labels, free)
        return SelectHints(boxes[-1] if boxes else None, strokes, start, base, others)

    def _show(self, choices: Sequence[Patch]) -> None:
        """What was seen before the click is what is meant by it."""
        self._choices = choices
        number = 0 if self._wanted is None else most_like(self._wanted, choices)
        self._patch = choices[(number + self._requested_steps) % len(choices)]
        self._surroundings.show_patch(self._patch, self._combine())

    def _combine(self) -> Combine:
        """A click answers with all of the mask, a box with what is in it."""
        return Combine.REPLACE if self._asked is not None and self._asked.mark is not None else self._how

    def _done(self) -> None:
        hint, patch, how = self._asked, self._patch, self._combine()
        before = self._mask()
        choices = self._choices
        self._searching, self._asked, self._patch, self._wanted = False, None, None, None
        if hint is None or patch is None:
            # the search has failed, and that was reported
            self._end()
            self._surroundings.end_without()
            return
        if (hint.box is not None and patch.empty) or (hint.mark is not None and same_mask(before, patch)):
            self._surroundings.hide_patch()
            self._ending = False
            self._draw()
            mark = hint.mark
            point = None if mark is None else mark.points[-1]
            self._surroundings.end_without(nothing_hint(point, mark is None or mark.inside, before))
            return
        self._take(hint, patch, how)
        self._choices = choices if hint.mark is not None else ()
        self._surroundings.hint(next_hint(len(self._choices)))
        if self._ending or how in (Combine.SUBTRACT, Combine.INTERSECT):
            self._end()
        else:
            self._draw()

    def _take(self, hint: _HintStep, patch: Patch, how: Combine, base: LabelMap | None = None) -> None:
        # before the commit, which has the tool look at the labels
        self._searching = True
        before = self._surroundings.labels if base is None else base
        self._surroundings.commit_patch(patch, how, self._text, base, found=True)
        self._searching = False
        self._around = before, self._surroundings.labels
        self._steps.append(replace(hint, made=self._mask()))

    def _drop_search(self) -> None:
        self._finder.drop()
        self._searching, self._asked, self._patch, self._wanted = False, None, None, None
        self._ending = False
        self._surroundings.hide_patch()
        self._draw()

    def _end(self) -> None:
        if self._searching:
            self._drop_search()
        self._steps, self._base, self._ending, self._choices = [], None, False, ()
        self._draw()

    def _draw(self) -> None:
        every = (*self._steps, self._asked) if self._asked is not None else tuple(self._steps)
        marks = [hint.mark for hint in every if hint.mark is not None]
        if self._drawing is not None:
            marks.append(self._drawing)
        boxes = [hint.box for hint in every if hint.box is not None]
        lines = tuple(rectangle_outline((box.x0, box.y0), (box.x1, box.y1)) for box in boxes[-1:])
        self._surroundings.show_sketch(Sketch((*lines, *self.preview.outlines), marks=tuple(marks)))
