"""Object ids for layouts that know single pictures only: instances that overlap from frame to frame are one object."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from core.masks import Patch, object_patch
from core.types import LabelMap

_LEAST_OVERLAP = 0.1
"""Intersection over union below which two masks are two objects. Low, because things move between frames."""
_MOST_REMEMBERED = 512
"""Objects that are waited for; the one that was away the longest is given up."""


@dataclass(frozen=True)
class Painted:
    """A frame: the class of each of its instances, and an (H, W) uint8 map in which instance n has the value n + 1."""

    classes: Sequence[str]
    index_map: LabelMap


@dataclass(frozen=True)
class _Known:
    class_label: str
    patch: Patch
    pixels: int


def link_instances(frames: Iterable[Painted]) -> list[list[int]]:
    """An id, from 1 on, for each instance of each frame in order; 0 for one that has no pixel.

    An instance takes the id of the object of its class whose last mask it overlaps most, the best pairs first; an
    object that was away keeps its last mask until something meets it. Only one mask an object is held.
    """
    last: dict[int, _Known] = {}
    found: list[list[int]] = []
    count = 0
    for frame in frames:
        pixels = np.bincount(frame.index_map.ravel(), minlength=len(frame.classes) + 1)
        ids: dict[int, int] = {}
        for _, index, object_id in sorted(_pairs(frame, pixels, last), key=lambda pair: -pair[0]):
            if index not in ids and object_id not in ids.values():
                ids[index] = object_id
        for index, class_label in enumerate(frame.classes):
            patch = object_patch(frame.index_map, index + 1) if pixels[index + 1] else None
            if patch is None:
                continue
            if index not in ids:
                count += 1
                ids[index] = count
            # put last, so that the first one is the one that was away the longest
            last.pop(ids[index], None)
            last[ids[index]] = _Known(class_label, patch, int(pixels[index + 1]))
        while len(last) > _MOST_REMEMBERED:
            del last[next(iter(last))]
        found.append([ids.get(index, 0) for index in range(len(frame.classes))])
    return found


def _pairs(frame: Painted, pixels: np.ndarray, last: dict[int, _Known]) -> list[tuple[float, int, int]]:
    """Overlap, instance and object of all that overlap enough."""
    found = []
    for object_id, known in last.items():
        shared = np.bincount(frame.index_map[known.patch.box.slices][known.patch.mask], minlength=1)
        for index in np.flatnonzero(shared[1:]).tolist():
            if index < len(frame.classes) and frame.classes[index] == known.class_label:
                both = int(shared[index + 1])
                overlap = both / (int(pixels[index + 1]) + known.pixels - both)
                if overlap >= _LEAST_OVERLAP:
                    found.append((overlap, index, object_id))
    return found
