"""Ways to make features larger, as a choice that every target network has."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

UPSAMPLINGS = ("bilinear", "bilinear-corners", "nearest", "bed-of-nails", "transposed", "max-unpooling")
"""`bilinear-corners` puts the outermost values at the picture's corners (`align_corners`), `bilinear` half a pixel in.
`bed-of-nails` puts each value into one of four cells and zeros into the others, `max-unpooling` into the cell where
the finer features were largest (Noh et al., ICCV 2015); a convolution then fills the gaps. `transposed` learns how
(Long et al., CVPR 2015).
"""


class Double(nn.Module):
    """Features (B, C, h, w) at twice their size."""

    def __init__(self, channels: int, way: str) -> None:
        """`way` is one of `UPSAMPLINGS`. Those with weights begin as bilinear interpolation."""
        super().__init__()
        self.way = way
        self.learned: nn.Module = nn.Identity()
        if way == "transposed":
            self.learned = nn.ConvTranspose2d(channels, channels, 4, 2, 1, groups=channels, bias=False)
            _fill(self.learned, (0.25, 0.75, 0.75, 0.25))
        elif way in ("bed-of-nails", "max-unpooling"):
            self.learned = nn.Conv2d(channels, channels, 3, 1, 1, groups=channels, bias=False)
            _fill(self.learned, (0.5, 1.0, 0.5))

    def forward(self, features: Tensor, finer: Tensor) -> Tensor:
        """`finer` (B, any, 2h, 2w) are features or a picture at the size wanted; only max-unpooling looks at them."""
        if self.way == "nearest":
            return functional.interpolate(features, scale_factor=2.0, mode="nearest")
        if self.way in ("bilinear", "bilinear-corners"):
            aligned = self.way == "bilinear-corners"
            return functional.interpolate(features, scale_factor=2.0, mode="bilinear", align_corners=aligned)
        if self.way == "bed-of-nails":
            features = _nails(features)
        elif self.way == "max-unpooling":
            features = max_unpool(features, finer)
        enlarged: Tensor = self.learned(features)
        return enlarged


class Enlarge(nn.Module):
    """Features at a stride to those of the picture's size, doubling by doubling."""

    def __init__(self, channels: int, stride: int, way: str) -> None:
        super().__init__()
        self.steps = nn.ModuleList(Double(channels, way) for _ in range(stride.bit_length() - 1))

    def forward(self, features: Tensor, levels: list[Tensor]) -> Tensor:
        """`features` (B, C, h, w) at the picture's size (H, W).

        `levels` are the picture and the backbone's features at strides 2, 4 and so on.
        """
        for level, step in enumerate(self.steps):
            features = step(features, level_at(levels, len(self.steps) - 1 - level))
        return features


def level_at(levels: list[Tensor], level: int) -> Tensor:
    """The features (B, C, h, w) at stride 2 ** `level`; beyond the last level these are the last, pooled."""
    if level < len(levels):
        return levels[level]
    return functional.max_pool2d(levels[-1], 2 ** (level - len(levels) + 1))


def max_unpool(features: Tensor, finer: Tensor) -> Tensor:
    """Each value of `features` (B, C, h, w) where the finer ones (B, any, 2h, 2w) are largest in its cell, and zeros
    elsewhere: channel by channel where there are as many of either, else by the mean of the finer ones.
    """
    if finer.shape[1] != features.shape[1]:
        finer = finer.mean(1, keepdim=True)
    _, indices = functional.max_pool2d(finer.detach(), 2, return_indices=True)
    return functional.max_unpool2d(features, indices.expand_as(features), [2, 2])


def _nails(features: Tensor) -> Tensor:
    empty = torch.zeros_like(features)
    rows = torch.stack([features, empty], dim=-1).flatten(-2)
    return torch.stack([rows, torch.zeros_like(rows)], dim=-2).flatten(-3, -2)


def _fill(layer: nn.Module, line: tuple[float, ...]) -> None:
    """Sets a depthwise layer's kernels to the product of `line` with itself."""
    weight = layer.weight
    assert isinstance(weight, nn.Parameter)
    taps = torch.tensor(line)
    with torch.no_grad():
        weight.copy_((taps[:, None] * taps).expand_as(weight))
