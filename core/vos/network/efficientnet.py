"""EfficientNet-Lite0 up to stride 16: a backbone pretrained on ImageNet.

After Tan & Le, "EfficientNet" (ICML 2019), in its Lite variant: no squeeze and excitation, ReLU6 in place of swish.
Batch norms are folded into the convolutions, as their statistics stay what ImageNet made them. Strided convolutions are
padded equally on both sides where TensorFlow pads one side more: the same function of a picture moved by a pixel.
"""

from __future__ import annotations

from torch import Tensor, nn

CHANNELS = 112
"""Output channels, at stride 16."""

STAGES = ((2, 16, 1), (4, 24, 3), (8, 40, 5), (16, CHANNELS, 11))
"""The end of each resolution: its stride, its channels, and the number of blocks up to there."""

MEAN, SPREAD = 127.0, 128.0
"""Normalisation of a picture's values in [0, 255]: (value - `MEAN`) / `SPREAD`."""

STEM = 32
"""Output channels of the first convolution."""
BLOCKS = (
    # inputs, outputs, expansion factor, kernel, stride
    (32, 16, 1, 3, 1),
    (16, 24, 6, 3, 2),
    (24, 24, 6, 3, 1),
    (24, 40, 6, 5, 2),
    (40, 40, 6, 5, 1),
    (40, 80, 6, 3, 2),
    (80, 80, 6, 3, 1),
    (80, 80, 6, 3, 1),
    (80, 112, 6, 5, 1),
    (112, 112, 6, 5, 1),
    (112, 112, 6, 5, 1),
)


def _convolution(inputs: int, outputs: int, kernel: int = 1, stride: int = 1, groups: int = 1) -> nn.Conv2d:
    return nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, groups=groups)


class InvertedResidual(nn.Module):
    """A 1x1 expansion, a depthwise convolution and a 1x1 projection (Sandler et al., MobileNetV2, CVPR 2018)."""

    def __init__(self, inputs: int, outputs: int, widening: int, kernel: int, stride: int) -> None:
        super().__init__()
        inside = inputs * widening
        self.expand: nn.Module = (
            nn.Sequential(_convolution(inputs, inside), nn.ReLU6()) if widening > 1 else nn.Identity()
        )
        self.depthwise = nn.Sequential(_convolution(inside, inside, kernel, stride, inside), nn.ReLU6())
        self.project = _convolution(inside, outputs)
        self.adds = inputs == outputs and stride == 1

    def forward(self, features: Tensor) -> Tensor:
        found: Tensor = self.project(self.depthwise(self.expand(features)))
        return features + found if self.adds else found


class EfficientNetLite(nn.Module):
    """Features of a picture with `CHANNELS` channels at stride 16."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Sequential(_convolution(3, STEM, 3, 2), nn.ReLU6())
        self.blocks = nn.Sequential(*(InvertedResidual(*block) for block in BLOCKS))

    def forward(self, image: Tensor) -> Tensor:
        """`image` (B, 3, H, W) float in [0, 255], RGB -> (B, `CHANNELS`, h16, w16)."""
        return self.stages(image)[-1]

    def stages(self, image: Tensor) -> list[Tensor]:
        """The last features of each of `STAGES` for `image` (B, 3, H, W): (B, C, h, w) at strides 2, 4, 8 and 16."""
        features = self.stem((image - MEAN) / SPREAD)
        found, begin = [], 0
        for _, _, end in STAGES:
            features = self.blocks[begin:end](features)
            found.append(features)
            begin = end
        return found
