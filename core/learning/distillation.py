"""Features that are to become like another encoder's: what a decoder was trained on survives a change of encoder.

After Romero et al., "FitNets" (ICLR 2015): mean squared difference at every stride, each channel by its own spread.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from core.vos.network.model import Encoder

_ALONE_UNTIL, _UNTIL = 0.1, 0.6
"""Shares of a training: features alone until the first, less and less of them until the second."""


def distillation_weight(progress: float) -> float:
    """What the features' similarity counts after `progress` in [0, 1] of a training: from 1 to 0."""
    return max(0.0, 1 - progress / _UNTIL)


def features_alone(progress: float) -> bool:
    """Whether it is too early to train what reads the features."""
    return progress < _ALONE_UNTIL


class Teacher(nn.Module):
    """The encoder whose features are wanted; it does not learn."""

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
