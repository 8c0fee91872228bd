"""The runs from either side of a frame, merged with what is learned when a run arrives at the far anchor.

A run that arrives with a mask unlike what the other run has there, a frame away from the true one, has lost the object
on its way or taken something else: what it says between the two anchors counts for less. Of the backward run, which
comes first, that is known from the start. Of the forward run it is known at the end; should it have failed, the frames
that it spoiled come once more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from core.closeable import Closeable
from core.propagation.merging import merge
from core.propagation.waiting import WaitingResults
from core.types import Anchor, FrameResult

_ARRIVED = 0.8
"""IoU with the other run, one frame from its anchor, from which on a run has arrived. Between 0.7 and 0.9 the folds'
scores are the same (docs/experiments.md)."""
_POWER = 4
_LEAST_LEFT = 0.5
"""The least size that an object counts for, as a share of its size where the run began."""

Interval = tuple[int, int, int]
"""An object and its anchors before and after."""


class TwoSidedResults(Closeable):
    """Keeps the backward run's results and merges them with the forward run's, stretch by stretch.

    Every result has a confidence for each object that its run can know. Raises EngineError if the disk is full.
    """

    def __init__(self, anchors: Sequence[Anchor]) -> None:
        self._frames: dict[int, list[int]] = {}
        for anchor in sorted(anchors, key=lambda anchor: anchor.frame_index):
            for object_id in anchor.object_ids:
                self._frames.setdefault(object_id, []).append(anchor.frame_index)
        self._backward, self._forward = WaitingResults(), WaitingResults()
        self._trust: dict[Interval, list[float]] = {}

    def close(self) -> None:
        """Removes the temporary files; closing twice does nothing."""
        self._backward.close()
        self._forward.close()

    def begin(self) -> None:
        """Another stretch begins: what waits is forgotten."""
        self._backward.clear()
        self._forward.clear()
        self._trust.clear()

    def put(self, result: FrameResult) -> None:
        """Keeps a result of the backward run."""
        self._backward.put(result)

    def meet(self, forward: FrameResult) -> Iterator[FrameResult]:
        """The frame's result of both runs, or the forward one if the other says nothing of it; then earlier frames that
        turn out different now.
        """
        backward = self._backward.get(forward.frame_index)
        if backward is None:
            yield forward
            return
        self._forward.put(forward)
        frame_index = forward.frame_index
        intervals = [self._interval(key, frame_index) for key in forward.confidence.keys() & backward.confidence.keys()]
        there = [interval for interval in intervals if interval is not None]
        for interval in there:
            if frame_index == interval[1] + 1:
                begun = self._backward.get(interval[2] - 1)
                self._trust[interval] = [1.0, _trust(backward, forward, begun, interval[0])]
        yield self._merged(forward, backward)
        for interval in there:
            if interval[1] + 1 < frame_index == interval[2] - 1:
                begun = self._forward.get(interval[1] + 1)
                yield from self._reconsider(interval, _trust(forward, backward, begun, interval[0]))

    def _reconsider(self, interval: Interval, trust: float) -> Iterator[FrameResult]:
        """The frames between two anchors that come out differently with what is known of the forward run now."""
        if trust == 1 or interval not in self._trust:
            return
        for frame_index in range(interval[1] + 1, interval[2]):
            forward, backward = self._forward.get(frame_index), self._backward.get(frame_index)
            if forward is None or backward is None:
                continue
            self._trust[interval][0] = 1.0
            before = self._merged(forward, backward)
            self._trust[interval][0] = trust
            after = self._merged(forward, backward)
            if not np.array_equal(before.labels, after.labels):
                yield after

    def _merged(self, forward: FrameResult, backward: FrameResult) -> FrameResult:
        nearness: dict[int, tuple[float, float]] = {}
        trust: dict[int, tuple[float, float]] = {}
        for object_id in forward.confidence.keys() | backward.confidence.keys():
            if object_id not in backward.confidence:
                nearness[object_id] = (1.0, 0.0)
            elif object_id not in forward.confidence:
                nearness[object_id] = (0.0, 1.0)
            else:
                interval = self._interval(object_id, forward.frame_index)
                nearness[object_id] = _nearness(interval, forward.frame_index)
                if interval in self._trust:
                    ahead, back = self._trust[interval]
                    trust[object_id] = ahead, back
        return merge(forward, backward, nearness, trust)

    def _interval(self, object_id: int, frame_index: int) -> Interval | None:
        """The object's anchors about a frame; None on an anchor, and where there is none on one side."""
        frames = self._frames.get(object_id, [])
        before = max((frame for frame in frames if frame <= frame_index), default=None)
        after = min((frame for frame in frames if frame >= frame_index), default=None)
        return None if before is None or after is None or before == after else (object_id, before, after)


def _nearness(interval: Interval | None, frame_index: int) -> tuple[float, float]:
    """How near the anchor before and the anchor after are, as `merge` wants it."""
    if interval is None:
        return 0.5, 0.5
    _, before, after = interval
    return (after - frame_index) / (after - before), (frame_index - before) / (after - before)


def _trust(arrived: FrameResult, other: FrameResult, begun: FrameResult | None, object_id: int) -> float:
    """What a run that has come to the far anchor is worth, in [0, 1]. `other` is the run that began there, and `begun`
    what the arrived run found where it began itself.
    """
    one, two = arrived.labels == object_id, other.labels == object_id
    # of an object that is leaving the picture a few pixels are left, on which no two runs agree
    least = 0.0 if begun is None else _LEAST_LEFT * np.count_nonzero(begun.labels == object_id)
    together = max(float(np.count_nonzero(one | two)), least)
    agreement = 1 - float(np.count_nonzero(one != two)) / together if together else 1.0
    return float(min(1.0, agreement / _ARRIVED) ** _POWER)
