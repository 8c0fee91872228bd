"""Bucket fill and magic wand: areas of similar colour around the pixel under the pointer."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.types import Combine
from desktop.tools.area_settings import AreaSettings
from desktop.tools.base import Cursor, Tool, ToolEvent, ToolSurroundings

if TYPE_CHECKING:
    from core.masks import Patch

Mask = NDArray[np.bool_]

_TOLERANCE_A_PIXEL = 0.5
"""How much the tolerance changes when the mouse is dragged by one pixel of the screen."""


class BucketTool(Tool):
    """Fills the area under the pointer at a click: it ends where another object begins or the colour changes.

    So the inside of a closed outline painted with the brush is filled whatever it looks like, with the tolerance at
    its upper end.
    """

    def __init__(self, surroundings: ToolSurroundings, settings: AreaSettings, text: str) -> None:
        self._surroundings = surroundings
        self._settings = settings
        self._text = text

    def press(self, event: ToolEvent) -> None:
        how = self._settings.how_with(event.modifiers)
        may_change = self._surroundings.may_change(how)
        labels = self._surroundings.labels
        seed = _pixel_under(event, self._surroundings)
        if not may_change or labels is None or seed is None:
            return
        allowed = labels == labels[seed[1], seed[0]]
        patch = _like(self._surroundings, self._settings, seed, self._settings.tolerance, allowed)
        if patch is not None:
            self._surroundings.commit_patch(patch, how, self._text)

    def move(self, event: ToolEvent) -> None:
        pass

    def release(self, event: ToolEvent) -> None:
        pass

    def cancel(self) -> None:
        pass

    def cursor(self) -> Cursor:
        return Cursor.CROSS


class WandTool(Tool):
    """Takes the colours under the pointer, whatever is masked there; a drag to the right takes more, to the left less.

    What it would take is shown while the button is down.
    """

    def __init__(self, surroundings: ToolSurroundings, settings: AreaSettings, text: str) -> None:
        self._surroundings = surroundings
        self._settings = settings
        self._text = text
        self._seed: tuple[int, int] | None = None
        self._how = Combine.ADD
        self._start = 0
        self._tolerance = 0
        self._patch: Patch | None = None

    def press(self, event: ToolEvent) -> None:
        self.cancel()
        self._how = self._settings.how_with(event.modifiers)
        may_change = self._surroundings.may_change(self._how)
        seed = _pixel_under(event, self._surroundings)
        if not may_change or seed is None:
            return
        self._seed = seed
        self._start = event.position.x()
        self._show(self._settings.tolerance)

    def move(self, event: ToolEvent) -> None:
        if self._seed is None:
            return
        widened = self._settings.tolerance + (event.position.x() - self._start) * _TOLERANCE_A_PIXEL
        tolerance = round(min(max(widened, 0), 255))
        if tolerance != self._tolerance:
            self._show(tolerance)

    def release(self, event: ToolEvent) -> None:
        patch = self._patch
        self.cancel()
        if patch is not None:
            self._settings.set_tolerance(self._tolerance)
            self._surroundings.commit_patch(patch, self._how, self._text, found=True)

    def cancel(self) -> None:
        if self._seed is not None:
            self._seed = self._patch = None
            self._surroundings.hide_patch()

    def cursor(self) -> Cursor:
        return Cursor.CROSS

    def _show(self, tolerance: int) -> None:
        assert self._seed is not None
        self._tolerance = tolerance
        self._patch = _like(self._surroundings, self._settings, self._seed, tolerance, None)
        if self._patch is not None:
            self._surroundings.show_patch(self._patch, self._how)


def _pixel_under(event: ToolEvent, surroundings: ToolSurroundings) -> tuple[int, int] | None:
    labels = surroundings.labels
    x, y = math.floor(event.x), math.floor(event.y)
    if labels is None or not (0 <= x < labels.shape[1] and 0 <= y < labels.shape[0]):
        return None
    return x, y


def _like(
    surroundings: ToolSurroundings, settings: AreaSettings, seed: tuple[int, int], tolerance: int, allowed: Mask | None
) -> Patch | None:
    from core.masks import similar_area

    picture = surroundings.picture
    return None if picture is None else similar_area(picture, seed, tolerance, settings.contiguous, allowed)
