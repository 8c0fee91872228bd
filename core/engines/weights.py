"""The trained network's files, as they ship in `resources/models`, and which runtime they are run by."""

from __future__ import annotations

import sys
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from core.errors import EngineError
from core.vos.runtime import NetworkRuntime

SIZE = "compact"


def model_file(name: str) -> Traversable:
    """A file of `resources/models`. Raises EngineError if it is not there."""
    file = resources.files("resources").joinpath("models", name)
    if not file.is_file():
        raise EngineError(f"{file}: the network's file is missing; install the program again.")
    return file


def open_runtime(device: str, threads: int) -> NetworkRuntime:
    """The built-in network on a device: "cpu", "cuda", or "auto" for the GPU where there is one.

    Raises EngineError if there is no such device or a file is missing.
    """
    if device == "cuda" or (device == "auto" and _may_have_gpu()):
        runtime = _on_gpu(required=device == "cuda")
        if runtime is not None:
            return runtime
    from core.vos.onnx_runtime import GRAPHS, OnnxRuntime

    return OnnxRuntime({part: model_file(f"{SIZE}-{part}.onnx").read_bytes() for part in GRAPHS}, threads)


def load_network_runtime(device: str) -> NetworkRuntime:
    """The network in eager torch, from its safetensors."""
    from safetensors.torch import load

    from core.vos.network import CONFIGS, Network
    from core.vos.torch_runtime import TorchRuntime

    network = Network(CONFIGS[SIZE])
    state = load(model_file(f"{SIZE}.safetensors").read_bytes())
    network.load_state_dict(
        {name: value.float() if value.is_floating_point() else value for name, value in state.items()}
    )
    return TorchRuntime(network, device)


def _on_gpu(required: bool) -> NetworkRuntime | None:
    import torch

    if torch.cuda.is_available():
        return load_network_runtime("cuda")
    if required:
        raise EngineError("There is no CUDA device that torch can use; choose the device cpu or auto.")
    return None


def _may_have_gpu() -> bool:
    """Whether it is worth seconds to import torch and ask. Where this cannot tell, it says yes."""
    if sys.platform == "linux":
        return Path("/dev/nvidiactl").exists() or Path("/dev/dxg").exists()
    return sys.platform != "darwin"
