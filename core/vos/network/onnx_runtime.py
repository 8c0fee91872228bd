"""The network in ONNX Runtime, for the CPU. Needs no torch."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import cv2
import numpy as np
import onnxruntime

from core.errors import EngineError
from core.types import Floats, Image
from core.vos.network.runtime import LOGIT_STRIDE, DecoderInputs, Features, missing_cells
from core.vos.stages import stage

GRAPHS = ("encoder", "value", "decoder")
"""The graphs of a network, by part."""


class OnnxRuntime:
    """See `core.vos.network.runtime.NetworkRuntime`."""

    def __init__(self, graphs: Mapping[str, bytes], threads: int, encoder_threads: int | None = None) -> None:
        """`graphs` has the content of the ONNX files of those of `GRAPHS` that will be run. The encoder runs with
        `encoder_threads`, where they are given. Raises EngineError if one is no ONNX graph.
        """
        counts = dict.fromkeys(graphs, threads) | {"encoder": threads if encoder_threads is None else encoder_threads}
        self._sessions = {
            part: open_session(graph, part, session_options(counts[part])) for part, graph in graphs.items()
        }

    def run_part(self, part: str, inputs: dict[str, Any]) -> list[Any]:
        """Runs one of `GRAPHS`: its inputs by name, its outputs in order. Raises EngineError if it cannot be run."""
        try:
            outputs: list[Any] = self._sessions[part].run(None, inputs)
        except Exception as error:  # the runtime raises many types, by the kind of damage
            raise EngineError(
                "The network's {part} cannot be run ({error}).", part=part, error=_first_line(error)
            ) from error
        return outputs

    @stage("encoder")
    def encode(self, image: Image) -> Features:
        features: Features = tuple(self.run_part("encoder", {"image": np.ascontiguousarray(image)}))
        return features

    def memorise(self, features: Features, masks: Floats) -> tuple[Floats, Floats]:
        (values,) = self.run_part("value", {"f16": features[2], "masks": masks[:, None]})
        key = features[3]
        return key.reshape(key.shape[1], -1), values

    def key(self, features: Features) -> Floats:
        found: Floats = features[3][0]
        return found

    @stage("decoder")
    def decode(self, inputs: DecoderInputs) -> Floats:
        f4, f8, f16, key, local_key = inputs.features
        previous = inputs.previous
        named = {
            "f4": f4,
            "f8": f8,
            "f16": f16,
            "key": key,
            "local_key": local_key,
            "memory_keys": _readable(inputs.memory_keys)[None],
            "memory_values": _readable(inputs.memory_values),
            "previous_local_key": np.zeros_like(local_key) if previous is None else previous[4],
            "previous_masks": inputs.previous_masks[:, None],
            "warped": inputs.warped[:, None],
            "motion": inputs.motion,
        }
        (logits,) = self.run_part("decoder", named)
        large = enlarged_logits(logits)
        found: Floats = np.reciprocal(1 + cv2.exp(-large).reshape(large.shape), dtype=np.float32)
        return found


def _readable(memory: Floats) -> Floats:
    """A part of the memory (..., M) as the graph reads it; the very same array where nothing is missing."""
    missing = missing_cells(memory.shape[-1])
    return np.pad(memory, [(0, 0)] * (memory.ndim - 1) + [(0, missing)]) if missing else memory


def enlarged_logits(logits: Floats) -> Floats:
    """Upsamples a decoder's logits (K, 1 or 17, h4, w4) to (K, H, W); see `core.vos.network.model.enlarge`. Not a part
    of the graph, where it takes ten times as long: the runtime pads single channels to sixteen.
    """
    height, width = logits.shape[2] * LOGIT_STRIDE, logits.shape[3] * LOGIT_STRIDE
    large = np.stack([cv2.resize(plane, (width, height), interpolation=cv2.INTER_LINEAR) for plane in logits[:, 0]])
    if logits.shape[1] > 1:
        # one plane for each of a cell's pixels, in rows
        cells = logits[:, 1:].reshape(len(logits), LOGIT_STRIDE, LOGIT_STRIDE, *logits.shape[2:])
        large += cells.transpose(0, 3, 1, 4, 2).reshape(large.shape)
    return large


def session_options(threads: int) -> onnxruntime.SessionOptions:
    """Session options for `threads` threads (0: the runtime's choice) that do not spin while they wait."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # a spinning thread takes its core from the window and the video decoder
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return options


def open_session(graph: bytes, part: str, options: onnxruntime.SessionOptions) -> Any:
    """A session for a graph on the CPU. Raises EngineError, naming the part of the network, if it is no ONNX graph."""
    try:
        return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
    except Exception as error:
        raise EngineError(
            "The file of the network's {part} is damaged ({error}); install the program again, or take your "
            "own file away.",
            part=part,
            error=_first_line(error),
        ) from error


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0] or type(error).__name__
