"""The click network's files, and how it is opened."""

from __future__ import annotations

from core.engines.weights import SIZE, model_file
from core.vos.clicks.selector import ClickNetwork
from core.vos.network.onnx_runtime import GRAPHS, OnnxRuntime


def load_click_network(threads: int = 0) -> ClickNetwork:
    """The click network that ships, on the CPU; `threads` 0 is as many as there are cores. Raises EngineError where a
    file is missing or damaged.
    """
    graphs = {part: model_file(f"{SIZE}-{part}.onnx").read_bytes() for part in GRAPHS}
    return ClickNetwork(OnnxRuntime(graphs, threads), model_file(f"{SIZE}-clicks.onnx").read_bytes(), threads)
