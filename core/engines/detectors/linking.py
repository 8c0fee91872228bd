"""Links detections on several frames into objects: those of the same class that overlap from one frame to the next."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from core.engines.detectors.detection import Detection
from core.masks import Patch
from core.masks.found import FoundObject
from core.types import MAX_OBJECT_ID, Box

_MIN_IOU = 0.25
"""Least IoU of an object's masks on two searched frames; low, since it moves between them."""
_MEMORY = 3
"""Searched frames after which an object that was not found is no longer linked."""


@dataclass
class _Track:
    """An object and its masks by frame index, so far."""

    label: str
    score: float
    masks: dict[int, Patch] = field(default_factory=dict)
    last: int = 0
    """The index of the search that found it last."""


class Linker:
    """Collects the detections of one frame after another into objects."""

    def __init__(self) -> None:
        self._objects: list[_Track] = []
        self._searches = 0

    def add(self, frame_index: int, found: list[Detection]) -> None:
        """Adds the detections of the next searched frame; pairs are linked greedily, highest IoU first."""
        self._searches += 1
        near = [one for one in self._objects if self._searches - one.last <= _MEMORY]
        pairs = []
        for number, one in enumerate(found):
            for known in near:
                if known.label == one.label and one.mask is not None:
                    share = overlap(known.masks[max(known.masks)], one.mask)
                    if share >= _MIN_IOU:
                        pairs.append((share, number, known))
        taken: set[int] = set()
        for _share, number, known in sorted(pairs, key=lambda pair: -pair[0]):
            one = found[number]
            if number in taken or known.last == self._searches or one.mask is None:
                continue
            taken.add(number)
            known.masks[frame_index] = one.mask
            known.last, known.score = self._searches, max(known.score, one.score)
        for number, one in enumerate(found):
            if number not in taken and one.mask is not None:
                self._objects.append(_Track(one.label, one.score, {frame_index: one.mask}, self._searches))

    def objects(self) -> list[FoundObject]:
        """The objects, sorted by falling score, at most `MAX_OBJECT_ID`."""
        done = [FoundObject(one.label, one.score, one.masks) for one in self._objects]
        return sorted(done, key=lambda one: -one.score)[:MAX_OBJECT_ID]


def overlap(one: Patch, other: Patch) -> float:
    """Intersection over union of two patches, in [0, 1]."""
    x0, y0 = max(one.box.x0, other.box.x0), max(one.box.y0, other.box.y0)
    both = Box(x0, y0, min(one.box.x1, other.box.x1), min(one.box.y1, other.box.y1))
    if both.empty:
        return 0.0
    parts = [
        patch.mask[both.y0 - patch.box.y0 : both.y1 - patch.box.y0, both.x0 - patch.box.x0 : both.x1 - patch.box.x0]
        for patch in (one, other)
    ]
    shared = int(np.count_nonzero(parts[0] & parts[1]))
    return shared / (int(one.mask.sum()) + int(other.mask.sum()) - shared)
