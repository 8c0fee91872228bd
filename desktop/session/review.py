"""Which frames a person should look at next: where the engine is unsure or a mask jumps, spread over the clip."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.types import Origin

Floats = NDArray[np.floating[Any]]

_APART = 8
_SURE = 0.8
_MOVED = 0.2
"""Of the object's own size in one frame, beyond how it moves before or after: from here on it is a jump."""
_GREW = 0.35
"""Logarithm of the area's factor in one frame, beyond how it grows before or after."""
_SMALLEST = 25.0
"""Pixels: below this an area says nothing."""


class Reason(Enum):
    """Why a frame is to be checked."""

    UNSURE = auto()
    """The engine says so: `amount` is its confidence."""
    MOVED = auto()
    """The centre jumps: `amount` is how far, in object sizes (square roots of the area)."""
    GREW = auto()
    """The area jumps: `amount` is the factor, below 1 where it shrinks, 0 where the object is gone."""


@dataclass(frozen=True)
class ObjectLane:
    """What is known of an object on each frame."""

    origins: NDArray[np.uint8]
    """(frame_count,), values of Origin."""
    confidence: Floats
    """(frame_count,), NaN where unknown."""
    measures: Floats
    """(frame_count, 3): area, x and y of the centre in pixels; NaN where unknown."""


@dataclass(frozen=True)
class Doubt:
    """A frame to be checked for an object."""

    frame_index: int
    object_id: int
    reason: Reason
    amount: float
    urgency: float
    """0 to 1; what is listed first is highest."""


def frames_to_check(lanes: Mapping[int, ObjectLane], limit: int = 20) -> list[Doubt]:
    """The most doubtful frames that an engine has made, of all objects, worst first.

    Neighbours of a frame already listed for the same object are left out: correcting one corrects them too.
    """
    found: list[Doubt] = []
    for object_id, lane in lanes.items():
        engine_made = (lane.origins == Origin.PROPAGATED) | (lane.origins == Origin.STALE)
        unsure = np.where((lane.confidence < _SURE) & engine_made, 1 - lane.confidence, 0)
        moved, grew, factor = _jumps(lane.measures)
        jump = np.where(engine_made, np.maximum(moved / _MOVED, grew / _GREW), 0)
        # at the threshold a jump is as urgent as a confidence of one half
        jumpy = np.where(jump > 1, jump / (1 + jump), 0)
        urgency = np.maximum(unsure, jumpy)
        for frame in _spread(urgency, limit):
            if unsure[frame] >= jumpy[frame]:
                reason, amount = Reason.UNSURE, lane.confidence[frame]
            elif moved[frame] / _MOVED >= grew[frame] / _GREW:
                reason, amount = Reason.MOVED, moved[frame]
            else:
                reason, amount = Reason.GREW, factor[frame]
            found.append(Doubt(frame, object_id, reason, float(amount), float(urgency[frame])))
    return sorted(found, key=lambda doubt: -doubt.urgency)[:limit]


def _spread(urgency: Floats, limit: int) -> list[int]:
    """The most urgent frames, not too close to each other."""
    left = urgency.copy()
    chosen: list[int] = []
    # looking for the highest a few times is much less work than sorting all frames
    while len(chosen) < limit:
        frame = int(np.argmax(left))
        if left[frame] <= 0:
            break
        chosen.append(frame)
        left[max(0, frame - _APART) : frame + _APART + 1] = 0
    return chosen


def _jumps(measures: Floats) -> tuple[Floats, Floats, Floats]:
    """Per frame how far the centre jumps in object sizes, how much the area jumps as a logarithm, and its factor.

    Each against the frame before, and against the steady motion on either side: what moves fast all the time does not
    jump. 0 (factor 1) where a frame or the one before it is not known.
    """
    area, centre = measures[:, 0], measures[:, 1:]
    size = np.sqrt(np.maximum(area, _SMALLEST))
    step = np.diff(centre, axis=0, prepend=np.nan) / np.minimum(size, np.roll(size, 1))[:, None]
    log_area = np.log(np.maximum(area, _SMALLEST))
    growth = np.diff(log_area, prepend=np.nan)
    moved = np.nan_to_num(_beyond_neighbours(step))
    grew = np.nan_to_num(_beyond_neighbours(growth[:, None]))
    before = np.roll(area, 1)
    factor = np.divide(area, before, out=np.ones_like(area), where=(before > 0) & (grew > 0))
    return moved, grew, factor


def _beyond_neighbours(step: Floats) -> Floats:
    """How much a step (frame_count, n) differs from the one before or the one after it, whichever is closer."""
    change = _lengths(np.diff(step, axis=0))
    gap = np.array([np.nan], step.dtype)
    closer: Floats = np.fmin(np.concatenate([gap, change]), np.concatenate([change, gap]))
    # a step between two unknown ones stands for itself
    alone = np.isnan(closer)
    closer[alone] = _lengths(step[alone])
    return closer


def _lengths(vectors: Floats) -> Floats:
    lengths: Floats = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))
    return lengths
