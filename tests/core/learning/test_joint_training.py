"""Several networks in training at once: the pool of samples that they share, and processes that fail."""

from __future__ import annotations

import multiprocessing
import os
import time
from multiprocessing.process import BaseProcess

import numpy as np
import pytest
import torch
from torch import Tensor

from tools.joint_training import Clock, Phase, Plan, Pool, _batches, _wait

PHASE = Phase(until=1.0, side=16, frames=2, batch=4, capacity=24)


def sample(number: int, sequence: int) -> tuple[Tensor, ...]:
    """One of two frames whose pixels are all `number`, with something of one of three sequences in it."""
    frames = torch.full((2, 3, 16, 16), number, dtype=torch.uint8)
    masks, flow = torch.ones(2, 16, 16, dtype=torch.uint8), torch.zeros(1, 16, 16, 2, dtype=torch.float16)
    return frames, masks, masks * 0, flow, torch.zeros(1, 16, 16, dtype=torch.uint8), torch.arange(3) == sequence


def filled(count: int) -> Pool:
    pool = Pool(PHASE, sequences=3, makers=2)
    for number in range(count):
        pool.put(sample(number, number % 3))
    return pool


def test_samples_are_read_neither_while_they_are_written_nor_once_they_are_gone() -> None:
    assert not len(filled(4).ready())
    pool = filled(40)
    # two makers may each be about to write, one sample late
    assert pool.ready().tolist() == list(range(20, 36))
    batch = pool.read(np.array([20, 35]))
    assert batch.frames[:, 0, 0, 0, 0].tolist() == [20, 35]
    assert pool.sequences(np.array([20, 35])).argmax(1).tolist() == [20 % 3, 35 % 3]


def test_a_network_never_sees_the_sequences_held_out_of_it() -> None:
    pool, seen = filled(40), []
    plan = Plan("fold", None, held_out=[False, True, False], rate=1e-3)
    batches = _batches(plan, [pool], Clock(time.time(), 60), seed=0)
    for _ in range(3):
        batch, turned = next(batches)
        assert len(turned) == len(batch.frames) == 4
        seen += batch.frames[:, 0, 0, 0, 0].tolist()
    batches.close()
    assert 1 not in {number % 3 for number in seen}
    assert max(seen.count(number) for number in seen) <= 3, "the least used come first"


def test_a_failed_process_ends_the_training_at_once() -> None:
    context = multiprocessing.get_context("spawn")
    maker: BaseProcess = context.Process(target=os._exit, args=(3,))
    network: BaseProcess = context.Process(target=time.sleep, args=(60,))
    maker.start()
    network.start()
    try:
        with pytest.raises(RuntimeError, match="process failed"):
            _wait([maker], [network])
    finally:
        network.terminate()
        network.join()
        maker.join()
