"""Carrying out a plan: runs the engine, merges the two directions, keeps what is to be kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from core.engines.protocol import Session
from core.jobs import CancelToken
from core.propagation.merging import paste
from core.propagation.planning import Pass, plan
from core.propagation.request import PropagationRequest
from core.propagation.two_sided import TwoSidedResults
from core.types import FrameResult, LabelMap, ReadFrame

StepListener = Callable[[int], None]
"""Called with how many of `PropagationPlan.steps` are done, after each."""


def propagate(
    session: Session,
    request: PropagationRequest,
    read: ReadFrame,
    cancel: CancelToken,
    on_step: StepListener | None = None,
) -> Iterator[FrameResult]:
    """Yields a result for each of `plan(request).frames`, in the order in which they get finished.

    A result reports on the objects that were followed there, and of no others, though it shows all: on an anchor's
    frame its objects have exactly its pixels, and objects that are not followed have exactly those of `request.kept`.
    Between two anchors of an object, with BOTH, the runs from either side are merged (`two_sided`), and a frame may
    come a second time: then the later result holds. Results wait in temporary files, so memory does not grow.

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

    with TwoSidedResults(request.anchors) as waiting:
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
    waiting: TwoSidedResults,
    step: Callable[[], None],
) -> Iterator[FrameResult]:
    met = _Met(one)
    if one.waiting:
        waiting.begin()
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
        for merged in waiting.meet(own):
            yield _finished(merged, request)
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


def _finished(result: FrameResult, request: PropagationRequest) -> FrameResult:
    """The result with anchors and what is not followed put back, pixel by pixel. `result.labels` is ours to write."""
    labels, targets = result.labels, request.targets
    confidence = dict(result.confidence)
    anchor = next((one for one in request.anchors if one.frame_index == result.frame_index), None)
    if anchor is not None:
        paste(labels, anchor.labels, anchor.object_ids)
        confidence.update(dict.fromkeys(anchor.object_ids & targets, 1.0))
    stored = request.stored(result.frame_index)
    if stored is not None:
        paste(labels, stored, _others(stored, targets))
    return FrameResult(result.frame_index, labels, confidence, frozenset(confidence))


def _others(stored: LabelMap, targets: frozenset[int]) -> frozenset[int]:
    return frozenset(range(1, 256)) - targets
