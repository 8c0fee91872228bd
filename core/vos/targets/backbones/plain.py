"""The light backbone that is always trained from scratch: convolutions and max-pooling."""

from __future__ import annotations

import itertools

from torch import nn

from core.vos.targets.backbones.encoder import Encoder

CHANNELS = (16, 32, 64, 96)
_INPUT = 12
_GREY, _RANGE = (115.0,) * 3, (64.0,) * 3


def convolution(inputs: int, outputs: int, kernel: int = 3, dilation: int = 1, groups: int = 1) -> nn.Sequential:
    """A convolution, a group norm (batches are too small for batch norms) and a ReLU; keeps the resolution."""
    padding = dilation * (kernel // 2)
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, kernel, 1, padding, dilation, groups, bias=False), group_norm(outputs), nn.ReLU()
    )


def group_norm(channels: int) -> nn.GroupNorm:
    """A group norm of eight groups, or of as many as `channels` can be parted into."""
    groups = next(count for count in (8, 4, 2, 1) if channels % count == 0)
    return nn.GroupNorm(groups, channels)


def plain_encoder() -> Encoder:
    """Two 3x3 convolutions a stage after a 2x2 max-pooling, as in VGG."""
    sides = (_INPUT, *CHANNELS)
    stages: list[nn.Module] = []
    for inputs, outputs in itertools.pairwise(sides):
        first = [] if stages else [convolution(3, _INPUT)]
        block: list[nn.Module] = [nn.MaxPool2d(2), convolution(inputs, outputs), convolution(outputs, outputs)]
        stages.append(nn.Sequential(*first, *block))
    return Encoder(stages, CHANNELS, _GREY, _RANGE)
