"""DeepLab v2: the same features at several dilations at once, ASPP (Chen et al., PAMI 2018)."""

from __future__ import annotations

from torch import Tensor, nn

from core.vos.targets.backbones.encoder import Encoder
from core.vos.targets.backbones.plain import convolution
from core.vos.targets.nets.dense_crf import mean_field
from core.vos.targets.nets.network import TargetNetwork
from core.vos.targets.nets.upsampling import Enlarge

_WIDTH = 32
_RATES = (2, 4, 8, 12)
"""Half the paper's, as pictures are half as large."""


class DeepLabV2(TargetNetwork):
    """The sum of several atrous convolutions' scores, at the backbone's dilated stride."""

    def __init__(self, encoder: Encoder, classes: int, upsampling: str) -> None:
        super().__init__(encoder)
        encoder.dilate()
        self.branches = nn.ModuleList(
            nn.Sequential(convolution(encoder.channels[-1], _WIDTH, 3, rate), nn.Conv2d(_WIDTH, classes, 1))
            for rate in _RATES
        )
        self.enlarge = Enlarge(classes, encoder.deepest_stride, upsampling)

    def decode(self, levels: list[Tensor]) -> Tensor:
        scores = sum((branch(levels[-1]) for branch in self.branches), start=levels[-1].new_zeros(()))
        logits: Tensor = self.enlarge(scores, levels)
        return logits

    def refine(self, probabilities: Tensor, image: Tensor) -> Tensor:
        """See `core.vos.targets.nets.dense_crf`."""
        return mean_field(probabilities, image)
