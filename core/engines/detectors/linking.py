"""Which detections of several frames are the same object: those of one class that overlap from search to search."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from core.engines.detectors.detection import Detection
from core.masks import Patch
from core.masks.found import FoundObject
from core.types import MAX_OBJECT_ID, Box

_MIN_IOU = 0.25
"""Overlap of an object's masks on two searched frames: between them it has moved."""
_MEMORY = 3
"""An object that was not found on so many of them is another one when it comes back."""


@dataclass
class _Track:
    """An object while it is found on more and more frames."""

    label: str
    score: float
    masks: dict[int, Patch] = field(default_factory=dict)
    last: int = 0
    """The index of the search that found it last."""


class Linker:
    """Takes the detections of one frame after another and puts them together to objects."""

    def __init__(self) -> None:
        self._objects: list[_Track] = []
        self._searches = 0

    def add(self, frame_index: int, found: list[Detection]) -> None:
        """The detections of the next searched frame; the best overlaps are put together first."""
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
        """The objects, the surest first: as many as a project holds."""
        done = [FoundObject(one.label, one.score, one.masks) for one in self._objects]
        return sorted(done, key=lambda one: -one.score)[:MAX_OBJECT_ID]


def overlap(one: Patch, other: Patch) -> float:
    """The share of the pixels of either patch that both have."""
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
