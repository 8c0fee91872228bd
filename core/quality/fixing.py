"""Specks and holes taken out of the masks of many frames."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.errors import MaskError
from core.jobs import CancelToken, Progress, ProgressClock
from core.masks import LabelEdit, fill_small_holes, remove_specks, repair_object
from core.types import LabelMap

Mask = NDArray[np.bool_]
"""One object's mask: (H, W) bool."""


@dataclass(frozen=True)
class Fix:
    """What is fixed: pieces of at most `specks` pixels go, holes of at most `holes` are filled; 0 leaves either.

    An object's largest piece always stays. Raises MaskError if a size is negative or both are 0.
    """

    specks: int
    holes: int

    def __post_init__(self) -> None:
        if min(self.specks, self.holes) < 0 or not (self.specks or self.holes):
            raise MaskError("Nothing would be fixed: give specks or holes a size of 1 pixel or more.")


@dataclass(frozen=True)
class Fixed:
    """The edit that fixes a frame."""

    frame_index: int
    edit: LabelEdit


def fix_masks(
    labels: Callable[[int], LabelMap], frames: Sequence[int], object_ids: Sequence[int], fix: Fix, cancel: CancelToken
) -> Generator[Progress | Fixed, None, None]:
    """Yields progress after each frame, before it the edit of one that needs any.

    `labels` gives (H, W) uint8 for each of `frames`. Holes are filled from the background only: other objects keep
    their pixels. Raises CancelledError once `cancel` is set.
    """
    clock = ProgressClock(len(frames))
    for done, frame_index in enumerate(frames, start=1):
        cancel.raise_if_cancelled()
        before = labels(frame_index)
        after = before.copy()
        for object_id in object_ids:
            edit = repair_object(after, object_id, lambda mask: _fixed(mask, fix))
            if edit is not None:
                edit.apply(after)
        whole = LabelEdit.replace(before, after)
        if whole is not None:
            yield Fixed(frame_index, whole)
        yield clock.step(done)


def _fixed(mask: Mask, fix: Fix) -> Mask:
    if fix.specks:
        mask = remove_specks(mask, fix.specks + 1)
    return fill_small_holes(mask, fix.holes) if fix.holes else mask
