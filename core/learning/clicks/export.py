"""Exports a trained click decoder: its graph for ONNX Runtime, and weights to continue training from."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn
from torch.export import Dim

from core.learning.shipping.export import CELLS, rounded, save_graph, save_half_precision
from core.vos.network.clicks import MAP_CHANNELS, SIMILARITY_CHANNELS, ClickDecoder
from core.vos.network.model import NetworkConfig


class _Graph(nn.Module):
    def __init__(self, decoder: ClickDecoder) -> None:
        super().__init__()
        self.decoder = decoder

    def forward(
        self, f4: Tensor, f8: Tensor, f16: Tensor, maps: Tensor, alike8: Tensor, alike16: Tensor
    ) -> tuple[Tensor, Tensor]:
        return self.decoder.channels(f4, f8, f16, maps, alike8, alike16)


def save_click_decoder(decoder: ClickDecoder, config: NetworkConfig, folder: Path, name: str) -> None:
    """Writes `name`-clicks.safetensors (fp16) and `name`-clicks.onnx (fp32, of the same rounded weights)."""
    decoder = rounded(decoder)
    save_half_precision(decoder, folder / f"{name}-clicks.safetensors", {"format": "rotoflow-clicks"})
    height, width = Dim("h", min=2, max=1024), Dim("w", min=2, max=1024)
    _, c4, c8, _ = config.channels
    planes = {
        # channels, and cells for each at stride 16
        "f4": (c4, 4),
        "f8": (c8, 2),
        "f16": (config.at16, 1),
        "maps": (MAP_CHANNELS, 4),
        "alike8": (SIMILARITY_CHANNELS, 2),
        "alike16": (SIMILARITY_CHANNELS, 1),
    }
    inputs = {
        part: (
            torch.rand(1, depth, scale * CELLS, scale * (CELLS + 1)),
            {2: scale * height if scale > 1 else height, 3: scale * width if scale > 1 else width},
        )
        for part, (depth, scale) in planes.items()
    }
    save_graph(_Graph(decoder), inputs, ["planes", "overlap"], folder / f"{name}-clicks.onnx")
