"""Quantises the graphs to 8-bit integers: two to three times faster on CPUs with instructions for them.

Static quantisation (Jacob et al., CVPR 2018): scales are calibrated by running the tracker on a few training sequences.
The first convolution and the last ones, which make keys and logits, stay in single precision, and so do the sums in
matching. Its products of keys are of integers, of keys rounded to 8 and 7 bits: their error is a fiftieth of what the
similarities of a frame's cells vary by.

A backbone can be quantised once it was trained with the rest. J&F on dogs-jump in single precision and in 8 bits: with
the ImageNet weights 0.903 and 0.610, trained 0.911 and 0.911; `lite`, whose backbone makes all features, 0.908 and
0.652 after 581 steps, 0.916 and 0.917 after 1,499.

Weights use 7 bits, since older CPUs sum two 8-bit products in 16 bits with saturation. Needs `onnx`, as exporting does.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnxruntime.quantization import (
    CalibrationDataReader,
    CalibrationMethod,
    QuantFormat,
    QuantType,
    quantize_static,
)
from onnxruntime.quantization.shape_inference import quant_pre_process

from core.errors import DatasetError
from core.jobs import CancelToken
from core.learning.samples.examples import Example, TrainingData
from core.types import Anchor, Image
from core.vos.network.onnx_runtime import ALIGNED, GRAPHS, KEY_SCALE, OnnxRuntime
from core.vos.targets.network_target import NetworkTarget
from core.vos.tracking import Tracker, TrackingSettings

_QUANTISED = ("encoder", "decoder")
_RECORDED = (*_QUANTISED, "read")
_SEQUENCES = 6
_FRAMES = 24
"""Training sequences for calibration, and frames of each."""
_PERCENTILE = 99.99
"""Percentile of activations that sets the scales."""
_EVERY = 7
"""Every n-th run of a graph is recorded: neighbouring frames are similar."""

Inputs = dict[str, Any]


def quantise_graphs(folder: Path, name: str, data: TrainingData) -> None:
    """Replaces the graphs in `folder` by 8-bit ones, where that is of use, calibrated on `data`.

    Raises DatasetError if the data has no annotated sequence.
    """
    graphs = {part: (folder / f"{name}-{part}.onnx").read_bytes() for part in GRAPHS}
    seen = _watch(graphs, data)
    with tempfile.TemporaryDirectory() as scratch:
        for part in _QUANTISED:
            path, prepared = folder / f"{name}-{part}.onnx", Path(scratch) / f"{part}.onnx"
            # symbolic shape inference fails on dynamic axes, and is not needed
            quant_pre_process(str(path), str(prepared), skip_symbolic_shape=True)
            _align_channels(prepared)
            quantize_static(
                str(prepared),
                str(path),
                _Reader(seen[part]),
                quant_format=QuantFormat.QDQ,
                op_types_to_quantize=["Conv", "Add", "Relu", "Clip"],
                nodes_to_quantize=_layers(prepared),
                per_channel=True,
                reduce_range=True,
                activation_type=QuantType.QUInt8,
                weight_type=QuantType.QInt8,
                calibrate_method=CalibrationMethod.Percentile,
                extra_options={"CalibPercentile": _PERCENTILE},
            )
        if take_pixels_as_they_are(folder / f"{name}-encoder.onnx"):
            widen_pixels(folder / f"{name}-encoder.onnx")
        _use_integer_keys(folder / f"{name}-read.onnx", [inputs["memory_keys"] for inputs in seen["read"]])


def _align_channels(path: Path) -> None:
    """Pads the input of convolutions to multiples of four channels, where that is a concatenation that ends with a
    single channel: it is repeated, with weights of zero. 8-bit kernels take a quarter of the time then.
    """
    model = onnx.load(str(path))
    graph = model.graph
    known = onnx.shape_inference.infer_shapes(model).graph.value_info
    single = {one.name for one in known if [size.dim_value for size in one.type.tensor_type.shape.dim][1:2] == [1]}
    makers = {output: node for node in graph.node for output in node.output}
    weights = {one.name: one for one in graph.initializer}
    for node in graph.node:
        source = makers.get(node.input[0]) if node.op_type == "Conv" else None
        if source is None or source.op_type != "Concat" or node.input[1] not in weights:
            continue
        kernel = onnx.numpy_helper.to_array(weights[node.input[1]])
        missing = -kernel.shape[1] % ALIGNED
        if not missing or source.input[-1] not in single:
            continue
        source.input.extend([source.input[-1]] * missing)
        padded = np.pad(kernel, ((0, 0), (0, missing), (0, 0), (0, 0)))
        weights[node.input[1]].CopyFrom(onnx.numpy_helper.from_array(padded, node.input[1]))
    # the sizes in it are those before
    graph.ClearField("value_info")
    onnx.save(model, str(path))


def take_pixels_as_they_are(path: Path) -> bool:
    """Gives the first convolution the picture's bytes, where these are what its pixels are quantised to: nothing is
    converted to floats and back then. Returns whether that is so; a graph where it is not stays as it is.
    """
    model = onnx.load(str(path))
    graph = model.graph
    makers = {output: node for node in graph.node for output in node.output}
    users = [taken for node in graph.node for taken in node.input]
    constants = {one.name: onnx.numpy_helper.to_array(one) for one in graph.initializer}
    pixels = np.arange(256, dtype=np.uint8)
    for node in graph.node:
        if node.op_type != "QuantizeLinear":
            continue
        chain, values = [node], node.input[0]
        # back from the quantisation to the conversion from bytes
        while values in makers and chain[-1].op_type != "Cast":
            chain.append(makers[values])
            values = chain[-1].input[0]
        steps = [one.op_type for one in reversed(chain)]
        if steps != ["Cast", "Sub", "Div", "QuantizeLinear"] or any(
            users.count(one.output[0]) != 1 for one in chain[1:]
        ):
            continue
        quantise, divide, subtract, _ = chain
        floats = (pixels - constants[subtract.input[1]]) / constants[divide.input[1]]
        scale, zero = constants[quantise.input[1]], constants[quantise.input[2]]
        if not np.array_equal(np.rint(floats / scale) + zero, pixels):
            continue
        for user in graph.node:
            user.input[:] = [values if taken == quantise.output[0] else taken for taken in user.input]
        for one in chain:
            graph.node.remove(one)
        onnx.save(model, str(path))
        return True
    return False


def widen_pixels(path: Path) -> None:
    """Gives the picture's pixels a fourth channel, without weight, where the first convolution takes their bytes: it
    takes less than half of the time then.
    """
    model = onnx.load(str(path))
    graph = model.graph
    makers = {output: node for node in graph.node for output in node.output}
    constants = {one.name: one for one in graph.initializer}
    (picture,) = graph.input
    for node in graph.node:
        if node.op_type != "Conv" or _source(makers, node.input[0]) != picture.name:
            continue
        (weights,) = (taken for taken in makers[node.input[1]].input if taken.endswith("quantized"))
        kernel = onnx.numpy_helper.to_array(constants[weights])
        missing = -kernel.shape[1] % ALIGNED
        padded = np.pad(kernel, ((0, 0), (0, missing), (0, 0), (0, 0)))
        constants[weights].CopyFrom(onnx.numpy_helper.from_array(padded, weights))
        picture.type.tensor_type.shape.dim[2].dim_value = padded.shape[1]
        # the sizes in it are those before
        graph.ClearField("value_info")
        onnx.save(model, str(path))
        return


def _source(makers: Mapping[str, Any], name: str) -> str:
    """What a value is made of by steps that keep all its elements."""
    while name in makers and makers[name].op_type in ("DequantizeLinear", "Unsqueeze", "Transpose"):
        name = makers[name].input[0]
    return name


def _use_integer_keys(path: Path, keys: list[Any]) -> None:
    """Has the memory's product of keys done with integers. The graph takes the memory's keys as integers, which the
    runtime makes once for all frames that read them, and rounds the frame's. The scale is that of the largest component
    of `keys`, (1, C, M) each; the graph's metadata has it.

    The memory's keys use 7 bits, as weights do, and have a sign, since 8-bit kernels are fastest so.
    """
    model = onnx.load(str(path))
    graph = model.graph
    (product,) = (node for node in graph.node if node.op_type == "MatMul" and node.input[1] == "memory_keys")
    largest = max(float(np.abs(one).max()) for one in keys)
    # a pass over all products for the sharpness is saved: the scale of one side holds it
    own, memory = np.float32(largest / 127), np.float32(largest / 63)
    constants = {
        "frame_scale": own,
        "frame_scaled": np.float32(_take_factor(graph, product) * own),
        "frame_zero": np.uint8(128),
        "memory_scale": memory,
        "memory_zero": np.int8(0),
    }
    graph.initializer.extend(onnx.numpy_helper.from_array(np.asarray(value), name) for name, value in constants.items())
    added = [
        onnx.helper.make_node("QuantizeLinear", [product.input[0], "frame_scale", "frame_zero"], ["frame_integers"]),
        onnx.helper.make_node("DequantizeLinear", ["frame_integers", "frame_scaled", "frame_zero"], ["frame_values"]),
        onnx.helper.make_node("DequantizeLinear", ["memory_keys", "memory_scale", "memory_zero"], ["memory_floats"]),
    ]
    product.input[:] = ["frame_values", "memory_floats"]
    index = list(graph.node).index(product)
    for node in reversed(added):
        graph.node.insert(index, node)
    (taken,) = (one for one in graph.input if one.name == "memory_keys")
    taken.type.tensor_type.elem_type = onnx.TensorProto.INT8
    onnx.helper.set_model_props(model, {KEY_SCALE: repr(float(memory))})
    onnx.save(model, str(path))


def _take_factor(graph: Any, product: Any) -> float:
    """Removes the multiplication of a node's output by a constant, and returns that."""
    (scaled,) = (node for node in graph.node if node.op_type == "Mul" and product.output[0] in node.input)
    (name,) = (taken for taken in scaled.input if taken != product.output[0])
    (constant,) = (one for one in graph.initializer if one.name == name)
    product.output[0] = scaled.output[0]
    graph.node.remove(scaled)
    return float(onnx.numpy_helper.to_array(constant))


def _layers(path: Path) -> list[str]:
    """Names of the nodes to quantise: convolutions, residual sums and activations, but no first or last layer and no
    node of matching.
    """
    graph = onnx.load(str(path)).graph
    makers = {output: node for node in graph.node for output in node.output}
    kept = (
        "encoder.stem.",
        "encoder.named.",
        "encoder.key.",
        "encoder.local_key.",
        "decoder.logits.",
        "decoder.detail.",
    )
    layers = []

    def stays_float(convolution: Any) -> bool:
        return any(name in taken for taken in convolution.input for name in kept)

    for node in graph.node:
        if node.op_type == "Conv":
            wanted = not stays_float(node)
        elif node.op_type == "Add":
            # sums of residual blocks only; those in matching have values that 8 bits cannot hold
            made_by = [makers[taken] for taken in node.input if taken in makers]
            wanted = any(maker.op_type == "Conv" and not stays_float(maker) for maker in made_by)
        else:
            wanted = node.op_type in ("Relu", "Clip")
        if wanted:
            layers.append(node.name)
    return layers


class _Watched(OnnxRuntime):
    """Records some of the graphs' inputs."""

    def __init__(self, graphs: Mapping[str, bytes]) -> None:
        super().__init__(graphs, threads=0)
        self.seen: dict[str, list[Inputs]] = {part: [] for part in GRAPHS}
        self._runs = dict.fromkeys(GRAPHS, 0)

    def run_part(self, part: str, inputs: Inputs) -> list[Any]:
        if self._runs[part] % _EVERY == 0 and part in _RECORDED:
            self.seen[part].append({key: np.array(value) for key, value in inputs.items()})
        self._runs[part] += 1
        return super().run_part(part, inputs)


def _watch(graphs: Mapping[str, bytes], data: TrainingData) -> dict[str, list[Inputs]]:
    """The recorded inputs by graph, from tracking sequences of `data` from their first masks."""
    names = sorted(data.sequences)
    if not names:
        raise DatasetError("8-bit graphs need annotated sequences to find their scales; there is none in the data.")
    runtime = _Watched(graphs)
    for name in names[:: max(1, len(names) // _SEQUENCES)][:_SEQUENCES]:
        _track(runtime, data, data.sequences[name][:_FRAMES])
    return runtime.seen


def _track(runtime: OnnxRuntime, data: TrainingData, examples: list[Example]) -> None:
    read = [found for found in map(data.read, examples) if found is not None]
    if len(read) < 2:
        return
    frames: list[Image] = [np.ascontiguousarray(picture) for picture, _ in read]
    labels = (read[0][1] > 0).astype(np.uint8)
    height, width = labels.shape
    tracker = Tracker(NetworkTarget(runtime), (width, height), TrackingSettings(refinement=None))
    anchor = Anchor(0, labels, frozenset({1}))
    for _ in tracker.run([anchor], range(len(frames)), {1: 0}, frames.__getitem__, CancelToken()):
        pass


class _Reader(CalibrationDataReader):  # type: ignore[misc]  # onnxruntime has no types
    """Passes recorded inputs to onnxruntime one by one."""

    def __init__(self, inputs: list[Inputs]) -> None:
        self._left: Iterator[Inputs] = iter(inputs)

    def get_next(self) -> Inputs | None:
        return next(self._left, None)
