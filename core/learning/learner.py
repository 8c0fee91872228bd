"""One network in training: its optimiser, and the moving average of its weights, which is what ships."""

from __future__ import annotations

import copy
import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from core.errors import EngineError
from core.learning.averaging import follow
from core.learning.distillation import Teacher, distillation_weight, features_alone
from core.learning.rollout import RolloutSettings, roll_out
from core.learning.samples.examples import TrainingData, some_frames
from core.learning.samples.sampling import Batch
from core.learning.shipping.growing import start_weights
from core.learning.shipping.pretraining import find_backbone_weights, load_backbone
from core.vos.network.model import Encoder, Network, NetworkConfig

_LONGEST_AVERAGE = 0.997
"""Highest decay of the moving average."""
_GRADIENT_LIMIT = 5.0
"""Norm that gradients are clipped to."""
_LEFT = 0.6
"""Fraction of a batch that is used if sequences are held out: about what remains without a third of them."""


class Learner:
    """A network that learns from batches.

    `precision` is that of convolutions; `encoder_rate` is the learning rate of the encoder's features relative to the
    rest, in [0, 1]; with `fixed_norms` batch norms keep their statistics; see `TrainingSettings`.
    """

    def __init__(
        self,
        config: NetworkConfig,
        device: torch.device,
        precision: torch.dtype,
        encoder_rate: float = 1.0,
        weight_decay: float = 1e-4,
        fixed_norms: bool = False,
    ) -> None:
        self.network = Network(config).to(device).to(memory_format=torch.channels_last)
        self.average = copy.deepcopy(self.network)
        self.teacher: Teacher | None = None
        self.held_out: Tensor | None = None
        """(N,) bool: samples that contain something of these sequences are left out of each batch."""
        self._config = config
        self._device = device
        self._precision = precision
        self._encoder_rate = encoder_rate
        self._fixed_norms = fixed_norms
        self._optimiser = torch.optim.AdamW(self._groups(), weight_decay=weight_decay)
        # only float16 has too small a range for unscaled gradients
        self._scaler = torch.amp.GradScaler(device.type, enabled=precision == torch.float16)

    def _groups(self) -> list[dict[str, Any]]:
        """The optimiser's parameter groups, each with its fraction of the learning rate."""
        encoder, share = self.network.encoder, self._encoder_rate
        if share < 1:
            encoder.settle(learning=share > 0)
        slow = {id(value) for value in encoder.feature_parameters()} if share < 1 else set()
        fast = [value for value in self.network.parameters() if id(value) not in slow]
        groups = [{"params": fast, "share": 1.0}]
        if 0 < share < 1:
            groups.append({"params": list(encoder.feature_parameters()), "share": share})
        return groups

    def start(self, weights: Path, data: TrainingData | None) -> None:
        """Begins with the weights of a safetensors file; see `Trainer.start_from`."""
        encoder = start_weights(self.network, weights, None if data is None else lambda: some_frames(data))
        if encoder is not None:
            self.teacher = self._teacher(encoder)
        self.average.load_state_dict(self.network.state_dict())

    def start_backbone(self) -> None:
        """Begins with random weights but for the backbone's; see `Trainer.start_backbone`."""
        if self.network.encoder.backbone is not None:
            load_backbone(self.network.encoder.backbone, find_backbone_weights())
            self.average.load_state_dict(self.network.state_dict())

    def prepare(self) -> None:
        """Puts the network into training mode; `learn` expects it there."""
        self.network.train()
        if self._fixed_norms:
            for module in self.network.modules():
                if isinstance(module, nn.BatchNorm2d):
                    module.eval()

    def _teacher(self, encoder: Encoder) -> Teacher:
        return Teacher(encoder).to(self._device).to(memory_format=torch.channels_last)

    def learn(
        self,
        batch: Batch,
        rollout: RolloutSettings,
        generator: torch.Generator,
        rate: float,
        step: int,
        progress: float,
    ) -> tuple[float, float] | None:
        """One optimiser step at learning rate `rate`. Returns loss and overlap; None if too little of the batch is left
        without the held-out sequences. `step` counts from 0, `progress` of the training is in [0, 1]. Raises
        EngineError if the loss is not finite.
        """
        if self.held_out is not None:
            left = batch.without(self.held_out, math.ceil(_LEFT * len(batch.frames)))
            if left is None:
                return None
            batch = left
        for group in self._optimiser.param_groups:
            group["lr"] = rate * group["share"]
        loss, overlap = self._loss(batch, rollout, generator, progress)
        value = float(loss.detach())
        if not math.isfinite(value):
            raise EngineError(
                "Step {step}: the loss is {loss}; resume with a lower learning rate.", step=step + 1, loss=value
            )
        self._optimiser.zero_grad(set_to_none=True)
        torch.autograd.backward(self._scaler.scale(loss))
        self._scaler.unscale_(self._optimiser)
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), _GRADIENT_LIMIT)
        self._scaler.step(self._optimiser)
        self._scaler.update()
        follow(self.average, self.network, step, _LONGEST_AVERAGE)
        return value, overlap

    def _loss(
        self, batch: Batch, rollout: RolloutSettings, generator: torch.Generator, progress: float
    ) -> tuple[Tensor, float]:
        weight = 0.0 if self.teacher is None else distillation_weight(progress)
        if self.teacher is not None and features_alone(progress):
            pictures = batch.frames.flatten(0, 1)
            return self.teacher.loss(self.network.encoder, _pixels(pictures), self._precision), 0.0
        result = roll_out(self.network, batch, rollout, generator, self._precision)
        loss = result.loss
        if self.teacher is not None and weight > 0:
            loss = loss + weight * self.teacher.loss(self.network.encoder, _pixels(batch.frames[:, 0]), self._precision)
        return loss, float(result.overlap)

    def state(self) -> dict[str, Any]:
        """Everything that `load` needs, to be written as a checkpoint."""
        return {
            "network": self.network.state_dict(),
            "average": self.average.state_dict(),
            "optimiser": self._optimiser.state_dict(),
            "scaler": self._scaler.state_dict(),
            "teacher": None if self.teacher is None else self.teacher.encoder.state_dict(),
        }

    def load_networks(self, state: dict[str, Any]) -> None:
        """Loads the weights from what `state` returned, for inference or export."""
        self.network.load_state_dict(state["network"])
        self.average.load_state_dict(state["average"])

    def load(self, state: dict[str, Any]) -> None:
        """Restores what `state` returned, to resume. Raises ValueError if it was saved with another `encoder_rate`."""
        self.load_networks(state)
        rate_factors = [group["share"] for group in self._optimiser.param_groups]
        self._optimiser.load_state_dict(state["optimiser"])
        for group, share in zip(self._optimiser.param_groups, rate_factors, strict=True):
            group["share"] = share
        if self._scaler.is_enabled() and state["scaler"]:
            self._scaler.load_state_dict(state["scaler"])
        # older checkpoints have no such entry
        if state.get("teacher"):
            encoder = Network(replace(self._config, lateral=False, detail=False)).encoder
            encoder.load_state_dict(state["teacher"])
            self.teacher = self._teacher(encoder)


def _pixels(pictures: Tensor) -> Tensor:
    return pictures.float().contiguous(memory_format=torch.channels_last)
