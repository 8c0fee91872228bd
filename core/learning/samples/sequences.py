"""Real clips: frames of an annotated sequence, all cut and coloured the same way."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from core.learning.samples.clip import Clip, Difficulty
from core.learning.samples.examples import Example, TrainingData
from core.learning.samples.motion import moved_mask, moved_picture, random_affine
from core.learning.samples.photometry import Exposure, Film, expose_and_blur
from core.types import Floats


@dataclass(frozen=True)
class Take:
    """Frames of a sequence, cut to one window: pictures (S, S, 3) in [0, 255] and masks (S, S) in [0, 1], float32."""

    pictures: list[Floats]
    masks: list[Floats]


class RealClips:
    """Draws clips from a data set's sequences, and nothing but from the generator it is given."""

    def __init__(self, data: TrainingData, side: int, film: Film = expose_and_blur) -> None:
        self._data = data
        self._side = side
        self._film = film
        self._sequences = [examples for examples in data.sequences.values() if len(examples) > 1]

    def __len__(self) -> int:
        return len(self._sequences)

    def sample(self, rng: np.random.Generator, difficulty: Difficulty) -> Clip | None:
        """A clip of `difficulty.frames` frames, forwards or backwards; None if one of them cannot be read."""
        take = self.take(rng, difficulty, self.draw_sequence(rng))
        if take is None:
            return None
        # sequences are few: other colours make others of them
        channels = rng.permutation(3) if rng.random() < 0.15 else np.arange(3)
        exposure = Exposure.random(rng)
        matrix = random_affine(rng, self._side, 0.12, 0.12, 0.03, 0.06)
        pictures = [moved_picture(np.ascontiguousarray(one[..., channels]), matrix) for one in take.pictures]
        frames = [self._film(rng, exposure, picture) for picture in pictures]
        masks = [(moved_mask(mask, matrix) > 0.5).astype(np.uint8) for mask in take.masks]
        return Clip(np.stack(frames), np.stack(masks))

    def draw_sequence(self, rng: np.random.Generator) -> int:
        """The number of a sequence, for `take`."""
        return int(rng.integers(len(self._sequences)))

    def take(self, rng: np.random.Generator, difficulty: Difficulty, sequence: int) -> Take | None:
        """Frames of a sequence cut about its object, sometimes mirrored; None if one of them cannot be read."""
        found = [self._data.read(example) for example in self._choose(rng, difficulty, sequence)]
        read = [frame for frame in found if frame is not None]
        if len(read) < len(found) or len({picture.shape for picture, _ in read}) > 1:
            return None
        masks = [(labels > 0).astype(np.float32) for _, labels in read]
        height, width = masks[0].shape
        # small crops show small objects at the scale that the region of interest gives them
        size = int(min(height, width) * rng.uniform(0.45, 1.0))
        pixels = np.argwhere(np.maximum.reduce(masks) > 0)
        centre = pixels.mean(axis=0) if len(pixels) else np.array([height / 2, width / 2])
        centre = centre + rng.normal(0, 0.12, 2) * size
        top, left = np.clip(centre - size / 2, 0, [height - size, width - size]).astype(int)
        window = slice(top, top + size), slice(left, left + size)
        step = -1 if rng.random() < 0.5 else 1
        square = (self._side, self._side)
        pictures, cut = [], []
        for (picture, _), mask in zip(read, masks, strict=True):
            pixels = cv2.resize(picture[window], square, interpolation=cv2.INTER_AREA)
            inside = cv2.resize(mask[window], square, interpolation=cv2.INTER_LINEAR)
            pictures.append(np.ascontiguousarray(pixels[:, ::step]).astype(np.float32))
            cut.append(np.ascontiguousarray(inside[:, ::step]))
        return Take(pictures, cut)

    def _choose(self, rng: np.random.Generator, difficulty: Difficulty, sequence: int) -> list[Example]:
        examples = self._sequences[sequence]
        # a limit drawn for each sample: short steps stay common when long ones are allowed
        limit = int(rng.integers(1, difficulty.longest_gap + 1))
        steps = rng.integers(1, limit + 1, difficulty.frames - 1)
        offsets = np.minimum(np.concatenate([[0], np.cumsum(steps)]), len(examples) - 1)
        start = int(rng.integers(0, len(examples) - offsets[-1]))
        chosen = [examples[start + offset] for offset in offsets]
        return chosen[::-1] if rng.random() < 0.4 else chosen
