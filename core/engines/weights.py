"""The trained network's files, as they ship in `resources/models`, and which runtime they are run by."""

from __future__ import annotations

from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING

from core.engines.devices import uses_gpu
from core.errors import EngineError
from core.vos.runtime import NetworkRuntime

if TYPE_CHECKING:
    from core.vos.network import Network

SIZE = "compact"


def model_file(name: str) -> Traversable:
    """A file of `resources/models`. Raises EngineError if it is not there."""
    file = resources.files("resources").joinpath("models", name)
    if not file.is_file():
        raise EngineError(f"{file}: the network's file is missing; install the program again.")
    return file


def read_adaptation(path: str) -> bytes:
    """The fine-tuned weights in a file, nothing for an empty path. Raises EngineError if it cannot be read."""
    try:
        return Path(path).read_bytes() if path else b""
    except OSError as error:
        raise EngineError(f"{path}: the fine-tuned weights cannot be read ({error.strerror}).") from error


def open_runtime(device: str, threads: int, adaptation: bytes = b"") -> NetworkRuntime:
    """The built-in network on a device: "cpu", "cuda", or "auto" for the GPU where there is one.

    `adaptation` holds weights that were fine-tuned on the clip, if there are any. Raises EngineError if there is no
    such device, a file is missing or the adaptation is of another network.
    """
    if uses_gpu(device):
        return load_network_runtime("cuda", adaptation)
    from core.vos.onnx_runtime import GRAPHS, OnnxRuntime

    runtime = OnnxRuntime({part: model_file(f"{SIZE}-{part}.onnx").read_bytes() for part in GRAPHS}, threads)
    if not adaptation:
        return runtime
    from core.vos.adapted_runtime import AdaptedRuntime

    return AdaptedRuntime(runtime, load_network(adaptation))


def load_network_runtime(device: str, adaptation: bytes = b"") -> NetworkRuntime:
    """The network in torch."""
    from core.vos.replay import CUDA_GRAPHS
    from core.vos.torch_runtime import TorchRuntime

    return TorchRuntime(load_network(adaptation), device, recorder=CUDA_GRAPHS if device == "cuda" else None)


def load_network(adaptation: bytes = b"") -> Network:
    """The network from its safetensors, on the CPU, in single precision."""
    from safetensors.torch import load

    from core.vos.adapted_runtime import apply_adaptation
    from core.vos.network import CONFIGS, Network

    network = Network(CONFIGS[SIZE])
    state = load(model_file(f"{SIZE}.safetensors").read_bytes())
    network.load_state_dict(
        {name: value.float() if value.is_floating_point() else value for name, value in state.items()}
    )
    if adaptation:
        apply_adaptation(network, adaptation)
    return network
