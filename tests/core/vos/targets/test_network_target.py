"""What the network finds of an object that nothing leads to."""

from __future__ import annotations

import numpy as np
import pytest

from core.engines.weights import open_runtime
from core.types import Floats
from core.vos.network.runtime import DecoderInputs, RuntimeAround
from core.vos.targets import network_target
from core.vos.targets.network_target import NetworkTarget

SIZE = (96, 128)


class Flooding(RuntimeAround):
    """A network that takes any picture for the object, and is sure of it."""

    def decode(self, inputs: DecoderInputs) -> Floats:
        return np.ones_like(inputs.warped)


def found_on(picture: np.ndarray) -> Floats:
    """What is found on a picture after a cut."""
    target = NetworkTarget(Flooding(open_runtime("cpu", 1)))
    first = np.random.default_rng(0).integers(0, 256, (*SIZE, 3), dtype=np.uint8)
    mask = np.zeros((1, *SIZE), np.float32)
    mask[0, 10:80, 10:110] = 1
    target.observe(0, first, [3], mask, np.ones(1, np.float32), True)
    return target.predict(1, picture, None, [3], np.zeros_like(mask), None)


@pytest.mark.parametrize("value", [0, 255])
def test_a_picture_of_one_colour_shows_no_object(value: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network_target, "belief", lambda *_: 1.0)
    assert not found_on(np.full((*SIZE, 3), value, np.uint8)).any()
    assert found_on(np.random.default_rng(1).integers(0, 256, (*SIZE, 3), dtype=np.uint8)).any()


def test_what_is_not_believed_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network_target, "belief", lambda *_: 0.4)
    assert not found_on(np.random.default_rng(1).integers(0, 256, (*SIZE, 3), dtype=np.uint8)).any()
