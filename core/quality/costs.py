"""What a finding costs: how much of the masks is likely wrong because of it.

The unit is one mask: an object of its usual area, on one frame. A swap that lasts for thirty frames costs sixty, a
speck of a hundredth of the object costs 0.01.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from core.quality.findings import Fault, Finding
from core.quality.object_measures import ObjectMeasures

Lanes = Mapping[int, Sequence[ObjectMeasures | None]]
"""An object's measures on each frame examined, by object id."""

_LONGEST = 12
"""What does not come back within so many frames is taken for the object's own doing from there on."""


def with_costs(findings: Sequence[Finding], frames: Sequence[int], lanes: Lanes) -> list[Finding]:
    """The findings with their costs, the most costly first; `frames` has one for each index of a lane."""
    position = {frame: number for number, frame in enumerate(frames)}
    swaps = _swap_costs([one for one in findings if one.fault is Fault.SWAP], position)
    found = [
        replace(one, cost=swaps[one] if one.fault is Fault.SWAP else _cost(one, position, lanes.get(one.object_id, ())))
        for one in findings
    ]
    return sorted(found, key=by_cost)


def by_cost(finding: Finding) -> tuple[float, float, int, int]:
    """The order of findings."""
    return -finding.cost, -finding.weight, finding.frame_index, finding.object_id


def _swap_costs(swaps: Sequence[Finding], position: Mapping[int, int]) -> dict[Finding, float]:
    """Two objects are wrong from a swap to the one that takes it back, else to the end: both findings are of that."""
    pairs: dict[frozenset[int | None], list[Finding]] = {}
    for one in sorted(swaps, key=lambda swap: swap.frame_index):
        pairs.setdefault(frozenset((one.object_id, one.other_id)), []).append(one)
    costs: dict[Finding, float] = {}
    for turns in pairs.values():
        for there, back in zip(turns[::2], [*turns[1::2], None], strict=False):
            end = len(position) if back is None else position[back.frame_index]
            costs[there] = 2.0 * (end - position[there.frame_index])
            if back is not None:
                costs[back] = costs[there]
    return costs


def _cost(finding: Finding, position: Mapping[int, int], lane: Sequence[ObjectMeasures | None]) -> float:
    areas = [one.area for one in lane if one is not None]
    if finding.fault is Fault.POOR:
        return 1.0 - finding.value
    if not areas:
        # an object without any mask: as likely not masked yet as lost
        return 1.0
    usual = float(np.median(areas))
    first, last = position[finding.first], position[finding.last]
    inside = [one for one in lane[first : last + 1] if one is not None]
    match finding.fault:
        case Fault.EMPTY:
            return float(last + 1 - first)
        case Fault.HOLES:
            around = [one for one in (*lane[max(0, first - 4) : first], *lane[last + 1 : last + 5]) if one is not None]
            # a hole that is there on the frames around as well is a part of the object
            own = min((one.hole_area for one in around), default=0)
            return sum(max(one.hole_area - own, one.small_hole_area) for one in inside) / usual
        case Fault.SPECKS:
            return sum(one.speck_area for one in inside) / usual
        case Fault.AREA:
            return _jump_cost(lane, first, usual)
        case Fault.POSITION:
            return min(finding.value, 1.0) * (last + 1 - first)
        case _:
            return 0.0


def _jump_cost(lane: Sequence[ObjectMeasures | None], first: int, usual: float) -> float:
    """The cost of a jump: how far the area is from that before it, summed over the frames until it comes back."""
    before, jumped = lane[first - 1] if first else None, lane[first]
    if before is None or jumped is None:
        return 1.0
    half = abs(math.log(jumped.area / before.area)) / 2
    cost = 0.0
    for one in lane[first : first + _LONGEST]:
        if one is None or abs(math.log(one.area / before.area)) < half:
            return cost
        cost += min(abs(one.area - before.area) / usual, 1.0)
    # it stays so: the jump itself is all that is odd
    return min(abs(jumped.area - before.area) / usual, 1.0)
