"""What every backbone of a target network is: four stages, each of which halves the resolution."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn

STRIDES = (2, 4, 8, 16)


class Encoder(nn.Module):
    """`stages` are run one after another; `channels` is how many features each makes."""

    mean: Tensor
    spread: Tensor

    def __init__(
        self, stages: Sequence[nn.Module], channels: Sequence[int], mean: Sequence[float], spread: Sequence[float]
    ) -> None:
        """`mean` and `spread` are what the values of a picture, 0 to 255, are shifted and divided by, one a channel."""
        super().__init__()
        self.stages = nn.ModuleList(stages)
        self.channels = tuple(channels)
        self.register_buffer("mean", torch.tensor(mean).view(1, -1, 1, 1), persistent=False)
        self.register_buffer("spread", torch.tensor(spread).view(1, -1, 1, 1), persistent=False)
        self.deepest_stride = STRIDES[-1]
        """Stride of the last stage: 8 once it is dilated."""

    def forward(self, image: Tensor) -> list[Tensor]:
        """`image` (B, 3, H, W) float in [0, 255], RGB, sides multiples of 16 -> features at `STRIDES`."""
        features = (image - self.mean) / self.spread
        found = []
        for stage in self.stages:
            features = stage(features)
            found.append(features)
        return found

    def dilate(self) -> None:
        """From now on the last stage keeps the resolution of the one before, and its convolutions have holes instead
        (Chen et al., DeepLab, ICLR 2015): weights that were trained without go on fitting.
        """
        if self.deepest_stride == STRIDES[-1]:
            _dilate(self.stages[-1])
            self.deepest_stride = STRIDES[-2]

    def freeze(self) -> None:
        """Stops all weights from learning from now on; batch norms keep their statistics."""
        self.requires_grad_(False)
        self.eval()


def _dilate(stage: nn.Module) -> None:
    for module in list(stage.modules()):
        if isinstance(module, nn.Conv2d):
            _dilate_convolution(module)
        elif isinstance(module, nn.MaxPool2d) and module.stride == 2:
            # ceil_mode: with stride 1 it must not make the picture larger
            module.kernel_size, module.stride, module.padding, module.ceil_mode = 3, 1, 1, False
        elif isinstance(module, nn.AvgPool2d) and module.stride == 2:
            module.kernel_size, module.stride, module.padding = 1, 1, 0


def _dilate_convolution(convolution: nn.Conv2d) -> None:
    strided = convolution.stride[0] == 2
    convolution.stride = (1, 1)
    if convolution.kernel_size[0] > 1 and not strided:
        convolution.dilation = (2, 2)
        convolution.padding = tuple(2 * side for side in convolution.padding if isinstance(side, int))
