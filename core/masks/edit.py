"""One change of a label map that can be taken back exactly."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from core.boxes import bounding_box
from core.errors import MaskError
from core.masks.patch import Patch
from core.types import BACKGROUND, MAX_OBJECT_ID, Box, LabelMap

_NOBODY: frozenset[int] = frozenset()


@dataclass(frozen=True, eq=False)
class LabelEdit:
    """The old and the new value of the pixels inside the smallest box that holds every changed one.

    `before` and `after` are (box.height, box.width) uint8; where they are equal, the pixel is not part of the edit.
    """

    box: Box
    before: LabelMap
    after: LabelMap

    @staticmethod
    def paint(labels: LabelMap, patch: Patch, object_id: int, locked: AbstractSet[int] = _NOBODY) -> LabelEdit | None:
        """The edit that gives the patch's pixels to an object; `labels` stays as it is.

        Pixels of `locked` objects keep their owner, and a locked object gains none. None if nothing would change.
        Raises MaskError if the id is outside 1 to 255 or the patch outside the labels.
        """
        if not BACKGROUND < object_id <= MAX_OBJECT_ID:
            raise MaskError(
                "Object {object_id} cannot be painted; ids go from 1 to {max_object_id}.",
                object_id=object_id,
                max_object_id=MAX_OBJECT_ID,
            )
        before = _inside(labels, patch)
        return _edit(patch.box, before, np.where(patch.mask, np.uint8(object_id), before), locked)

    @staticmethod
    def erase(
        labels: LabelMap, patch: Patch, object_id: int | None = None, locked: AbstractSet[int] = _NOBODY
    ) -> LabelEdit | None:
        """The edit that makes the patch's pixels background: those of one object, or of all if `object_id` is None.

        Locked objects keep their pixels. None if nothing would change. Raises MaskError if the patch is outside.
        """
        before = _inside(labels, patch)
        hit = patch.mask if object_id is None else patch.mask & (before == object_id)
        return _edit(patch.box, before, np.where(hit, np.uint8(BACKGROUND), before), locked)

    @staticmethod
    def replace(labels: LabelMap, new: LabelMap, locked: AbstractSet[int] = _NOBODY) -> LabelEdit | None:
        """The edit that turns `labels` into `new`, both (H, W) uint8, but for locked objects: they neither lose nor
        gain a pixel. None if nothing would change. Raises MaskError if the shapes differ.
        """
        if labels.shape != new.shape or new.dtype != np.uint8:
            raise MaskError(
                "The new labels are {dtype} {shape}; expected uint8 {wanted}.",
                dtype=new.dtype,
                shape=new.shape,
                wanted=labels.shape,
            )
        whole = Box(0, 0, labels.shape[1], labels.shape[0])
        return _edit(whole, labels, new, locked)

    @staticmethod
    def replace_part(
        labels: LabelMap, box: Box, part: LabelMap, locked: AbstractSet[int] = _NOBODY
    ) -> LabelEdit | None:
        """As `replace`, for what lies inside `box`: `part` is (box.height, box.width) uint8.

        Raises MaskError if the box does not lie inside the labels or the part has another shape.
        """
        height, width = labels.shape
        if box != box.clipped(width, height) or part.shape != (box.height, box.width) or part.dtype != np.uint8:
            raise MaskError(
                "The new labels are {dtype} {shape}; they do not fit {box} of {width} x {height}.",
                dtype=part.dtype,
                shape=part.shape,
                box=box,
                width=width,
                height=height,
            )
        return _edit(box, labels[box.slices], part, locked)

    @property
    def changed(self) -> NDArray[np.bool_]:
        """The pixels of the edit, (box.height, box.width) bool."""
        return np.not_equal(self.before, self.after)

    @property
    def object_ids(self) -> frozenset[int]:
        """Ids of the objects that lose or gain a pixel."""
        changed = self.changed.view(np.uint8)
        # counted, not sorted: a stroke across a 4K frame has millions of pixels
        counts = sum(cv2.calcHist([labels], [0], changed, [256], [0, 256]) for labels in (self.before, self.after))
        return frozenset(int(value) for value in np.flatnonzero(counts) if value != BACKGROUND)

    def apply(self, labels: LabelMap) -> None:
        """Writes the new values into `labels`, in place; pixels that are not part of the edit are left alone."""
        np.copyto(labels[self.box.slices], self.after, where=self.changed)


def _inside(labels: LabelMap, patch: Patch) -> LabelMap:
    height, width = labels.shape
    if patch.box != patch.box.clipped(width, height):
        raise MaskError(
            "The shape was made for another frame size than {width} x {height}.", width=width, height=height
        )
    return labels[patch.box.slices]


def _edit(box: Box, before: LabelMap, after: LabelMap, locked: AbstractSet[int]) -> LabelEdit | None:
    """The edit cut to the pixels that change; its arrays share no memory with the ones given."""
    changed = np.not_equal(before, after)
    part = _tight(changed)
    if locked and part is not None:
        is_locked = np.zeros(256, np.bool_)
        is_locked[list(locked)] = True
        # only looked up where something changes: in a 4K frame that is the difference between 30 ms and 3
        changed[part] &= ~(is_locked[before[part]] | is_locked[after[part]])
        part = _tight(changed)
    if part is None:
        return None
    rows, columns = part
    old = before[part].copy()
    new = np.where(changed[part], after[part], old)
    return LabelEdit(
        Box(box.x0 + columns.start, box.y0 + rows.start, box.x0 + columns.stop, box.y0 + rows.stop), old, new
    )


def _tight(changed: NDArray[np.bool_]) -> tuple[slice, slice] | None:
    box = bounding_box(changed.view(np.uint8))
    return None if box.empty else box.slices
