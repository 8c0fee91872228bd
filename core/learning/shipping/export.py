"""Exports a trained network to the files that ship: safetensors in half precision, and ONNX graphs.

The graphs have dynamic axes for canvas, objects and memory. `onnx` and `onnxscript` are only needed for the export;
running the graphs needs neither them nor torch.
"""

from __future__ import annotations

import copy
import logging
import warnings
from pathlib import Path
from typing import Any, TypeVar

import torch
from safetensors.torch import save_file
from torch import Tensor, nn
from torch.export import Dim

from core.vos.flow.motion_cues import MOTION_CHANNELS
from core.vos.network.model import CONFIGS, READ_CHANNELS, Network
from core.vos.network.runtime import LEAST_MEMORY, MEMORY_BLOCK

CELLS = 6
"""Cells at stride 16 on a side of the example inputs of the export."""

Module = TypeVar("Module", bound=nn.Module)


class _EncoderGraph(nn.Module):
    """Picture (H, W, 3) uint8 RGB -> the encoder's five outputs."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, image: Tensor) -> tuple[Tensor, ...]:
        features: tuple[Tensor, ...] = self.network.encoder(image.permute(2, 0, 1)[None].float())
        return features


class _ValueGraph(nn.Module):
    """f16, masks (K, 1, H, W) -> memory values (K, V, N)."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, f16: Tensor, masks: Tensor) -> Tensor:
        return self.network.memorise(f16, masks).flatten(2)


class _ReadGraph(nn.Module):
    """Some cells' keys (1, N, C), memory keys (1, C, M) and values (K, M, V) -> read-out (K, V + `READ_CHANNELS`, N).

    A row for each cell in and out of the memory, since whole rows are read. A graph of its own, so that the runtime
    can read for a few cells at a time, whose similarities fit into a processor's cache.
    """

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, cells: Tensor, memory_keys: Tensor, memory_rows: Tensor) -> Tensor:
        key = cells.transpose(1, 2)[..., None]
        return self.network.read(key, memory_keys, memory_rows.transpose(1, 2)).flatten(2)


class _DecoderGraph(nn.Module):
    """Features, memory read-out, the frame before and the warped masks -> logits (K, 1 or 17, h4, w4)."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(
        self,
        f4: Tensor,
        f8: Tensor,
        f16: Tensor,
        local_key: Tensor,
        read: Tensor,
        previous_local_key: Tensor,
        previous_masks: Tensor,
        warped: Tensor,
        motion: Tensor,
    ) -> Tensor:
        local = self.network.compare(local_key, previous_local_key, previous_masks)
        logits: Tensor = self.network.decoder(f4, f8, f16, read, local, warped, motion)
        return logits


def rounded(network: Module) -> Module:
    """A copy in evaluation mode, on the CPU, in single precision with weights rounded to half precision. All files are
    made from it, so that the graphs (fp32) and the weights (fp16) are the same network.
    """
    copied = copy.deepcopy(network).eval().cpu()
    state = copied.state_dict()
    copied.load_state_dict(
        {name: value.half().float() if value.is_floating_point() else value for name, value in state.items()}
    )
    return copied


def blended(start: Network, trained: Network, share: float) -> Network:
    """A copy of `trained` with weights interpolated from `start` (`share` 0) to `trained` (`share` 1); both have the
    same widths.

    After Wortsman et al., "Robust fine-tuning of zero-shot models" (CVPR 2022): it keeps gains of a short training and
    recovers what that forgot.
    """
    copied = copy.deepcopy(trained).eval().cpu()
    before = start.state_dict()
    copied.load_state_dict(
        {
            name: before[name].cpu().lerp(value, share) if value.is_floating_point() else value
            for name, value in copied.state_dict().items()
        }
    )
    return copied


def save_weights(network: Network, path: Path) -> None:
    """Writes the network's weights as fp16 safetensors; integers keep their type."""
    save_half_precision(network, path, {"format": "rotoflow-network", "config": _config_name(network)})


def save_half_precision(module: nn.Module, path: Path, metadata: dict[str, str]) -> None:
    """Writes a module's weights as fp16 safetensors with this metadata; integers keep their type."""
    state = {
        name: (value.half() if value.is_floating_point() else value).contiguous()
        for name, value in module.state_dict().items()
    }
    save_file(state, str(path), metadata=metadata)


def save_graphs(network: Network, folder: Path, name: str) -> None:
    """Writes the fp32 graphs of `core.vos.network.onnx_runtime.GRAPHS` as `name`-PART.onnx into `folder`."""
    network = network.eval().cpu()
    config = network.config
    height, width = Dim("h", min=2, max=1024), Dim("w", min=2, max=1024)
    objects, cells = Dim("k", min=2, max=255), MEMORY_BLOCK * Dim("m", min=LEAST_MEMORY // MEMORY_BLOCK, max=1 << 17)

    def axes(scale: int, batch: Any = None) -> dict[int, Any]:
        spatial = {2: scale * height, 3: scale * width} if scale > 1 else {2: height, 3: width}
        return spatial if batch is None else {0: batch, **spatial}

    h, w, k = CELLS, CELLS + 1, 2
    canvas = torch.zeros(16 * h, 16 * w, 3, dtype=torch.uint8)
    with torch.no_grad():
        f4, f8, f16, key, local_key = network.encoder(canvas.permute(2, 0, 1)[None].float())
    masks = torch.rand(k, 1, 16 * h, 16 * w)
    entries = MEMORY_BLOCK * h * w
    memory = torch.rand(1, config.key, entries), torch.rand(k, entries, config.value + 1)
    graphs: list[tuple[str, nn.Module, dict[str, tuple[Tensor, Any]], list[str]]] = [
        (
            "encoder",
            _EncoderGraph(network),
            {"image": (canvas, {0: 16 * height, 1: 16 * width})},
            ["f4", "f8", "f16", "key", "local_key"],
        ),
        ("value", _ValueGraph(network), {"f16": (f16, axes(1)), "masks": (masks, axes(16, objects))}, ["values"]),
        (
            "read",
            _ReadGraph(network),
            {
                "cells": (key.flatten(2).transpose(1, 2), {1: Dim("n", min=2, max=1 << 20)}),
                "memory_keys": (memory[0], {2: cells}),
                "memory_rows": (memory[1], {0: objects, 1: cells}),
            },
            ["read"],
        ),
        (
            "decoder",
            _DecoderGraph(network),
            {
                "f4": (f4, axes(4)),
                "f8": (f8, axes(2)),
                "f16": (f16, axes(1)),
                "local_key": (local_key, axes(2)),
                "read": (torch.rand(k, config.value + READ_CHANNELS, h, w), axes(1, objects)),
                "previous_local_key": (local_key.clone(), axes(2)),
                "previous_masks": (masks, axes(16, objects)),
                "warped": (masks.clone(), axes(16, objects)),
                "motion": (torch.rand(k, MOTION_CHANNELS, 2 * h, 2 * w), axes(2, objects)),
            },
            ["logits"],
        ),
    ]
    for part, graph, inputs, outputs in graphs:
        save_graph(graph, inputs, outputs, folder / f"{name}-{part}.onnx")


def save_graph(graph: nn.Module, inputs: dict[str, tuple[Tensor, Any]], outputs: list[str], path: Path) -> None:
    """Writes a module as a float32 ONNX graph. `inputs` has by name an example tensor, such as (B, C, H, W), and its
    dynamic axes, a mapping from axis to `torch.export.Dim`; `outputs` are names.
    """
    logging.getLogger("torch.onnx").setLevel(logging.ERROR)
    with warnings.catch_warnings():
        # the exporter warns about every axis that depends on another
        warnings.simplefilter("ignore")
        program = torch.onnx.export(
            graph.eval(),
            tuple(value for value, _ in inputs.values()),
            dynamo=True,
            dynamic_shapes={argument: shape for argument, (_, shape) in inputs.items()},
            input_names=list(inputs),
            output_names=outputs,
            verbose=False,
        )
    assert program is not None
    path.write_bytes(_without_traces(program.model_proto).SerializeToString())


def _without_traces(model: Any) -> Any:
    """The model without the exporter's metadata: stack traces with paths of the machine that it ran on."""
    graph = model.graph
    for part in (model, graph, *graph.node, *graph.value_info, *graph.input, *graph.output, *graph.initializer):
        part.ClearField("metadata_props")
        part.ClearField("doc_string")
    return model


def _config_name(network: Network) -> str:
    return next(name for name, config in CONFIGS.items() if config == network.config)
