"""Whether adapted weights are better on this clip, measured on its own frames.

With several anchors some are held out: the others are followed to them. With one, it is followed away and back again
(the cycle of Wang et al., "Learning Correspondence from the Cycle-consistency of Time", CVPR 2019), and what returns is
compared with what was given: a true mask, while learning took the frames between from the engine itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.engines.protocol import Session
from core.jobs import CancelToken
from core.metrics import boundary_f, region_j
from core.types import Anchor, LabelMap, ReadFrame

_STEPS = 8
_STRIDE = 3
_LEAST_GAIN = 0.002


@dataclass(frozen=True)
class Check:
    """J and F, each a mean over objects and checks, in [0, 1]."""

    j: float
    f: float

    @property
    def j_and_f(self) -> float:
        return (self.j + self.f) / 2

    def beaten_by(self, other: Check) -> bool:
        """Whether the other is better by more than noise."""
        return other.j_and_f > self.j_and_f + _LEAST_GAIN


def split_anchors(anchors: Sequence[Anchor]) -> tuple[list[Anchor], list[Anchor]]:
    """(to learn from, held out): every second one of several is held out; of one, none."""
    return (list(anchors[::2]), list(anchors[1::2])) if len(anchors) > 1 else (list(anchors), [])


class Gate:
    """Measures a session on one clip; each measurement tracks at most some two dozen frames an anchor."""

    def __init__(
        self, learned: Sequence[Anchor], held_out: Sequence[Anchor], frame_count: int, read: ReadFrame
    ) -> None:
        self._learned, self._held_out = list(learned), list(held_out)
        self._count, self._read = frame_count, read

    def measure(self, session: Session, cancel: CancelToken) -> Check:
        """Raises CancelledError once cancelled, EngineError as tracking does."""
        scores: list[tuple[float, float]] = []
        for target in self._held_out:
            near = min(self._learned, key=lambda anchor: abs(anchor.frame_index - target.frame_index))
            path = _path(near.frame_index, target.frame_index)
            scores += _scores(self._follow(session, near, path, cancel), target)
        if not self._held_out:
            for anchor in self._learned:
                scores += self._cycle(session, anchor, cancel)
        means = np.mean(scores, axis=0) if scores else (0.0, 0.0)
        return Check(float(means[0]), float(means[1]))

    def _cycle(self, session: Session, anchor: Anchor, cancel: CancelToken) -> list[tuple[float, float]]:
        """Away from the anchor, in the direction that has more frames, and back."""
        start = anchor.frame_index
        reach = min(_STEPS * _STRIDE, max(start, self._count - 1 - start))
        far = start + reach if self._count - 1 - start >= start else start - reach
        if far == start:
            return []
        there = self._follow(session, anchor, _path(start, far), cancel)
        back = Anchor(far, there, anchor.object_ids)
        return _scores(self._follow(session, back, _path(far, start), cancel), anchor)

    def _follow(self, session: Session, anchor: Anchor, path: Sequence[int], cancel: CancelToken) -> LabelMap:
        """The labels at the end of the path. Engines want indices that run by ones: frames between are left out."""
        start = Anchor(0, anchor.labels, anchor.object_ids)
        labels = anchor.labels
        for result in session.track([start], range(len(path)), lambda index: self._read(path[index]), cancel):
            labels = result.labels
        cancel.raise_if_cancelled()
        return labels


def _path(first: int, last: int) -> list[int]:
    """Frames from one to the other, both included, not more than some `_STEPS` apart in all."""
    distance = abs(last - first)
    steps = max(1, min(_STEPS, -(-distance // _STRIDE)))
    return [int(frame) for frame in np.linspace(first, last, steps + 1).round()]


def _scores(found: LabelMap, anchor: Anchor) -> list[tuple[float, float]]:
    """(J, F) of each object of the anchor."""
    pairs = [(found == one, anchor.labels == one) for one in sorted(anchor.object_ids)]
    return [(region_j(mask, truth), boundary_f(mask, truth)) for mask, truth in pairs]
