"""What stands out in an object's measures over the frames of a clip."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np

from core.quality.findings import Fault, Finding
from core.quality.jumps import Floats, Jumps, find_jumps
from core.quality.object_measures import ObjectMeasures

_LONGEST_GAP = 12
"""An object that is gone for more frames than this is taken to be hidden or out of sight."""
_AREA_JUMP = 0.35
"""Least change of the area's logarithm beyond the usual that is a jump: 1.42 times as large."""
_POSITION_JUMP = 0.4
"""Least jump of the centre as a share of the object's size."""
_TIMES_USUAL = 7.0
"""A jump is this many times the object's median change beyond the usual."""
_NEAR = 3
"""Jumps so many frames apart are one: there, and back again."""
_COMMON = 0.25
"""What is on more than this share of the frames is reported once, where it is worst."""
_MANY = 3.0
"""Where small things are common, a frame stands out with `count` times the usual number, and so many more."""
_LARGE_HOLE = 0.03
"""Least share of the object that a hole has which is not there on the frames around."""
_AROUND = 4

Measures = Sequence[ObjectMeasures | None]
"""Measures of one object, one per frame examined, in order; None where it has no pixel."""


def find_outliers(object_id: int, frames: Sequence[int], measures: Measures) -> list[Finding]:
    """The findings of one object; `frames` are the indices of the frames examined, rising, one for each measure."""
    seen = [index for index, one in enumerate(measures) if one is not None]
    if not seen:
        first, last = (frames[0], frames[-1]) if frames else (0, 0)
        return [Finding(Fault.MISSING, first, object_id, 0.5, 0, first, last)]
    found = _gaps(object_id, frames, measures, seen)
    measured = _measured(frames, measures)
    jumps = _area_jumps(object_id, frames, measured)
    # an object that is cut in half also moves its centre: one of the two is enough
    taken = {near for one in jumps for near in range(one.first - 1, one.last + 2)}
    jumps += [one for one in _position_jumps(object_id, frames, measured) if one.frame_index not in taken]
    specks = [one.specks - one.far_specks if one else 0 for one in measures]
    far = [one.far_specks if one else 0 for one in measures]
    holes = [one.small_holes if one else 0 for one in measures]
    large = _sudden_holes(measures)
    return [
        *found,
        *jumps,
        *_runs(Fault.HOLES, object_id, frames, large, 0.6),
        *_counted(Fault.HOLES, object_id, frames, [0 if index in large else n for index, n in enumerate(holes)]),
        *_counted(Fault.SPECKS, object_id, frames, specks),
        *_counted(Fault.SPECKS, object_id, frames, far),
    ]


def _gaps(object_id: int, frames: Sequence[int], measures: Measures, seen: Sequence[int]) -> list[Finding]:
    found = []
    usual = float(np.median([one.area for one in measures if one is not None]))
    for before, after in pairwise(seen):
        gap = range(before + 1, after)
        one, other = measures[before], measures[after]
        assert one is not None and other is not None
        # what left the picture over its edge may well come back later
        leaving = one.at_edge and other.at_edge and max(one.area, other.area) < usual / 2
        if not 0 < len(gap) <= _LONGEST_GAP or leaving:
            continue
        found.append(Finding(Fault.EMPTY, frames[gap[0]], object_id, 0.9, len(gap), frames[gap[0]], frames[gap[-1]]))
    return found


def _area_jumps(object_id: int, frames: Sequence[int], jumps: Jumps) -> list[Finding]:
    return [
        Finding(
            Fault.AREA,
            frames[first],
            object_id,
            min(0.85, 0.3 + float(jumps.grew[first]) / 3),
            float(jumps.factor[first]),
            frames[first],
            frames[last],
        )
        for first, last in _runs_of_jumps(jumps.grew, _AREA_JUMP)
    ]


def _position_jumps(object_id: int, frames: Sequence[int], jumps: Jumps) -> list[Finding]:
    return [
        Finding(
            Fault.POSITION,
            frames[first],
            object_id,
            min(0.8, 0.3 + float(jumps.moved[first]) / 4),
            float(jumps.moved[first]),
            frames[first],
            frames[last],
        )
        for first, last in _runs_of_jumps(jumps.moved, _POSITION_JUMP)
    ]


def _measured(frames: Sequence[int], measures: Measures) -> Jumps:
    """The jumps between frames that follow their neighbour as closely as most do, and both show the object."""
    values = np.array([(one.area, one.x, one.y) if one else (np.nan,) * 3 for one in measures])
    jumps = find_jumps(values)
    steps = np.diff(frames)
    far = np.concatenate([[False], steps > np.median(steps)]) if len(steps) else np.zeros(len(frames), bool)
    for values in (jumps.moved, jumps.grew):
        values[far] = np.nan
    return jumps


def _runs_of_jumps(sizes: Floats, least: float) -> list[tuple[int, int]]:
    """First and last index of each jump; near ones are one."""
    known = sizes[~np.isnan(sizes)]
    if not len(known):
        return []
    limit = max(least, _TIMES_USUAL * float(np.median(known)))
    found: list[tuple[int, int]] = []
    for index in np.flatnonzero(np.nan_to_num(sizes) > limit).tolist():
        if found and index - found[-1][1] <= _NEAR:
            found[-1] = (found[-1][0], index)
        else:
            found.append((index, index))
    return found


def _sudden_holes(measures: Measures) -> dict[int, float]:
    """Indices of large holes that are not there on the frames around, with their share of the object."""
    ratios = np.array([one.hole_area / one.area if one else 0.0 for one in measures])
    found = {}
    limit = max(_LARGE_HOLE, _TIMES_USUAL * float(np.median(np.abs(np.diff(ratios))))) if len(ratios) > 1 else 1.0
    for index, ratio in enumerate(ratios):
        around = np.delete(ratios[max(0, index - _AROUND) : index + _AROUND + 1], min(index, _AROUND))
        if len(around) and ratio > float(np.median(around)) + limit:
            found[index] = float(ratio)
    return found


def _counted(fault: Fault, object_id: int, frames: Sequence[int], counts: Sequence[int]) -> list[Finding]:
    """Small things. Where they are common, one finding stands for all, others for frames with far more than usual."""
    counts_at = {index: float(count) for index, count in enumerate(counts) if count}
    if len(counts_at) <= max(2, _COMMON * len(counts)):
        return _runs(fault, object_id, frames, counts_at, 0.4)
    usual = float(np.median(list(counts_at.values())))
    many = {index: count for index, count in counts_at.items() if count > _MANY * usual + _MANY}
    worst = max(counts_at, key=lambda index: counts_at[index])
    first, last = frames[min(counts_at)], frames[max(counts_at)]
    return [
        Finding(fault, frames[worst], object_id, 0.1, len(counts_at), first, last),
        *_runs(fault, object_id, frames, many, 0.4),
    ]


def _runs(
    fault: Fault, object_id: int, frames: Sequence[int], amounts: Mapping[int, float], weight: float
) -> list[Finding]:
    """A finding for each run of near frames, at its largest amount; the largest of all has the whole weight."""
    runs: list[list[int]] = []
    for index in sorted(amounts):
        if runs and index - runs[-1][-1] <= _NEAR:
            runs[-1].append(index)
        else:
            runs.append([index])
    found = []
    for run in runs:
        index = max(run, key=lambda one: amounts[one])
        ratio = amounts[index] / max(amounts.values())
        found.append(
            Finding(
                fault, frames[index], object_id, weight * (0.5 + ratio / 2), len(run), frames[run[0]], frames[run[-1]]
            )
        )
    return found
