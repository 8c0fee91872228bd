"""DilatedNet: a context module of convolutions with increasing dilation on the scores (Yu and Koltun, ICLR 2016)."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from core.vos.targets.backbones.encoder import Encoder
from core.vos.targets.backbones.plain import convolution
from core.vos.targets.nets.network import TargetNetwork
from core.vos.targets.nets.upsampling import Enlarge

_WIDTH, _CONTEXT = 64, 16
_DILATIONS = (1, 1, 2, 4, 8, 1)


class DilatedNet(TargetNetwork):
    """Scores at the backbone's dilated stride, refined by the context module."""

    def __init__(self, encoder: Encoder, classes: int, upsampling: str) -> None:
        super().__init__(encoder)
        encoder.dilate()
        self.front = convolution(encoder.channels[-1], _WIDTH)
        self.score = nn.Conv2d(_WIDTH, classes, 1)
        widths = (classes, *[_CONTEXT] * len(_DILATIONS))
        self.context = nn.Sequential(
            *(
                nn.Sequential(nn.Conv2d(inputs, _CONTEXT, 3, 1, dilation, dilation), nn.ReLU())
                for inputs, dilation in zip(widths, _DILATIONS, strict=False)
            ),
            nn.Conv2d(_CONTEXT, classes, 1),
        )
        last = self.context[-1]
        assert isinstance(last, nn.Conv2d)
        # it begins as the identity on the scores, and learns corrections from their surroundings
        nn.init.zeros_(last.weight)
        self.enlarge = Enlarge(classes, encoder.deepest_stride, upsampling)

    def decode(self, levels: list[Tensor]) -> Tensor:
        scores = self.score(self.front(levels[-1]))
        logits: Tensor = self.enlarge(scores + self.context(torch.relu(scores)), levels)
        return logits
