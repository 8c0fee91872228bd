"""FCN: a classifier made of convolutions, its scores enlarged 32, 16 or 8 times (Long et al., CVPR 2015)."""

from __future__ import annotations

from torch import Tensor, nn

from core.vos.targets.backbones.encoder import Encoder
from core.vos.targets.backbones.plain import convolution
from core.vos.targets.nets.network import TargetNetwork
from core.vos.targets.nets.upsampling import Double, Enlarge, level_at

_WIDTH = 96


class FCN(TargetNetwork):
    """`stride` 32 has the scores of the deepest features alone; 16 and 8 add those of finer ones on the way up."""

    def __init__(self, encoder: Encoder, classes: int, upsampling: str, stride: int) -> None:
        super().__init__(encoder)
        deepest = encoder.channels[-1]
        self.deep = nn.Sequential(nn.MaxPool2d(2), convolution(deepest, _WIDTH), convolution(_WIDTH, _WIDTH, 1))
        self.score = nn.Conv2d(_WIDTH, classes, 1)
        # stride 16 is level 4, stride 8 level 3
        self.finer_levels = [level for level in (4, 3) if 2**level >= stride]
        self.finer_scores = nn.ModuleList(
            nn.Conv2d(encoder.channels[level - 1], classes, 1) for level in self.finer_levels
        )
        self.doubles = nn.ModuleList(Double(classes, upsampling) for _ in self.finer_levels)
        self.enlarge = Enlarge(classes, stride, upsampling)

    def decode(self, levels: list[Tensor]) -> Tensor:
        scores: Tensor = self.score(self.deep(levels[-1]))
        for level, double, finer in zip(self.finer_levels, self.doubles, self.finer_scores, strict=True):
            scores = double(scores, level_at(levels, level)) + finer(levels[level])
        logits: Tensor = self.enlarge(scores, levels)
        return logits
