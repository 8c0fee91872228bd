"""Object ids for layouts that know single pictures only: what overlaps its like on the frames before is the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from core.datasets.polygons import Mask

_LEAST_OVERLAP = 0.1
"""Intersection over union below which two masks are two objects. Low, because things move between frames."""


@dataclass(frozen=True)
class Instance:
    """One mask, (H, W) bool, of a class."""

    class_label: str
    mask: Mask


def link_instances(frames: Iterable[list[Instance]]) -> list[list[int]]:
    """An id, from 1 on, for each instance of each frame in order.

    An instance takes the id of the object of its class whose last mask it overlaps most, the best pairs first; an
    object that was away keeps its last mask until something meets it. Only one mask an object is held.
    """
    last: dict[int, Instance] = {}
    found: list[list[int]] = []
    for instances in frames:
        pairs = [
            (overlap, place, object_id)
            for place, instance in enumerate(instances)
            for object_id, before in last.items()
            if instance.class_label == before.class_label
            and (overlap := _overlap(instance.mask, before.mask)) >= _LEAST_OVERLAP
        ]
        ids: dict[int, int] = {}
        for _, place, object_id in sorted(pairs, key=lambda pair: -pair[0]):
            if place not in ids and object_id not in ids.values():
                ids[place] = object_id
        for place, instance in enumerate(instances):
            ids.setdefault(place, len(last) + 1)
            last[ids[place]] = instance
        found.append([ids[place] for place in range(len(instances))])
    return found


def _overlap(one: Mask, other: Mask) -> float:
    both, either = int(np.count_nonzero(one & other)), int(np.count_nonzero(one | other))
    return both / either if either else 0.0
