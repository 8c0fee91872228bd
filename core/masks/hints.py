"""Hints about one object on one picture: a box, strokes and clicks, and the mask so far."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.boxes import bounding_box
from core.masks.patch import Patch
from core.types import Box

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


@dataclass(frozen=True)
class SelectHints:
    """Hints about one object: it lies in `box`; strokes mark it or what is around it; either may be missing.

    Where strokes cross, the later one holds. `start` is the mask before the last stroke: that stroke then corrects it,
    around itself, and leaves the rest as it is. `base` is the mask before the first of these hints, for selectors that
    answer all hints at once.
    """

    box: Box | None = None
    strokes: tuple[Stroke, ...] = ()
    start: Patch | None = None
    base: Patch | None = None


def whole(patch: Patch, size: tuple[int, int]) -> NDArray[np.bool_]:
    """A patch on a picture of `size` (height, width)."""
    mask = np.zeros(size, np.bool_)
    mask[patch.box.slices] = patch.mask
    return mask


def patch_of(mask: NDArray[np.bool_]) -> Patch:
    """A mask, (H, W) bool, as the patch around it."""
    box = bounding_box(mask.view(np.uint8))
    return Patch(box, mask[box.slices].copy())
