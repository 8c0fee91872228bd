"""Which part of a propagation is needed: what is missing, and what a correction made stale. The rest stays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from core.propagation.request import Direction, PropagationRequest
from core.types import Origin

Lanes = Mapping[int, NDArray[np.uint8]]
"""The origin of each object's mask on every frame, (frame_count,) uint8."""


def updates(request: PropagationRequest, origins: Lanes, everywhere: bool = True) -> tuple[PropagationRequest, ...]:
    """The requests that bring what `request` asks for up to date, in order of their frames; none if it is already.

    A mask is needed where an object has none inside the request's range, and where it is stale: inside the range, or
    `everywhere` in the clip. Stale masks are followed from the anchors on both sides, whatever the request's direction.
    Each request names the objects it follows; on its frames none of them has a mask that is up to date, so masks that
    are not needed are not touched.
    """
    need = {object_id: _need(request, object_id, origins[object_id], everywhere) for object_id in request.targets}
    found: list[PropagationRequest] = []
    for first, last in _runs(request.frame_count, need):
        if found and _joins(found[-1], first, last, need, origins):
            first = found.pop().first
        found.extend(_requests(request, first, last, need, origins))
    return tuple(found)


def _need(request: PropagationRequest, object_id: int, lane: NDArray[np.uint8], everywhere: bool) -> NDArray[np.bool_]:
    frames = np.arange(request.frame_count)
    inside = (frames >= request.first) & (frames <= request.last)
    masked = [anchor.frame_index for anchor in request.anchors if object_id in anchor.object_ids]
    if request.direction is Direction.FORWARD:
        in_reach = inside & (frames > min(masked))
    elif request.direction is Direction.BACKWARD:
        in_reach = inside & (frames < max(masked))
    else:
        in_reach = inside
    stale = lane == Origin.STALE
    needed: NDArray[np.bool_] = (in_reach & (lane == Origin.NONE)) | (stale if everywhere else stale & inside)
    return needed


def _runs(frame_count: int, need: Mapping[int, NDArray[np.bool_]]) -> Iterator[tuple[int, int]]:
    """Stretches of frames (first, last) on which any object is needed."""
    wanted = np.zeros(frame_count, np.bool_)
    for frames in need.values():
        wanted |= frames
    for is_wanted, frames_of in groupby(range(frame_count), key=lambda frame: bool(wanted[frame])):
        if is_wanted:
            run = list(frames_of)
            yield run[0], run[-1]


def _joins(
    before: PropagationRequest, first: int, last: int, need: Mapping[int, NDArray[np.bool_]], origins: Lanes
) -> bool:
    """Whether a stretch is followed in one go with the one before it: nothing between them is up to date.

    One way an engine that passes an anchor remembers what it saw before; one that sets out from the anchor does not.
    Both ways it sets out from every anchor anyway.
    """
    if before.direction is Direction.BOTH or _any_stale(before.object_ids or frozenset(), first, last, origins):
        return False
    wanted = _wanted(need, first, last)
    return wanted == before.object_ids and _untouched(wanted, before.last + 1, first - 1, origins)


def _requests(
    request: PropagationRequest, first: int, last: int, need: Mapping[int, NDArray[np.bool_]], origins: Lanes
) -> Iterator[PropagationRequest]:
    wanted = _wanted(need, first, last)
    if _untouched(wanted, first, last, origins):
        yield _part(request, first, last, wanted, origins)
        return

    def needed_on(frame: int) -> frozenset[int]:
        return frozenset(object_id for object_id, frames in need.items() if frames[frame])

    for object_ids, frames_of in groupby(range(first, last + 1), key=needed_on):
        part = list(frames_of)
        yield _part(request, part[0], part[-1], object_ids, origins)


def _wanted(need: Mapping[int, NDArray[np.bool_]], first: int, last: int) -> frozenset[int]:
    return frozenset(object_id for object_id, frames in need.items() if frames[first : last + 1].any())


def _untouched(object_ids: frozenset[int], first: int, last: int, origins: Lanes) -> bool:
    """Whether none of the objects has a mask on the frames that is to stay, but for anchors, which always stay."""
    return not any((origins[object_id][first : last + 1] == Origin.PROPAGATED).any() for object_id in object_ids)


def _part(
    request: PropagationRequest, first: int, last: int, object_ids: frozenset[int], origins: Lanes
) -> PropagationRequest:
    direction = Direction.BOTH if _any_stale(object_ids, first, last, origins) else request.direction
    return replace(request, first=first, last=last, start=None, direction=direction, object_ids=object_ids)


def _any_stale(object_ids: frozenset[int], first: int, last: int, origins: Lanes) -> bool:
    return any((origins[object_id][first : last + 1] == Origin.STALE).any() for object_id in object_ids)
