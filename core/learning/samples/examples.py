"""Pictures with masks as training data: read at first use, scaled down, and cached in memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np

from core.errors import MaskError, MediaError
from core.learning.samples.footage import Footage
from core.masks import read_mask
from core.media import read_image
from core.types import Image, LabelMap

SHORT_SIDE = 360
"""Pictures are kept at this many pixels on the short side: enough for samples of 320, and all of them fit in memory."""


@dataclass(frozen=True)
class Example:
    """A picture and its mask, as files. Any value of the mask but 0 is an object."""

    picture: Path
    mask: Path


Content = tuple[Image, LabelMap] | None
"""Picture (h, w, 3) uint8 RGB and labels (h, w) uint8; None where they cannot be read."""


@dataclass
class TrainingData:
    """Examples by sequence, and all of them as single pictures; footage to set objects into. What was read stays in
    memory, scaled down.
    """

    sequences: dict[str, list[Example]]
    pictures: list[Example]
    footage: Footage = field(default_factory=lambda: Footage([], SHORT_SIDE))
    _cache: dict[Example, Content] = field(default_factory=dict, repr=False)
    _wanted: set[Example] = field(default_factory=set, repr=False)

    def wanted_sequences(self) -> list[bool]:
        """Whether something of each sequence, in the order of `sequences`, was read since the last call."""
        wanted = [not self._wanted.isdisjoint(examples) for examples in self.sequences.values()]
        self._wanted.clear()
        return wanted

    def read(self, example: Example) -> Content:
        """Picture (h, w, 3) uint8 RGB and labels (h, w) uint8, min(h, w) = `SHORT_SIDE`; None if it cannot be read."""
        self._wanted.add(example)
        if example not in self._cache:
            self._cache[example] = self._load(example)
        return self._cache[example]

    def _load(self, example: Example) -> Content:
        try:
            return shrink(read_image(example.picture), read_mask(example.mask))
        except (MediaError, MaskError):
            # a collection of thousands has a few damaged files; they are not worth stopping for
            return None

    def keep(self, example: Example, content: Content) -> None:
        """Takes what `read` is to return for an example, which then need not be on the disk."""
        self._cache[example] = content


def shrink(picture: Image, labels: LabelMap) -> Content:
    """Picture (H, W, 3) and labels (H, W) with the shorter side `SHORT_SIDE`; None if their sizes differ."""
    height, width = picture.shape[:2]
    if labels.shape != (height, width):
        return None
    scale = SHORT_SIDE / min(height, width)
    size = max(SHORT_SIDE, round(width * scale)), max(SHORT_SIDE, round(height * scale))
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.uint8), np.asarray(cv2.resize(labels, size, interpolation=cv2.INTER_NEAREST), np.uint8)


def some_frames(data: TrainingData, count: int = 60, seed: int = 0) -> Iterator[Image]:
    """Frames of the data in no order, their sides multiples of 32, to see what pictures are like; (h, w, 3) uint8."""
    rng = np.random.default_rng(seed)
    for index in rng.permutation(len(data.pictures))[:count]:
        found = data.read(data.pictures[index])
        if found is not None:
            height, width = (side // 32 * 32 for side in found[0].shape[:2])
            yield found[0][:height, :width]
