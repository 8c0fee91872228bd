"""Converts a network to half precision for inference: fewer and smaller kernels, the same masks."""

from __future__ import annotations

import copy

import torch
from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

from core.vos.network.model import Network


def to_half_precision(network: Network, precision: torch.dtype = torch.float16) -> Network:
    """A copy in evaluation mode, with batch norms fused into the convolutions, and these in `precision`.

    The default is float16 rather than bfloat16: its three additional bits of mantissa keep contours in place, and with
    batch norms no activation comes near its limits. `sharpness` stays in full precision, as matching does.
    """
    copied = copy.deepcopy(network).eval()
    for module in copied.modules():
        if isinstance(module, nn.Sequential):
            _fuse(module)
    for part in (copied.encoder, copied.value_encoder, copied.decoder):
        part.to(precision)
    return copied


def _fuse(layers: nn.Sequential) -> None:
    """Fuses each batch norm into the convolution before it, in place."""
    for index in range(len(layers) - 1):
        convolution, norm = layers[index], layers[index + 1]
        if isinstance(convolution, nn.Conv2d) and isinstance(norm, nn.BatchNorm2d):
            layers[index] = fuse_conv_bn_eval(convolution, norm)
            layers[index + 1] = nn.Identity()
