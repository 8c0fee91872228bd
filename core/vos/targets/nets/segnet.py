"""SegNet: goes up by max-unpooling, with the indices of the maxima on the way down (Badrinarayanan et al., PAMI 2017).

Nothing else of the finer features is used. With another backbone than `own` the indices are those of the maxima of its
finer features.
"""

from __future__ import annotations

from torch import Tensor, nn

from core.vos.targets.backbones.encoder import Encoder
from core.vos.targets.backbones.plain import convolution
from core.vos.targets.nets.network import TargetNetwork
from core.vos.targets.nets.upsampling import Double

_MOST = 96
_FINEST = 24
"""Channels at the picture's size."""


class SegNet(TargetNetwork):
    """Max-unpooling and convolutions, level by level."""

    def __init__(self, encoder: Encoder, classes: int, upsampling: str) -> None:
        super().__init__(encoder)
        # as many channels as there are to take the indices from, channel by channel
        widths = [min(_MOST, channels) for channels in encoder.channels[-2::-1]] + [_FINEST]
        inputs = [encoder.channels[-1], *widths[:-1]]
        self.narrow = nn.ModuleList(convolution(before, width, 1) for before, width in zip(inputs, widths, strict=True))
        self.doubles = nn.ModuleList(Double(width, upsampling) for width in widths)
        self.smooth = nn.ModuleList(convolution(width, width) for width in widths)
        self.score = nn.Conv2d(widths[-1], classes, 3, 1, 1)

    def decode(self, levels: list[Tensor]) -> Tensor:
        features = levels[-1]
        for narrow, double, smooth, finer in zip(self.narrow, self.doubles, self.smooth, levels[-2::-1], strict=True):
            features = smooth(double(narrow(features), finer))
        logits: Tensor = self.score(features)
        return logits
