"""Graphs that are damaged end in an error of ours."""

from __future__ import annotations

import numpy as np
import pytest

from core.engines.weights import model_file
from core.errors import EngineError
from core.vos.network.onnx_runtime import GRAPHS, OnnxRuntime


@pytest.mark.parametrize("seed", range(12))
def test_damaged_graphs_are_an_error_of_ours(seed: int) -> None:
    graphs = {part: model_file(f"compact-{part}.onnx").read_bytes() for part in GRAPHS}
    rng = np.random.default_rng(seed)
    data = bytearray(graphs["encoder"])
    if seed % 3 == 0:
        del data[int(rng.integers(len(data))) :]
    else:
        # where the graph is written down, not the weights
        for position in rng.integers(0, 4000, 200):
            data[position] = int(rng.integers(256))
    try:
        runtime = OnnxRuntime({**graphs, "encoder": bytes(data)}, 1)
        runtime.encode(np.zeros((64, 64, 3), np.uint8))
    except EngineError as error:
        assert "network's encoder" in str(error)
