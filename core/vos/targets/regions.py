"""A region for each group of objects: distant objects get regions of their own, each at its own scale.

One region around all objects gives small ones few pixels, and one invisible object makes it the whole frame for all of
them. Objects near each other share a group and are aggregated there; the tracking loop aggregates the groups. Each
group costs one encoding of the frame, so there are few.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.boxes import bounding_box, copy_channels
from core.types import Box, Floats, Image
from core.vos.flow.warping import Flow
from core.vos.region import RegionSettings
from core.vos.target import LooksAhead, TargetModel

_REGION = RegionSettings()
"""What the models' regions are made by."""
_WORTH = 1.4
"""Objects share a region unless a region of its own would show one of them this many times as large."""


@dataclass
class _Group:
    model: TargetModel
    object_ids: set[int]


class GroupedRegions:
    """See `core.vos.target.TargetModel`: up to `most` models of `make_model`, which remember nothing yet, one a group.

    Groups are made of where the objects are on the first anchors; an object that comes later joins the group nearest to
    it, or begins one.
    """

    def __init__(self, make_model: Callable[[], TargetModel], most: int) -> None:
        self._make_model, self._most = make_model, max(1, most)
        self._groups: list[_Group] = []
        self._boxes: dict[int, Box] = {}
        """Where each object was on the anchor met first."""

    def observe(
        self,
        frame_index: int,
        image: Image,
        object_ids: Sequence[int],
        probabilities: Floats,
        confidence: Floats,
        permanent: bool,
    ) -> None:
        """See `TargetModel.observe`."""
        self._assign(object_ids, probabilities)
        for group, rows in self._rows(object_ids):
            ids = [object_ids[row] for row in rows]
            group.model.observe(frame_index, image, ids, _channels(probabilities, rows), confidence[rows], permanent)

    def predict(
        self,
        frame_index: int,
        image: Image,
        previous_image: Image | None,
        object_ids: Sequence[int],
        warped: Floats,
        flow: Flow | None,
    ) -> Floats:
        """See `TargetModel.predict`."""
        found = np.zeros((len(object_ids), *image.shape[:2]), np.float32)
        for group, rows in self._rows(object_ids):
            ids = [object_ids[row] for row in rows]
            channels = group.model.predict(frame_index, image, previous_image, ids, _channels(warped, rows), flow)
            if len(rows) == len(found):
                return channels
            copy_channels(channels, found, rows)
        return found

    def look_ahead(self, image: Image, worker: Executor) -> None:
        """See `core.vos.target.LooksAhead`."""
        for group in self._groups:
            if isinstance(group.model, LooksAhead):
                group.model.look_ahead(image, worker)

    def _rows(self, object_ids: Sequence[int]) -> list[tuple[_Group, list[int]]]:
        """The groups that have one of the objects, with the rows of theirs."""
        found = []
        for group in self._groups:
            rows = [row for row, object_id in enumerate(object_ids) if object_id in group.object_ids]
            if rows:
                found.append((group, rows))
        return found

    def _assign(self, object_ids: Sequence[int], masks: Floats) -> None:
        known = set().union(*(group.object_ids for group in self._groups))
        fresh = [row for row, object_id in enumerate(object_ids) if object_id not in known]
        if not fresh:
            return
        size = masks.shape[2], masks.shape[1]
        self._boxes.update({object_ids[row]: bounding_box(masks[row], 0.5) for row in fresh})
        sets = [set(group.object_ids) for group in self._groups]
        # models that remember something cannot be made one any more: the first ones stay apart
        merged = grouped(self._boxes, [*sets, *({object_ids[row]} for row in fresh)], len(sets), size, self._most)
        for number, members in enumerate(merged):
            if number < len(self._groups):
                self._groups[number].object_ids |= members
            else:
                self._groups.append(_Group(self._make_model(), members))


def _channels(channels: Floats, rows: list[int]) -> Floats:
    """Some of the planes (K, h, w) in [0, 1]: themselves where that is all."""
    if len(rows) == len(channels):
        return channels
    chosen = np.zeros((len(rows), *channels.shape[1:]), np.float32)
    copy_channels([channels[row] for row in rows], chosen, range(len(rows)))
    return chosen


def grouped(
    boxes: dict[int, Box], groups: Sequence[set[int]], fixed: int, size: tuple[int, int], most: int
) -> list[set[int]]:
    """Groups of object ids put together as far as it costs little scale, and further while they are more than `most`.

    The first `fixed` groups keep their order and are not merged with each other. `boxes` are where the objects are
    in a frame of `size` (width, height); an empty one is an object that cannot be seen, which fits in anywhere.
    """
    found = [set(group) for group in groups]
    count = len(found)
    corners = np.array([_corners(boxes, members) for members in found], np.float64).reshape(count, 4)
    sides = _region_sides(_largest_sides(corners, size))
    # by pair, the lower index first: what does not change with a merge is not computed again
    losses, spans = np.full((count, count), np.inf), np.full((count, count), np.inf)

    def compare(first: int, others: NDArray[np.intp]) -> None:
        joint = np.hstack(
            [np.minimum(corners[first, :2], corners[others, :2]), np.maximum(corners[first, 2:], corners[others, 2:])]
        )
        low, high = np.minimum(first, others), np.maximum(first, others)
        spans[low, high] = _largest_sides(joint, size)
        # how many times as large the smaller-scaled of the two would be seen by itself as with the other
        losses[low, high] = _region_sides(spans[low, high]) / np.minimum(sides[first], sides[others])
        losses[low, high] = np.where(high >= fixed, losses[low, high], np.inf)

    for first in range(count):
        compare(first, np.arange(first + 1, count))
    left = np.arange(count)
    while len(left) > 1:
        loss = losses.min()
        if np.isinf(loss) or (loss > _WORTH and len(left) <= most):
            break
        cheapest = np.flatnonzero(losses == loss)
        first, second = divmod(int(cheapest[np.argmin(spans.ravel()[cheapest])]), count)
        found[first] |= found[second]
        corners[first] = (
            *np.minimum(corners[first, :2], corners[second, :2]),
            *np.maximum(corners[first, 2:], corners[second, 2:]),
        )
        sides[first] = _region_sides(_largest_sides(corners[first : first + 1], size))[0]
        losses[second] = losses[:, second] = np.inf
        left = left[left != second]
        compare(first, left[left != first])
    return [found[index] for index in left]


def _corners(boxes: dict[int, Box], members: set[int]) -> tuple[float, float, float, float]:
    """x0, y0, x1, y1 of the box around some objects, such that an empty one adds nothing to another."""
    box = Box(0, 0, 0, 0)
    for object_id in members:
        box = box.union(boxes[object_id])
    return (np.inf, np.inf, -np.inf, -np.inf) if box.empty else (box.x0, box.y0, box.x1, box.y1)


def _largest_sides(corners: NDArray[np.float64], size: tuple[int, int]) -> NDArray[np.float64]:
    """The part of the frame's side that each of some boxes (N, 4) spans, (N,)."""
    spans = np.maximum(corners[:, 2:] - corners[:, :2], 0) / np.array(size, np.float64)
    return np.asarray(spans.max(axis=1), np.float64)


def _region_sides(spans: NDArray[np.float64]) -> NDArray[np.float64]:
    """The part of the frame's side that a region around each spans."""
    return np.minimum(1.0, np.maximum(_REGION.smallest, _REGION.room * spans))
