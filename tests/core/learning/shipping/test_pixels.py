"""The picture's bytes are what the first convolution takes, where they are what its pixels are quantised to."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import TensorProto, helper, numpy_helper

from core.engines.weights import SIZE, model_file
from core.learning.shipping.quantisation import take_pixels_as_they_are, widen_pixels


def graph(path: Path, scale: float, zero: int) -> Path:
    """A picture (H, W, 3) uint8, normalised, quantised and dequantised."""
    constants = {
        "middle": np.float32(127),
        "half": np.float32(128),
        "scale": np.float32(scale),
        "zero": np.uint8(zero),
    }
    nodes = [
        helper.make_node("Cast", ["image"], ["floats"], to=TensorProto.FLOAT),
        helper.make_node("Sub", ["floats", "middle"], ["centred"]),
        helper.make_node("Div", ["centred", "half"], ["normal"]),
        helper.make_node("QuantizeLinear", ["normal", "scale", "zero"], ["bytes"]),
        helper.make_node("DequantizeLinear", ["bytes", "scale", "zero"], ["values"]),
    ]
    made = helper.make_graph(
        nodes,
        "pixels",
        [helper.make_tensor_value_info("image", TensorProto.UINT8, ["h", "w", 3])],
        [helper.make_tensor_value_info("values", TensorProto.FLOAT, ["h", "w", 3])],
        [numpy_helper.from_array(np.asarray(value), name) for name, value in constants.items()],
    )
    onnx.save(helper.make_model(made, opset_imports=[helper.make_opsetid("", 18)], ir_version=9), str(path))
    return path


def values(path: Path) -> np.ndarray:
    picture = np.arange(256, dtype=np.uint8).repeat(3).reshape(16, 16, 3)
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    found: np.ndarray = session.run(None, {"image": picture})[0]
    return found


@pytest.mark.parametrize(
    ("scale", "zero", "same"),
    [(1 / 128, 127, True), (0.00781059, 127, True), (0.0075, 127, False), (1 / 128, 120, False)],
)
def test_pixels(tmp_path: Path, scale: float, zero: int, same: bool) -> None:
    path = graph(tmp_path / "pixels.onnx", scale, zero)
    before, bytes_before = values(path), path.read_bytes()
    assert take_pixels_as_they_are(path) is same
    np.testing.assert_array_equal(values(path), before)
    assert (path.read_bytes() == bytes_before) is not same
    assert any(node.op_type == "Cast" for node in onnx.load(str(path)).graph.node) is not same


def convolution(path: Path) -> Path:
    """A picture (H, W, 3) uint8 into a convolution of 8-bit weights."""
    rng = np.random.default_rng(0)
    constants = {
        "kernel_quantized": rng.integers(-63, 64, (5, 3, 3, 3)).astype(np.int8),
        "kernel_scale": np.float32(0.01),
        "kernel_zero": np.int8(0),
        "scale": np.float32(1 / 128),
        "zero": np.uint8(127),
        "first": np.array([0], np.int64),
    }
    nodes = [
        helper.make_node("Transpose", ["image"], ["planes"], perm=[2, 0, 1]),
        helper.make_node("Unsqueeze", ["planes", "first"], ["batch"]),
        helper.make_node("DequantizeLinear", ["batch", "scale", "zero"], ["values"]),
        helper.make_node("DequantizeLinear", ["kernel_quantized", "kernel_scale", "kernel_zero"], ["kernel"]),
        helper.make_node("Conv", ["values", "kernel"], ["found"], strides=[2, 2], pads=[1, 1, 1, 1]),
    ]
    made = helper.make_graph(
        nodes,
        "convolution",
        [helper.make_tensor_value_info("image", TensorProto.UINT8, ["h", "w", 3])],
        [helper.make_tensor_value_info("found", TensorProto.FLOAT, [1, 5, None, None])],
        [numpy_helper.from_array(np.asarray(value), name) for name, value in constants.items()],
    )
    onnx.save(helper.make_model(made, opset_imports=[helper.make_opsetid("", 18)], ir_version=9), str(path))
    return path


def test_a_fourth_channel_changes_nothing(tmp_path: Path) -> None:
    path = convolution(tmp_path / "convolution.onnx")
    picture = np.random.default_rng(1).integers(0, 255, (16, 24, 4), dtype=np.uint8)

    def found(pixels: np.ndarray) -> np.ndarray:
        session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
        outputs: np.ndarray = session.run(None, {"image": pixels})[0]
        return outputs

    before = found(np.ascontiguousarray(picture[..., :3]))
    widen_pixels(path)
    assert before.std() > 0.1
    np.testing.assert_allclose(found(picture), before, atol=1e-5)


def test_the_network_that_ships_takes_bytes() -> None:
    graph = onnx.load_from_string(model_file(f"{SIZE}-encoder.onnx").read_bytes()).graph
    assert [one.type.tensor_type.shape.dim[2].dim_value for one in graph.input] == [4]
    nodes = graph.node
    assert not any(node.op_type in ("Cast", "Sub", "Div") and "_to_copy" in "".join(node.output) for node in nodes)
    assert {node.op_type for node in nodes if "unsqueeze" in node.input} == {"DequantizeLinear"}
