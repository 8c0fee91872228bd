"""Many objects are found as each by itself is, and never more than a few at once."""

from __future__ import annotations

import numpy as np

from core.engines.weights import open_runtime
from core.types import Floats
from core.vos.flow.motion_cues import MOTION_CHANNELS
from core.vos.network.runtime import DecoderInputs, Features, RuntimeAround
from core.vos.targets.grouped import GroupedRuntime
from core.vos.targets.network_target import NetworkTarget

SIZE = (96, 128)


class Counting(RuntimeAround):
    """Notes how many objects it was given at once."""

    most = 0

    def memorise(self, features: Features, masks: Floats) -> tuple[Floats, Floats]:
        self.most = max(self.most, len(masks))
        return self._runtime.memorise(features, masks)

    def decode(self, inputs: DecoderInputs) -> Floats:
        self.most = max(self.most, len(inputs.warped))
        return self._runtime.decode(inputs)


def masks_of(count: int) -> Floats:
    """Squares here and there, one an object."""
    masks = np.zeros((count, *SIZE), np.float32)
    for number, mask in enumerate(masks):
        top, left = 20 * (number % 4) + 4, 9 * number % 100
        mask[top : top + 18, left : left + 20] = 1
    return masks


def test_groups_find_what_all_at_once_do() -> None:
    runtime = open_runtime("cpu", 1)
    image = np.random.default_rng(0).integers(0, 256, (*SIZE, 3), dtype=np.uint8)
    masks = masks_of(7)
    inside = Counting(runtime)
    grouped = GroupedRuntime(inside, most=3)
    features = runtime.encode(image)
    keys, values = runtime.memorise(features, masks)
    found_keys, found_values = grouped.memorise(features, masks)
    np.testing.assert_array_equal(found_keys, keys)
    np.testing.assert_allclose(found_values, values, atol=1e-4)
    motion = np.zeros((7, MOTION_CHANNELS, SIZE[0] // 8, SIZE[1] // 8), np.float32)
    inputs = DecoderInputs(features, keys, values, features, masks, masks, motion)
    np.testing.assert_allclose(grouped.decode(inputs), runtime.decode(inputs), atol=0.02)
    assert inside.most == 3


def test_a_target_never_gives_the_network_more_than_a_few() -> None:
    inside = Counting(open_runtime("cpu", 1))
    target = NetworkTarget(inside)
    image = np.random.default_rng(0).integers(0, 256, (*SIZE, 3), dtype=np.uint8)
    masks, ids = masks_of(40), list(range(1, 41))
    target.observe(0, image, ids, masks, np.ones(40, np.float32), True)
    assert target.predict(1, image, image, ids, masks, None).shape == (40, *SIZE)
    assert inside.most == 16
