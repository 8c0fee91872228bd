"""Which frames a propagation will write, and the runs of the engine that it takes.

Looking from both sides splits the clip at the anchors that hold every object followed ("joints"). Between two joints
the engine runs backward first, its results waiting on disk, then forward, each frame being merged and given out as it
comes. So a clip with many anchors gives results from early on, and what waits is one stretch at most.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from core.errors import EngineError
from core.propagation.request import Direction, PropagationRequest
from core.types import Anchor


@dataclass(frozen=True)
class Pass:
    """One run of the engine.

    `run` are the frames it goes through, in order; the results of those in `written` count, the others only lead up to
    them. `anchors` are what the engine is given, restricted to the objects the pass can follow. Results for the frames
    in `waiting` are not given out but wait for the next pass, which merges them with its own.
    """

    run: range
    written: range
    anchors: tuple[Anchor, ...]
    waiting: range = range(0)

    @property
    def step(self) -> int:
        """1 forward, -1 backward."""
        return self.run.step

    @property
    def object_ids(self) -> frozenset[int]:
        """Ids of the objects the pass can follow."""
        return frozenset[int]().union(*(anchor.object_ids for anchor in self.anchors))


@dataclass(frozen=True)
class PropagationPlan:
    """`frames` will be written, each once, in ascending order here; `passes` are run one after the other."""

    frames: tuple[int, ...]
    passes: tuple[Pass, ...]

    @property
    def steps(self) -> int:
        """Frames the engine goes through in all passes: what the time is proportional to."""
        return sum(len(one.run) for one in self.passes)


def plan(request: PropagationRequest) -> PropagationPlan:
    """The plan for a request. Raises EngineError if the request contradicts itself or there is nothing to do."""
    request.check()
    anchors = _target_anchors(request)
    if not anchors:
        raise EngineError("There is nothing to follow: no object that is free to change has a masked frame.")
    if request.direction is Direction.BOTH:
        passes = [
            one for first, last in _stretches(request, anchors) for one in _stretch(request, anchors, first, last)
        ]
    else:
        passes = _one_way(request, anchors, request.direction.value)
    frames = sorted({frame for one in passes for frame in one.written})
    if not frames:
        raise _nothing_ahead(request, anchors)
    return PropagationPlan(tuple(frames), tuple(passes))


def _target_anchors(request: PropagationRequest) -> tuple[Anchor, ...]:
    """The anchors with the objects that are followed, by frame; those without any are left out."""
    held = ((anchor, anchor.object_ids & request.targets) for anchor in request.anchors)
    usable = [Anchor(anchor.frame_index, anchor.labels, object_ids) for anchor, object_ids in held if object_ids]
    return tuple(sorted(usable, key=lambda anchor: anchor.frame_index))


def _nothing_ahead(request: PropagationRequest, anchors: Sequence[Anchor]) -> EngineError:
    where = ", ".join(str(anchor.frame_index) for anchor in anchors[:5])
    return EngineError(
        (
            "There is nothing to do: no frame from {first} to {last} lies after a masked one (masked: {where}). "
            "Choose the other direction or mask an object here."
        )
        if request.direction is Direction.FORWARD
        else (
            "There is nothing to do: no frame from {first} to {last} lies before a masked one (masked: {where}). "
            "Choose the other direction or mask an object here."
        ),
        first=request.first,
        last=request.last,
        where=where,
    )


def _one_way(request: PropagationRequest, anchors: Sequence[Anchor], step: int) -> list[Pass]:
    near, far = (request.first, request.last) if step > 0 else (request.last, request.first)
    begin = near if request.start is None else request.start
    found = _pass(request, anchors, begin, far, step, begin_is_stored=request.start is not None)
    return [found] if found else []


def _stretches(request: PropagationRequest, anchors: Sequence[Anchor]) -> Iterable[tuple[int, int]]:
    """Parts of the range (first, last), split before each joint inside; the one before the first anchor comes last."""
    joints = [anchor.frame_index for anchor in anchors if anchor.object_ids == request.targets]
    inside = [joint for joint in joints if request.first < joint <= request.last]
    parts = [(one, two - 1) for one, two in pairwise([request.first, *inside, request.last + 1])]
    return sorted(parts, key=lambda part: (part[1] < anchors[0].frame_index, part[0]))


def _stretch(request: PropagationRequest, anchors: Sequence[Anchor], first: int, last: int) -> list[Pass]:
    """The passes over one stretch: backward if an anchor lies beyond its first frame, forward if one lies before."""
    forward = _pass(request, anchors, first, last, 1)
    # on a joint the anchor has the last word on every object: there is nothing to merge and nothing to find
    settled = any(anchor.frame_index == first and anchor.object_ids == request.targets for anchor in anchors)
    backward = None
    if last > first or not settled:
        backward = _pass(request, anchors, last, first + 1 if settled else first, -1)
    if forward is None or backward is None:
        return [one for one in (backward, forward) if one is not None]
    both = range(max(forward.written[0], backward.written[-1]), min(forward.written[-1], backward.written[0]) + 1)
    written = range(backward.written[0], backward.written[-1] - 1, -1)
    return [Pass(backward.run, written, backward.anchors, waiting=both), forward]


def _pass(
    request: PropagationRequest,
    anchors: Sequence[Anchor],
    begin: int,
    end: int,
    step: int,
    begin_is_stored: bool = False,
) -> Pass | None:
    """The pass that writes what it can from `begin` to `end`, both included, by `step`; None if that is nothing."""
    behind = _nearest_behind(anchors, begin, step)
    if not behind:
        ahead = [
            anchor.frame_index for anchor in anchors if 0 <= (anchor.frame_index - begin) * step <= (end - begin) * step
        ]
        if not ahead:
            return None
        entry = written_from = min(ahead) if step > 0 else max(ahead)
        given = tuple(anchors)
    else:
        entry, given = _entry(request, anchors, behind, begin, step, begin_is_stored)
        here = any(anchor.frame_index == begin for anchor in anchors)
        written_from = begin if entry != begin or here else begin + step
    if (end - written_from) * step < 0:
        return None
    followed = frozenset(behind).union(
        *(anchor.object_ids for anchor in given if 0 <= (anchor.frame_index - entry) * step <= (end - entry) * step)
    )
    restricted = [Anchor(one.frame_index, one.labels, one.object_ids & followed) for one in given]
    return Pass(
        run=range(entry, end + step, step),
        written=range(written_from, end + step, step),
        anchors=tuple(one for one in restricted if one.object_ids),
    )


def _nearest_behind(anchors: Sequence[Anchor], begin: int, step: int) -> dict[int, int]:
    """The nearest anchor frame on `begin` or behind it, by object id, for objects that have one."""
    nearest: dict[int, int] = {}
    for anchor in sorted(anchors, key=lambda anchor: anchor.frame_index * step):
        if (begin - anchor.frame_index) * step >= 0:
            nearest.update(dict.fromkeys(anchor.object_ids, anchor.frame_index))
    return nearest


def _entry(
    request: PropagationRequest,
    anchors: Sequence[Anchor],
    behind: dict[int, int],
    begin: int,
    step: int,
    begin_is_stored: bool,
) -> tuple[int, tuple[Anchor, ...]]:
    """The frame to set out from, and the anchors with what is kept on that frame added."""
    if all(frame == begin for frame in behind.values()):
        return begin, tuple(anchors)
    for frame in (begin, begin - step) if begin_is_stored else (begin - step,):
        labels = request.stored(frame) if 0 <= frame < request.frame_count else None
        if labels is None:
            continue
        missing = {object_id for object_id, nearest in behind.items() if nearest != frame}
        shown = frozenset(missing & set(np.unique(labels).tolist()))
        if shown:
            return frame, _with_seed(anchors, Anchor(frame, labels, shown))
    farthest = min(behind.values()) if step > 0 else max(behind.values())
    return farthest, tuple(anchors)


def _with_seed(anchors: Sequence[Anchor], seed: Anchor) -> tuple[Anchor, ...]:
    here = next((anchor for anchor in anchors if anchor.frame_index == seed.frame_index), None)
    others = [anchor for anchor in anchors if anchor.frame_index != seed.frame_index]
    if here is not None:
        labels = np.where(np.isin(seed.labels, sorted(seed.object_ids)), seed.labels, 0).astype(np.uint8)
        vouched = np.isin(here.labels, sorted(here.object_ids))
        labels[vouched] = here.labels[vouched]
        seed = Anchor(seed.frame_index, labels, seed.object_ids | here.object_ids)
    return (*others, seed)
