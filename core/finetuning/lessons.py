"""What there is to learn from on one clip: its anchors, moved, recoloured and put before each other's pictures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import torch

from core.learning.clip import Difficulty
from core.learning.data import Example, TrainingData, shrink
from core.learning.samples import Batch, Mixture, Request, Samples
from core.types import Anchor, ReadFrame

_MIXTURE = Mixture(real=0.4, composite=0.0)
_DIFFICULTY = Difficulty(frames=3, longest_gap=1, pace=1.2)


class Lessons:
    """Batches of short clips made of the anchors' frames; the same for the same seed and number."""

    def __init__(self, anchors: Sequence[Anchor], read: ReadFrame, side: int, batch: int, seed: int) -> None:
        """`side` of the samples in pixels, a multiple of 16. Of the clip it reads the anchors' frames, and no more."""
        data = TrainingData({}, [])
        for anchor in anchors:
            # named after nothing on the disk: what is read of an example is put into the cache beforehand
            example = Example(Path(f"anchor-{anchor.frame_index}"), Path(f"anchor-{anchor.frame_index}"))
            data.pictures.append(example)
            data.keep(example, shrink(read(anchor.frame_index), anchor.labels))
        if len(data.pictures) > 1 and all(len(anchor.object_ids) == 1 for anchor in anchors):
            # neighbouring anchors show how the object really changes
            data.sequences["clip"] = list(data.pictures)
        self._samples = Samples(data, side, seed, _MIXTURE)
        self._batch = batch

    def __getitem__(self, number: int) -> Batch:
        requests = [Request(number * self._batch + place, _DIFFICULTY) for place in range(self._batch)]
        parts = zip(*(self._samples[request] for request in requests), strict=True)
        return Batch(*(torch.stack(part) for part in parts))
