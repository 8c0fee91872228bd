"""When each frame is shown, from time stamps that may be missing, repeated, out of order or begin again."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from statistics import median_low

_RESTART_SECONDS = 1
"""Stamps that fall back by more begin again, as in recordings put one after another; by less, they are wrong."""


@dataclass(frozen=True)
class FrameTimes:
    """`ticks` of `time_base` seconds, one a frame, strictly increasing."""

    ticks: tuple[int, ...]
    time_base: Fraction
    last_ticks: int | None = None
    """How long the last frame is shown, if that is known."""
    mended: int = 0
    """Frames whose stamps are missing, repeated or out of order: they are shown between their neighbours."""
    restarts: int = 0
    """How often stamps begin again."""

    @property
    def step(self) -> Fraction | None:
        """The mean distance of frames in seconds; None for a single frame."""
        if len(self.ticks) < 2:
            return None
        return (self.ticks[-1] - self.ticks[0]) * self.time_base / (len(self.ticks) - 1)

    @property
    def variable(self) -> bool:
        """True if frames follow each other at unequal distances, more so than rounding to ticks explains."""
        if len(self.ticks) < 3:
            return False
        steps = [after - before for before, after in pairwise(self.ticks)]
        # with a coarse clock (one tick a frame, say) a single tick more is a frame that is missing
        allowed = max(1.0, 0.05 * min(steps)) if min(steps) >= 4 else 0.0
        return max(steps) - min(steps) > allowed


def counted(frame_count: int, rate: Fraction) -> FrameTimes:
    """Times of frames that pass at a constant rate, because there are no stamps to go by."""
    return FrameTimes(tuple(range(frame_count)), 1 / rate, 1, mended=frame_count)


def frame_times(
    stamps: Sequence[int | None], time_base: Fraction, rate: Fraction, last_ticks: int | None
) -> FrameTimes:
    """The times of frames in the order they are shown. Good stamps stay as they are.

    `rate` is what the container gives: frames pass at it where stamps say nothing. If fewer than half are of use, all
    are counted.
    """
    if all(stamp is not None for stamp in stamps) and all(a < b for a, b in pairwise(stamps)):  # type: ignore[operator]
        return FrameTimes(tuple(stamp for stamp in stamps if stamp is not None), time_base, last_ticks)
    step = _usual_step(stamps) or max(1, round(1 / (rate * time_base)))
    joined, restarts = _joined(stamps, step, time_base)
    kept = _rising(joined)
    known = sorted({stamp for stamp in joined if stamp is not None})
    if len(known) == len(stamps):
        # only out of order, as in AVI, which has them in the order of storage
        last = last_ticks if known[-1] == joined[-1] else None
        return FrameTimes(tuple(known), time_base, last, len(stamps) - len(kept), restarts)
    if len(kept) < max(2, len(stamps) / 2):
        return counted(len(stamps), rate)
    ticks, finer = _filled(joined, kept, step)
    last = None if last_ticks is None else last_ticks * finer
    return FrameTimes(tuple(ticks), time_base / finer, last, len(stamps) - len(kept), restarts)


def _usual_step(stamps: Sequence[int | None]) -> int:
    known = [stamp for stamp in stamps if stamp is not None]
    steps = [after - before for before, after in pairwise(known) if after > before]
    return median_low(steps) if steps else 0


def _joined(stamps: Sequence[int | None], step: int, time_base: Fraction) -> tuple[list[int | None], int]:
    """Stamps that begin again go on from where they were."""
    reach = max(8 * step, int(_RESTART_SECONDS / time_base))
    joined: list[int | None] = []
    offset, latest, since, restarts = 0, None, 0, 0
    for index, stamp in enumerate(stamps):
        if stamp is None:
            joined.append(None)
            since += 1
            continue
        ahead = [other for other in stamps[index + 1 : index + 4] if other is not None]
        if latest is not None and stamp + offset < latest - reach and all(other + offset < latest for other in ahead):
            offset = latest + step * (since + 1) - stamp
            restarts += 1
        joined.append(stamp + offset)
        latest = stamp + offset if latest is None else max(latest, stamp + offset)
        since = 0
    return joined, restarts


def _rising(stamps: Sequence[int | None]) -> list[int]:
    """Indices of the most stamps that rise strictly: the longest increasing subsequence."""
    ends: list[int] = []
    last_indices: list[int] = []
    before: dict[int, int | None] = {}
    for index, stamp in enumerate(stamps):
        if stamp is None:
            continue
        length = bisect_left(ends, stamp)
        if length < len(ends) and ends[length] == stamp:
            # of equal stamps the first is right
            continue
        before[index] = last_indices[length - 1] if length else None
        ends[length : length + 1] = [stamp]
        last_indices[length : length + 1] = [index]
    kept: list[int] = []
    at = last_indices[-1] if last_indices else None
    while at is not None:
        kept.append(at)
        at = before[at]
    return kept[::-1]


def _filled(stamps: Sequence[int | None], kept: Sequence[int], step: int) -> tuple[list[int], int]:
    """A time for every frame, spread evenly between kept stamps, and by how much finer the ticks had to become."""
    values = {index: stamp for index in kept if (stamp := stamps[index]) is not None}
    finer = 1
    for first, last in pairwise(kept):
        holes = last - first
        if values[last] - values[first] < holes:
            finer = max(finer, holes)
    ticks = [0] * len(stamps)
    for first, last in pairwise(kept):
        begin, length = values[first] * finer, (values[last] - values[first]) * finer
        for index in range(first, last):
            ticks[index] = begin + length * (index - first) // (last - first)
    for index in range(kept[-1], len(stamps)):
        ticks[index] = (values[kept[-1]] + step * (index - kept[-1])) * finer
    for index in range(kept[0]):
        ticks[index] = (values[kept[0]] - step * (kept[0] - index)) * finer
    return ticks, finer
