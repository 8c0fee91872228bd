"""Regions for groups of objects: what lies far apart is looked at through regions of its own, at its own scale.

One region around all objects gives small ones few pixels, and one object that is out of sight makes it the whole frame
for all of them. Objects near each other stay in one group, and compete there; between groups the tracking loop lets
them compete. Each group costs one encoding of the frame, so there are few.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from core.boxes import bounding_box
from core.types import Box, Floats, Image
from core.vos.flow.warping import Flow
from core.vos.region import RegionSettings
from core.vos.target import TargetModel

_REGION = RegionSettings()
"""What the models' regions are made by."""
_WORTH = 1.4
"""Objects share a region unless apart they would be seen so many times as large."""


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
            group.model.observe(frame_index, image, ids, probabilities[rows], confidence[rows], permanent)

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
            found[rows] = group.model.predict(frame_index, image, previous_image, ids, warped[rows], flow)
        return found

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


def grouped(
    boxes: dict[int, Box], groups: Sequence[set[int]], fixed: int, size: tuple[int, int], most: int
) -> list[set[int]]:
    """Groups of object ids put together as far as it costs little scale, and further while they are more than `most`.

    The first `fixed` groups keep their order and are not merged with each other. `boxes` are where the objects are
    in a frame of `size` (width, height); an empty one is an object that cannot be seen, which fits in anywhere.
    """
    found = [set(group) for group in groups]
    while len(found) > 1:
        pairs = [
            (_loss(boxes, one, other, size), _largest_side(boxes, one | other, size), first, second)
            for first, one in enumerate(found)
            for second, other in enumerate(found[first + 1 :], start=first + 1)
            if second >= fixed
        ]
        if not pairs:
            break
        loss, _, first, second = min(pairs)
        if loss > _WORTH and len(found) <= most:
            break
        found[first] |= found.pop(second)
    return found


def _loss(boxes: dict[int, Box], one: set[int], other: set[int], size: tuple[int, int]) -> float:
    """How many times as large the smaller-scaled of two groups would be seen by itself as with the other."""
    apart = min(_side(boxes, one, size), _side(boxes, other, size))
    return _side(boxes, one | other, size) / apart


def _side(boxes: dict[int, Box], members: set[int], size: tuple[int, int]) -> float:
    """The part of the frame's side that the region of some objects spans."""
    return min(1.0, max(_REGION.smallest, _REGION.room * _largest_side(boxes, members, size)))


def _largest_side(boxes: dict[int, Box], members: set[int], size: tuple[int, int]) -> float:
    """The part of the frame's side that some objects span."""
    box = Box(0, 0, 0, 0)
    for object_id in members:
        box = box.union(boxes[object_id])
    return float(max(box.width / size[0], box.height / size[1]))
