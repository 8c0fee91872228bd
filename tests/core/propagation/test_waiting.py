"""Results on disk come back as they were."""

from __future__ import annotations

import numpy as np

from core.propagation.waiting import WaitingResults
from core.types import FrameResult
from tests.core.propagation.scene import block


def test_round_trip_in_any_order() -> None:
    with WaitingResults() as waiting:
        for frame in (9, 8, 7):
            waiting.put(FrameResult(frame, block(1, 200, x=frame), {1: frame / 10, 200: 0.25}))
        for frame in (7, 9, 8):
            found = waiting.take(frame)
            assert found is not None
            np.testing.assert_array_equal(found.labels, block(1, 200, x=frame))
            assert found.confidence == {1: frame / 10, 200: 0.25}
            assert waiting.take(frame) is None
        waiting.put(FrameResult(3, block(1), {}))
        again = waiting.take(3)
        assert again is not None
        assert again.confidence == {}
