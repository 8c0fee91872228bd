"""Trains the network that ships and those of the folds at once, on a machine with a GPU and many cores.

    python -m tools.joint_training DATA OUT --init compact.safetensors --minutes 9.5 --makers 12

Without `--init` only the folds' networks are trained; with `--light` in smaller batches and with the backbone as it is,
for a machine without a GPU (`--makers 1`).

A GPU is mostly idle with one small network, whose steps are thousands of small kernels started by one thread. So each
network is a process of its own; all draw from one pool of samples in shared memory, which other processes refill.
OUT gets the moving averages, `ship.safetensors` and `fold0.safetensors` to `fold2.safetensors`, and `log.jsonl`.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import connection
from multiprocessing.process import BaseProcess
from pathlib import Path

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import save_file
from torch import Tensor, multiprocessing

from core.learning.learner import Learner
from core.learning.replay import mirrored
from core.learning.rollout import RolloutSettings
from core.learning.samples.batch_photometry import augment_colours
from core.learning.samples.data import find_training_data
from core.learning.samples.examples import TrainingData
from core.learning.samples.sampling import Batch, Request, Samples
from core.learning.schedule import Schedule
from core.learning.trainer import fold_names
from core.vos.network.model import CONFIGS

_AHEAD = 0.01
"""Fraction of the training by which samples of the next phase are made before it begins."""
_LOG_EVERY = 20


@dataclass(frozen=True)
class Phase:
    """Until which fraction of the training samples have this side in pixels and number of frames; how many a step
    takes, and how many the pool holds. Sizes are constant within a phase, as a GPU selects kernels for each new one.
    """

    until: float
    side: int
    frames: int
    batch: int
    capacity: int = 256


PHASES = (Phase(0.22, 224, 4, 40), Phase(0.56, 256, 5, 40), Phase(1.0, 320, 8, 24))
LIGHT_PHASES = (Phase(0.35, 192, 4, 8, 160), Phase(0.7, 256, 5, 8, 160), Phase(1.0, 288, 6, 8, 96))


@dataclass(frozen=True)
class Clock:
    """When the training began, in seconds of `time.time`, and how long it is."""

    begun: float
    seconds: float

    @property
    def progress(self) -> float:
        """In [0, 1]."""
        return min(1.0, (time.time() - self.begun) / self.seconds)


class Pool:
    """The newest samples of one phase in shared memory. Makers write, each into a slot that it alone was given;
    networks read slots that nobody is about to write to.
    """

    def __init__(self, phase: Phase, sequences: int, makers: int) -> None:
        count, frames, side = phase.capacity, phase.frames, phase.side
        self.phase = phase
        self._margin = 2 * makers
        self._next = multiprocessing.Value("q", 0)
        pictures = (count, frames, side, side)
        self._parts = Batch(
            frames=torch.zeros(count, frames, 3, side, side, dtype=torch.uint8),
            masks=torch.zeros(pictures, dtype=torch.uint8),
            others=torch.zeros(pictures, dtype=torch.uint8),
            flow=torch.zeros(count, frames - 1, side, side, 2, dtype=torch.float16),
            consistency=torch.zeros(count, frames - 1, side, side, dtype=torch.uint8),
            sequences=torch.zeros(count, sequences, dtype=torch.bool),
        )
        for part in vars(self._parts).values():
            part.share_memory_()

    def put(self, sample: tuple[Tensor, ...]) -> None:
        """Replaces the oldest sample."""
        with self._next.get_lock():
            slot = self._next.value % self.phase.capacity
            self._next.value += 1
        for part, new in zip(vars(self._parts).values(), sample, strict=True):
            part[slot].copy_(new)

    def ready(self) -> NDArray[np.int64]:
        """Numbers of the samples that can be read, counted since the beginning."""
        made = self._next.value
        oldest = max(0, made - self.phase.capacity + self._margin)
        return np.arange(oldest, max(oldest, made - self._margin))

    def sequences(self, numbers: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Of which sequences something is in each of these samples, (N, sequences)."""
        return self._parts.sequences.numpy()[numbers % self.phase.capacity]

    def read(self, numbers: NDArray[np.int64]) -> Batch:
        """A copy of these samples, in memory that a GPU copies from by itself, if there is one."""
        rows = torch.from_numpy(numbers % self.phase.capacity)
        batch = self._parts.rows(rows)
        if torch.cuda.is_available():
            batch = Batch(*(part.pin_memory() for part in vars(batch).values()))
        return batch


def make_samples(pools: list[Pool], clock: Clock, data: TrainingData, seed: int, maker: int, makers: int) -> None:
    """A process that makes every `makers`-th sample until the training is over."""
    pace = Schedule(steps=1)
    kinds = [Samples(data, pool.phase.side, seed + index, photometry=False) for index, pool in enumerate(pools)]
    number = maker
    while (progress := clock.progress) < 1:
        index = _phase(pools, progress + _AHEAD)
        difficulty = replace(pace.difficulty(0.3 + 0.7 * progress), frames=pools[index].phase.frames)
        pools[index].put(kinds[index][Request(number, difficulty)])
        number += makers


def _phase(pools: list[Pool], progress: float) -> int:
    return next((index for index, pool in enumerate(pools) if progress < pool.phase.until), len(pools) - 1)


@dataclass(frozen=True)
class Plan:
    """One network: its name, the weights it begins with (None: random, but for the backbone's), the sequences it must
    not see, its learning rate, and the rate of its backbone relative to that.
    """

    name: str
    weights: Path | None
    held_out: list[bool]
    rate: float
    encoder_rate: float = 0.3


def train_network(plan: Plan, pools: list[Pool], clock: Clock, out: Path, seed: int) -> None:
    """A process that trains one network until the time is over, and writes its moving average."""
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    learner = Learner(CONFIGS["lite"], device, torch.bfloat16, plan.encoder_rate)
    if plan.weights is None:
        learner.start_backbone()
    else:
        learner.start(plan.weights, None)
    learner.prepare()
    schedule = Schedule(steps=1, learning_rate=plan.rate)
    generator, rng = torch.Generator().manual_seed(seed), np.random.default_rng(seed)
    begun = time.time()
    with (out / "log.jsonl").open("a", encoding="utf-8", buffering=1) as log:
        for step, (batch, turned) in enumerate(_batches(plan, pools, clock, seed)):
            batch = mirrored(batch.to(device), turned)
            batch = replace(batch, frames=augment_colours(batch.frames, rng))
            progress = clock.progress
            rate = schedule.rate(step, progress)
            learnt = learner.learn(batch, RolloutSettings(), generator, rate, step, progress)
            if step % _LOG_EVERY == 0 and learnt is not None:
                line = {"name": plan.name, "step": step, "progress": progress, "seconds": time.time() - begun}
                log.write(json.dumps({**line, "loss": learnt[0], "overlap": learnt[1]}) + "\n")
    weights = {name: value.contiguous().cpu() for name, value in learner.average.state_dict().items()}
    save_file(weights, out / f"{plan.name}.safetensors")


def _batches(plan: Plan, pools: list[Pool], clock: Clock, seed: int) -> Generator[tuple[Batch, Tensor], None, None]:
    """Batches and which of their samples are to be mirrored, read while the step before runs."""
    rng, held_out = np.random.default_rng((seed, 1)), np.array(plan.held_out)
    uses = [np.zeros(2**18, np.int64) for _ in pools]

    def read() -> tuple[Batch, Tensor]:
        while True:
            index = _phase(pools, clock.progress)
            pool = pools[index]
            ready = pool.ready()
            ready = ready[~(pool.sequences(ready) & held_out).any(1)]
            if len(ready) >= pool.phase.batch:
                # the least used first; ties are broken at random
                chosen = ready[np.argsort(uses[index][ready] + 1.5 * rng.random(len(ready)))[: pool.phase.batch]]
                uses[index][chosen] += 1
                return pool.read(chosen), torch.from_numpy(rng.random(len(chosen)) < 0.5)
            time.sleep(0.02)

    with ThreadPoolExecutor(1) as reader:
        following = reader.submit(read)
        while clock.progress < 1:
            now = following.result()
            following = reader.submit(read)
            yield now


def train(
    data: TrainingData, out: Path, plans: list[Plan], phases: tuple[Phase, ...], minutes: float, makers: int, seed: int
) -> None:
    """Trains all networks; returns when they are written. Raises RuntimeError if a process failed."""
    clock = Clock(time.time(), 60 * minutes)
    pools = [Pool(phase, len(data.sequences), makers) for phase in phases]
    # forked, so that all share the pictures in memory; nothing has touched the GPU or started threads yet
    context = multiprocessing.get_context("fork")
    makes: list[BaseProcess] = [
        context.Process(target=make_samples, args=(pools, clock, data, seed, maker, makers), daemon=True)
        for maker in range(makers)
    ]
    learns: list[BaseProcess] = [
        context.Process(target=train_network, args=(plan, pools, clock, out, seed + 1 + number))
        for number, plan in enumerate(plans)
    ]
    for process in [*makes, *learns]:
        process.start()
    try:
        _wait(makes, learns)
    finally:
        for process in [*makes, *learns]:
            process.terminate()
            process.join()


def _wait(makes: list[BaseProcess], learns: list[BaseProcess]) -> None:
    """Returns once all networks are written. A network would wait forever for makers that are gone, on a machine whose
    time is counted, so this raises RuntimeError as soon as any process has failed.
    """
    running = [*makes, *learns]
    while any(process in running for process in learns):
        connection.wait([process.sentinel for process in running])
        if any(process.exitcode for process in running):
            raise RuntimeError("A process failed; its traceback is above.")
        running = [process for process in running if process.exitcode is None]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, help="as for `rotoflow train --data`: a folder or a pack")
    parser.add_argument("out", type=Path, help="the folder to write")
    parser.add_argument("--init", type=Path, help="what the network that ships begins with")
    parser.add_argument("--light", action="store_true", help="for a machine without a GPU")
    parser.add_argument("--minutes", type=float, default=9.5)
    parser.add_argument("--makers", type=int, default=12, help="processes that make samples")
    parser.add_argument("--folds", type=int, default=3)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    cv2.setNumThreads(0)
    torch.set_num_threads(1)
    args.out.mkdir(parents=True, exist_ok=True)
    data = find_training_data(args.data)
    with ThreadPoolExecutor(args.makers) as readers:
        list(readers.map(data.read, dict.fromkeys(data.pictures)))
        list(readers.map(data.footage.compressed, data.footage.paths))
    names = list(data.sequences)
    phases, encoder_rate = (LIGHT_PHASES, 0.0) if args.light else (PHASES, 0.3)
    plans = [] if args.init is None else [Plan("ship", args.init, [False] * len(names), 5e-4, encoder_rate)]
    for number, held_out in enumerate(fold_names(names, args.folds)):
        plans.append(Plan(f"fold{number}", None, [name in held_out for name in names], 1e-3, encoder_rate))
    train(data, args.out, plans, phases, args.minutes, args.makers, args.seed)


if __name__ == "__main__":
    main()
