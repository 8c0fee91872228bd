"""What a person says of one object on one picture: a box, strokes and clicks, and the mask there is by now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from core.errors import MaskError
from core.masks.codec import label_box
from core.masks.patch import Patch
from core.types import Box, Image

_CLICKS_A_STROKE = 8
"""Of a stroke who selects by clicks is told about so many points."""


@dataclass(frozen=True)
class Stroke:
    """A brush's way over the object (`inside`) or over what is beside it: (x, y) in pixels of the picture.

    One point is a click.
    """

    points: tuple[tuple[float, float], ...]
    radius: float
    inside: bool

    @property
    def thinned(self) -> tuple[tuple[float, float], ...]:
        """A few of its points, for who takes clicks."""
        return self.points[:: max(1, len(self.points) // _CLICKS_A_STROKE)]


@dataclass(frozen=True)
class SelectHints:
    """What is said of one object: it lies in `box`, and strokes point at it or beside it; either may be missing.

    Where strokes cross, the later one holds. `start` is the mask before the last stroke: that stroke then corrects it,
    around itself, and leaves the rest as it is. `base` is the mask before the first of these hints, for who answers to
    all of them at once.
    """

    box: Box | None = None
    strokes: tuple[Stroke, ...] = ()
    start: Patch | None = None
    base: Patch | None = None


class ClickSelector(Protocol):
    """Selects objects by clicks, such as a network that was trained for it. Used from one thread at a time."""

    def prepare(self, image: Image) -> None:
        """Looks at another picture, (H, W, 3) uint8 RGB, only read: what is costly and the same for all clicks."""
        ...

    def select(
        self,
        points: NDArray[np.float32],
        labels: NDArray[np.bool_],
        box: Box | None,
        previous: NDArray[np.bool_] | None,
    ) -> Sequence[NDArray[np.bool_]]:
        """The masks, (H, W) bool each, that the clicks on the prepared picture may mean, the likeliest first.

        `points` are (N, 2) x and y in pixels, in the order of the clicks; `labels` (N,) says which lie on the object.
        `box` is where the object lies, if that was said; `previous` the mask that the last click corrects.
        """
        ...


def select_by_clicks(selector: ClickSelector, image: Image, hints: SelectHints) -> Patch:
    """What a selector that is prepared for the picture makes of the hints. Raises MaskError if its masks do not fit."""
    size = image.shape[:2]
    clicks = [(point, stroke.inside) for stroke in hints.strokes for point in stroke.thinned]
    points = np.array([point for point, _ in clicks], np.float32).reshape(-1, 2)
    labels = np.array([inside for _, inside in clicks], np.bool_)
    masks = selector.select(points, labels, hints.box, None if hints.start is None else whole(hints.start, size))
    if not masks:
        return Patch.nothing()
    if masks[0].shape != size:
        raise MaskError("A selection has shape {shape}, the picture {size}.", shape=masks[0].shape, size=size)
    return patch_of(masks[0])


def whole(patch: Patch, size: tuple[int, int]) -> NDArray[np.bool_]:
    """A patch on a picture of `size` (height, width)."""
    mask = np.zeros(size, np.bool_)
    mask[patch.box.slices] = patch.mask
    return mask


def patch_of(mask: NDArray[np.bool_]) -> Patch:
    """A mask, (H, W) bool, as the patch around it."""
    box = label_box(mask.view(np.uint8))
    return Patch(box, mask[box.slices].copy())
