"""A pool of samples: the newest are kept, all are learned from, and a mirrored one moves the other way."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from core.learning.replay import Replay, mirrored
from core.learning.samples.sampling import Batch

SIDE = 16


def numbered(first: int, count: int, frames: int = 3) -> Batch:
    """Samples whose frames hold their number, to be known by."""
    numbers = torch.arange(first, first + count, dtype=torch.uint8)
    flow = torch.zeros(count, frames - 1, SIDE, SIDE, 2, dtype=torch.float16)
    return Batch(
        frames=numbers[:, None, None, None, None].repeat(1, frames, 3, SIDE, SIDE),
        masks=torch.zeros(count, frames, SIDE, SIDE, dtype=torch.uint8),
        others=torch.zeros(count, frames, SIDE, SIDE, dtype=torch.uint8),
        flow=flow,
        consistency=torch.zeros(count, frames - 1, SIDE, SIDE, dtype=torch.uint8),
        sequences=torch.zeros(count, 2, dtype=torch.bool),
    )


def numbers(batch: Batch) -> list[int]:
    return batch.frames[:, 0, 0, 0, 0].tolist()


def test_the_newest_samples_are_drawn_each_before_any_is_drawn_often() -> None:
    pool, rng = Replay(8), np.random.default_rng(0)
    with pytest.raises(ValueError, match="draw before add"):
        pool.draw(1, rng)
    for first in range(0, 12, 4):
        pool.add(numbered(first, 4))
    drawn = [number for _ in range(6) for number in numbers(pool.draw(4, rng))]
    counts = np.bincount(drawn, minlength=12)
    assert (counts[:4] == 0).all(), "the oldest four gave way"
    assert counts[4:].min() >= 2 and counts[4:].max() <= 4
    pool.add(numbered(20, 4))
    assert set(numbers(pool.draw(4, rng))) == {20, 21, 22, 23}, "what was not seen yet comes first"


def test_samples_of_another_length_replace_the_pool() -> None:
    pool, rng = Replay(8), np.random.default_rng(0)
    pool.add(numbered(0, 4))
    pool.add(numbered(4, 2, frames=5))
    batch = pool.draw(8, rng)
    assert sorted(numbers(batch)) == [4, 5] and batch.frames.shape[1] == 5


def test_a_mirrored_sample_moves_the_other_way() -> None:
    batch = numbered(0, 2)
    batch.masks[:, :, 2, 3] = 1
    batch.flow[:, :, 2, 3] = torch.tensor([1.5, -2.0], dtype=torch.float16)
    turned = mirrored(batch, torch.tensor([True, False]))
    assert turned.masks[0, 0].nonzero().tolist() == [[2, SIDE - 4]]
    assert turned.flow[0, 0, 2, SIDE - 4].tolist() == [-1.5, -2.0], "sideways turns round, down stays down"
    assert torch.equal(turned.flow[1], batch.flow[1]) and turned.masks[1, 0, 2, 3] == 1
