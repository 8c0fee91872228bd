"""Looking for lost objects: the vote of the memory and what is proposed from it."""

from __future__ import annotations

import numpy as np
import pytest

from core.types import Floats
from core.vos.targets.recovery import belief, proposal, strong_votes, vote

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


@pytest.mark.parametrize("least", [0.3, 0.6, 0.9])
def test_strong_votes_are_those_of_all_cells(least: float) -> None:
    rng = np.random.default_rng(3)
    centres = rng.standard_normal((16, 6)).astype(np.float32)

    def cells(count: int, spread: float) -> Floats:
        found = centres[:, rng.integers(6, size=count)] + spread * rng.standard_normal((16, count)).astype(np.float32)
        unit: Floats = found / np.linalg.norm(found, axis=0)
        return unit

    memory, key = cells(400, 0.5), cells(300, 0.5)
    masks = np.stack([(centres.T @ memory).argmax(axis=0) == one for one in (0, 1)]).astype(np.float32)
    masks *= rng.random(masks.shape, np.float32) > 0.3
    usual = vote(key[:, None], memory, masks)[:, 0]
    strong = strong_votes(key, memory, masks, least)
    reached = usual >= least
    assert reached.any() and np.allclose(strong[reached], usual[reached], atol=1e-6)
    assert (strong[~reached] <= usual[~reached] + 1e-6).all() and (strong == 0).mean() > 0.3


def test_strong_votes_without_an_object_in_memory_are_zero() -> None:
    key = np.eye(4, dtype=np.float32)
    assert not strong_votes(key, key, np.zeros((2, 4), np.float32), 0.6).any()


@pytest.mark.parametrize("size", [5, 8, 64, 72, 100, 403])
def test_the_most_similar_cells_vote_however_many_there_are(size: int) -> None:
    rng = np.random.default_rng(size)
    keys = rng.standard_normal((4, size)).astype(np.float32)
    keys /= np.linalg.norm(keys, axis=0)
    masks = rng.random((1, size), np.float32)
    # many cells, so that no query is like none of them
    query = keys[:, :5]
    similarity = query.T @ keys
    nearest = np.argsort(-similarity, axis=1)[:, :8]
    weights = np.exp(20 * np.take_along_axis(similarity, nearest, axis=1))
    expected = (weights * masks[0, nearest]).sum(axis=1) / weights.sum(axis=1)
    assert np.allclose(vote(query[:, None], keys, masks)[0, 0], expected, atol=1e-5)
