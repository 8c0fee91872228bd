"""A network trained on the clip's own anchors as a target model: each frame is segmented by its appearance alone.

After OSVOS (Caelles et al., "One-Shot Video Object Segmentation", CVPR 2017). Training itself happens elsewhere: this
module decides when to train, and on which frames.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from core.types import Floats, Image
from core.vos.flow.warping import Flow, scaled_size
from core.vos.region import Region, RegionKeeper, RegionSettings

STRIDE = 32
"""Sides of the network input are multiples of this."""

_MOST_ANCHORS = 64
_SURE, _MOST_SURE_FRAMES = 0.85, 8
"""Least confidence of a predicted frame that becomes a pseudo-label, and how many of them are kept."""
_INTERVAL = 6
"""Every n-th predicted frame becomes a pseudo-label."""
_REGION = RegionSettings(room=2.8, smallest=0.6)


@dataclass(frozen=True)
class MaskedFrame:
    """A frame to learn from. `image` (h, w, 3) uint8, `masks` (K, h, w) uint8 of `object_ids`, 255 being certain.
    Other objects on it are unlabelled. `given` is False if an engine made the masks, and not a person.
    """

    frame_index: int
    image: Image
    object_ids: tuple[int, ...]
    masks: Image
    given: bool


Segment = Callable[[Image], Floats]
"""A picture (h, w, 3) uint8, sides multiples of `STRIDE`, to probabilities (K, h, w) float32 of the objects learned."""


@dataclass(frozen=True)
class Learned:
    """`object_ids` are the channels of what `segment` returns: only objects that had a pixel somewhere.

    `trust` (one value in [0, 1] for each) is how well the network segments it on the training frames.
    """

    object_ids: tuple[int, ...]
    segment: Segment
    trust: tuple[float, ...] = ()


Learn = Callable[[Sequence[MaskedFrame]], Learned]
"""Trains a network on frames in the order they came. None of them may show an object: then `object_ids` is empty."""


def masked_frame(
    frame_index: int, image: Image, object_ids: Sequence[int], masks: Floats, side: int, given: bool
) -> MaskedFrame:
    """A frame and its masks (K, H, W) in [0, 1] as they are kept to learn from: not larger than is needed to look at a
    part of them at `side`.
    """
    size = scaled_size((image.shape[1], image.shape[0]), 2 * side)
    small = np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)
    channels = [cv2.convertScaleAbs(cv2.resize(mask, size, interpolation=cv2.INTER_AREA), alpha=255) for mask in masks]
    stacked = np.stack(channels) if channels else np.zeros((0, *small.shape[:2]), np.uint8)
    return MaskedFrame(frame_index, small, tuple(object_ids), stacked, given)


def canvas_of(size: tuple[int, int], side: int) -> tuple[int, int]:
    """The network's input size (width, height) for frames of `size`: multiples of `STRIDE`, the shorter near `side`."""
    scale = side / min(size)
    width, height = (min(round(length * scale / STRIDE) * STRIDE, 3 * side // STRIDE * STRIDE) for length in size)
    return max(2 * STRIDE, width), max(2 * STRIDE, height)


class TrainedTarget:
    """See `core.vos.target.TargetModel`. Trains when the first frame without an anchor is predicted."""

    def __init__(self, learn: Learn, side: int, follow_region: bool, pseudo_labels: bool = False) -> None:
        """`side` is the shorter side of the network input; with `follow_region` the input is the part of the frame
        where the objects were. With `pseudo_labels` frames that were followed with confidence are learned from, too.
        """
        self._learn, self._side = learn, side
        self._follow_region, self._pseudo_labels = follow_region, pseudo_labels
        self._anchors: dict[int, MaskedFrame] = {}
        self._followed: list[MaskedFrame] = []
        self._since = 0
        self._learned: Learned | None = None
        self._keeper: RegionKeeper | None = None
        self._region: Region | None = None

    def trust(self, object_id: int) -> float:
        """The trust in an object's prediction, in [0, 1]; 0 for an object that was not trained on."""
        learned = self._learned
        if learned is None or object_id not in learned.object_ids:
            return 0.0
        return learned.trust[learned.object_ids.index(object_id)] if learned.trust else 1.0

    def observe(
        self,
        frame_index: int,
        image: Image,
        object_ids: Sequence[int],
        probabilities: Floats,
        confidence: Floats,
        permanent: bool,
    ) -> None:
        """See `TargetModel.observe`."""
        if permanent:
            # the network is trained again before the next frame
            self._learned = None
            self._anchors[frame_index] = masked_frame(
                frame_index, image, object_ids, probabilities, self._side, given=True
            )
            while len(self._anchors) > _MOST_ANCHORS:
                del self._anchors[next(iter(self._anchors))]
            return
        self._since += 1
        if self._pseudo_labels and self._since >= _INTERVAL and confidence.min(initial=1.0) >= _SURE:
            frame = masked_frame(frame_index, image, object_ids, probabilities, self._side, given=False)
            self._followed = [*self._followed, frame][-_MOST_SURE_FRAMES:]
            self._learned, self._since = None, 0

    def predict(
        self,
        frame_index: int,
        image: Image,
        previous_image: Image | None,
        object_ids: Sequence[int],
        warped: Floats,
        flow: Flow | None,
    ) -> Floats:
        """See `TargetModel.predict`: the network's prediction, which does not depend on the previous frame."""
        if self._learned is None:
            self._learned = self._learn([*self._anchors.values(), *self._followed])
        found = np.zeros((len(object_ids), *image.shape[:2]), np.float32)
        known = [row for row, object_id in enumerate(object_ids) if object_id in self._learned.object_ids]
        if not known:
            return found
        keeper = self._keeper_for(image)
        region = keeper.whole
        if self._follow_region:
            region = keeper.wanted(warped) if self._region is None else keeper.kept(self._region, warped)
            self._region = region
        found_there = self._learned.segment(keeper.cut(image, region).astype(np.uint8, copy=False))
        rows = [self._learned.object_ids.index(object_ids[row]) for row in known]
        found[known] = keeper.paste(found_there[rows], region)
        return found

    def _keeper_for(self, image: Image) -> RegionKeeper:
        if self._keeper is None:
            size = (image.shape[1], image.shape[0])
            self._keeper = RegionKeeper(size, canvas_of(size, self._side), _REGION)
        return self._keeper
