"""U-Net: on the way up, each level is joined with the features of the way down (Ronneberger et al., MICCAI 2015)."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from core.vos.targets.backbones.encoder import Encoder
from core.vos.targets.backbones.plain import convolution
from core.vos.targets.nets.network import TargetNetwork
from core.vos.targets.nets.upsampling import Double

_WIDTHS = (64, 48, 32, 24)
"""Widths of the levels at strides 8, 4, 2 and 1."""


class UNet(TargetNetwork):
    """Doubling, and convolutions over what is concatenated, level by level."""

    def __init__(self, encoder: Encoder, classes: int, upsampling: str) -> None:
        super().__init__(encoder)
        skips = (*encoder.channels[-2::-1], 3)
        inputs = (encoder.channels[-1], *_WIDTHS[:-1])
        self.narrow = nn.ModuleList(
            convolution(before, width, 1) for before, width in zip(inputs, _WIDTHS, strict=True)
        )
        self.doubles = nn.ModuleList(Double(width, upsampling) for width in _WIDTHS)
        self.joins = nn.ModuleList(convolution(width + skip, width) for width, skip in zip(_WIDTHS, skips, strict=True))
        self.score = nn.Conv2d(_WIDTHS[-1], classes, 3, 1, 1)

    def decode(self, levels: list[Tensor]) -> Tensor:
        features = levels[-1]
        for narrow, double, join, skip in zip(self.narrow, self.doubles, self.joins, levels[-2::-1], strict=True):
            features = join(torch.cat([double(narrow(features), skip), skip], 1))
        logits: Tensor = self.score(features)
        return logits
