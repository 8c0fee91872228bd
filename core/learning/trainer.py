"""The training loop."""

from __future__ import annotations

import math
import time
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from operator import index
from pathlib import Path

import numpy as np
import torch

from core.errors import EngineError
from core.jobs import CancelToken
from core.learning.checkpoint import load_checkpoint, reading, save_checkpoint
from core.learning.learner import Learner
from core.learning.precision import best_precision
from core.learning.replay import Replay
from core.learning.rollout import RolloutSettings
from core.learning.samples.batch_photometry import augment_colours
from core.learning.samples.data import is_pseudo_labelled
from core.learning.samples.examples import TrainingData
from core.learning.samples.sampling import Batch, Request, Samples, batches
from core.learning.schedule import Schedule
from core.vos.network.model import Network, NetworkConfig


@dataclass(frozen=True)
class TrainingSettings:
    """How a network is trained, apart from its schedule and roll-out."""

    batch: int = 6
    """Samples in a batch."""
    side: int = 224
    """Side of the square samples in pixels, a multiple of 16."""
    workers: int = 1
    """Processes that make samples."""
    seed: int = 0
    """Seed of all random numbers: weights, samples and roll-outs."""
    weight_decay: float = 1e-4
    """Weight decay of AdamW; see `core.learning.learner`."""
    precision: torch.dtype | None = None
    """Precision of convolutions; None is the fastest that the device is made for."""
    batch_photometry: bool | None = None
    """Whether colours are augmented for whole batches on the device rather than by the workers; None is on a GPU."""
    encoder_rate: float = 1.0
    """Learning rate of the encoder's features, relative to the rest.

    Below 1 its batch norms keep their statistics. At 0 the features stay as they are: a step takes half the time, and
    few sequences cannot make them forget.
    """
    fixed_norms: bool = False
    """Whether all batch norms keep the statistics they began with, and use them while learning.

    For small batches from trained weights: what a few samples look like is no better an estimate than what is known.
    """
    folds: int = 0
    """How many more networks learn from the same batches for cross-validation, each without its part of the
    sequences."""
    replay: int = 1
    """How many steps follow each batch that the workers make. From 2 on, steps draw from a pool of the newest
    `POOLED_BATCHES` of them, which a resumed training begins to fill again; see `core.learning.replay`."""


POOLED_BATCHES = 8


@dataclass(frozen=True)
class StepReport:
    """One step: `step` counts from 1, `seconds` of training so far, `overlap` on the samples' last frames."""

    step: int
    seconds: float
    progress: float
    loss: float
    overlap: float
    learning_rate: float
    frames: int


class Trainer:
    """A network in training, with the moving average of its weights, which is what ships.

    All random choices of a step depend only on the seed and the step's number, so a resumed training has the same
    result as an uninterrupted one (up to the device's rounding).
    """

    def __init__(
        self,
        config: NetworkConfig,
        schedule: Schedule,
        settings: TrainingSettings,
        device: str = "cpu",
        rollout: RolloutSettings | None = None,
    ) -> None:
        torch.manual_seed(settings.seed)
        self._device = torch.device(device)
        self._precision = settings.precision or best_precision(self._device)
        on_gpu = self._device.type == "cuda"
        self._batch_photometry = on_gpu if settings.batch_photometry is None else settings.batch_photometry
        self._config = config
        self._schedule = schedule
        self._settings = settings
        self._seed = settings.seed
        self._rollout = RolloutSettings() if rollout is None else rollout
        self._learner, *self._folds = (
            Learner(
                config,
                self._device,
                self._precision,
                settings.encoder_rate,
                settings.weight_decay,
                settings.fixed_norms,
            )
            for _ in range(1 + settings.folds)
        )
        self.step = 0
        self.seconds = 0.0

    @property
    def network(self) -> Network:
        """The network with its current weights."""
        return self._learner.network

    @property
    def average(self) -> Network:
        """The exponential moving average of the weights."""
        return self._learner.average

    @property
    def device(self) -> str:
        """Where it trains: "cpu" or "cuda"."""
        return self._device.type

    @property
    def progress(self) -> float:
        """How much of the training is over, in [0, 1]."""
        return self._schedule.progress(self.step, self.seconds)

    def start_from(self, weights: Path, data: TrainingData | None = None) -> None:
        """Initialises the weights from a safetensors file. Weights of a narrower network are grown. If this network has
        an ImageNet backbone and the weights have none, its feature statistics are estimated on pictures of `data`. If
        the backbone replaces the encoder of the weights, that encoder becomes the teacher for distillation.

        Folds are initialised by `start_backbone` instead, since the weights may have been trained on held-out
        sequences.
        """
        self._learner.start(weights, data)
        for fold in self._folds:
            fold.start_backbone()

    def start_backbone(self) -> None:
        """Initialises all weights at random, but those of a backbone from ImageNet. Raises EngineError if the package
        with these is not installed.
        """
        for learner in (self._learner, *self._folds):
            learner.start_backbone()

    def save(self, path: Path) -> None:
        """Writes a checkpoint with everything that `resume` needs."""
        state = {**self._learner.state(), "step": self.step, "seconds": self.seconds, "seed": self._seed}
        save_checkpoint(path, self._config, {**state, "folds": [fold.state() for fold in self._folds]})

    def resume(self, path: Path) -> None:
        """Continues from a checkpoint. Raises EngineError if it does not fit the configuration."""
        state = load_checkpoint(path, self._config)
        with reading(path):
            folds = list(state.get("folds", []))
            step, seconds, seed = index(state["step"]), state["seconds"], index(state["seed"])
            if step < 0 or seed < 0 or not 0 <= seconds < math.inf:
                raise TypeError(step, seconds, seed)
        if len(folds) != len(self._folds):
            raise EngineError(
                "{path}: resume with the --folds that it was started with ({folds}).", path=path, folds=len(folds)
            )
        try:
            with reading(path):
                for learner, own in zip((self._learner, *self._folds), (state, *folds), strict=True):
                    learner.load(own)
        except ValueError as error:
            raise EngineError("{path}: resume with the --encoder-rate that it was started with.", path=path) from error
        self.step, self.seconds, self._seed = step, seconds, seed

    def read(self, path: Path, fold: int | None = None) -> None:
        """Loads the weights of a checkpoint, or of one of its folds, counted from 0, for inference or export. Raises
        EngineError if there are none that fit.
        """
        state = load_checkpoint(path, self._config)
        if fold is not None:
            with reading(path):
                folds = list(state.get("folds", []))
            if fold >= len(folds):
                raise EngineError(
                    "{path}: has {folds} folds, counted from 0; there is no fold {fold}.",
                    path=path,
                    folds=len(folds),
                    fold=fold,
                )
            state = folds[fold]
        with reading(path):
            self._learner.load_networks(state)

    def train(self, data: TrainingData, token: CancelToken) -> Iterator[StepReport]:
        """Trains to the schedule's end, or until cancelled, and reports every step.

        Raises DatasetError if the data yields no sample, EngineError if the loss is not finite.
        """
        if self.progress >= 1:
            return
        for fold, names in zip(self._folds, fold_names(data.sequences, len(self._folds)), strict=True):
            fold.held_out = torch.tensor([name in names for name in data.sequences])
        samples = Samples(data, self._settings.side, self._seed, photometry=not self._batch_photometry)
        for learner in (self._learner, *self._folds):
            learner.prepare()
        before = self.seconds
        start = time.monotonic()
        made = batches(samples, self._requests, self._settings.workers, self._device.type == "cuda")
        for batch in self._replayed(made):
            if token.cancelled:
                return
            loss, overlap, rate = self._learn(batch)
            self.step += 1
            self.seconds = before + time.monotonic() - start
            progress, paused = self.progress, time.monotonic()
            yield StepReport(self.step, self.seconds, progress, loss, overlap, rate, batch.frames.shape[1])
            # what others do meanwhile, such as scoring, is no training
            start += time.monotonic() - paused
            if progress >= 1:
                return

    def _requests(self) -> Iterator[list[Request]]:
        """Requests for samples from the next step on, for the workers, which run ahead of the steps."""
        step, size = self.step, self._settings.batch
        while True:
            difficulty = self._schedule.difficulty(self._schedule.progress(step, self.seconds))
            yield [Request(step * size + number, difficulty) for number in range(size)]
            step += self._settings.replay

    def _replayed(self, made: Iterable[Batch]) -> Iterator[Batch]:
        """The batches to train on, on the device, with replay if it is on."""
        pool, size = Replay(POOLED_BATCHES * self._settings.batch), self._settings.batch
        for batch in made:
            batch = batch.to(self._device)
            if self._settings.replay == 1:
                yield batch
                continue
            pool.add(batch)
            for _ in range(self._settings.replay):
                yield pool.draw(size, np.random.default_rng((self._seed, 2, self.step)))

    def _learn(self, batch: Batch) -> tuple[float, float, float]:
        """One step: loss, overlap and learning rate."""
        rate = self._schedule.rate(self.step, self.progress)
        generator = torch.Generator().manual_seed(self._seed * 1_000_003 + self.step)
        if self._batch_photometry:
            batch = replace(
                batch, frames=augment_colours(batch.frames, np.random.default_rng((self._seed, 1, self.step)))
            )
        begin = generator.get_state()
        learnt = self._learner.learn(batch, self._rollout, generator, rate, self.step, self.progress)
        assert learnt is not None  # nothing is held out of its batches
        for fold in self._folds:
            generator.set_state(begin)
            fold.learn(batch, self._rollout, generator, rate, self.step, self.progress)
        return *learnt, rate


def fold_names(sequences: Collection[str], folds: int) -> list[set[str]]:
    """The sequences held out of each fold: every n-th by name, so that each is held out of exactly one; and all with
    pseudo-labels, which an engine made that may have seen the others.
    """
    labelled = set(filter(is_pseudo_labelled, sequences))
    names = sorted(set(sequences) - labelled)
    return [set(names[fold::folds]) | labelled for fold in range(folds)]
