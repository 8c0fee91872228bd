"""Whether adapted weights are better on this clip, measured on its own frames.

With several anchors some are held out: the others are followed to them. With one, it is followed away and back again
(the cycle of Wang et al., "Learning Correspondence from the Cycle-consistency of Time", CVPR 2019), and what returns is
compared with what was given: a true mask, while learning took the frames between from the engine itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from core.engines.protocol import Session
from core.jobs import CancelToken
from core.metrics import boundary_f, region_j
from core.types import Anchor, LabelMap, ReadFrame

_STEPS = 8
_STRIDE = 2
_LEAST_GAIN, _MOST_LOSS = 0.002, 0.02

Score = tuple[int, float, float]
"""The id of an object, its J and its F."""


@dataclass(frozen=True)
class Check:
    """J and F, each a mean over objects and checks, and J&F by object, all in [0, 1]."""

    j: float
    f: float
    by_object: Mapping[int, float] = field(default_factory=dict)

    @property
    def j_and_f(self) -> float:
        return (self.j + self.f) / 2

    def beaten_by(self, other: Check) -> bool:
        """Whether the other is better by more than noise, and that at no object's cost: of two objects that are lost
        either way, one may be found again by chance.
        """
        if any(other.by_object.get(one, 0.0) < score - _MOST_LOSS for one, score in self.by_object.items()):
            return False
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
        scores: list[Score] = []
        for target in self._held_out:
            near = min(self._learned, key=lambda anchor: abs(anchor.frame_index - target.frame_index))
            path = _path(near.frame_index, target.frame_index)
            scores += _scores(self._follow(session, near, path, cancel), target)
        if not self._held_out:
            for anchor in self._learned:
                scores += self._cycle(session, anchor, cancel)
        if not scores:
            return Check(0.0, 0.0)
        found: dict[int, list[float]] = {}
        for one, j, f in scores:
            found.setdefault(one, []).append((j + f) / 2)
        by_object = {one: float(np.mean(each)) for one, each in found.items()}
        return Check(float(np.mean([j for _, j, _ in scores])), float(np.mean([f for _, _, f in scores])), by_object)

    def _cycle(self, session: Session, anchor: Anchor, cancel: CancelToken) -> list[Score]:
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


def _scores(found: LabelMap, anchor: Anchor) -> list[Score]:
    pairs = [(one, found == one, anchor.labels == one) for one in sorted(anchor.object_ids)]
    return [(one, float(region_j(mask, truth)), float(boundary_f(mask, truth))) for one, mask, truth in pairs]
