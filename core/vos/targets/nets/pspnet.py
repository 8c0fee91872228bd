"""PSPNet: means over a pyramid of grids inform each position about the whole scene (Zhao et al., CVPR 2017)."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from core.vos.targets.backbones.encoder import Encoder
from core.vos.targets.backbones.plain import convolution
from core.vos.targets.nets.network import TargetNetwork
from core.vos.targets.nets.upsampling import Enlarge

_GRIDS = (1, 2, 3, 6)
_WIDTH = 64


class PSPNet(TargetNetwork):
    """The deepest features alongside their means over grids of several sizes."""

    def __init__(self, encoder: Encoder, classes: int, upsampling: str) -> None:
        super().__init__(encoder)
        encoder.dilate()
        deepest = encoder.channels[-1]
        self.branches = nn.ModuleList(convolution(deepest, _WIDTH // len(_GRIDS), 1) for _ in _GRIDS)
        self.join = convolution(deepest + _WIDTH, _WIDTH)
        self.score = nn.Conv2d(_WIDTH, classes, 1)
        self.enlarge = Enlarge(classes, encoder.deepest_stride, upsampling)

    def decode(self, levels: list[Tensor]) -> Tensor:
        deepest = levels[-1]
        size = deepest.shape[-2:]
        pyramid = [
            functional.interpolate(
                branch(functional.adaptive_avg_pool2d(deepest, grid)), size, mode="bilinear", align_corners=False
            )
            for grid, branch in zip(_GRIDS, self.branches, strict=True)
        ]
        scores = self.score(self.join(torch.cat([deepest, *pyramid], 1)))
        logits: Tensor = self.enlarge(scores, levels)
        return logits
