"""What a detector or a text found in a clip: objects to be, each with a class and its masks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from core.masks.patch import Patch
from core.types import LabelMap


@dataclass(frozen=True, eq=False)
class FoundObject:
    """A class, how sure it is, in [0, 1], and the pixels by frame index."""

    label: str
    score: float
    masks: Mapping[int, Patch]


def lay_out(found: Sequence[FoundObject], frame_index: int, free: LabelMap) -> LabelMap:
    """The objects on a frame as a label map: the n-th of `found` is n + 1, the surer one lies on top, and nothing lies
    where `free` (H, W) is not 0. At most 255 objects.
    """
    labels = np.zeros_like(free)
    for place in sorted(range(len(found)), key=lambda place: found[place].score):
        patch = found[place].masks.get(frame_index)
        if patch is not None:
            labels[patch.box.slices][patch.mask & (free[patch.box.slices] == 0)] = place + 1
    return labels


def names_of(labels: Iterable[str], taken: Iterable[str] = ()) -> list[str]:
    """A name for each object of these classes that no other one has: dog, dog 2, dog 3."""
    used = set(taken)
    names = []
    for label in labels:
        number = 1
        name = label
        while name in used:
            number += 1
            name = f"{label} {number}"
        used.add(name)
        names.append(name)
    return names
