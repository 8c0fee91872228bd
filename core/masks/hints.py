"""Hints about one object on one picture: a box, strokes and clicks, and the mask so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from core.boxes import bounding_box
from core.masks.patch import Patch, rasterise_stroke
from core.types import BACKGROUND, MAX_OBJECT_ID, Box, LabelMap

_CLICKS_A_STROKE = 8
"""A selector by clicks gets about so many points of a stroke."""


@dataclass(frozen=True)
class Stroke:
    """A brush's way over the object (`inside`) or over what is around it: (x, y) in pixels of the picture.

    One point is a click.
    """

    points: tuple[tuple[float, float], ...]
    radius: float
    inside: bool

    @property
    def thinned(self) -> tuple[tuple[float, float], ...]:
        """A few of its points, for selectors that take clicks."""
        return self.points[:: max(1, len(self.points) // _CLICKS_A_STROKE)]


@dataclass(frozen=True, eq=False)
class Others:
    """The masks of all objects on a frame, (H, W) uint8, of which those with ids in `free` need not keep theirs: the
    object that is selected, and those that were clicked on. Two that keep the same pixels are equal.
    """

    labels: LabelMap
    free: frozenset[int]

    @cached_property
    def kept(self) -> NDArray[np.bool_]:
        """The pixels (H, W) that are to stay as they are."""
        table = np.ones(MAX_OBJECT_ID + 1, np.bool_)
        table[[BACKGROUND, *self.free]] = False
        return np.asarray(table[self.labels], np.bool_)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Others):
            return NotImplemented
        same = self.labels is other.labels and self.free == other.free
        return same or np.array_equal(self.kept, other.kept)

    __hash__ = None  # type: ignore[assignment]


@dataclass(frozen=True)
class SelectHints:
    """Hints about one object: it lies in `box`; strokes mark it or what is around it; either may be missing.

    Where strokes cross, the later one holds. `start` is the mask before the last stroke: that stroke then corrects it,
    around itself, and leaves the rest as it is. `base` is the mask before the first of these hints, for selectors that
    answer all hints at once. What clicks find leaves `others` their pixels.
    """

    box: Box | None = None
    strokes: tuple[Stroke, ...] = ()
    start: Patch | None = None
    base: Patch | None = None
    others: Others | None = None


def whole(patch: Patch, size: tuple[int, int]) -> NDArray[np.bool_]:
    """A patch on a picture of `size` (height, width)."""
    mask = np.zeros(size, np.bool_)
    mask[patch.box.slices] = patch.mask
    return mask


def patch_of(mask: NDArray[np.bool_]) -> Patch:
    """A mask, (H, W) bool, as the patch around it."""
    box = bounding_box(mask.view(np.uint8))
    return Patch(box, mask[box.slices].copy())


def as_marked(mask: NDArray[np.bool_], strokes: Sequence[Stroke]) -> NDArray[np.bool_]:
    """A selector's answer, (H, W) bool, that says what a person said: what was clicked on is in the mask, what was
    clicked away is not, whatever the selector made of it. The given mask stays as it is.

    Where the answer contradicts a click, a disc of the click's radius changes with it, so that no lone pixel is left;
    where it agrees, its outline stays. All of a stroke holds while it is the last one; what later hints have made of
    it since stays. Of two that meet, the later one holds.
    """
    held = mask.copy()
    height, width = mask.shape
    clicks = [(*stroke.points[0], stroke) for stroke in strokes if len(stroke.points) == 1]
    clicks = [(x, y, stroke) for x, y, stroke in clicks if 0 <= x < width and 0 <= y < height]
    for x, y, stroke in clicks:
        if held[int(y), int(x)] != stroke.inside:
            _draw(held, stroke)
    if strokes and len(strokes[-1].points) > 1:
        _draw(held, strokes[-1])
        clicks = [one for one in clicks if one[2].inside is strokes[-1].inside]
    # a disc may have covered what was clicked on before
    for x, y, stroke in clicks:
        held[int(y), int(x)] = stroke.inside
    return held


def _draw(mask: NDArray[np.bool_], stroke: Stroke) -> None:
    height, width = mask.shape
    drawn = rasterise_stroke(stroke.points, stroke.radius, (width, height))
    mask[drawn.box.slices][drawn.mask] = stroke.inside
