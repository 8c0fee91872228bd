"""Who selects objects by clicks, such as a network, and how Smart select asks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from core.errors import MaskError
from core.masks.hints import SelectHints, Stroke, patch_of, whole
from core.masks.patch import Patch
from core.masks.selection import joined_change
from core.types import Box, Image


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

    def preview(self, point: tuple[float, float], previous: NDArray[np.bool_] | None) -> NDArray[np.bool_]:
        """What a click on the object at a point would select, (H, W) bool, found fast enough to follow a pointer."""
        ...


def select_by_clicks(selector: ClickSelector, image: Image, hints: SelectHints) -> Patch:
    """What a selector that is prepared for the picture makes of the hints. A mask that was there before the first of
    them changes only where it is joined with the last one. Raises MaskError if the selector's masks do not fit.
    """
    height, width = image.shape[:2]
    clicks = [(point, stroke.inside) for stroke in hints.strokes for point in stroke.thinned]
    points = np.array([point for point, _ in clicks], np.float32).reshape(-1, 2)
    labels = np.array([inside for _, inside in clicks], np.bool_)
    # what it answered before is no mask to correct: all clicks together say more than its own mistake
    base = None if hints.base is None else whole(hints.base, (height, width))
    masks = selector.select(points, labels, hints.box, base)
    if not masks:
        return Patch.nothing() if hints.start is None else hints.start
    if masks[0].shape != (height, width):
        raise MaskError(
            "A selection has shape {shape}, the picture {size}.", shape=masks[0].shape, size=(height, width)
        )
    if base is None or hints.start is None or not hints.strokes:
        return patch_of(masks[0])
    return joined_change(hints.strokes[-1], whole(hints.start, (height, width)), masks[0])


def preview_click(selector: ClickSelector, image: Image, point: tuple[float, float], mask: Patch | None) -> Patch:
    """What a click would make of an object's mask, by a selector that is prepared for the picture."""
    if mask is None:
        return patch_of(selector.preview(point, None))
    before = whole(mask, (image.shape[0], image.shape[1]))
    return joined_change(Stroke((point,), 1.0, inside=True), before, selector.preview(point, before))
