"""Matches the object ids of two readings of one clip by colour or overlap, where ids come from colours, not numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

import numpy as np

from core.datasets.clips import AnnotatedClip, DatasetObject
from core.types import MAX_OBJECT_ID, LabelMap


def with_matching_ids(own: AnnotatedClip, truth: AnnotatedClip, frames: Mapping[int, int]) -> AnnotatedClip:
    """The truth with the ids of `own`, if one of the two has its ids from colours; else as it is.

    Of colours that both have, a colour is one object; else objects are one that lie over each other most. `frames` has
    the truth's frame index for each of `own` that it has annotated. Both clips are of one size, or nothing is changed.
    """
    if not (own.colours or truth.colours) or own.size != truth.size:
        return truth
    shared = set(own.colours) & set(truth.colours)
    if shared and (shared == set(own.colours) or shared == set(truth.colours)):
        return renumbered(truth, {truth.colours[colour]: own.colours[colour] for colour in shared})
    return renumbered(
        truth, match_by_overlap((truth.labels(there), own.labels(here)) for here, there in frames.items())
    )


def renumbered(truth: AnnotatedClip, known: Mapping[int, int]) -> AnnotatedClip:
    """The clip with other ids for those that are `known`, and free ones for the rest."""
    table = complete(known, _ids(truth))
    if all(table[one] == one for one in _ids(truth)):
        return truth
    lookup = np.zeros(MAX_OBJECT_ID + 1, np.uint8)
    for one, other in table.items():
        lookup[one] = other
    return replace(
        truth,
        objects=tuple(
            sorted(
                (DatasetObject(table[one.object_id], one.class_label) for one in truth.objects),
                key=lambda one: one.object_id,
            )
        ),
        labels=lambda index: lookup[truth.labels(index)],
    )


def match_by_overlap(pairs: Iterable[tuple[LabelMap, LabelMap]]) -> dict[int, int]:
    """Maps ids of the first of two (H, W) label maps to those of the second that they cover most, each only once."""
    common = np.zeros((MAX_OBJECT_ID + 1, MAX_OBJECT_ID + 1), np.int64)
    for one, other in pairs:
        if one.shape == other.shape:
            joint = one.astype(np.int32) * (MAX_OBJECT_ID + 1) + other
            common += np.bincount(joint.ravel(), minlength=common.size).reshape(common.shape)
    common[0], common[:, 0] = 0, 0
    found: dict[int, int] = {}
    while int(common.max()):
        row, column = (int(index) for index in np.unravel_index(int(common.argmax()), common.shape))
        found[row] = column
        common[row], common[:, column] = 0, 0
    return found


def complete(table: Mapping[int, int], ids: Iterable[int]) -> dict[int, int]:
    """`table` with an id of its own for each of `ids` that it does not know."""
    found = dict(table)
    taken = set(found.values())
    for one in sorted(set(ids) - set(found)):
        found[one] = (
            one if one not in taken else next((free for free in range(MAX_OBJECT_ID, 0, -1) if free not in taken), one)
        )
        taken.add(found[one])
    return found


def _ids(clip: AnnotatedClip) -> list[int]:
    return [one.object_id for one in clip.objects]
