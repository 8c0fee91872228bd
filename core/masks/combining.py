"""Combines a shape with an object's mask: adds it, subtracts it, intersects both, or replaces the mask."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

import numpy as np

from core.boxes import bounding_box
from core.errors import MaskError
from core.masks.edit import LabelEdit
from core.masks.patch import Patch
from core.types import BACKGROUND, MAX_OBJECT_ID, Combine, LabelMap

_NOBODY: frozenset[int] = frozenset()


def combine(
    labels: LabelMap, patch: Patch, object_id: int, how: Combine, locked: AbstractSet[int] = _NOBODY
) -> LabelEdit | None:
    """The edit of `labels`, (H, W) uint8, that brings a shape and an object's mask together.

    Pixels the object gains are taken from the background and from other objects, those it loses become background.
    Locked objects neither lose nor gain a pixel. None if nothing would change. Raises MaskError if the id is outside
    1 to 255 or the shape was made for another frame size.
    """
    if how is Combine.ADD:
        return LabelEdit.paint(labels, patch, object_id, locked)
    if how is Combine.SUBTRACT:
        return LabelEdit.erase(labels, patch, object_id, locked)
    if not BACKGROUND < object_id <= MAX_OBJECT_ID:
        raise MaskError(
            "Object {object_id} cannot be changed; ids go from 1 to {max_object_id}.",
            object_id=object_id,
            max_object_id=MAX_OBJECT_ID,
        )
    height, width = labels.shape
    if patch.box != patch.box.clipped(width, height):
        raise MaskError(
            "The shape was made for another frame size than {width} x {height}.", width=width, height=height
        )
    own = labels == object_id
    box = bounding_box(own.view(np.uint8)).union(patch.box)
    part = np.where(own[box.slices], np.uint8(BACKGROUND), labels[box.slices])
    gains = patch.mask if how is Combine.REPLACE else patch.mask & own[patch.box.slices]
    x, y = patch.box.x0 - box.x0, patch.box.y0 - box.y0
    part[y : y + patch.box.height, x : x + patch.box.width][gains] = object_id
    return LabelEdit.replace_part(labels, box, part, locked)
