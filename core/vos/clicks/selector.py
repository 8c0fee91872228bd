"""Masks from clicks on one picture: an encoder and the click decoder trained on it, through ONNX Runtime.

The picture is encoded once. A small object is then encoded again in a zoomed-in view, as in RITM (Sofiiuk et al., ICIP
2022); that view is used as long as the clicks stay in it.
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
from core.vos.edge_network import shipped_edge_network
from core.vos.network.onnx_runtime import OnnxRuntime, enlarged_logits, open_session, session_options
from core.vos.network.runtime import Features
from core.vos.refinement import refine_probabilities
from core.vos.region import canvas_size

_SHORT_SIDE = 384
"""Shorter side of the canvas in pixels."""
_STRIDE = 16
_NEAR = 0.45
"""A mask whose longer side is below this fraction of the picture's gets a zoomed-in view."""
_ROOM = 0.7
"""Margin of that view on each side, in lengths of the mask's longer side."""
_LEAST_SIDE = 64
"""Smallest side of what is zoomed in on, in picture pixels: below, zooming in adds nothing."""

Mask = NDArray[np.bool_]
"""One object's mask: (H, W) bool."""


@dataclass(frozen=True)
class _View:
    """A part of the picture, resized to the canvas (h, w, 3) uint8, and its features."""

    box: Box
    canvas: Image
    features: Features


class ClickNetwork:
    """See `core.masks.hints.ClickSelector`."""

    def __init__(self, encoder: OnnxRuntime, graph: bytes, threads: int) -> None:
        """`encoder` runs the encoder's graph; `graph` is the content of the ONNX file of the click decoder trained on
        it. `threads` is for the decoder. Raises EngineError if `graph` is no ONNX graph.
        """
        self._encoder = encoder
        self._decoder = open_session(graph, "click decoder", session_options(threads))
        self._picture: Image | None = None
        self._whole: _View | None = None
        self._near: _View | None = None
        self._nearly: Mask | None = None
        """The mask of the object in the zoomed-in view, as found on the whole picture."""
        self._token = CancelToken()

    def watch(self, token: CancelToken) -> None:
        """See `core.masks.clicks.Interruptible`."""
        self._token = token

    def prepare(self, image: Image) -> None:
        """Encodes a picture (H, W, 3) uint8 RGB, for the methods below. Raises CancelledError once cancelled."""
        self._picture, self._whole, self._near, self._nearly = image, None, None, None
        self._whole = self._view(image, Box(0, 0, image.shape[1], image.shape[0]))

    def select(
        self, points: Floats, labels: NDArray[np.bool_], box: Box | None, previous: Mask | None
    ) -> Sequence[Mask]:
        """See `ClickSelector.select`. Empty without a prepared picture, or without a click or box."""
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
        """See `ClickSelector.preview`: at most one mask, the likeliest. To be fast, it makes no zoomed-in view and does
        not refine the contour at the picture's resolution.

        An existing zoomed-in view is used for points on the same object only: for others the result is likely to be cut
        off by the view, and the decoder would run twice.
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
        """The candidates (H, W) bool at the picture's size, the likeliest first; `quick` returns only that one, not
        refined.
        """
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
        # a canvas smaller than the view: the contour is refined at the picture's resolution
        network = shipped_edge_network() if shown.shape[0] > height else None
        masks = []
        for probability in probabilities:
            self._token.raise_if_cancelled()
            (plane,) = refine_probabilities(probability[None], view.canvas, shown, network)
            mask = np.zeros(picture.shape[:2], np.bool_)
            mask[view.box.slices] = plane > 0.5
            masks.append(_pointed_at(mask, points, labels))
        return masks

    def _nearer(self, view: _View, found: Mask, points: Floats, box: Box | None, previous: Mask | None) -> Box | None:
        """The box of a zoomed-in view; None if it would be most of the picture."""
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
    """A score (N,) to rank the candidates by, from the decoder's `logits` (N, 1 or 17, h / 4, w / 4) and its estimated
    overlaps (N,): the overlap plus the mean probability inside the mask.

    The estimate alone nearly always prefers the second candidate, even where that covers half of the picture; but the
    probabilities inside such a mask are low. The sum ranks better (measured, see docs/benchmarks.md).
    """
    inside = logits > 0
    probabilities = np.reciprocal(1 + np.exp(-logits), dtype=np.float32)
    sure = (probabilities * inside).sum((1, 2, 3)) / np.maximum(1, inside.sum((1, 2, 3)))
    return np.asarray(overlaps + sure, np.float32)


def _pointed_at(mask: Mask, points: Floats, labels: NDArray[np.bool_]) -> Mask:
    """The connected pieces of a mask that contain a click on the object; the whole mask if none does.

    A network trained on many pictures of one salient object selects all salient ones. With this rule half as many
    clicks are needed (measured, see docs/benchmarks.md).
    """
    height, width = mask.shape
    marked = np.zeros_like(mask)
    for (x, y), inside in zip(points, labels, strict=True):
        if inside:
            marked[min(max(int(y), 0), height - 1), min(max(int(x), 0), width - 1)] = True
    found = pieces_at(mask, marked)
    return found if found.any() else mask


def _enlarged(probability: Floats, points: Floats, labels: NDArray[np.bool_], view: Box, size: tuple[int, int]) -> Mask:
    """The mask (H, W) bool, of `size`, of a preview: pieces are chosen on the canvas, and then enlarged without
    refinement.

    `probability` (h, w) and `points` are on the canvas of `view`, a box of the picture.
    """
    mask = np.zeros(size, np.bool_)
    meant = _pointed_at(probability > 0.5, points, labels)
    # with the pixels next to them, whose probabilities place the contour between two pixels
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
    """A box of the picture in canvas pixels of `view`."""
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
    """Whether all points, the box and the previous mask lie in a view."""
    boxes = [Box(int(x), int(y), int(x) + 1, int(y) + 1) for x, y in points]
    boxes += [] if box is None else [box]
    if previous is not None:
        before = bounding_box(previous.astype(np.float32), 0.5)
        boxes += [] if before.empty else [before]
    return all(view.union(one) == view for one in boxes)


def _cut_off(mask: Mask, view: Box) -> bool:
    """Whether a mask touches a side of its view that is not the picture's: it probably continues beyond."""
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
    """The masks in order, without empty ones and those with an IoU of 0.9 or more with an earlier one."""
    kept: list[Mask] = []
    for mask in masks:
        if mask.any() and all(_overlap(mask, one) < 0.9 for one in kept):
            kept.append(mask)
    return kept


def _overlap(one: Mask, other: Mask) -> float:
    return int(np.count_nonzero(one & other)) / max(1, int(np.count_nonzero(one | other)))
