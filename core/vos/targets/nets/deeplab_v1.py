"""DeepLab v1: dilated features at stride 8, upsampled scores, and a dense CRF after them (Chen et al., ICLR 2015)."""

from __future__ import annotations

from torch import Tensor, nn

from core.vos.targets.backbones.encoder import Encoder
from core.vos.targets.backbones.plain import convolution
from core.vos.targets.nets.dense_crf import mean_field
from core.vos.targets.nets.network import TargetNetwork
from core.vos.targets.nets.upsampling import Enlarge

_WIDTH = 64
_RATE = 6


class DeepLabV1(TargetNetwork):
    """One convolution with a large dilation, the "large field of view" of the paper."""

    def __init__(self, encoder: Encoder, classes: int, upsampling: str) -> None:
        super().__init__(encoder)
        encoder.dilate()
        self.wide = nn.Sequential(
            convolution(encoder.channels[-1], _WIDTH, 3, _RATE), convolution(_WIDTH, _WIDTH, 1), nn.Dropout2d(0.1)
        )
        self.score = nn.Conv2d(_WIDTH, classes, 1)
        self.enlarge = Enlarge(classes, encoder.deepest_stride, upsampling)

    def decode(self, levels: list[Tensor]) -> Tensor:
        logits: Tensor = self.enlarge(self.score(self.wide(levels[-1])), levels)
        return logits

    def refine(self, probabilities: Tensor, image: Tensor) -> Tensor:
        """See `core.vos.targets.nets.dense_crf`."""
        return mean_field(probabilities, image)
