"""The exported graphs against the network they were made from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
import torch
from numpy.typing import NDArray

from core.learning.samples.data import find_training_data
from core.learning.shipping.export import rounded, save_graphs
from core.learning.shipping.quantisation import _layers, quantise_graphs
from core.vos.flow.motion_cues import MOTION_CHANNELS
from core.vos.network.model import Network
from core.vos.network.onnx_runtime import GRAPHS, OnnxRuntime
from core.vos.network.runtime import DecoderInputs, NetworkRuntime
from core.vos.network.torch_runtime import TorchRuntime
from tests.core.learning.conftest import TINY

Array = NDArray[np.float32]


def follow(runtime: NetworkRuntime) -> list[Array]:
    """Probabilities of two objects on four frames, each from the runtime's own masks and features."""
    rng = np.random.default_rng(0)
    blobs = np.kron(rng.integers(0, 255, (14, 18, 3)), np.ones((16, 16, 1))).astype(np.uint8)
    masks = np.zeros((2, 192, 256), np.float32)
    masks[0, 60:140, 40:110] = 1
    masks[1, 30:90, 150:220] = 1
    keys: list[Array] = []
    values: list[Array] = []
    found, before = [], None
    for index in range(5):
        picture = np.ascontiguousarray(blobs[2 * index : 192 + 2 * index, 4 * index : 256 + 4 * index])
        features = runtime.encode(picture)
        if index:
            motion = rng.random((2, MOTION_CHANNELS, 24, 32)).astype(np.float32)
            warped = np.roll(masks, -4, axis=2)
            memory = np.concatenate(keys, 1), np.concatenate(values, 2)
            previous: Any = before if index > 1 else None
            masks = runtime.decode(DecoderInputs(features, *memory, previous, masks, warped, motion))
            found.append(masks)
        new_keys, new_values = runtime.memorise(features, masks)
        keys.append(new_keys)
        values.append(new_values)
        before = features
    return found


def network() -> Network:
    torch.manual_seed(0)
    made = Network(TINY).eval()
    for module in made.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            # statistics of a network that has seen something, so that folding them into the weights shows
            module.running_mean.normal_(0, 0.1)  # type: ignore[union-attr]
            module.running_var.uniform_(0.5, 2.0)  # type: ignore[union-attr]
    return rounded(made)


def opened(folder: Path) -> OnnxRuntime:
    return OnnxRuntime({part: (folder / f"tiny-{part}.onnx").read_bytes() for part in GRAPHS}, 1)


def test_graphs_find_what_the_network_does_and_eight_bits_nearly_so(tmp_path: Path, data_root: Path) -> None:
    made = network()
    save_graphs(made, tmp_path, "tiny")
    reference, found = follow(TorchRuntime(made, "cpu")), follow(opened(tmp_path))
    for expected, masks in zip(reference, found, strict=True):
        assert masks.shape == expected.shape == (2, 192, 256)
        assert masks.dtype == np.float32
        assert expected.std() > 1e-3, "nothing to compare"
        assert np.abs(masks - expected).max() < 1e-3
    size = (tmp_path / "tiny-encoder.onnx").stat().st_size
    quantise_graphs(tmp_path, "tiny", find_training_data(data_root))
    assert (tmp_path / "tiny-encoder.onnx").stat().st_size < 0.7 * size
    for part in ("encoder", "read", "decoder"):
        graph = onnx.load(tmp_path / f"tiny-{part}.onnx").graph
        assert any(node.op_type == "QuantizeLinear" for node in graph.node)
        # traces of the machine it was made on have no place in what ships
        assert str(tmp_path) not in str(graph)
    for expected, masks in zip(reference, follow(opened(tmp_path)), strict=True):
        assert np.abs(masks - expected).mean() < 0.05
    graph = onnx.load(tmp_path / "tiny-read.onnx").graph
    makers = {output: node.op_type for node in graph.node for output in node.output}
    products = [[makers.get(taken) for taken in node.input] for node in graph.node if node.op_type == "MatMul"]
    assert products.count(["DequantizeLinear"] * 2) == 1, "keys are multiplied as integers"
    assert {one.name: one.type.tensor_type.elem_type for one in graph.input}["memory_keys"] == onnx.TensorProto.INT8
    graph = onnx.load(tmp_path / "tiny-decoder.onnx").graph
    kernels = [onnx.numpy_helper.to_array(one) for one in graph.initializer if one.name.endswith("weight_quantized")]
    assert kernels and all(kernel.shape[1] % 4 == 0 for kernel in kernels if kernel.shape[1] > 1)


def test_eight_bits_need_sequences(tmp_path: Path, data_root: Path) -> None:
    from core.errors import DatasetError

    data = find_training_data(data_root)
    data.sequences.clear()
    save = Path(tmp_path)
    for part in GRAPHS:
        (save / f"tiny-{part}.onnx").write_bytes(b"")
    with pytest.raises(DatasetError, match="annotated sequences"):
        quantise_graphs(save, "tiny", data)


def test_what_keys_are_made_of_keeps_its_precision(tmp_path: Path) -> None:
    def convolution(name: str, taken: str) -> onnx.NodeProto:
        return onnx.helper.make_node("Conv", [taken, f"network.{name}.weight"], ["of " + name.replace(".", " ")], name)

    nodes = [
        convolution("encoder.stem.0", "image"),
        convolution("encoder.stage8.0.second.0", "of encoder stem 0"),
        onnx.helper.make_node("Add", ["of encoder stem 0", "of encoder stage8 0 second 0"], ["sum"], "residual"),
        convolution("encoder.backbone.blocks.1.expand.0", "image"),
        convolution("encoder.backbone.blocks.1.project", "of encoder backbone blocks 1 expand 0"),
        onnx.helper.make_node("Clip", ["of encoder backbone blocks 1 project"], ["bounded"], "relu6"),
        onnx.helper.make_node("Add", ["image", "of encoder backbone blocks 1 project"], ["deep"], "deep residual"),
        convolution("encoder.named", "deep"),
        convolution("encoder.key", "deep"),
        convolution("decoder.at8.0.0", "sum"),
        convolution("decoder.logits", "sum"),
        convolution("decoder.detail", "sum"),
    ]
    graph = onnx.helper.make_graph(nodes, "parts", [], [])
    onnx.save(onnx.helper.make_model(graph), str(tmp_path / "parts.onnx"))
    assert _layers(tmp_path / "parts.onnx") == [
        "encoder.stage8.0.second.0",
        "residual",
        "encoder.backbone.blocks.1.expand.0",
        "encoder.backbone.blocks.1.project",
        "relu6",
        "deep residual",
        "decoder.at8.0.0",
    ]
