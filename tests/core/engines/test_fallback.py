"""The built-in network where memory runs out: it gives way, says so once a step, and no frame is lost."""

from __future__ import annotations

from contextlib import closing

import numpy as np
import pytest
import torch

from core.engines import load
from core.engines.fallback import FallbackRuntime
from core.engines.notices import take_notices
from core.errors import EngineError
from core.jobs import CancelToken
from core.messages import Message
from core.types import Floats, Image
from core.vos.network.runtime import DecoderInputs, Features
from tests.contract.scenes import Scene

SCENE = Scene(object_ids=(3, 200), frame_count=4, size=(120, 90))


class Small:
    """Finds what was carried along, for as many objects at once as it has memory for; its features are its own."""

    def __init__(self, device: str, most: int = 255) -> None:
        self.device, self.most, self.encoded = device, most, 0

    def encode(self, image: Image) -> Features:
        self.encoded += 1
        return (self.device, *[image] * 4)

    def memorise(self, features: Features, masks: Floats) -> tuple[Floats, Floats]:
        self._check(features, len(masks))
        return np.ones((1, 4), np.float32), masks.reshape(len(masks), 1, -1)[:, :, :4]

    def key(self, features: Features) -> Floats:
        self._check(features, 0)
        return np.ones((1, 2, 2), np.float32)

    def decode(self, inputs: DecoderInputs) -> Floats:
        for features in (inputs.features, inputs.previous or inputs.features):
            self._check(features, len(inputs.warped))
        return inputs.warped

    def _check(self, features: Features, objects: int) -> None:
        assert features[0] == self.device, "features of another runtime"
        if objects > self.most:
            raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB")


def inputs_of(features: Features, objects: int) -> DecoderInputs:
    masks = np.random.default_rng(0).random((objects, 16, 16), dtype=np.float32)
    some = np.zeros((objects, 1, 4), np.float32)
    return DecoderInputs(features, some[0], some, features, masks, masks, some)


@pytest.mark.parametrize(("most", "wanted"), [(20, []), (2, ["4", "2"]), (0, ["4", "2", "1", "CPU"])])
def test_fewer_objects_at_a_time_and_then_the_cpu(most: int, wanted: list[str]) -> None:
    notes: list[Message] = []
    cpu = Small("cpu")
    runtime = FallbackRuntime(Small("cuda", most), notes.append, lambda: cpu)
    features = runtime.encode(np.zeros((16, 16, 3), np.uint8))
    inputs = inputs_of(features, 9)
    for _ in range(2):
        np.testing.assert_array_equal(runtime.decode(inputs), inputs.warped)
        assert runtime.memorise(features, inputs.warped)[1].shape == (9, 1, 4)
        assert runtime.key(features).shape == (1, 2, 2)
    assert len(notes) == len(wanted) and all(word in str(one) for word, one in zip(wanted, notes, strict=True))
    assert (cpu.encoded > 0) is ("CPU" in wanted)


def test_with_nothing_left_it_says_what_to_do() -> None:
    runtime = FallbackRuntime(Small("cpu", 0), lambda _told: None)
    with pytest.raises(EngineError, match="too little memory for the built-in network: choose a smaller network_side"):
        runtime.decode(inputs_of(runtime.encode(np.zeros((16, 16, 3), np.uint8)), 1))


def test_other_errors_are_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    runtime = FallbackRuntime(Small("cpu"), lambda _told: None)
    monkeypatch.setattr(Small, "encode", lambda *_: (_ for _ in ()).throw(RuntimeError("no kernel")))
    with pytest.raises(RuntimeError, match="no kernel"):
        runtime.encode(np.zeros((16, 16, 3), np.uint8))


def test_a_clip_is_followed_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    from core.vos.network.windows import WindowedRuntime

    decode, refused = WindowedRuntime.decode, []

    def refusing(runtime: WindowedRuntime, inputs: DecoderInputs) -> Floats:
        if len(inputs.warped) > 1:
            refused.append(len(inputs.warped))
            raise MemoryError
        return decode(runtime, inputs)

    monkeypatch.setattr(WindowedRuntime, "decode", refusing)
    with closing(load("builtin").open(SCENE.size, "cpu", {"quality": "fast"})) as session:
        results = list(session.track([SCENE.anchor(0)], range(4), SCENE.read, CancelToken()))
        assert [result.frame_index for result in results] == [0, 1, 2, 3]
        assert refused and set(np.unique(results[-1].labels)) == {0, 3, 200}
        assert [str(one) for one in take_notices(session)] == [
            "Memory is full: objects are found 1 at a time from here on, slower."
        ]
