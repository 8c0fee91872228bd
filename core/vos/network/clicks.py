"""The click decoder: from the features of one picture, clicks, a box and a previous mask to masks of the object.

After RITM (Sofiiuk et al., ICIP 2022): clicks are maps alongside the features, and the mask of the previous click is an
input. A click is ambiguous (the button or the coat), so there are several masks, each with an estimated IoU (as in SAM,
Kirillov et al., ICCV 2023). Similarities of all cells to the clicked ones, by the tracking network's keys, are inputs,
too.

Shapes: B pictures, (H, W) the canvas, a multiple of 16; strides 4, 8 and 16 are written h4, h8, h16.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from core.vos.clicks.inputs import CANDIDATES
from core.vos.network.model import NetworkConfig, Residual, conv_norm_relu, double, enlarge
from core.vos.network.runtime import LOGIT_STRIDE

MAP_CHANNELS = 4
"""Clicks on the object, clicks outside it, the mask before and the box, at stride 4."""

SIMILARITY_CHANNELS = 2
"""Similarity of each cell to the clicked cells on the object, and to those outside it."""

_WIDTHS = (96, 64, 32)

_DILATIONS = (2, 4, 8)
"""Of the layers at stride 16 that look far: together they see the whole of a canvas of 384 x 683."""


class _Far(nn.Module):
    """A dilated convolution between two projections, alongside a shortcut; at first it changes nothing."""

    def __init__(self, channels: int, dilation: int) -> None:
        super().__init__()
        narrow = channels // 2
        self.narrow = conv_norm_relu(channels, narrow, 1)
        self.look = nn.Sequential(
            nn.Conv2d(narrow, narrow, 3, padding=dilation, dilation=dilation, bias=False),
            nn.BatchNorm2d(narrow),
            nn.ReLU(True),
        )
        self.widen = nn.Conv2d(narrow, channels, 1)
        for parameter in self.widen.parameters():
            nn.init.zeros_(parameter)

    def forward(self, features: Tensor) -> Tensor:
        far: Tensor = self.widen(self.look(self.narrow(features)))
        return features + far


class ClickDecoder(nn.Module):
    """Maps features of a picture (see `Encoder`), click maps and similarities to `CANDIDATES` masks with estimated
    overlaps.
    """

    def __init__(self, config: NetworkConfig) -> None:
        super().__init__()
        _, c4, c8, _ = config.channels
        d16, d8, d4 = _WIDTHS
        self.at16 = conv_norm_relu(config.at16 + SIMILARITY_CHANNELS + MAP_CHANNELS, d16)
        self.context = nn.Linear(d16, d16)
        self.more16 = Residual(d16, d16)
        self.far = nn.Sequential(*(_Far(d16, dilation) for dilation in _DILATIONS))
        self.at8 = nn.Sequential(conv_norm_relu(d16 + c8 + SIMILARITY_CHANNELS + MAP_CHANNELS, d8), Residual(d8, d8))
        self.at4 = nn.Sequential(conv_norm_relu(d8 + c4 + MAP_CHANNELS, d4), Residual(d4, d4))
        self.logits = nn.Conv2d(d4, CANDIDATES * (1 + LOGIT_STRIDE**2), 3, 1, 1)
        self.overlap = nn.Linear(d16, CANDIDATES)

    def forward(
        self, f4: Tensor, f8: Tensor, f16: Tensor, maps: Tensor, alike8: Tensor, alike16: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Features (B, C, h, w), `maps` (B, `MAP_CHANNELS`, h4, w4), `alike8` and `alike16`
        (B, `SIMILARITY_CHANNELS`, h, w).

        Returns logits (B, `CANDIDATES`, H, W) and the estimated IoU of each, (B, `CANDIDATES`) in [0, 1].
        """
        channels, overlap = self.channels(f4, f8, f16, maps, alike8, alike16)
        large = enlarge(channels.flatten(0, 1))
        return large.reshape(len(channels), CANDIDATES, *large.shape[2:]), overlap

    def channels(
        self, f4: Tensor, f8: Tensor, f16: Tensor, maps: Tensor, alike8: Tensor, alike16: Tensor
    ) -> tuple[Tensor, Tensor]:
        """As `forward`, with logits (B, `CANDIDATES`, 17, h4, w4) before `enlarge`."""
        # maxima, so that a click in a part of a cell counts for the cell
        maps8 = functional.max_pool2d(maps, 2)
        features = self.at16(torch.cat([f16, alike16, functional.max_pool2d(maps8, 2)], 1))
        features = self.more16(features + self.context(features.mean((2, 3)))[:, :, None, None])
        features = self.far(features)
        overlap = self.overlap(features.mean((2, 3))).sigmoid()
        features = self.at8(torch.cat([double(features), f8, alike8, maps8], 1))
        features = self.at4(torch.cat([double(features), f4, maps], 1))
        channels = self.logits(features)
        return channels.unflatten(1, (CANDIDATES, 1 + LOGIT_STRIDE**2)), overlap
