"""From a trained click decoder to its graph for ONNX Runtime, and to the weights that a training goes on from."""

from __future__ import annotations

import copy
import logging
import warnings
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import Tensor, nn
from torch.export import Dim

from core.learning.shipping.export import without_traces
from core.vos.network.clicks import ALIKE_PLANES, MAP_PLANES, ClickDecoder
from core.vos.network.model import NetworkConfig

_CELLS = 6


class _Graph(nn.Module):
    def __init__(self, decoder: ClickDecoder) -> None:
        super().__init__()
        self.decoder = decoder

    def forward(
        self, f4: Tensor, f8: Tensor, f16: Tensor, maps: Tensor, alike8: Tensor, alike16: Tensor
    ) -> tuple[Tensor, Tensor]:
        return self.decoder.planes(f4, f8, f16, maps, alike8, alike16)


def save_click_decoder(decoder: ClickDecoder, config: NetworkConfig, folder: Path, name: str) -> None:
    """Writes `name`-clicks.safetensors (fp16) and `name`-clicks.onnx (fp32, of the same rounded weights)."""
    decoder = copy.deepcopy(decoder).eval().cpu()
    state = {
        part: (value.half() if value.is_floating_point() else value).contiguous()
        for part, value in decoder.state_dict().items()
    }
    save_file(state, str(folder / f"{name}-clicks.safetensors"), metadata={"format": "rotoflow-clicks"})
    decoder.load_state_dict(
        {part: value.float() if value.is_floating_point() else value for part, value in state.items()}
    )
    height, width = Dim("h", min=2, max=1024), Dim("w", min=2, max=1024)
    _, c4, c8, _ = config.channels
    h, w = _CELLS, _CELLS + 1
    inputs = {
        "f4": (torch.rand(1, c4, 4 * h, 4 * w), 4),
        "f8": (torch.rand(1, c8, 2 * h, 2 * w), 2),
        "f16": (torch.rand(1, config.at16, h, w), 1),
        "maps": (torch.rand(1, MAP_PLANES, 4 * h, 4 * w), 4),
        "alike8": (torch.rand(1, ALIKE_PLANES, 2 * h, 2 * w), 2),
        "alike16": (torch.rand(1, ALIKE_PLANES, h, w), 1),
    }
    shapes = {
        part: {2: scale * height if scale > 1 else height, 3: scale * width if scale > 1 else width}
        for part, (_, scale) in inputs.items()
    }
    logging.getLogger("torch.onnx").setLevel(logging.ERROR)
    with warnings.catch_warnings():
        # the exporter remarks on every axis whose size is bound to another's
        warnings.simplefilter("ignore")
        program = torch.onnx.export(
            _Graph(decoder).eval(),
            tuple(value for value, _ in inputs.values()),
            dynamo=True,
            dynamic_shapes=shapes,
            input_names=list(inputs),
            output_names=["planes", "overlap"],
            verbose=False,
        )
    assert program is not None
    (folder / f"{name}-clicks.onnx").write_bytes(without_traces(program.model_proto).SerializeToString())
