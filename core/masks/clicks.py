"""Selection by clicks: what a selector, such as a network, offers, and how Smart select calls it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from core.errors import MaskError
from core.jobs import CancelToken
from core.masks.hints import SelectHints, Stroke, as_marked, patch_of, whole
from core.masks.patch import Patch, rasterise_stroke
from core.masks.selection import joined_change
from core.pieces import pieces_at
from core.types import Box, Image

_LITTLE = 0.1
"""A share of a piece of a mask."""


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
        `box` is where the object lies, if that was given; `previous` the mask that the last click corrects.
        """
        ...

    def preview(
        self, points: NDArray[np.float32], labels: NDArray[np.bool_], previous: NDArray[np.bool_] | None
    ) -> Sequence[NDArray[np.bool_]]:
        """As `select`, found fast enough to follow a pointer, if a little less exact."""
        ...


@runtime_checkable
class Interruptible(Protocol):
    """A selector that gives up between two stages of its work when the pointer has moved on."""

    def watch(self, token: CancelToken) -> None:
        """Makes CancelledError follow soon after the token is cancelled, from now on."""
        ...


def select_by_clicks(selector: ClickSelector, image: Image, hints: SelectHints, quick: bool = False) -> list[Patch]:
    """What the hints may mean to a selector that is prepared for the picture, the likeliest first; one at least.

    A mask that was there before the first of them changes only where it is joined with the last one. What was clicked
    on is in each of them, what was taken away is in none, and other objects keep their pixels as the hints say. A click
    that takes away where a smaller piece lies apart may mean all of that piece. `quick` asks for a preview. Raises
    MaskError if the selector's masks do not fit.
    """
    size = image.shape[0], image.shape[1]
    clicks = [(point, stroke.inside) for stroke in hints.strokes for point in stroke.thinned]
    points = np.array([point for point, _ in clicks], np.float32).reshape(-1, 2)
    labels = np.array([inside for _, inside in clicks], np.bool_)
    # what it answered before is no mask to correct: all clicks together say more than its own mistake
    base = None if hints.base is None else whole(hints.base, size)
    masks = selector.preview(points, labels, base) if quick else selector.select(points, labels, hints.box, base)
    if any(mask.shape != size for mask in masks):
        raise MaskError("A selection has shape {shape}, the picture {size}.", shape=masks[0].shape, size=size)
    if hints.others is not None and hints.others.kept.any():
        masks = _without(masks, hints.others.kept, points[labels])
    if not masks:
        return [Patch.nothing() if hints.start is None else hints.start]
    if base is None or hints.start is None or not hints.strokes:
        return [patch_of(as_marked(mask, hints.strokes)) for mask in masks]
    before = whole(hints.start, size)
    found: list[Patch] = []
    for mask in masks:
        joined = whole(joined_change(hints.strokes[-1], before, mask), size)
        patch = patch_of(as_marked(joined, hints.strokes))
        # masks that differ elsewhere only make the same change
        if not any(patch.same(one) for one in found):
            found.append(patch)
    apart = _piece_apart(hints.strokes[-1], before)
    if apart is not None:
        without = patch_of(as_marked(before & ~apart, hints.strokes))
        taken = apart & ~whole(found[0], size)
        # a selector that takes hardly more away than the click itself has no answer to it
        meant = np.count_nonzero(taken) < _LITTLE * np.count_nonzero(apart)
        found = [patch for patch in found if not patch.same(without)]
        found.insert(0 if meant else len(found), without)
    return found


def _without(
    masks: Sequence[NDArray[np.bool_]], theirs: NDArray[np.bool_], points: NDArray[np.float32]
) -> list[NDArray[np.bool_]]:
    """Masks without the pixels of other objects, and without pieces that these cut off from the points (N, 2) on it;
    those that differed in these only are one.
    """
    height, width = theirs.shape
    marked = np.zeros_like(theirs)
    x, y = np.clip(points.astype(int), 0, [width - 1, height - 1]).T
    marked[y, x] = True
    kept: list[NDArray[np.bool_]] = []
    for mask in masks:
        rest = mask & ~theirs
        meant = pieces_at(rest, marked)
        rest = meant if meant.any() else rest
        if not any(np.array_equal(rest, one) for one in kept):
            kept.append(rest)
    return kept


def _piece_apart(stroke: Stroke, before: NDArray[np.bool_]) -> NDArray[np.bool_] | None:
    """The piece of a mask (H, W) that a click takes away where it lies apart from a larger rest; None if there is none.

    Such pieces are mostly mistakes of their own, as on another thing that looks alike.
    """
    if stroke.inside or len(stroke.points) > 1:
        return None
    height, width = before.shape
    drawn = whole(rasterise_stroke(stroke.points, stroke.radius, (width, height)), (height, width))
    piece = pieces_at(before, drawn)
    return piece if 0 < 2 * np.count_nonzero(piece) < np.count_nonzero(before) else None
