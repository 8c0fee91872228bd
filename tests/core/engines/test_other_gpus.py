"""The built-in network on GPUs besides CUDA's, which are played here by the CPU."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pytest
import torch

from core.engines import devices, load, weights
from core.engines.notices import take_notices
from core.engines.weights import load_network, open_runtime, runs_on
from core.errors import EngineError
from core.types import Floats
from core.vos.network.model import Network
from core.vos.network.runtime import DecoderInputs, NetworkRuntime
from core.vos.network.torch_runtime import TorchRuntime

SIZE = (96, 64)


@lru_cache(maxsize=1)
def network() -> Network:
    return load_network()


class Played(TorchRuntime):
    """Says that it runs elsewhere."""

    device = "xpu"

    def __init__(self) -> None:
        super().__init__(network(), "cpu")


class Wrong(Played):
    """A device that computes something else."""

    def decode(self, inputs: DecoderInputs) -> Floats:
        return 1 - super().decode(inputs)


class Lacking(Played):
    """A device that lacks an operation."""

    def decode(self, inputs: DecoderInputs) -> Floats:
        raise RuntimeError("this operation has no kernel for this device")


def play(monkeypatch: pytest.MonkeyPatch, runtime: type[Played]) -> None:
    """This machine has an XPU, and nothing else."""

    def loaded(device: str, *_: object) -> NetworkRuntime:
        return runtime() if device == "xpu" else TorchRuntime(network(), "cpu")

    monkeypatch.setattr(devices, "_is_there", lambda kind: kind == "xpu")
    monkeypatch.setattr(weights, "load_network_runtime", loaded)


def test_it_runs_there_where_it_gives_the_same_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    play(monkeypatch, Played)
    assert runs_on(open_runtime("xpu", 1)) == "xpu"
    assert runs_on(open_runtime("auto", 1)) == "cpu", "only who names it gets it"
    session = load("builtin").open(SIZE, "xpu")
    assert take_notices(session) == []
    session.close()
    with pytest.raises(EngineError, match="no MPS device"):
        open_runtime("mps", 1)


@pytest.mark.parametrize("runtime", [Wrong, Lacking])
def test_where_it_does_not_the_cpu_goes_on_and_it_is_reported(
    runtime: type[Played], monkeypatch: pytest.MonkeyPatch
) -> None:
    play(monkeypatch, runtime)
    session = load("builtin").open(SIZE, "xpu")
    (note,) = take_notices(session)
    assert str(note) == "This xpu device does not run the built-in network as it should: the CPU does."
    session.close()


def test_what_is_made_on_a_device_comes_back_as_arrays() -> None:
    runtime = TorchRuntime(network(), "cpu")
    assert runtime.device == "cpu"
    with torch.inference_mode():
        features = runtime.encode(np.zeros((32, 32, 3), np.uint8))
    assert isinstance(runtime.key(features), np.ndarray)
