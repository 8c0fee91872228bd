"""A replay pool: samples are used for several steps, since a GPU takes steps faster than a few cores make samples.

As in data echoing (Choi et al., "Faster neural network training with data echoing", arXiv:1907.05550, 2019), but by
samples instead of whole batches: each step draws from the newest samples, half of them mirrored.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from core.learning.samples.sampling import Batch


class Replay:
    """The newest `capacity` samples, on the device of the first batch that is added."""

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._pool: Batch | None = None
        self._uses = np.zeros(0)

    def add(self, batch: Batch) -> None:
        """Adds a batch's samples and drops the oldest beyond the capacity. Samples of another size or length replace
        all.
        """
        if self._pool is None or self._pool.flow.shape[1:] != batch.flow.shape[1:]:
            self._pool, self._uses = batch, np.zeros(0)
        else:
            self._pool = self._pool.followed_by(batch).rows(slice(-max(self._capacity, len(batch.frames)), None))
        self._uses = np.concatenate([self._uses, np.zeros(len(batch.frames))])[-len(self._pool.frames) :]

    def draw(self, count: int, rng: np.random.Generator) -> Batch:
        """A batch of `count` samples, or of all if there are fewer; the least used ones are the most likely. Each is
        mirrored with probability 0.5. Raises ValueError if nothing was added.
        """
        if self._pool is None:
            raise ValueError("draw before add")
        # ties are broken at random, and a sample used once may be drawn before an unused one
        chosen = np.argsort(self._uses + 1.5 * rng.random(len(self._uses)))[:count]
        self._uses[chosen] += 1
        rows = torch.from_numpy(chosen).to(self._pool.frames.device)
        return mirrored(self._pool.rows(rows), torch.from_numpy(rng.random(len(chosen)) < 0.5))


def mirrored(batch: Batch, which: Tensor) -> Batch:
    """A batch whose samples in `which`, (B,) bool, are mirrored horizontally, including their flow."""
    which = which.to(batch.frames.device)

    def turned(values: Tensor, axis: int) -> Tensor:
        return torch.where(which.reshape(-1, *[1] * (values.ndim - 1)), values.flip(axis), values)

    flow = turned(batch.flow, -2)
    sideways = torch.where(which[:, None, None, None], -flow[..., 0], flow[..., 0])
    return Batch(
        frames=turned(batch.frames, -1),
        masks=turned(batch.masks, -1),
        others=turned(batch.others, -1),
        flow=torch.stack([sideways, flow[..., 1]], -1),
        consistency=turned(batch.consistency, -1),
        sequences=batch.sequences,
    )
