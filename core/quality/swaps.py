"""Objects that exchange positions between two frames."""

from __future__ import annotations

from collections.abc import Mapping

from core.quality.findings import Fault, Finding

_LEAST = 0.3
"""Overlap with the position taken, below which it may be chance."""
_MARGIN = 0.1
"""The least difference by which the position taken fits better than the object's own."""


def find_swaps(frame_index: int, overlaps: Mapping[tuple[int, int], float]) -> list[Finding]:
    """The objects that stand on `frame_index` where another stood before; two that exchange places are one finding.

    `overlaps` is intersection over union by (object before, object now). Where the other is still at its position as
    well, nothing was taken.
    """
    taken: dict[int, tuple[int, float]] = {}
    for (before, now), overlap in overlaps.items():
        if before == now or overlap < _LEAST:
            continue
        own = max(overlaps.get((now, now), 0.0), overlaps.get((before, before), 0.0))
        if overlap > own + _MARGIN and overlap > taken.get(now, (0, 0.0))[1]:
            taken[now] = (before, overlap)
    found = []
    for now, (before, overlap) in sorted(taken.items()):
        mutual = taken.get(before, (0, 0.0))[0] == now
        if mutual and before < now:
            continue  # reported for the other one
        found.append(Finding(Fault.SWAP, frame_index, now, 1.0, overlap, frame_index, frame_index, other_id=before))
    return found
