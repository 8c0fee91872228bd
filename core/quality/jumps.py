"""How much an object's centre and area change from one frame to the next, beyond how they change around that frame.

Both the check of the masks and the list of the frames to look at next go by these measures; the limits from which on a
jump counts are their own.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]

_AROUND = 4
"""Steps before and after that say what is usual. Half of them may jump themselves."""
_SMALLEST = 25.0
"""Pixels: below this an area says nothing, and one pixel of rounding would be a jump."""


@dataclass(frozen=True)
class Jumps:
    """One value a frame, of the step that leads to it; NaN where the step is not known."""

    moved: Floats
    """(frame_count,): how far the centre moves beyond the usual, in object sizes (square roots of the area)."""
    grew: Floats
    """(frame_count,): absolute logarithm of the area's factor beyond the usual."""
    factor: Floats
    """(frame_count,): the area's factor itself, 0 where the object is gone."""


def find_jumps(measures: Floats, known: NDArray[np.bool_] | None = None) -> Jumps:
    """The jumps of an object whose area and centre on each frame are `measures` (frame_count, 3), NaN where unknown.

    What moves or grows steadily does not jump: the median step of the frames around is what is usual. Only steps
    between two frames that are both `known` (frame_count,) count; None means all of them.
    """
    area = np.array(measures[:, 0], np.float64)
    centre = np.array(measures[:, 1:], np.float64)
    if known is not None:
        area[~known] = np.nan
        centre[~known] = np.nan
    size = np.sqrt(np.maximum(area, _SMALLEST))
    with np.errstate(invalid="ignore", divide="ignore"):
        steps = np.diff(centre, axis=0, prepend=np.nan) / np.minimum(size, np.roll(size, 1))[:, None]
        growth = np.diff(2 * np.log(size), prepend=np.nan)[:, None]
        moved = np.sqrt(np.square(steps - _usual(steps)).sum(axis=1))
        factor = np.where(np.roll(area, 1) > 0, area / np.roll(area, 1), 1.0)
    grew = np.abs(growth - _usual(growth))[:, 0]
    return Jumps(moved, grew, factor)


def _usual(steps: Floats) -> Floats:
    """The median of the known steps (frame_count, n) around each one; the step itself is one of them."""
    count = len(steps)
    padded = np.full((count + 2 * _AROUND, steps.shape[1]), np.nan)
    padded[_AROUND : _AROUND + count] = steps
    around = np.sort([padded[shift : shift + count] for shift in range(2 * _AROUND + 1)], axis=0)
    # unknown ones are sorted to the end
    there = np.count_nonzero(~np.isnan(around), axis=0)
    low, high = np.maximum(there - 1, 0) // 2, there // 2
    high = np.minimum(high, np.maximum(there - 1, 0))
    middle = np.take_along_axis(around, low[None], axis=0) + np.take_along_axis(around, high[None], axis=0)
    usual: Floats = middle[0] / 2
    return usual
