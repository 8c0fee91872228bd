"""FC-DenseNet: dense blocks on the way up, too (Jégou et al., "The One Hundred Layers Tiramisu", CVPRW 2017)."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from core.vos.targets.backbones.encoder import Encoder
from core.vos.targets.backbones.plain import convolution
from core.vos.targets.nets.network import TargetNetwork
from core.vos.targets.nets.upsampling import Double

_GROWTH, _LAYERS = 12, 3
_NEW = _GROWTH * _LAYERS
_LEVELS = 4


class DenseBlock(nn.Module):
    """Each layer sees what came in and what all layers before it made."""

    def __init__(self, inputs: int) -> None:
        super().__init__()
        self.layers = nn.ModuleList(convolution(inputs + _GROWTH * index, _GROWTH) for index in range(_LAYERS))

    def forward(self, features: Tensor) -> Tensor:
        """(B, inputs, h, w) -> only what is new, (B, 36, h, w)."""
        made: list[Tensor] = []
        for layer in self.layers:
            made.append(layer(torch.cat([features, *made], 1)))
        return torch.cat(made, 1)


class FCDenseNet(TargetNetwork):
    """Only the new features of a block are carried up, so that features do not accumulate."""

    def __init__(self, encoder: Encoder, classes: int, upsampling: str) -> None:
        super().__init__(encoder)
        skips = (*encoder.channels[-2::-1], 3)
        self.bottleneck = DenseBlock(encoder.channels[-1])
        self.doubles = nn.ModuleList(Double(_NEW, upsampling) for _ in range(_LEVELS))
        self.narrow = nn.ModuleList(convolution(skip, min(skip, _NEW), 1) for skip in skips)
        self.blocks = nn.ModuleList(DenseBlock(_NEW + min(skip, _NEW)) for skip in skips)
        self.score = nn.Conv2d(_NEW, classes, 1)

    def decode(self, levels: list[Tensor]) -> Tensor:
        features = self.bottleneck(levels[-1])
        for double, narrow, block, skip in zip(self.doubles, self.narrow, self.blocks, levels[-2::-1], strict=True):
            features = block(torch.cat([double(features, skip), narrow(skip)], 1))
        logits: Tensor = self.score(features)
        return logits
