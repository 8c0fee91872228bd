"""DeepLab v3: ASPP with the mean of the whole picture, joined and mixed (Chen et al., arXiv:1706.05587, 2017).

The ASPP is torchvision's, with group norms: batches are too small for its batch norms.
"""

from __future__ import annotations

from torch import Tensor, nn
from torchvision.models.segmentation.deeplabv3 import ASPP

from core.vos.targets.backbones.encoder import Encoder
from core.vos.targets.backbones.plain import convolution, group_norm
from core.vos.targets.nets.network import TargetNetwork
from core.vos.targets.nets.upsampling import Enlarge

_WIDTH = 48
_RATES = (3, 6, 9)


def pyramid(inputs: int, outputs: int) -> nn.Module:
    """torchvision's ASPP with group norms and less dropout; keeps the resolution."""
    made: nn.Module = ASPP(inputs, list(_RATES), outputs)
    for module in list(made.modules()):
        for name, part in list(module.named_children()):
            if isinstance(part, nn.BatchNorm2d):
                setattr(module, name, group_norm(part.num_features))
            elif isinstance(part, nn.Dropout):
                part.p = 0.1
    return made


class DeepLabV3(TargetNetwork):
    """Atrous convolutions and the picture's mean, concatenated and mixed."""

    def __init__(self, encoder: Encoder, classes: int, upsampling: str) -> None:
        super().__init__(encoder)
        encoder.dilate()
        self.head = nn.Sequential(pyramid(encoder.channels[-1], _WIDTH), convolution(_WIDTH, _WIDTH))
        self.score = nn.Conv2d(_WIDTH, classes, 1)
        self.enlarge = Enlarge(classes, encoder.deepest_stride, upsampling)

    def decode(self, levels: list[Tensor]) -> Tensor:
        logits: Tensor = self.enlarge(self.score(self.head(levels[-1])), levels)
        return logits
