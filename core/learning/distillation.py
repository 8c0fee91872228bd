"""Feature distillation: a new encoder is trained to give the features of the one that the decoder was trained with.

After Romero et al., "FitNets" (ICLR 2015): mean squared error at every stride, each channel normalised by its variance.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from core.vos.network.model import Encoder

_ALONE_UNTIL, _UNTIL = 0.1, 0.6
"""Shares of the training: only distillation until the first; its weight falls to zero at the second."""


def distillation_weight(progress: float) -> float:
    """The weight in [0, 1] of the distillation loss at `progress` in [0, 1] of the training."""
    return max(0.0, 1 - progress / _UNTIL)


def features_alone(progress: float) -> bool:
    """Whether only the encoder is trained yet, by distillation."""
    return progress < _ALONE_UNTIL


class Teacher(nn.Module):
    """The frozen encoder whose features are the targets."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder.eval().requires_grad_(False)

    def train(self, mode: bool = True) -> Teacher:
        """Does nothing: the teacher always stays in evaluation mode."""
        return self

    def loss(self, student: Encoder, pictures: Tensor, precision: torch.dtype) -> Tensor:
        """How far a student's features of pictures (B, 3, S, S) in [0, 255] are from the teacher's; 1: unlike."""
        with torch.autocast(pictures.device.type, precision, enabled=precision != torch.float32):
            with torch.no_grad():
                wanted = self.encoder(pictures)
            found = student(pictures)
        total = pictures.new_zeros(())
        for mine, theirs in zip(found[:3], wanted[:3], strict=True):
            spread = theirs.float().var((0, 2, 3), keepdim=True).clamp_min(1e-4)
            total = total + ((mine.float() - theirs.float()).square() / spread).clamp_max(100).mean()
        return total / 3
