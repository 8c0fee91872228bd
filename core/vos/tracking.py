"""The loop over the frames of one run: embed, warp, ask the target model, aggregate, refine.

The loop is independent of how objects are recognised: that is the `TargetModel`'s part, which is the classical model
or the trained network.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, field

import cv2
import numpy as np

from core.boxes import copy_channels
from core.jobs import CancelToken
from core.types import Anchor, Floats, FrameResult, Image, LabelMap, ProbabilityPatch, ReadFrame
from core.vos.aggregation import exclusive_labels, masks_of, probability_patch, soft_aggregate
from core.vos.confidence import mask_confidence
from core.vos.edge_network import EdgeNetwork, shipped_edge_network
from core.vos.flow.warping import FlowEstimator, FlowSource, reach_of, scaled_size, warp_masks
from core.vos.refinement import refine_probabilities
from core.vos.side_by_side import one_step_late, with_next
from core.vos.stages import stage
from core.vos.target import LooksAhead, TargetModel

ANCHORS_AT_START = 8
"""Anchors off the way, or further along it, that a model is shown at the start of a run: the nearest. The others on the
way are shown when they are met, so that the cost of starting does not grow with their number."""

# measured: neighbouring frames of fast clips have at least 0.58 and 0.90, two different clips at most 0.12 and 0.54
_CUT_CONSISTENCY = 0.35
_CUT_SIMILARITY = 0.75
_SAMPLED_SIDE = 120


@dataclass(frozen=True)
class TrackingSettings:
    """Working size and refinement."""

    short_side: int = 480
    """Frames are worked on with at most this many pixels on the shorter side; 0 is their own size."""
    refinement: EdgeNetwork | None = field(default_factory=shipped_edge_network)
    """None: the masks are upsampled and not refined."""
    flow_side: int = 480
    """As `short_side`, for the pictures that optical flow is found in."""


@dataclass
class _Previous:
    """The frame before: its picture at working size, the ids then tracked and their probabilities (K, h, w)."""

    image: Image
    object_ids: list[int]
    probabilities: Floats


@dataclass(frozen=True)
class _Frame:
    """A frame of the run: its number, its picture and that at working size."""

    index: int
    picture: Image
    image: Image


Finish = Callable[[], FrameResult]
"""What is left to do for a frame that nothing later depends on."""


class Tracker:
    """One run through a clip. Use once, from one thread."""

    def __init__(
        self,
        model: TargetModel,
        size: tuple[int, int],
        settings: TrackingSettings,
        flow: FlowSource | None = None,
        beside: bool = False,
    ) -> None:
        """`flow` finds the motion; DIS does where it is None. With `beside` a thread of its own begins with the next
        frame and refines the last one meanwhile; the results are the same.
        """
        self._model = model
        self._size = size
        self._settings = settings
        self._working = scaled_size(size, settings.short_side)
        self._flow: FlowSource = flow or FlowEstimator(settings.flow_side)
        self._beside = beside
        self._previous: _Previous | None = None

    def run(
        self,
        anchors: Sequence[Anchor],
        frame_indices: Sequence[int],
        first_positions: Mapping[int, int],
        read: ReadFrame,
        cancel: CancelToken,
    ) -> Iterator[FrameResult]:
        """One result a frame, in the order of `frame_indices`; ends early once `cancel` is set.

        `first_positions` says from which position on an object id is followed. Sizes are the caller's to check. `read`
        is called in the caller's thread alone.
        """
        if not frame_indices:
            return
        # an object that is followed from the first frame on although no anchor lies on the way must be known by then
        lost = {object_id for object_id, position in first_positions.items() if position == 0}
        shown = self._show_nearest(anchors, frame_indices[0], lost, read, cancel)
        frames = self._frames(frame_indices, read, cancel)
        # a frame's anchor, and whether the model has yet to be shown it
        met = {anchor.frame_index: (anchor, anchor.frame_index not in shown) for anchor in anchors}
        if not self._beside:
            for finish in self._steps(frames, met, first_positions, cancel, None):
                yield finish()
            return
        with ThreadPoolExecutor(1, "beside-tracking") as worker:
            yield from one_step_late(self._steps(frames, met, first_positions, cancel, worker), worker, cancel)

    def _show_nearest(
        self, anchors: Sequence[Anchor], start: int, lost: set[int], read: ReadFrame, cancel: CancelToken
    ) -> set[int]:
        """Shows the model the anchors nearest to the frame `start`, and others until none of the objects `lost` is
        unknown; returns the frames of those shown.
        """
        nearest = sorted(anchors, key=lambda anchor: abs(anchor.frame_index - start))
        shown: set[int] = set()
        for rank, anchor in enumerate(nearest):
            if anchor.frame_index == start or not (rank < ANCHORS_AT_START or lost & anchor.object_ids):
                continue
            if cancel.cancelled:
                break
            self._show_anchor(anchor, self._small(read(anchor.frame_index)))
            shown.add(anchor.frame_index)
            lost = lost - anchor.object_ids
        return shown

    def _steps(
        self,
        frames: Iterator[_Frame],
        met: Mapping[int, tuple[Anchor, bool]],
        first_positions: Mapping[int, int],
        cancel: CancelToken,
        worker: Executor | None,
    ) -> Iterator[Finish]:
        """The frames in order, each once it is found. With a `worker` the next one is read before, for the model to
        look ahead.
        """
        ahead = self._model if isinstance(self._model, LooksAhead) and worker is not None else None
        pairs = ((frame, None) for frame in frames) if ahead is None else with_next(frames)
        for position, (frame, coming) in enumerate(pairs):
            if cancel.cancelled:
                return
            if ahead is not None and worker is not None and coming is not None:
                ahead.look_ahead(coming.image, worker)
            object_ids = sorted(object_id for object_id, first in first_positions.items() if first <= position)
            yield self._step(frame, object_ids, *met.get(frame.index, (None, False)))

    def _frames(self, frame_indices: Sequence[int], read: ReadFrame, cancel: CancelToken) -> Iterator[_Frame]:
        for index in frame_indices:
            if cancel.cancelled:
                return
            picture = read(index)
            yield _Frame(index, picture, self._small(picture))

    @stage("model")
    def _show_anchor(self, anchor: Anchor, image: Image) -> None:
        object_ids = sorted(anchor.object_ids)
        masks = self._small_masks(anchor.labels, object_ids)
        self._model.observe(anchor.frame_index, image, object_ids, masks, np.ones(len(object_ids), np.float32), True)

    def _step(self, frame: _Frame, object_ids: list[int], anchor: Anchor | None, show_anchor: bool) -> Finish:
        frame_index, image = frame.index, frame.image
        given = sorted(anchor.object_ids) if anchor else []
        unknown_ids = [object_id for object_id in object_ids if object_id not in given]
        if anchor is not None and show_anchor:
            self._show_anchor(anchor, image)
        probabilities = np.zeros((len(object_ids), *image.shape[:2]), np.float32)
        confidence = np.ones(len(object_ids), np.float32)
        if unknown_ids:
            found, sure = self._find(frame_index, image, unknown_ids)
            rows = [object_ids.index(object_id) for object_id in unknown_ids]
            confidence[rows] = sure
            if unknown_ids == object_ids and anchor is None:
                # the usual case, without copies
                probabilities = found
            else:
                copy_channels(found, probabilities, rows)
        if anchor is not None:
            masks = self._small_masks(anchor.labels, given)
            if unknown_ids:
                probabilities *= 1 - masks.sum(axis=0)
            copy_channels(masks, probabilities, [object_ids.index(object_id) for object_id in given])
        if unknown_ids:
            self._model.observe(frame_index, image, object_ids, probabilities, confidence, False)
        self._previous = _Previous(image, object_ids, probabilities)
        sure_of = {object_id: float(value) for object_id, value in zip(object_ids, confidence, strict=True)}

        def finish() -> FrameResult:
            labels, patches = self._full_labels(frame.picture, image, object_ids, probabilities, anchor, unknown_ids)
            return FrameResult(frame_index, labels, sure_of, probabilities=patches)

        return finish

    @stage("model")
    def _find(self, frame_index: int, image: Image, unknown_ids: list[int]) -> tuple[Floats, Floats]:
        """Probabilities (K, h, w) and confidence (K,) of the objects that no anchor gives on this frame."""
        carried = np.zeros((len(unknown_ids), *image.shape[:2]), np.float32)
        previous = self._previous
        if previous is None or self._is_cut(previous.image, image):
            before, warped, flow = None, carried, None
        else:
            if unknown_ids == previous.object_ids:
                # the usual case, without copies
                carried = previous.probabilities
            else:
                for row, object_id in enumerate(unknown_ids):
                    if object_id in previous.object_ids:
                        plane = previous.probabilities[previous.object_ids.index(object_id)]
                        copy_channels([plane], carried, [row])
            before = previous.image
            flow = self._flow.between(before, image, reach_of(carried))
            warped = warp_masks(carried, flow)
        predicted = self._model.predict(frame_index, image, before, unknown_ids, warped, flow)
        probabilities = soft_aggregate(predicted)
        return probabilities, mask_confidence(probabilities, warped, before is not None)

    @stage("flow")
    def _is_cut(self, previous: Image, image: Image) -> bool:
        """Whether there is a cut between two neighbouring frames. Colour histograms are compared first: they alone
        rule it out for most frames, and the flow of a whole frame is expensive.
        """
        if _similarity(previous, image) >= _CUT_SIMILARITY:
            return False
        return bool(self._flow.between(previous, image).consistency.mean() < _CUT_CONSISTENCY)

    @stage("refine")
    def _full_labels(
        self,
        picture: Image,
        image: Image,
        object_ids: list[int],
        probabilities: Floats,
        anchor: Anchor | None,
        unknown_ids: list[int],
    ) -> tuple[LabelMap, dict[int, ProbabilityPatch]]:
        """Labels at the video's size, and the probabilities of the objects that no anchor gives on this frame."""
        patches: dict[int, ProbabilityPatch] = {}
        if unknown_ids:
            refined = refine_probabilities(probabilities, image, picture, self._settings.refinement)
            labels = exclusive_labels(refined, object_ids)
            patches = {
                object_id: probability_patch(plane)
                for object_id, plane in zip(object_ids, refined, strict=True)
                if object_id in unknown_ids
            }
        else:
            labels = np.zeros(picture.shape[:2], np.uint8)
        if anchor is not None:
            given = np.isin(anchor.labels, sorted(anchor.object_ids))
            # an object on an anchor has exactly the anchor's pixels
            labels[np.isin(labels, sorted(anchor.object_ids))] = 0
            labels[given] = anchor.labels[given]
        return labels, patches

    @stage("other")
    def _small(self, picture: Image) -> Image:
        if self._working == self._size:
            return picture
        small: Image = cv2.resize(picture, self._working, interpolation=cv2.INTER_AREA)
        return small

    def _small_masks(self, labels: LabelMap, object_ids: Sequence[int]) -> Floats:
        masks = masks_of(labels, object_ids)
        if self._working == self._size or len(masks) == 0:
            return masks
        return np.stack([cv2.resize(mask, self._working, interpolation=cv2.INTER_AREA) for mask in masks])


def _similarity(one: Image, other: Image) -> float:
    """How similar the colours of two pictures (h, w, 3) uint8 are: their histograms' overlap in [0, 1]."""
    histograms = []
    for image in (one, other):
        # a few thousand pixels give as much as all
        sample = cv2.resize(image, scaled_size(image.shape[1::-1], _SAMPLED_SIDE), interpolation=cv2.INTER_NEAREST)
        counts = cv2.calcHist([sample], [0, 1, 2], None, [8, 8, 8], [0, 256] * 3)
        histograms.append(counts.ravel() / (sample.shape[0] * sample.shape[1]))
    return float(np.minimum(*histograms).sum())
