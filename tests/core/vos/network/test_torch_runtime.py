"""What a GPU runs, held to the plain network: half precision, and functions recorded and replayed."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import torch
from torch import Tensor

from core.vos.flow.motion_cues import MOTION_CHANNELS, MOTION_STRIDE
from core.vos.network.cuda_graphs import Function, GraphCache, Recorder
from core.vos.network.half_precision import to_half_precision
from core.vos.network.model import CONFIGS, Network
from core.vos.network.runtime import DecoderInputs
from core.vos.network.torch_runtime import TorchRuntime
from core.vos.targets.memory import MemoryFrame, SpaceTimeMemory

SIZE = (64, 96)


class Tape:
    """Stands in for CUDA graphs: it replays on the places it recorded, and says how often it did what."""

    def __init__(self, gain: float = 0.5, fails: bool = False) -> None:
        self.recorded = self.replayed = self.timed = 0
        self._gain, self._fails = gain, fails

    @property
    def recorder(self) -> Recorder:
        return Recorder(self._record, self._seconds)

    def _record(self, function: Function, inputs: tuple[Tensor, ...]) -> tuple[Callable[[], None], tuple[Tensor, ...]]:
        if self._fails:
            raise RuntimeError("operation not permitted when stream is capturing")
        self.recorded += 1
        outputs = tuple(output.clone() for output in function(*inputs))

        def replay() -> None:
            self.replayed += 1
            for target, value in zip(outputs, function(*inputs), strict=True):
                target.copy_(value)

        return replay, outputs

    def _seconds(self, call: Callable[[], object]) -> float:
        self.timed += 1
        before = self.replayed
        call()
        return self._gain if self.replayed > before else 1.0


pytestmark = pytest.mark.usefixtures("one_thread")


@pytest.fixture(scope="module", params=["compact", "hybrid"])
def network(request: pytest.FixtureRequest) -> Network:
    """Random weights, with batch norms that do something; without a backbone and with one."""
    torch.manual_seed(1)
    network = Network(CONFIGS[request.param]).train()
    with torch.no_grad():
        for _ in range(3):
            network.encoder(torch.rand(2, 3, *SIZE) * 255)
    return network.eval()


def frame(seed: int) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (*SIZE, 3)).astype(np.uint8)


def masks(seed: int, objects: int = 2) -> np.ndarray:
    return np.random.default_rng(seed).random((objects, *SIZE)).astype(np.float32)


def motion(objects: int = 2) -> np.ndarray:
    shape = objects, MOTION_CHANNELS, SIZE[0] // MOTION_STRIDE, SIZE[1] // MOTION_STRIDE
    return np.random.default_rng(5).random(shape).astype(np.float32)


def run(runtime: TorchRuntime) -> list[np.ndarray]:
    """Two frames: everything that a runtime gives back."""
    first, second = runtime.encode(frame(0)), runtime.encode(frame(1))
    keys, values = runtime.memorise(first, masks(2))
    keys, values = np.concatenate([keys] * 2, 1), np.concatenate([values] * 2, 2)
    found = runtime.decode(DecoderInputs(second, keys, values, first, masks(3), masks(4), motion()))
    again = runtime.decode(DecoderInputs(second, keys, values, None, masks(3), masks(4), motion()))
    return [keys, values, runtime.key(second), found, again]


def test_half_precision_finds_what_single_does(network: Network) -> None:
    expected = run(TorchRuntime(network, "cpu"))
    found = run(TorchRuntime(network, "cpu", half=True))
    for one, other in zip(expected, found, strict=True):
        assert other.dtype == np.float32 and other.shape == one.shape
        np.testing.assert_allclose(other, one, atol=0.03)
    assert expected[3].std() > 0.001, "a network that says the same everywhere would pass too"


def test_batch_norms_are_drawn_into_the_convolutions(network: Network) -> None:
    ready = to_half_precision(network, torch.float32)
    assert not [name for name, module in ready.named_modules() if isinstance(module, torch.nn.BatchNorm2d)]
    assert [name for name, module in network.named_modules() if isinstance(module, torch.nn.BatchNorm2d)]
    pixels = torch.rand(1, 3, *SIZE) * 255
    with torch.inference_mode():
        for expected, found in zip(network.encoder(pixels), ready.encoder(pixels), strict=True):
            torch.testing.assert_close(found, expected, atol=1e-4, rtol=1e-3)


def test_replays_give_the_same_as_the_network(network: Network) -> None:
    tape = Tape()
    runtime = TorchRuntime(network, "cpu", recorder=tape.recorder)
    expected = run(TorchRuntime(network, "cpu"))
    for _ in range(2):
        for one, other in zip(expected, run(runtime), strict=True):
            np.testing.assert_allclose(other, one, atol=1e-6)
    assert tape.recorded == 3, "encoder, values and decoder, once each"
    assert tape.replayed > 8


def test_another_size_is_recorded_anew_and_the_oldest_give_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.vos.network.cuda_graphs._KEPT", 2)
    tape = Tape()
    double = GraphCache(lambda value: (value * 2,), tape.recorder)
    for length in (1, 2, 1, 2, 3, 2):
        assert double(torch.ones(length))[0].tolist() == [2.0] * length
    assert tape.recorded == 3
    double(torch.ones(1))
    assert tape.recorded == 4, "it was forgotten"


def test_results_are_kept_when_the_next_ones_are_made() -> None:
    double = GraphCache(lambda value: (value * 2,), Tape().recorder)
    first, second = double(torch.ones(2))[0], double(torch.full((2,), 5.0))[0]
    assert (first.tolist(), second.tolist()) == ([2.0, 2.0], [10.0, 10.0])


def test_what_is_no_faster_is_not_used() -> None:
    tape = Tape(gain=0.95)
    double = GraphCache(lambda value: (value * 2,), tape.recorder)
    for _ in range(3):
        assert double(torch.ones(2))[0].tolist() == [2.0, 2.0]
    assert (tape.recorded, tape.replayed, tape.timed) == (1, 1, 2), "measured once, and replayed for that only"


def test_a_recording_that_fails_is_done_without(caplog: pytest.LogCaptureFixture) -> None:
    double = GraphCache(lambda value: (value * 2,), Tape(fails=True).recorder)
    assert double(torch.ones(2))[0].tolist() == [2.0, 2.0]
    assert double(torch.ones(3))[0].tolist() == [2.0, 2.0, 2.0]
    assert len(caplog.records) == 1


def test_the_memory_is_copied_to_the_device_once_as_long_as_it_does_not_change(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    runtime = TorchRuntime(network, "cpu")
    memory, features = SpaceTimeMemory(), runtime.encode(frame(0))
    copied: list[tuple[int, ...]] = []
    tensor = TorchRuntime._tensor

    def watched(self: TorchRuntime, array: np.ndarray) -> Tensor:
        copied.append(array.shape)
        return tensor(self, array)

    monkeypatch.setattr(TorchRuntime, "_tensor", watched)

    def follow() -> list[tuple[int, ...]]:
        """The arrays of the memory that went to the device for one frame."""
        copied.clear()
        for _, keys, values in memory.groups([1, 2]):
            runtime.decode(DecoderInputs(features, keys, values, None, masks(3), masks(4), motion()))
        return [shape for shape in copied if shape not in ((2, *SIZE), motion().shape)]

    def add() -> None:
        keys, values = runtime.memorise(features, masks(5))
        memory.add_recent(MemoryFrame(np.tile(keys, 12), {1: np.tile(values[0], 12), 2: np.tile(values[1], 12)}))

    add()
    key = network.config.key
    assert follow() == [(key, 288), (2, 97, 288)]
    assert follow() == []
    add()
    assert follow() == [(key, 576), (2, 97, 576)]
