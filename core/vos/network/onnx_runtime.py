"""The network in ONNX Runtime, for the CPU. Needs no torch."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from typing import Any

import cv2
import numpy as np
import onnxruntime
from numpy.typing import NDArray

from core.errors import EngineError
from core.types import Floats, Image
from core.vos.network.runtime import LOGIT_STRIDE, DecoderInputs, Features, missing_cells
from core.vos.stages import stage

GRAPHS = ("encoder", "value", "read", "decoder")
"""The graphs of a network, by part."""

KEY_SCALE = "key_scale"
"""Metadata of a reading graph that takes the memory's keys as integers: what they are multiples of."""

ALIGNED = 4
"""Channels that 8-bit kernels take at once."""

_SIMILARITIES, _FEWEST_CELLS = 600_000, 16
"""Similarities that are computed together: two megabytes of them; and the least number of cells that read together."""
_COPIES = 4
"""Keys of the memory of which integers are kept: those of a few groups of objects."""


class OnnxRuntime:
    """See `core.vos.network.runtime.NetworkRuntime`."""

    def __init__(self, graphs: Mapping[str, bytes], threads: int, encoder_threads: int | None = None) -> None:
        """`graphs` has the content of the ONNX files of those of `GRAPHS` that will be run. The encoder runs with
        `encoder_threads`, where they are given. Raises EngineError if one is no ONNX graph, or the decoder's
        is of an earlier version.
        """
        counts = dict.fromkeys(graphs, threads) | {"encoder": threads if encoder_threads is None else encoder_threads}
        self._sessions = {
            part: open_session(graph, part, session_options(counts[part])) for part, graph in graphs.items()
        }
        self._takes = {
            part: {one.name: one for one in session.get_inputs()} for part, session in self._sessions.items()
        }
        if "decoder" in graphs and "read" not in self._takes["decoder"]:
            raise EngineError(
                "The network's decoder is of an earlier version of the program; export it again with "
                "`rotoflow train --export`."
            )
        self._integers: deque[tuple[Floats, NDArray[np.int8]]] = deque(maxlen=_COPIES)

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
        pixels = np.ascontiguousarray(image)
        taken = self._takes["encoder"].get("image")
        if taken is not None and taken.shape[-1:] == [ALIGNED]:
            # the fourth has no weight
            pixels = cv2.cvtColor(pixels, cv2.COLOR_RGB2RGBA)
        features: Features = tuple(self.run_part("encoder", {"image": pixels}))
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
        read = inputs.read
        if read is None:
            cells = self.read(key.reshape(key.shape[1], -1), inputs.memory_keys, inputs.memory_values)
            read = cells.reshape(*cells.shape[:2], *key.shape[2:])
        named = {
            "f4": f4,
            "f8": f8,
            "f16": f16,
            "local_key": local_key,
            "read": read,
            "previous_local_key": np.zeros_like(local_key) if previous is None else previous[4],
            "previous_masks": inputs.previous_masks[:, None],
            "warped": inputs.warped[:, None],
            "motion": inputs.motion,
        }
        (logits,) = self.run_part("decoder", named)
        large = enlarged_logits(logits)
        found: Floats = np.reciprocal(1 + cv2.exp(-large).reshape(large.shape), dtype=np.float32)
        return found

    @stage("decoder")
    def read(self, cells: Floats, memory_keys: Floats, memory_values: Floats) -> Floats:
        """See `core.vos.network.runtime.ReadsMemory`.

        A few cells at a time: their similarities to all of the memory stay in the cache until the largest are found.
        """
        rows = np.ascontiguousarray(cells.T)
        together = max(_FEWEST_CELLS, _SIMILARITIES // memory_keys.shape[1])
        memory = {
            "memory_keys": self._keys(memory_keys)[None],
            # the memory holds them so: mostly nothing is copied
            "memory_rows": np.ascontiguousarray(_readable(memory_values).transpose(0, 2, 1)),
        }
        parts = [
            self.run_part("read", {"cells": rows[None, first : first + together], **memory})[0]
            for first in range(0, len(rows), together)
        ]
        return np.concatenate(parts, axis=2)

    def _keys(self, keys: Floats) -> Floats | NDArray[np.int8]:
        """The memory's keys (C, M) as the graph reads them. Integers are cached by identity, since the memory never
        writes to an array in place.
        """
        taken = self._takes["read"].get("memory_keys")
        if taken is None or taken.type != "tensor(int8)":
            return _readable(keys)
        for known, integers in self._integers:
            if known is keys:
                return integers
        bounds, scale = np.iinfo(np.int8), self._key_scale()
        rounded: NDArray[np.int8] = np.rint(_readable(keys) / scale).clip(bounds.min, bounds.max).astype(np.int8)
        self._integers.append((keys, rounded))
        return rounded

    def _key_scale(self) -> np.float32:
        try:
            return np.float32(self._sessions["read"].get_modelmeta().custom_metadata_map[KEY_SCALE])
        except (KeyError, ValueError) as error:
            raise _damaged("read", error) from error


def _readable(memory: Floats) -> Floats:
    """A part of the memory (..., M) as the graph reads it; the very same array where nothing is missing."""
    missing = missing_cells(memory.shape[-1])
    return np.pad(memory, [(0, 0)] * (memory.ndim - 1) + [(0, missing)]) if missing else memory


def enlarged_logits(logits: Floats) -> Floats:
    """Upsamples a decoder's logits (K, 1 or 17, h4, w4) to (K, H, W); see `core.vos.network.model.enlarge`. Not a part
    of the graph, where it takes ten times as long: the runtime pads single channels to sixteen.
    """
    height, width = logits.shape[2] * LOGIT_STRIDE, logits.shape[3] * LOGIT_STRIDE
    large = np.empty((len(logits), height, width), np.float32)
    for plane, target in zip(logits[:, 0], large, strict=True):
        cv2.resize(plane, (width, height), target, interpolation=cv2.INTER_LINEAR)
    if logits.shape[1] > 1:
        # one plane for each of a cell's pixels, in rows
        cells = logits[:, 1:].reshape(len(logits), LOGIT_STRIDE, LOGIT_STRIDE, *logits.shape[2:])
        by_cell = large.reshape(len(logits), logits.shape[2], LOGIT_STRIDE, logits.shape[3], LOGIT_STRIDE)
        by_cell += cells.transpose(0, 3, 1, 4, 2)
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
        raise _damaged(part, error) from error


def _damaged(part: str, error: Exception) -> EngineError:
    return EngineError(
        "The file of the network's {part} is damaged ({error}); install the program again, or take your own file away.",
        part=part,
        error=_first_line(error),
    )


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0] or type(error).__name__
