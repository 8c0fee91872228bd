"""The training loop."""

from __future__ import annotations

import copy
import math
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch

from core.errors import EngineError
from core.jobs import CancelToken
from core.learning.checkpoint import load_checkpoint, save_checkpoint
from core.learning.precision import best_precision
from core.learning.rollout import RolloutSettings, roll_out
from core.learning.samples.batch_photometry import augment_colours
from core.learning.samples.examples import TrainingData, some_frames
from core.learning.samples.sampling import Batch, Request, Samples, batches
from core.learning.schedule import Schedule
from core.learning.shipping.growing import start_weights
from core.learning.shipping.pretraining import find_backbone_weights, load_backbone
from core.vos.network.model import Network, NetworkConfig

_LONGEST_AVERAGE = 0.997
_GRADIENT_LIMIT = 5.0


@dataclass(frozen=True)
class TrainingSettings:
    """`side` of the square samples in pixels, a multiple of 16; `workers`, processes that make samples; `precision` of
    convolutions, None for the fastest that the device is made for; `batch_photometry`, what cameras do to colours is
    done to whole batches on the device, rather than by the workers; None is where that is a GPU. `encoder_rate`,
    how much slower than the rest the encoder's features learn; below 1 its batch norms keep their statistics, and at 0
    the features stay as they are: a step takes half the time, and few sequences cannot make them forget.
    """

    batch: int = 6
    side: int = 224
    workers: int = 1
    seed: int = 0
    weight_decay: float = 1e-4
    precision: torch.dtype | None = None
    batch_photometry: bool | None = None
    encoder_rate: float = 1.0


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

    Every step draws its chances from the seed and the step's number alone, so a training that was stopped and resumed
    ends where an uninterrupted one does (to the rounding of the device).
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
        self.network = Network(config).to(self._device).to(memory_format=torch.channels_last)
        self.average = copy.deepcopy(self.network)
        self._optimiser = torch.optim.AdamW(self._groups(), weight_decay=settings.weight_decay)
        # only float16 has too few exponents for gradients as they are
        self._scaler = torch.amp.GradScaler(self._device.type, enabled=self._precision == torch.float16)
        self.step = 0
        self.seconds = 0.0

    @property
    def device(self) -> str:
        """Where it trains: "cpu" or "cuda"."""
        return self._device.type

    @property
    def progress(self) -> float:
        """How much of the training is over, in [0, 1]."""
        return self._schedule.progress(self.step, self.seconds)

    def start_from(self, weights: Path, data: TrainingData | None = None) -> None:
        """Begins with the weights of a safetensors file, grown if they are of a narrower network. Where this one has a
        backbone from ImageNet and they have not, its statistics are those of pictures in `data`.
        """
        start_weights(self.network, weights, None if data is None else lambda: some_frames(data))
        self.average.load_state_dict(self.network.state_dict())

    def start_backbone(self) -> None:
        """Begins with random weights but for the backbone's, from ImageNet, where the network has one. Raises
        EngineError where the package that carries them is not installed.
        """
        if self.network.encoder.backbone is not None:
            load_backbone(self.network.encoder.backbone, find_backbone_weights())
            self.average.load_state_dict(self.network.state_dict())

    def _groups(self) -> list[dict[str, Any]]:
        """What the optimiser moves, by the share of the learning rate."""
        encoder, share = self.network.encoder, self._settings.encoder_rate
        if share < 1:
            encoder.settle(learning=share > 0)
        slow = {id(value) for value in encoder.feature_parameters()} if share < 1 else set()
        fast = [value for value in self.network.parameters() if id(value) not in slow]
        groups = [{"params": fast, "share": 1.0}]
        if 0 < share < 1:
            groups.append({"params": list(encoder.feature_parameters()), "share": share})
        return groups

    def save(self, path: Path) -> None:
        """Writes all that `resume` needs."""
        state = {
            "network": self.network.state_dict(),
            "average": self.average.state_dict(),
            "optimiser": self._optimiser.state_dict(),
            "scaler": self._scaler.state_dict(),
            "step": self.step,
            "seconds": self.seconds,
            "seed": self._seed,
        }
        save_checkpoint(path, self._config, state)

    def resume(self, path: Path) -> None:
        """Goes on where the checkpoint was written. Raises EngineError if it does not fit."""
        state = self.read(path)
        shares = [group["share"] for group in self._optimiser.param_groups]
        try:
            self._optimiser.load_state_dict(state["optimiser"])
        except ValueError as error:
            raise EngineError("{path}: resume with the --encoder-rate that it was started with.", path=path) from error
        for group, share in zip(self._optimiser.param_groups, shares, strict=True):
            group["share"] = share
        if self._scaler.is_enabled() and state["scaler"]:
            self._scaler.load_state_dict(state["scaler"])
        self.step, self.seconds, self._seed = state["step"], state["seconds"], state["seed"]

    def read(self, path: Path) -> dict[str, Any]:
        """Takes a checkpoint's weights, to look at or to export, and returns all that is in it. Raises EngineError if
        it does not fit.
        """
        state = load_checkpoint(path, self._config)
        self.network.load_state_dict(state["network"])
        self.average.load_state_dict(state["average"])
        return state

    def train(self, data: TrainingData, token: CancelToken) -> Iterator[StepReport]:
        """Trains to the schedule's end, or until cancelled, and reports every step.

        Raises DatasetError if the data yields no sample, EngineError if the loss is no number any more.
        """
        if self.progress >= 1:
            return
        samples = Samples(data, self._settings.side, self._seed, photometry=not self._batch_photometry)
        self.network.train()
        before = self.seconds
        start = time.monotonic()
        for batch in batches(samples, self._requests, self._settings.workers, self._device.type == "cuda"):
            if token.cancelled:
                return
            loss, overlap, rate = self._learn(batch.to(self._device))
            self.step += 1
            self.seconds = before + time.monotonic() - start
            progress, paused = self.progress, time.monotonic()
            yield StepReport(self.step, self.seconds, progress, loss, overlap, rate, batch.frames.shape[1])
            # what others do meanwhile, such as scoring, is no training
            start += time.monotonic() - paused
            if progress >= 1:
                return

    def _requests(self) -> Iterator[list[Request]]:
        """What to make samples of, from the step that comes next; asked ahead of the steps by the workers."""
        step, size = self.step, self._settings.batch
        while True:
            difficulty = self._schedule.difficulty(self._schedule.progress(step, self.seconds))
            yield [Request(step * size + place, difficulty) for place in range(size)]
            step += 1

    def _learn(self, batch: Batch) -> tuple[float, float, float]:
        """One step: loss, overlap and learning rate."""
        rate = self._schedule.rate(self.step, self.progress)
        for group in self._optimiser.param_groups:
            group["lr"] = rate * group["share"]
        generator = torch.Generator().manual_seed(self._seed * 1_000_003 + self.step)
        if self._batch_photometry:
            batch = replace(
                batch, frames=augment_colours(batch.frames, np.random.default_rng((self._seed, 1, self.step)))
            )
        result = roll_out(self.network, batch, self._rollout, generator, self._precision)
        loss = float(result.loss.detach())
        if not math.isfinite(loss):
            raise EngineError(
                "Step {step}: the loss is {loss}; resume with a lower learning rate.", step=self.step + 1, loss=loss
            )
        self._optimiser.zero_grad(set_to_none=True)
        torch.autograd.backward(self._scaler.scale(result.loss))
        self._scaler.unscale_(self._optimiser)
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), _GRADIENT_LIMIT)
        self._scaler.step(self._optimiser)
        self._scaler.update()
        self._follow()
        return loss, float(result.overlap), rate

    @torch.no_grad()
    def _follow(self) -> None:
        """Moves the average towards the network; the first steps count little, so that it does not trail behind."""
        decay = min(_LONGEST_AVERAGE, (self.step + 1) / (self.step + 11))
        for mean, new in zip(self.average.state_dict().values(), self.network.state_dict().values(), strict=True):
            if mean.is_floating_point():
                mean.lerp_(new, 1 - decay)
            else:
                mean.copy_(new)
