"""Which frame a person should correct next: where a true mask is expected to repair the most.

Frames are always ranked, however high the confidence is: it is an estimate. A correction repairs the frames around it,
the less the farther away, up to the next frames that a person has masked; frames next to those have been repaired
already. So proposed frames keep a distance from them and are spread over the clip.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from core.quality.jumps import Jumps, find_jumps
from core.types import Origin

Values = NDArray[np.floating]

_REPAIRED = 12.0
"""Frames after which a correction repairs about a third of what it repairs next to it."""
_REACH = 60
"""Frames beyond which it repairs nothing."""
_APART = 5
"""Least frames between two proposals, and between a proposal and a person's mask where the stretch leaves room."""
_MOVED, _GREW = 0.2, 0.35
"""A jump of the centre, in object sizes, and of the area's logarithm, that is worth a look."""
_LEAST_ERROR = 0.02
"""Expected error of a frame of which the engine is quite sure."""
_UNKNOWN = 0.5
_UNUSUAL = 0.75
"""Quantile of the expected error from which on confidence is given as the reason."""


class Reason(Enum):
    """Why a frame is proposed: what speaks most against it."""

    UNSURE = auto()
    """The engine's confidence is among the lowest: `amount` is the confidence."""
    MOVED = auto()
    """The centre jumps: `amount` is how far, in object sizes (square roots of the area)."""
    GREW = auto()
    """The area jumps: `amount` is the factor, below 1 where it shrinks, 0 where the object is gone."""
    FAR = auto()
    """Nothing stands out, but no mask of a person is near: `amount` is how many frames away the nearest one is."""


@dataclass(frozen=True)
class ObjectLane:
    """The measures of an object, one value a frame."""

    origins: NDArray[np.uint8]
    """(frame_count,), values of Origin."""
    confidence: Values
    """(frame_count,), NaN where unknown."""
    measures: Values
    """(frame_count, 3): area, x and y of the centre in pixels; NaN where unknown."""


@dataclass(frozen=True)
class Proposal:
    """A frame to be checked for an object."""

    frame_index: int
    object_id: int
    reason: Reason
    amount: float
    confidence: float
    """The engine's, NaN where it gave none."""
    gain: float
    """How much a correction is expected to repair, in frames' worth of error; the list begins with the most."""


def frames_to_check(lanes: Mapping[int, ObjectLane], limit: int = 20) -> list[Proposal]:
    """The frames whose correction is expected to repair most, of all objects, the most first.

    Only frames that an engine has made are proposed. Every object that has such frames is proposed at least once, if
    `limit` leaves room.
    """
    found: list[list[Proposal]] = []
    for object_id, lane in lanes.items():
        own = _proposals(object_id, lane, limit)
        if own:
            found.append(own)
    firsts = sorted((own[0] for own in found), key=_order)[:limit]
    others = sorted((one for own in found for one in own[1:]), key=_order)
    return sorted([*firsts, *others[: limit - len(firsts)]], key=_order)


def _order(proposal: Proposal) -> tuple[float, int, int]:
    return -proposal.gain, proposal.frame_index, proposal.object_id


def _proposals(object_id: int, lane: ObjectLane, limit: int) -> list[Proposal]:
    made = (lane.origins == Origin.PROPAGATED) | (lane.origins == Origin.STALE)
    if not made.any():
        return []
    # a person's mask next to a frame says nothing against it: the two need not be similar
    jumps = find_jumps(lane.measures, made)
    jumpy = _jumpiness(jumps)
    error = np.where(made, np.maximum(_expected_error(lane.confidence), jumpy), 0)
    anchors = np.flatnonzero(lane.origins == Origin.EDITED)
    distance = _distances(len(made), anchors)
    unusual = float(np.quantile(error[made], _UNUSUAL))
    proposals = []
    for frame, gain in _chosen(error, made, anchors, distance, limit):
        if jumpy[frame] > 0 and jumpy[frame] >= error[frame]:
            reason, amount = _jump_at(frame, jumps)
        elif error[frame] > unusual or not np.isfinite(distance[frame]):
            reason, amount = Reason.UNSURE, float(lane.confidence[frame])
        else:
            reason, amount = Reason.FAR, float(distance[frame])
        confidence = float(lane.confidence[frame])
        proposals.append(Proposal(frame, object_id, reason, amount, confidence, gain))
    return proposals


def _expected_error(confidence: Values) -> Values:
    """Expected 1 - J of each frame."""
    error: Values = np.maximum(np.where(np.isnan(confidence), _UNKNOWN, 1 - confidence), _LEAST_ERROR)
    return error


def _jumpiness(jumps: Jumps) -> Values:
    """Expected error of a frame by its jump: one half where it is just worth a look, near one where it is large."""
    jump = np.maximum(np.nan_to_num(jumps.moved) / _MOVED, np.nan_to_num(jumps.grew) / _GREW)
    jumpy: Values = np.where(jump > 1, jump / (1 + jump), 0)
    return jumpy


def _distances(count: int, anchors: NDArray[np.intp]) -> Values:
    """Frames to the nearest anchor, infinite without one."""
    frames = np.arange(count)
    if not len(anchors):
        return np.full(count, np.inf)
    after = np.searchsorted(anchors, frames)
    nearest: Values = np.minimum(
        np.where(after < len(anchors), anchors[np.minimum(after, len(anchors) - 1)] - frames, np.inf),
        np.where(after > 0, frames - anchors[after - 1], np.inf),
    )
    return nearest


def _chosen(
    error: Values, made: NDArray[np.bool_], anchors: NDArray[np.intp], distance: Values, limit: int
) -> list[tuple[int, float]]:
    """Frames and what correcting each repairs, chosen one after the other as if the ones before were corrected."""
    left = error * (1 - np.exp(-distance / _REPAIRED))
    gains = np.zeros(len(error))
    # a correction repairs nothing beyond the masks around it
    bounds = [0, *anchors.tolist(), len(error)]
    stretches = [range(first, last) for first, last in pairwise(bounds) if last > first]
    for stretch in stretches:
        _fill_gains(gains, left, stretch, stretch.start, stretch.stop)
        edge = min(_APART, (len(stretch) - 1) // 3)
        near = distance[stretch.start : stretch.stop] <= edge
        gains[stretch.start : stretch.stop][near] = 0
    blocked = ~made | (gains <= 0)
    if blocked.all():
        # a few frames next to a mask: still the least sure of them
        blocked = ~made
        gains = np.where(made, error * 1e-3, 0)
    starts = np.array([stretch.start for stretch in stretches])
    chosen: list[tuple[int, float]] = []
    gains[blocked] = -1
    while len(chosen) < limit:
        frame = int(np.argmax(gains))
        if gains[frame] < 0:
            break
        chosen.append((frame, float(gains[frame])))
        stretch = stretches[int(np.searchsorted(starts, frame, side="right")) - 1]
        first, last = max(stretch.start, frame - _REACH), min(stretch.stop, frame + _REACH + 1)
        left[first:last] *= 1 - np.exp(-np.abs(np.arange(first, last) - frame) / _REPAIRED)
        blocked[max(0, frame - _APART) : frame + _APART + 1] = True
        around = slice(max(0, frame - 2 * _REACH), frame + 2 * _REACH + 1)
        _fill_gains(gains, left, stretch, around.start, around.stop)
        gains[around][blocked[around]] = -1
    return chosen


_KERNEL = np.exp(-np.abs(np.arange(-_REACH, _REACH + 1)) / _REPAIRED)


def _fill_gains(gains: Values, left: Values, stretch: range, first: int, last: int) -> None:
    """Writes what correcting each frame of a stretch repairs of what is left, from `first` on and before `last`."""
    first, last = max(first, stretch.start), min(last, stretch.stop)
    begin, end = max(first - _REACH, stretch.start), min(last + _REACH, stretch.stop)
    spread = np.convolve(left[begin:end], _KERNEL)[_REACH : _REACH + end - begin]
    gains[first:last] = spread[first - begin : last - begin]


def _jump_at(frame: int, jumps: Jumps) -> tuple[Reason, float]:
    moved, grew = float(np.nan_to_num(jumps.moved[frame])), float(np.nan_to_num(jumps.grew[frame]))
    return (Reason.MOVED, moved) if moved / _MOVED >= grew / _GREW else (Reason.GREW, float(jumps.factor[frame]))
