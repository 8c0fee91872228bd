"""What a click would select, shown where the pointer rests, and the choice among what it may mean."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QCoreApplication, QTimer

from core.types import LabelMap
from desktop.tools.base import Point
from desktop.workers.outlines import Outlined

if TYPE_CHECKING:
    from core.masks import Patch

_REST_MS = 16
"""How long the pointer rests before what a click would select is shown."""
_BESIDE = 6.0
"""Pixels of the screen around the last click within which nothing is previewed: what it found is there to be seen."""


class ClickPreview:
    """Waits until the pointer rests, asks what a click would find there, and keeps the outlines of the answer."""

    def __init__(self, ask: Callable[[Point, bool], bool], changed: Callable[[], None]) -> None:
        """`ask` is called with the point at which the pointer rests and whether a click there would add; it returns
        whether it has asked anybody. `changed` is called when other lines are to be drawn.
        """
        self._ask, self._changed = ask, changed
        self._point: Point | None = None
        self._adds = True
        self._clicked: Point | None = None
        self._asked = False
        self._choices: Sequence[Outlined] = ()
        self._choice = 0
        self._requested_steps = 0
        """Steps to another choice that were requested before there was one."""
        self.outlines: tuple[tuple[Point, ...], ...] = ()
        """Outlines of what a click would select."""
        self._resting = QTimer()
        self._resting.setSingleShot(True)
        self._resting.setInterval(_REST_MS)
        self._resting.timeout.connect(self._rested)

    @property
    def waiting(self) -> bool:
        """Whether the pointer has not rested yet."""
        return self._resting.isActive()

    @property
    def chosen(self) -> Patch | None:
        """What is shown."""
        return self._choices[self._choice].patch if self._choices else None

    def point_at(self, point: Point, adds: bool, zoom: float) -> None:
        """The pointer is there now."""
        if self._clicked is not None and math.dist(point, self._clicked) * zoom <= _BESIDE:
            return
        self._point, self._adds, self._clicked = point, adds, None
        self._resting.start()

    def clicked(self, point: Point) -> None:
        """A click has been made there."""
        self._clicked = point

    def show(self, choices: Sequence[Outlined]) -> None:
        """An answer, or a better one: of what was chosen by hand the one most like it stays chosen."""
        if not self._asked:
            return
        before = self.chosen if self._choice else None
        self._choices = choices
        self._choice = 0 if before is None else most_like(before, [choice.patch for choice in choices])
        if len(choices) > 1:
            self._choice, self._requested_steps = (self._choice + self._requested_steps) % len(choices), 0
        self._outline()

    def choose_other(self, step: int) -> bool:
        """Shows another choice, as soon as there is one; whether anything is looked for under the pointer."""
        if not self._asked:
            return False
        if len(self._choices) < 2:
            self._requested_steps += step
            return True
        self._choice = (self._choice + step) % len(self._choices)
        self._outline()
        return True

    def hide(self) -> bool:
        """Hides the preview and drops a pending request; returns whether there was one."""
        self._resting.stop()
        asked, self._asked = self._asked, False
        self._choices, self._choice, self._requested_steps = (), 0, 0
        if self.outlines:
            self.outlines = ()
            self._changed()
        return asked

    def _rested(self) -> None:
        if self._point is not None:
            self._asked = self._ask(self._point, self._adds)

    def _outline(self) -> None:
        # lines, as there need be no object yet that it could have the colour of
        self.outlines = self._choices[self._choice].lines if self._choices else ()
        self._changed()


def most_like(wanted: Patch, choices: Sequence[Patch]) -> int:
    """The number of the choice that overlaps `wanted` most."""
    return max(range(len(choices)), key=lambda number: _overlap(wanted, choices[number]))


def _overlap(one: Patch, other: Patch) -> float:
    box = one.box.union(other.box)
    both = [np.zeros((box.height, box.width), np.bool_) for _ in range(2)]
    for plane, patch in zip(both, (one, other), strict=True):
        inner = patch.box
        plane[inner.y0 - box.y0 : inner.y1 - box.y0, inner.x0 - box.x0 : inner.x1 - box.x0] = patch.mask
    return float((both[0] & both[1]).sum() / max(1, (both[0] | both[1]).sum()))


def next_hint(choices: int) -> str:
    """What can be done after a click that may have meant so many things, or a box."""
    go_on = QCoreApplication.translate("Tools", "Right click: take away   Shift+drag: box   Enter: done")
    if choices < 2:
        return go_on
    other = QCoreApplication.translate("Tools", "Tab: another of {count} meanings").format(count=choices)
    return f"{other}   {go_on}"


def nothing_hint(point: Point | None, inside: bool, mask: Patch | None) -> str:
    """Why a click at a point, on the object or (not `inside`) beside it, changes nothing of a mask; or a box, without
    a point.
    """
    if point is not None and mask is not None and not mask.empty:
        if not inside:
            return QCoreApplication.translate("Tools", "There is nothing of the mask to take away.")
        x, y = int(point[0]) - mask.box.x0, int(point[1]) - mask.box.y0
        if 0 <= y < mask.mask.shape[0] and 0 <= x < mask.mask.shape[1] and mask.mask[y, x]:
            return QCoreApplication.translate(
                "Tools", "That is in the mask already: the right button or Alt takes it away."
            )
    return QCoreApplication.translate(
        "Tools", "Nothing was found there: paint over it, or draw a box around the object."
    )


def ids_at(labels: LabelMap, points: Sequence[Point]) -> frozenset[int]:
    """The ids of what lies under points of the picture; those beside it count as its edge."""
    height, width = labels.shape
    x, y = np.clip(np.array(points).astype(int).T, 0, [[width - 1], [height - 1]])
    return frozenset(labels[y, x].tolist())


def same_mask(one: Patch | None, other: Patch | None) -> bool:
    """Whether two masks are the same pixels."""
    if one is None or other is None:
        return (one is None or one.empty) and (other is None or other.empty)
    return one.same(other)
