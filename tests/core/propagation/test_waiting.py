"""Results on disk come back as they were."""

from __future__ import annotations

import numpy as np

from core.propagation.waiting import WaitingResults
from core.types import Box, FrameResult, ProbabilityPatch
from tests.core.propagation.scene import block


def test_round_trip_in_any_order() -> None:
    with WaitingResults() as waiting:
        for frame in (9, 8, 7):
            waiting.put(FrameResult(frame, block(1, 200, x=frame), {1: frame / 10, 200: 0.25}))
        for frame in (7, 9, 8):
            found = waiting.get(frame)
            assert found is not None
            np.testing.assert_array_equal(found.labels, block(1, 200, x=frame))
            assert found.confidence == {1: frame / 10, 200: 0.25}
        waiting.clear()
        assert waiting.get(7) is None
        waiting.put(FrameResult(3, block(1), {}))
        again = waiting.get(3)
        assert again is not None
        assert again.confidence == {}


def test_probabilities_wait_too() -> None:
    values = np.random.default_rng(1).integers(0, 256, (6, 9), dtype=np.uint8)
    patches = {1: ProbabilityPatch(Box(3, 4, 12, 10), values), 7: ProbabilityPatch(Box(0, 0, 0, 0), values[:0, :0])}
    with WaitingResults() as waiting:
        waiting.put(FrameResult(2, block(1), {1: 0.5, 7: 0.5}, probabilities=patches))
        found = waiting.get(2)
    assert found is not None
    assert found.probabilities[1].box == Box(3, 4, 12, 10)
    np.testing.assert_array_equal(found.probabilities[1].values, values)
    assert found.probabilities[7].box.empty
