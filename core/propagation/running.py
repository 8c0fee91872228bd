"""Carrying out a plan: runs the engine, merges the two directions, keeps what is to be kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from core.engines.protocol import Session
from core.jobs import CancelToken
from core.propagation.merging import merge, paste
from core.propagation.planning import Pass, plan
from core.propagation.request import PropagationRequest
from core.propagation.waiting import WaitingResults
from core.types import Anchor, FrameResult, LabelMap, ReadFrame

StepListener = Callable[[int], None]
"""Told how many of `PropagationPlan.steps` are done, after each."""


def propagate(
    session: Session,
    request: PropagationRequest,
    read: ReadFrame,
    cancel: CancelToken,
    on_step: StepListener | None = None,
) -> Iterator[FrameResult]:
    """Yields a result for each of `plan(request).frames`, in the order in which they get finished, each once.

    A result speaks of the objects that were followed there, and of no others, though it shows all: on an anchor's frame
    its objects have exactly its pixels, and objects that are not followed have exactly those of `request.kept`. Between
    two anchors of an object, with BOTH, the runs from either side are merged, weighted by confidence and nearness. A
    frame waits in a temporary file from one run to the other, so memory does not grow.

    Ends early, without an error, once `cancel` is set; what was yielded is final. Raises EngineError as `plan` and
    `Session.track` do, at the first `next`.
    """
    planned = plan(request)
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        if on_step is not None:
            on_step(done)

    with WaitingResults() as waiting:
        for one in planned.passes:
            yield from _run(session, one, request, read, cancel, waiting, step)
            if cancel.cancelled:
                return


def _run(
    session: Session,
    one: Pass,
    request: PropagationRequest,
    read: ReadFrame,
    cancel: CancelToken,
    waiting: WaitingResults,
    step: Callable[[], None],
) -> Iterator[FrameResult]:
    met = _Met(one)
    for result in session.track(one.anchors, one.run, read, cancel):
        frame_index = result.frame_index
        step()
        if frame_index not in one.written:
            continue
        known = met.at(frame_index)
        own = _only(result, known)
        if frame_index in one.waiting:
            waiting.put(own)
            continue
        other = waiting.take(frame_index)
        if other is not None:
            own = merge(own, other, _nearness(request, frame_index, known, frozenset(other.confidence)))
        yield _finished(own, request)
        if cancel.cancelled:
            return


class _Met:
    """Which objects a pass can know of on a frame: those of anchors it has met, or that lie behind its start."""

    def __init__(self, one: Pass) -> None:
        self._step = one.step
        self._from: dict[int, int] = {}
        for anchor in one.anchors:
            order = anchor.frame_index * self._step
            for object_id in anchor.object_ids:
                self._from[object_id] = min(order, self._from.get(object_id, order))

    def at(self, frame_index: int) -> frozenset[int]:
        return frozenset(key for key, order in self._from.items() if order <= frame_index * self._step)


def _only(result: FrameResult, object_ids: frozenset[int]) -> FrameResult:
    """The result without other objects, its labels an array of our own; a missing confidence is 0."""
    table = np.zeros(256, np.uint8)
    table[sorted(object_ids)] = sorted(object_ids)
    confidence = {object_id: float(result.confidence.get(object_id, 0.0)) for object_id in sorted(object_ids)}
    probabilities = {key: patch for key, patch in result.probabilities.items() if key in object_ids}
    return FrameResult(result.frame_index, table[result.labels], confidence, probabilities=probabilities)


def _nearness(
    request: PropagationRequest, frame_index: int, forward: frozenset[int], backward: frozenset[int]
) -> dict[int, tuple[float, float]]:
    """For each object how near its anchor before and its anchor after are, as `merge` wants it."""
    nearness: dict[int, tuple[float, float]] = {}
    for object_id in forward | backward:
        if object_id not in backward:
            nearness[object_id] = (1.0, 0.0)
        elif object_id not in forward:
            nearness[object_id] = (0.0, 1.0)
        else:
            nearness[object_id] = _between(request.anchors, object_id, frame_index)
    return nearness


def _between(anchors: Sequence[Anchor], object_id: int, frame_index: int) -> tuple[float, float]:
    frames = [anchor.frame_index for anchor in anchors if object_id in anchor.object_ids]
    before = max((frame for frame in frames if frame <= frame_index), default=None)
    after = min((frame for frame in frames if frame >= frame_index), default=None)
    if before is None or after is None or before == after:
        return 0.5, 0.5
    return (after - frame_index) / (after - before), (frame_index - before) / (after - before)


def _finished(result: FrameResult, request: PropagationRequest) -> FrameResult:
    """The result with anchors and what is not followed put back, pixel by pixel. `result.labels` is ours to write."""
    labels, targets = result.labels, request.targets
    confidence = dict(result.confidence)
    anchor = next((one for one in request.anchors if one.frame_index == result.frame_index), None)
    if anchor is not None:
        paste(labels, anchor.labels, anchor.object_ids)
        confidence.update(dict.fromkeys(anchor.object_ids & targets, 1.0))
    kept = request.kept(result.frame_index)
    if kept is not None:
        paste(labels, kept, _others(kept, targets))
    return FrameResult(result.frame_index, labels, confidence, frozenset(confidence))


def _others(kept: LabelMap, targets: frozenset[int]) -> frozenset[int]:
    return frozenset(range(1, 256)) - targets
