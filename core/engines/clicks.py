"""The click network's files, and how it is opened."""

from __future__ import annotations

from core.engines.weights import SIZE, read_graphs
from core.vos.clicks.selector import ClickNetwork
from core.vos.network.onnx_runtime import OnnxRuntime


def load_click_network(threads: int = 0) -> ClickNetwork:
    """The click network that ships, on the CPU; `threads` 0 is as many as there are cores. Raises EngineError where a
    file is missing or damaged.
    """
    graphs = read_graphs(SIZE, ("encoder", "clicks"))
    encoder = OnnxRuntime({"encoder": graphs["encoder"]}, threads)
    return ClickNetwork(encoder, graphs["clicks"], threads)
