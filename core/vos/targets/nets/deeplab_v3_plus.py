"""DeepLab v3+: v3 with a decoder that looks at finer features, of depthwise separable convolutions (Chen et al., ECCV
2018).
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from core.vos.targets.backbones.encoder import Encoder
from core.vos.targets.backbones.plain import convolution
from core.vos.targets.nets.network import TargetNetwork
from core.vos.targets.nets.upsampling import Double, Enlarge

_WIDTH, _FINE = 64, 24
_RATES = (1, 3, 6)


def separable(inputs: int, outputs: int, dilation: int = 1) -> nn.Sequential:
    """A depthwise 3x3 convolution and a 1x1 one, each with its norm."""
    return nn.Sequential(convolution(inputs, inputs, 3, dilation, inputs), convolution(inputs, outputs, 1))


class DeepLabV3Plus(TargetNetwork):
    """The backbone keeps its stride of 16; the decoder works at 4."""

    def __init__(self, encoder: Encoder, classes: int, upsampling: str) -> None:
        super().__init__(encoder)
        _, at4, _, deepest = encoder.channels
        self.branches = nn.ModuleList(separable(deepest, _WIDTH, rate) for rate in _RATES)
        self.whole = convolution(deepest, _WIDTH, 1)
        self.join = convolution(_WIDTH * (len(_RATES) + 1), _WIDTH, 1)
        self.doubles = nn.ModuleList(Double(_WIDTH, upsampling) for _ in range(2))
        self.fine = convolution(at4, _FINE, 1)
        self.mix = nn.Sequential(separable(_WIDTH + _FINE, _WIDTH), separable(_WIDTH, _WIDTH))
        self.score = nn.Conv2d(_WIDTH, classes, 1)
        self.enlarge = Enlarge(classes, 4, upsampling)

    def decode(self, levels: list[Tensor]) -> Tensor:
        _, _, at4, at8, deepest = levels
        whole = self.whole(functional.adaptive_avg_pool2d(deepest, 1)).expand(-1, -1, *deepest.shape[-2:])
        features = self.join(torch.cat([branch(deepest) for branch in self.branches] + [whole], 1))
        for double, finer in zip(self.doubles, (at8, at4), strict=True):
            features = double(features, finer)
        logits: Tensor = self.enlarge(self.score(self.mix(torch.cat([features, self.fine(at4)], 1))), levels)
        return logits
