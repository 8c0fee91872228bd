"""Training samples from one clip: its anchors and frames next to them, transformed, recoloured and composited onto each
other.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch

from core.learning.samples.clip import Difficulty
from core.learning.samples.examples import Example, TrainingData, shrink
from core.learning.samples.sampling import Batch, Mixture, Request, Samples
from core.types import Anchor, ReadFrame

_MIXTURE = Mixture(real=0.6, composite=0.2)
_DIFFICULTY = Difficulty(frames=4, longest_gap=5, pace=1.2)


class ClipSamples:
    """Batches of short clips made of masked frames; the same for the same seed and number."""

    def __init__(self, masked: Sequence[Anchor], read: ReadFrame, side: int, batch: int, seed: int) -> None:
        """`masked` frames, anchors and others; `side` of the samples in pixels, a multiple of 16. Of the clip it reads
        those frames, and no more.
        """
        data = TrainingData({}, [])
        for frame in sorted(masked, key=lambda one: one.frame_index):
            picture = read(frame.frame_index)
            data.pictures.append(_keep(data, f"frame-{frame.frame_index}", picture, frame.labels))
            for object_id in sorted(frame.object_ids):
                alone = (frame.labels == object_id).astype(np.uint8)
                # a sequence an object: how each of them really moves, with the others for its surroundings
                name = f"object-{object_id}"
                example = _keep(data, f"{name}-{frame.frame_index}", picture, alone)
                data.sequences.setdefault(name, []).append(example)
        self._samples = Samples(data, side, seed, _MIXTURE)
        self._batch = batch

    def __getitem__(self, number: int) -> Batch:
        requests = [Request(number * self._batch + index, _DIFFICULTY) for index in range(self._batch)]
        parts = zip(*(self._samples[request] for request in requests), strict=True)
        return Batch(*(torch.stack(part) for part in parts))


def _keep(data: TrainingData, name: str, picture: np.ndarray, labels: np.ndarray) -> Example:
    """Puts a frame into the data's cache, under the name of no file on the disk."""
    example = Example(Path(name), Path(name))
    data.keep(example, shrink(picture, labels))
    return example
