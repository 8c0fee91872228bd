"""The anchors' vote tells objects apart and leaves the rest alone."""

from __future__ import annotations

import numpy as np

from core.vos.identity import disputed, settle_identity
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


def test_where_one_object_is_alone_votes_change_nothing_and_are_not_asked_for() -> None:
    found = np.zeros((2, 64, 96), np.float32)
    found[0, 8:40, 8:40] = 0.9
    found[1, 8:24, 36:60] = 0.7
    votes = np.random.default_rng(0).random(found.shape).astype(np.float32)
    where = disputed(found, 8)
    assert where.shape == (8, 12)
    # they share columns 36 to 39 of rows 8 to 23, with one cell more on all sides
    expected = np.zeros((8, 12), bool)
    expected[0:4, 3:6] = True
    np.testing.assert_array_equal(where, expected)
    alone = ~np.kron(where, np.ones((8, 8), bool))
    np.testing.assert_allclose(settle_identity(found, votes)[:, alone], found[:, alone], atol=1e-6)
