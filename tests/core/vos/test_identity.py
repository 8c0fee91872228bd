"""The anchors' vote tells objects apart and leaves the rest alone."""

from __future__ import annotations

import numpy as np

from core.vos.identity import settle_identity
from core.vos.memory import MemoryFrame, SpaceTimeMemory


def planes(*values: float) -> np.ndarray:
    return np.stack([np.full((4, 6), value, np.float32) for value in values])


def test_the_vote_decides_between_objects_that_both_claim_a_place() -> None:
    settled = settle_identity(planes(0.7, 0.6), planes(0.0, 1.0))
    assert (settled[1] > 0.8).all() and (settled[0] < 0.1).all()


def test_how_likely_a_pixel_is_any_object_stays() -> None:
    found = planes(0.7, 0.6)
    settled = settle_identity(found, planes(0.9, 0.3))
    np.testing.assert_allclose(settled.sum(axis=0), 1 - 0.3 * 0.4, atol=1e-5)
    assert settle_identity(planes(0, 0), planes(1, 0)).max() == 0


def test_an_even_vote_leaves_the_order() -> None:
    settled = settle_identity(planes(0.8, 0.2), planes(0.5, 0.5))
    np.testing.assert_allclose(settled[0] / settled[1], 4, rtol=1e-4)


def frame(*ids: int) -> MemoryFrame:
    keys = np.ones((3, 5), np.float32)
    return MemoryFrame(keys, {one: np.full((4, 5), one / 10, np.float32) for one in ids})


def test_only_anchors_that_know_all_objects_vote() -> None:
    memory = SpaceTimeMemory()
    memory.add_anchor(0, frame(1))
    memory.add_recent(frame(1, 2))
    assert memory.anchor_masks([1, 2]) is None
    memory.add_anchor(9, frame(1, 2))
    anchored = memory.anchor_masks([2, 1])
    assert anchored is not None
    keys, masks = anchored
    assert keys.shape == (3, 5)
    np.testing.assert_allclose(masks[:, 0], [0.2, 0.1])
