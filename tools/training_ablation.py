"""Trains small copies of the network that ships, each without one thing, by the same steps, and scores them on
sequences that none of them has seen.

    python -m tools.training_ablation DATA OUT --steps 300

Left out in turn: what the backbone knows from ImageNet (then its weights are random, and all layers learn, also in the
run it is compared with), each set of pictures, the footage, and the annotated sequences. All runs draw from one pool of
samples, those that show nothing of what is left out; OUT/ablation.jsonl gets a line a run, and what is there is not
repeated. Runs of other seeds tell what differences mean nothing.
"""

from __future__ import annotations

import argparse
import json
import math
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from core.cli.validation_data import validation_sequences
from core.jobs import CancelToken
from core.learning.learner import Learner
from core.learning.rollout import RolloutSettings
from core.learning.samples.data import find_training_data, is_pseudo_labelled
from core.learning.samples.examples import SHORT_SIDE, TrainingData
from core.learning.samples.footage import Footage
from core.learning.samples.sampling import Batch, Request, Samples
from core.learning.schedule import Schedule
from core.learning.trainer import fold_names
from core.learning.validation import validate
from core.types import Image
from core.vos.network.model import CONFIGS

_SEQUENCES = "davis-train"
_FOOTAGE = "footage"
_FRAMES = 4
_RATE = 1e-3


@dataclass(frozen=True)
class Run:
    """One training: its name, what is left out of its samples, its seed, whether the backbone begins with ImageNet's
    weights, and the learning rate of its encoder relative to the rest.
    """

    name: str
    left_out: str = ""
    seed: int = 0
    pretrained: bool = True
    encoder_rate: float = 0.0


class NotedFootage(Footage):
    """Footage that knows whether something of it was drawn."""

    drawn = False

    def draw(self, rng: np.random.Generator, frames: int, longest_gap: int) -> list[Image]:
        """See `Footage.draw`."""
        self.drawn = True
        return super().draw(rng, frames, longest_gap)


@dataclass
class NotedData(TrainingData):
    """Training data that tells of which of `sources` something was read."""

    sources: list[str] = field(default_factory=list)

    def wanted_sequences(self) -> list[bool]:
        """Whether something of each of `sources` was read since the last call: a set of pictures, footage, any
        annotated sequence, or one of them.
        """
        read = {example.picture.parent.parent.name for example in self._wanted}
        flags = super().wanted_sequences()
        assert isinstance(self.footage, NotedFootage)
        known = {_SEQUENCES: any(flags), _FOOTAGE: self.footage.drawn}
        known |= dict(zip(self.sequences, flags, strict=True))
        self.footage.drawn = False
        return [known.get(source, source in read) for source in self.sources]


def noted(data: TrainingData) -> NotedData:
    """The same data, with all of its sources."""
    sets = sorted(
        {example.picture.parent.parent.name for example in data.pictures if example.picture.parent.name == "images"}
    )
    footage = NotedFootage(data.footage.paths, SHORT_SIDE)
    return NotedData(data.sequences, data.pictures, footage, sources=[*sets, _FOOTAGE, _SEQUENCES, *data.sequences])


def make_pool(data: NotedData, side: int, count: int, steps: int) -> Batch:
    """`count` samples of growing difficulty."""
    samples = Samples(data, side, seed=0)
    pace = Schedule(steps=steps)
    made = []
    for number in range(count):
        difficulty = replace(pace.difficulty(0.7 * number / count), frames=_FRAMES)
        made.append(samples[Request(number, difficulty)])
    return Batch(*(torch.stack(parts) for parts in zip(*made, strict=True)))


def train(run: Run, pool: Batch, allowed: NDArray[np.int64], steps: int, batch: int) -> Learner:
    """A network after so many steps on the samples `allowed`, indices into the pool that grow with difficulty."""
    torch.manual_seed(run.seed)
    learner = Learner(CONFIGS["lite"], torch.device("cpu"), torch.bfloat16, encoder_rate=run.encoder_rate)
    if run.pretrained:
        learner.start_backbone()
    else:
        _initialise(learner)
    learner.prepare()
    rng, generator = np.random.default_rng(run.seed), torch.Generator().manual_seed(run.seed)
    schedule = Schedule(steps=steps, learning_rate=_RATE)
    for step in range(steps):
        progress = step / steps
        # mostly new ones, and easier ones again, as far as the curriculum has come
        reached = min(len(allowed), max(2 * batch, math.ceil((step + 1) / steps * len(allowed))))
        chosen = allowed[rng.integers(max(0, reached - len(allowed) // 2), reached, batch)]
        learner.learn(
            pool.rows(torch.from_numpy(chosen)),
            RolloutSettings(),
            generator,
            schedule.rate(step, progress),
            step,
            progress,
        )
    return learner


def _initialise(learner: Learner) -> None:
    """Random weights that keep the variance of what passes through: the backbone has no batch norms to mend it."""
    backbone = learner.network.encoder.backbone
    assert backbone is not None
    for module in backbone.modules():
        if isinstance(module, nn.Conv2d):
            nn.init.kaiming_normal_(module.weight)
            assert module.bias is not None
            nn.init.zeros_(module.bias)
    learner.average.load_state_dict(learner.network.state_dict())


def runs(sources: list[str], seeds: int) -> Iterator[Run]:
    """All runs: the two of the encoder, those with everything, those with something left out."""
    yield Run("all layers, from ImageNet", encoder_rate=1.0)
    yield Run("all layers, from random weights", pretrained=False, encoder_rate=1.0)
    for seed in range(seeds):
        yield Run(f"everything, seed {seed}", seed=seed)
    for source in sources:
        yield Run(f"without {source}", left_out=source)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, help="as for `rotoflow train --data`: a folder")
    parser.add_argument("out", type=Path, help="the folder to write")
    parser.add_argument("--steps", type=int, default=300)
    parser.add_argument("--batch", type=int, default=6)
    parser.add_argument("--side", type=int, default=160)
    parser.add_argument("--pool", type=int, default=1500, help="samples that all runs draw from")
    parser.add_argument("--seeds", type=int, default=2, help="runs with everything")
    parser.add_argument("--frames", type=int, default=40, help="so many of each sequence are followed")
    args = parser.parse_args()
    cv2.setNumThreads(1)
    torch.set_num_threads(1)
    args.out.mkdir(parents=True, exist_ok=True)
    log = args.out / "ablation.jsonl"
    done = {json.loads(line)["name"] for line in log.read_text().splitlines()} if log.exists() else set()
    data = noted(find_training_data(args.data))
    held_out = fold_names(data.sequences, 3)[0]
    annotated = sorted(name for name in held_out if not is_pseudo_labelled(name))
    pool = make_pool(data, args.side, args.pool, args.steps)
    scored = [
        replace(sequence, frame_count=min(args.frames, sequence.frame_count))
        for sequence in validation_sequences(None, args.data, annotated)
    ]
    sources = [source for source in data.sources if source not in data.sequences]
    for run in runs(sources, args.seeds):
        if run.name in done:
            continue
        unwanted = torch.tensor([source in held_out or source == run.left_out for source in data.sources])
        allowed = torch.nonzero(~(pool.sequences & unwanted).any(1))[:, 0].numpy()
        begun = time.time()
        learner = train(run, pool, allowed, args.steps, args.batch)
        score = validate(learner.average, scored, args.steps, "cpu", CancelToken())
        assert score is not None  # nobody cancels it
        line = {
            **asdict(run),
            "samples": len(allowed),
            "seconds": round(time.time() - begun),
            "j_and_f": score.j_and_f,
            "sequences": score.sequences,
        }
        with log.open("a", encoding="utf-8") as lines:
            lines.write(json.dumps(line) + "\n")
        print(f"{run.name}: J&F {score.j_and_f:.3f}, {len(allowed)} samples", flush=True)


if __name__ == "__main__":
    main()
