"""DeconvNet: down to stride 32 and up again by unpooling and transposed convolutions (Noh et al., ICCV 2015)."""

from __future__ import annotations

from torch import Tensor, nn
from torch.nn import functional

from core.vos.targets.backbones.encoder import Encoder
from core.vos.targets.backbones.plain import convolution, group_norm
from core.vos.targets.nets.network import TargetNetwork
from core.vos.targets.nets.upsampling import Double

_WIDTHS = (96, 64, 48, 32, 24)
"""Widths at strides 16, 8, 4, 2 and 1."""


class DeconvNet(TargetNetwork):
    """Five times unpooling and a transposed convolution, from stride 32 to 1."""

    def __init__(self, encoder: Encoder, classes: int, upsampling: str) -> None:
        super().__init__(encoder)
        inputs = (_WIDTHS[0], *_WIDTHS[:-1])
        self.middle = nn.Sequential(convolution(encoder.channels[-1], _WIDTHS[0]), convolution(_WIDTHS[0], _WIDTHS[0]))
        self.doubles = nn.ModuleList(Double(before, upsampling) for before in inputs)
        self.deconvolutions = nn.ModuleList(
            nn.Sequential(nn.ConvTranspose2d(before, width, 3, 1, 1, bias=False), group_norm(width), nn.ReLU())
            for before, width in zip(inputs, _WIDTHS, strict=True)
        )
        self.score = nn.Conv2d(_WIDTHS[-1], classes, 1)

    def decode(self, levels: list[Tensor]) -> Tensor:
        features = self.middle(functional.max_pool2d(levels[-1], 2))
        for double, deconvolution, finer in zip(self.doubles, self.deconvolutions, levels[::-1], strict=True):
            features = deconvolution(double(features, finer))
        logits: Tensor = self.score(features)
        return logits
