"""Looking for lost objects: the vote of the memory and what is proposed from it."""

from __future__ import annotations

import numpy as np

from core.vos.targets.recovery import belief, proposal, vote

CHANNELS, SIDE = 6, 8


def unit(axis: int) -> np.ndarray:
    return np.eye(CHANNELS, dtype=np.float32)[axis]


def test_cells_like_the_object_vote_for_it_and_strange_ones_abstain() -> None:
    memory_keys = np.stack([unit(0)] * 10 + [unit(1)] * 10, axis=1)
    memory_masks = np.array([[1.0] * 10 + [0.0] * 10], np.float32)
    key = np.zeros((CHANNELS, SIDE, SIDE), np.float32)
    key[1] = 1
    key[:, 2:5, 2:5] = unit(0)[:, None, None]
    key[:, 6:, 6:] = unit(3)[:, None, None]
    (votes,) = vote(key, memory_keys, memory_masks)
    assert (votes[2:5, 2:5] > 0.99).all()
    assert (votes[6:, 6:] == 0).all()
    assert votes[0].max() < 0.01


def test_the_largest_part_is_proposed_at_the_size_asked_for() -> None:
    votes = np.zeros((SIDE, SIDE), np.float32)
    votes[1:5, 1:5] = 1
    votes[7, 7] = 1
    mask = proposal(votes, (SIDE * 4, SIDE * 4))
    assert mask is not None
    assert mask.shape == (32, 32)
    assert mask[8:16, 8:16].min() > 0.9
    assert mask[28:, 28:].max() == 0


def test_specks_and_nothing_propose_nothing() -> None:
    votes = np.zeros((SIDE, SIDE), np.float32)
    assert proposal(votes, (16, 16)) is None
    votes[0, :2] = 1
    assert proposal(votes, (16, 16)) is None


def test_what_is_decided_and_voted_for_is_believed() -> None:
    votes = np.zeros((6, 8), np.float32)
    votes[1:4, 2:6] = 0.9
    found = np.zeros((96, 128), np.float32)
    found[16:64, 32:96] = 0.95
    usual = 0.25
    assert belief(found, votes, usual) > 0.8
    assert belief(found * 0.7, votes, usual) < 0.5
    assert belief(found, votes * 0.2, usual) < belief(found, votes, usual)
    assert belief(found, votes, usual / 50) < belief(found, votes, usual), "much too large"
    assert belief(found, votes, 2 * usual) == belief(found, votes, usual), "part of it, as when it comes in"
    assert belief(found, votes, 0.0) > 0.8, "an object of unknown size"
    assert belief(np.zeros_like(found), votes, usual) == 0
