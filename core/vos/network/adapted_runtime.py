"""A network whose decoder was fine-tuned on one clip: the decoder in eager torch, the rest in the shared runtime."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import torch
from safetensors import SafetensorError
from safetensors.torch import load, save
from torch import Tensor

from core.errors import EngineError
from core.types import Floats
from core.vos.network.model import CONFIGS, FILES, Network
from core.vos.network.runtime import DecoderInputs, Features, NetworkRuntime, RuntimeAround
from core.vos.network.torch_runtime import TorchRuntime

_FIRST = "compact"


def pack_adaptation(network: Network) -> bytes:
    """The decoder's weights as fp16 safetensors, about a megabyte: all that fine-tuning changes."""
    state = {name: value.detach().half().cpu().contiguous() for name, value in network.decoder.state_dict().items()}
    size = next((FILES[name] for name, config in CONFIGS.items() if config == network.config), _FIRST)
    metadata = {"format": "rotoflow-adaptation", "network": size, "features": _features_digest(network)}
    packed: bytes = save(state, metadata=metadata)
    return packed


def _features_digest(network: Network) -> str:
    """SHA-256 of the weights of the encoder and the value encoder, whose outputs a tuned decoder depends on."""
    digest = hashlib.sha256()
    for part in (network.encoder, network.value_encoder):
        for value in part.parameters():
            digest.update(value.detach().half().cpu().contiguous().numpy().tobytes())
    return digest.hexdigest()


def _metadata(adaptation: bytes, name: str) -> str:
    """A metadata value of packed weights; "" if it is missing or the bytes are damaged."""
    try:
        length = int.from_bytes(adaptation[:8], "little")
        return str(json.loads(adaptation[8 : 8 + length])["__metadata__"][name])
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""


def adapted_network(adaptation: bytes) -> str:
    """File name of the network that packed weights are of. Weights without one, of early versions, are of `compact`."""
    name = _metadata(adaptation, "network")
    return name if name in FILES.values() else _FIRST


def apply_adaptation(network: Network, adaptation: bytes) -> None:
    """Loads packed weights into a network's decoder. Raises EngineError if they are of another network, or were tuned
    with other encoder weights, such as those of another version of the program: their shapes would fit, but not their
    features.
    """
    try:
        if _metadata(adaptation, "features") != _features_digest(network):
            raise KeyError("features")
        state: Mapping[str, Tensor] = load(adaptation)
        own = network.decoder.state_dict()
        network.decoder.load_state_dict({name: value.to(own[name].dtype) for name, value in state.items()})
    except (SafetensorError, KeyError, RuntimeError) as error:
        raise EngineError(
            "The clip's fine-tuned weights are of another network: fine-tune again, or continue without them."
        ) from error


class AdaptedRuntime(RuntimeAround):
    """See `core.vos.network.runtime.NetworkRuntime`."""

    def __init__(self, shared: NetworkRuntime, network: Network) -> None:
        """`shared` runs all but the decoder, and its features must be NumPy arrays; `network` has the tuned decoder."""
        super().__init__(shared)
        self._adapted = TorchRuntime(network, "cpu")

    def decode(self, inputs: DecoderInputs) -> Floats:
        def tensors(arrays: Features) -> Features:
            return tuple(torch.from_numpy(np.ascontiguousarray(array)) for array in arrays)

        before = None if inputs.previous is None else tensors(inputs.previous)
        return self._adapted.decode(replace(inputs, features=tensors(inputs.features), previous=before))
