"""The trained networks' files, which one is run, and by which runtime."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING

from core.engines.devices import uses_gpu
from core.engines.downloads import download_folder
from core.errors import EngineError
from core.vos.network.runtime import NetworkRuntime

if TYPE_CHECKING:
    from core.vos.network.model import Network

SIZE, LARGE = "compact", "base"
"""The network that ships, for a CPU, and the one for a GPU, where its weights are."""

OTHER_GPUS = ("mps", "xpu")
"""GPUs besides CUDA's, which the network runs on when they are requested by name."""
NETWORKS = ("auto", SIZE, LARGE)
"""What a person can choose: `auto` is the larger one on a GPU where its weights are, and the smaller one otherwise."""


def model_file(name: str) -> Traversable:
    """A file of `resources/models`, or else of the folder of downloads. Raises EngineError if it is in neither."""
    file = _find(name)
    if file is None:
        shipped = resources.files("resources").joinpath("models", name)
        raise EngineError("{shipped}: the network's file is missing; install the program again.", shipped=shipped)
    return file


def _folders() -> tuple[Traversable, Traversable]:
    """Where files are looked for, in order: a user's own take precedence over those that ship."""
    return download_folder(), resources.files("resources").joinpath("models")


def _find(name: str) -> Traversable | None:
    return next((file for folder in _folders() if (file := folder.joinpath(name)).is_file()), None)


def read_graphs(name: str, parts: Iterable[str]) -> dict[str, bytes]:
    """The ONNX files of a network's parts, by part. Raises EngineError if one is missing."""
    return {part: model_file(f"{name}-{part}.onnx").read_bytes() for part in parts}


def read_click_graphs() -> tuple[bytes, bytes]:
    """The click network's ONNX files, encoder and decoder. Both come from one folder, since a decoder understands only
    the features that it was trained on, whichever network follows objects. Raises EngineError if one is missing.
    """
    name = f"{SIZE}-clicks"
    decoder = model_file(f"{name}.onnx")
    folder = next(folder for folder in _folders() if folder.joinpath(f"{name}.onnx").is_file())
    encoder = folder.joinpath(f"{name}-encoder.onnx")
    if not encoder.is_file():
        raise EngineError(
            "{file}: the click network's encoder is missing; `rotoflow train-clicks` writes it beside the network.",
            file=encoder,
        )
    return encoder.read_bytes(), decoder.read_bytes()


def read_adaptation(weights: object) -> bytes:
    """Fine-tuned weights, given as they are or as the path of their file; none for an empty value.

    Raises EngineError if the file cannot be read.
    """
    if isinstance(weights, bytes):
        return weights
    if not weights:
        return b""
    path = Path(str(weights))
    try:
        return path.read_bytes()
    except OSError as error:
        raise EngineError(
            "{path}: the fine-tuned weights cannot be read ({reason}).", path=path, reason=error.strerror
        ) from error


def choose_network(choice: str, on_gpu: bool, adaptation: bytes = b"") -> str:
    """Which network one of `NETWORKS` means here. Weights that were fine-tuned on the clip go with their own network.

    Raises EngineError if there are no weights of the network chosen.
    """
    if adaptation and choice == "auto":
        from core.vos.network.adapted_runtime import adapted_network

        return adapted_network(adaptation)
    there = _find(f"{LARGE}.safetensors") is not None
    if choice == LARGE and not there:
        raise EngineError(
            "There are no weights of the network '{network}' here: train it, and put {network}.safetensors into "
            "{folder}, or choose '{other}'.",
            network=LARGE,
            folder=download_folder(),
            other=SIZE,
        )
    return LARGE if choice == LARGE or (choice == "auto" and on_gpu and there) else SIZE


def open_runtime(
    device: str, threads: int, adaptation: bytes = b"", network: str = "auto", encoder_threads: int | None = None
) -> NetworkRuntime:
    """One of `NETWORKS` on a device: "cpu", "cuda", or "auto" for CUDA's GPU where there is one. On "mps" and "xpu" it
    runs if it gives the CPU's answers there (`runs_on` says so), else on the CPU.

    `adaptation` holds weights that were fine-tuned on the clip, if there are any. On a CPU the encoder runs with
    `encoder_threads`, where they are given. Raises EngineError if there is no
    such device, a file is missing or the adaptation is of another network.
    """
    on_gpu = uses_gpu(device)
    name = choose_network(network, on_gpu, adaptation)
    if on_gpu:
        return load_network_runtime("cuda", adaptation, name)
    if device in OTHER_GPUS and (tried := _tried_runtime(device, adaptation, name)) is not None:
        return tried
    from core.vos.network.onnx_runtime import GRAPHS, OnnxRuntime
    from core.vos.network.windows import WindowedRuntime

    if any(_find(f"{name}-{part}.onnx") is None for part in GRAPHS) and name != SIZE:
        # whoever asks for the large network on a CPU, without its graphs, gets it all the same
        return WindowedRuntime(load_network_runtime("cpu", adaptation, name))
    runtime = OnnxRuntime(read_graphs(name, GRAPHS), threads, encoder_threads)
    if not adaptation:
        return WindowedRuntime(runtime)
    from core.vos.network.adapted_runtime import AdaptedRuntime

    return WindowedRuntime(AdaptedRuntime(runtime, load_network(adaptation, name)))


def runs_on(runtime: NetworkRuntime) -> str:
    """The kind of device that a runtime of `open_runtime` is on."""
    return str(getattr(runtime, "device", "cpu"))


def _tried_runtime(device: str, adaptation: bytes, name: str) -> NetworkRuntime | None:
    """The network in torch on a GPU of a kind that is not tested; None unless its outputs equal the CPU's."""
    from core.vos.network.trial import agrees

    try:
        runtime = load_network_runtime(device, adaptation, name)
        return runtime if agrees(runtime, load_network_runtime("cpu", adaptation, name)) else None
    except (RuntimeError, TypeError):
        # an operation that the device has not
        return None


def load_network_runtime(device: str, adaptation: bytes = b"", name: str = SIZE) -> NetworkRuntime:
    """The runtime of a network in torch."""
    from core.vos.network.cuda_graphs import CUDA_GRAPHS
    from core.vos.network.torch_runtime import TorchRuntime

    return TorchRuntime(load_network(adaptation, name), device, recorder=CUDA_GRAPHS if device == "cuda" else None)


def load_network(adaptation: bytes = b"", name: str = SIZE) -> Network:
    """A network from its safetensors, on the CPU, in single precision. Raises EngineError if they do not fit."""
    from safetensors import SafetensorError
    from safetensors.torch import load

    from core.vos.network.adapted_runtime import apply_adaptation
    from core.vos.network.model import CONFIGS, FILES, Network, config_of

    file = model_file(f"{name}.safetensors")
    try:
        state = load(file.read_bytes())
        config = config_of(state)
        if FILES.get(config) != name:
            raise SafetensorError("of another network")
        network = Network(CONFIGS[config])
        network.load_state_dict(
            {name: value.float() if value.is_floating_point() else value for name, value in state.items()}
        )
    except (SafetensorError, RuntimeError) as error:
        raise EngineError(
            "{file}: these are no weights of the network '{name}'; put the right file there.", file=file, name=name
        ) from error
    if adaptation:
        apply_adaptation(network, adaptation)
    return network
