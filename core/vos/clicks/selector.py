"""Masks by clicks on one picture: an encoder and the click decoder trained on it, through ONNX Runtime.

The picture is encoded once. An object that takes up little of it is then looked at again in a zoomed-in view, as in
RITM (Sofiiuk et al., ICIP 2022), and that view is kept as long as the clicks stay in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from core.boxes import bounding_box
from core.jobs import CancelToken
from core.pieces import pieces_at
from core.types import Box, Floats, Image
from core.vos.clicks.inputs import CANDIDATES, click_maps, click_similarity
from core.vos.network.onnx_runtime import OnnxRuntime, enlarged_logits, open_session, session_options
from core.vos.network.runtime import Features
from core.vos.refinement import RefinementSettings, refine_probabilities
from core.vos.region import canvas_size

_SHORT_SIDE = 384
_STRIDE = 16
_NEAR = 0.45
"""A mask whose longer side is below this share of what is looked at is looked at again from nearer by."""
_ROOM = 0.7
"""Room around it then, in its longer sides, on each side."""
_LEAST_SIDE = 64
"""Pixels of the picture below which nothing is gained from nearer by."""

Mask = NDArray[np.bool_]
"""One object's mask: (H, W) bool."""


@dataclass(frozen=True)
class _View:
    """A part of the picture, what it looks like on the canvas (h, w, 3), and its features."""

    box: Box
    canvas: Image
    features: Features


class ClickNetwork:
    """See `core.masks.hints.ClickSelector`."""

    def __init__(self, encoder: OnnxRuntime, graph: bytes, threads: int) -> None:
        """`encoder` runs an encoder's graph, `graph` is the ONNX file of the click decoder that was trained on it.
        Raises EngineError if it is no ONNX graph.
        """
        self._encoder = encoder
        self._decoder = open_session(graph, "click decoder", session_options(threads))
        self._picture: Image | None = None
        self._whole: _View | None = None
        self._near: _View | None = None
        self._nearly: Mask | None = None
        """What is looked at from nearer by, as it was found on the whole picture."""
        self._token = CancelToken()

    def watch(self, token: CancelToken) -> None:
        """See `core.masks.clicks.Interruptible`."""
        self._token = token

    def prepare(self, image: Image) -> None:
        """Looks at another picture (H, W, 3) uint8 RGB."""
        self._picture, self._whole, self._near, self._nearly = image, None, None, None
        self._whole = self._view(image, Box(0, 0, image.shape[1], image.shape[0]))

    def select(
        self, points: Floats, labels: NDArray[np.bool_], box: Box | None, previous: Mask | None
    ) -> Sequence[Mask]:
        """See `ClickSelector.select`; the prepared picture is the one that was last given to `prepare`."""
        picture, whole = self._picture, self._whole
        if picture is None or whole is None or (not len(points) and box is None):
            return []
        if self._near is not None and _covers(self._near.box, points, box, previous):
            found = self._answers(picture, self._near, points, labels, box, previous)
            if not _cut_off(found[0], self._near.box):
                return _distinct(found)
        found = self._answers(picture, whole, points, labels, box, previous)
        near = self._nearer(whole, found[0], points, box, previous)
        self._near, self._nearly = None, found[0]
        self._near = None if near is None else self._view(picture, near)
        if self._near is None:
            return _distinct(found)
        return _distinct(self._answers(picture, self._near, points, labels, box, previous))

    def preview(self, points: Floats, labels: NDArray[np.bool_], previous: Mask | None) -> Sequence[Mask]:
        """See `ClickSelector.preview`: the likeliest mask alone; no zoomed-in view is made for it, and its edge is not
        laid on the picture's.

        An existing zoomed-in view serves further clicks on the same object. Next to the object its answer would likely
        be cut off, and the decoder would run twice.
        """
        picture, whole, near = self._picture, self._whole, self._near
        if previous is None and self._nearly is not None and not _all_inside(self._nearly, points):
            near = None
        if picture is None or whole is None or not len(points):
            return []
        if near is not None and _covers(near.box, points, None, previous):
            found = self._answers(picture, near, points, labels, None, previous, quick=True)
            if not _cut_off(found[0], near.box):
                return _distinct(found)
        return _distinct(self._answers(picture, whole, points, labels, None, previous, quick=True))

    def _view(self, picture: Image, box: Box) -> _View:
        height, width = canvas_size((box.width, box.height), _SHORT_SIDE, _STRIDE)[::-1]
        part = np.ascontiguousarray(picture[box.slices])
        shrinks = width < box.width
        self._token.raise_if_cancelled()
        canvas = cv2.resize(part, (width, height), interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR)
        return _View(box, np.asarray(canvas, np.uint8), self._encoder.encode(np.asarray(canvas, np.uint8)))

    def _answers(
        self,
        picture: Image,
        view: _View,
        points: Floats,
        labels: NDArray[np.bool_],
        box: Box | None,
        previous: Mask | None,
        quick: bool = False,
    ) -> list[Mask]:
        """The candidates on the whole picture, the likeliest first; `quick` gives that alone."""
        height, width = view.canvas.shape[:2]
        across, down = width / view.box.width, height / view.box.height
        there = (points - [view.box.x0, view.box.y0]) * [across, down]
        around = None if box is None else _scaled(box, view.box, across, down)
        before = None
        if previous is not None:
            part = previous[view.box.slices].astype(np.float32)
            before = cv2.resize(part, (width, height), interpolation=cv2.INTER_AREA)
        f4, f8, f16, key, local_key = view.features
        named = {
            "f4": f4,
            "f8": f8,
            "f16": f16,
            "maps": click_maps(there, labels, around, before, (height, width))[None],
            "alike8": click_similarity(local_key[0], there, labels, 8)[None],
            "alike16": click_similarity(key[0], there, labels, 16)[None],
        }
        self._token.raise_if_cancelled()
        channels, overlap = self._decoder.run(None, named)
        order = np.argsort(-_likelihoods(channels[0], overlap[0]))[: 1 if quick else CANDIDATES]
        probabilities = np.reciprocal(1 + np.exp(-enlarged_logits(channels[0][order])), dtype=np.float32)
        if quick:
            return [_enlarged(probabilities[0], there, labels, view.box, picture.shape[:2])]
        shown = np.ascontiguousarray(picture[view.box.slices])
        # at the picture's own size the edge is laid on the picture's edges
        settings = RefinementSettings() if shown.shape[0] > height else None
        masks = []
        for probability in probabilities:
            self._token.raise_if_cancelled()
            (plane,) = refine_probabilities(probability[None], view.canvas, shown, settings)
            mask = np.zeros(picture.shape[:2], np.bool_)
            mask[view.box.slices] = plane > 0.5
            masks.append(_pointed_at(mask, points, labels))
        return masks

    def _nearer(self, view: _View, found: Mask, points: Floats, box: Box | None, previous: Mask | None) -> Box | None:
        """The part for a zoomed-in view; None where that is most of the picture."""
        picture = (view.box.width, view.box.height)
        wanted = bounding_box(found.astype(np.float32), 0.5)
        if previous is not None:
            wanted = wanted.union(bounding_box(previous.astype(np.float32), 0.5))
        if box is not None:
            wanted = wanted.union(box.clipped(*picture))
        for x, y in points:
            wanted = wanted.union(Box(int(x), int(y), int(x) + 1, int(y) + 1))
        side = max(wanted.width, wanted.height, _LEAST_SIDE)
        if side > _NEAR * max(picture):
            return None
        room = round(_ROOM * side)
        return wanted.grown(room, room).clipped(*picture)


def _likelihoods(logits: Floats, overlaps: Floats) -> Floats:
    """How likely each candidate is meant, (N,), of the decoder's `logits` (N, 1 or 17, h / 4, w / 4) and the overlaps
    (N,) it expects.

    The decoder nearly always expects most of its second candidate, also where that runs over half the picture; but it
    is unsure of the pixels of such a mask. The sum of both finds the better one (measured, see docs/benchmarks.md).
    """
    inside = logits > 0
    probabilities = np.reciprocal(1 + np.exp(-logits), dtype=np.float32)
    sure = (probabilities * inside).sum((1, 2, 3)) / np.maximum(1, inside.sum((1, 2, 3)))
    return np.asarray(overlaps + sure, np.float32)


def _pointed_at(mask: Mask, points: Floats, labels: NDArray[np.bool_]) -> Mask:
    """The pieces of a mask that a click on the object lies in; all of it where none does.

    A network that has seen many pictures of one thing that stands out takes all that stands out. With this, half as
    many clicks are needed (measured, see docs/benchmarks.md).
    """
    height, width = mask.shape
    marked = np.zeros_like(mask)
    for (x, y), inside in zip(points, labels, strict=True):
        if inside:
            marked[min(max(int(y), 0), height - 1), min(max(int(x), 0), width - 1)] = True
    found = pieces_at(mask, marked)
    return found if found.any() else mask


def _enlarged(probability: Floats, points: Floats, labels: NDArray[np.bool_], view: Box, size: tuple[int, int]) -> Mask:
    """The pieces that were pointed at, found on the canvas and then only enlarged: a preview has no time for more.

    `probability` (h, w) and `points` on the canvas of `view`; the mask is of `size` (H, W).
    """
    mask = np.zeros(size, np.bool_)
    meant = _pointed_at(probability > 0.5, points, labels)
    # as far as the slope around them goes, which says where between two pixels the contour lies
    kept = np.where(cv2.dilate(meant.view(np.uint8), np.ones((3, 3), np.uint8)), probability, np.float32(0))
    box = bounding_box(kept)
    if box.empty:
        return mask
    height, width = probability.shape
    box = box.grown(2, 2).clipped(width, height)
    across, down = view.width / width, view.height / height
    large = Box(round(box.x0 * across), round(box.y0 * down), round(box.x1 * across), round(box.y1 * down))
    large = large.clipped(view.width, view.height)
    part = cv2.resize(kept[box.slices], (large.width, large.height), interpolation=cv2.INTER_LINEAR)
    mask[view.slices][large.slices] = part > 0.5
    return mask


def _scaled(box: Box, view: Box, across: float, down: float) -> Box:
    """A box of the picture in a view's canvas."""
    return Box(
        round((box.x0 - view.x0) * across),
        round((box.y0 - view.y0) * down),
        round((box.x1 - view.x0) * across),
        round((box.y1 - view.y0) * down),
    )


def _all_inside(mask: Mask, points: Floats) -> bool:
    """Whether all points lie in a mask."""
    height, width = mask.shape
    x, y = np.clip(points.astype(int), 0, [width - 1, height - 1]).T
    return bool(mask[y, x].all())


def _covers(view: Box, points: Floats, box: Box | None, previous: Mask | None) -> bool:
    """Whether all hints lie in a view, and all of the mask before."""
    boxes = [Box(int(x), int(y), int(x) + 1, int(y) + 1) for x, y in points]
    boxes += [] if box is None else [box]
    if previous is not None:
        before = bounding_box(previous.astype(np.float32), 0.5)
        boxes += [] if before.empty else [before]
    return all(view.union(one) == view for one in boxes)


def _cut_off(mask: Mask, view: Box) -> bool:
    """Whether a mask goes on beyond a view that was chosen for something smaller."""
    height, width = mask.shape
    part = mask[view.slices]
    sides = (
        (view.y0 > 0, part[0]),
        (view.y1 < height, part[-1]),
        (view.x0 > 0, part[:, 0]),
        (view.x1 < width, part[:, -1]),
    )
    return any(inner and bool(side.any()) for inner, side in sides)


def _distinct(masks: Sequence[Mask]) -> list[Mask]:
    """The masks without those that say nearly what one before them does, and without empty ones."""
    kept: list[Mask] = []
    for mask in masks:
        if mask.any() and all(_overlap(mask, one) < 0.9 for one in kept):
            kept.append(mask)
    return kept


def _overlap(one: Mask, other: Mask) -> float:
    return int(np.count_nonzero(one & other)) / max(1, int(np.count_nonzero(one | other)))
