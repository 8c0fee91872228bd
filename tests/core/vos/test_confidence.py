"""Confidence orders masks as a person would."""

from __future__ import annotations

import numpy as np

from core.vos.confidence import mask_confidence

SHARE = np.zeros((40, 60), np.float32)
SHARE[10:30, 15:45] = 1
SURE = np.ones((40, 60), np.float32)


def one(share: np.ndarray, warped: np.ndarray, consistency: np.ndarray = SURE, follows: bool = True) -> float:
    return float(mask_confidence(share[None], warped[None], consistency, follows)[0])


def test_a_decided_agreed_consistent_mask_is_sure() -> None:
    assert one(SHARE, SHARE) > 0.99


def test_each_cue_lowers_it() -> None:
    assert one(SHARE * 0.7, SHARE * 0.7) < 0.9
    assert one(SHARE, np.roll(SHARE, 15, axis=1)) < 0.7
    assert one(SHARE, SHARE, np.zeros_like(SURE)) < 0.7
    assert one(SHARE, np.zeros_like(SHARE), follows=False) <= 0.5


def test_a_mask_that_vanished_at_once_is_doubted_more_than_one_that_was_gone() -> None:
    empty = np.zeros_like(SHARE)
    assert one(empty, SHARE) < one(empty, empty) <= 0.5


def test_range_and_shape() -> None:
    rng = np.random.default_rng(0)
    found = mask_confidence(*(rng.random((5, 20, 30)).astype(np.float32) for _ in "ab"), SURE[:20, :30], True)
    assert found.shape == (5,)
    assert found.dtype == np.float32
    assert ((found >= 0) & (found <= 1)).all()
    assert (
        mask_confidence(np.zeros((0, 4, 4), np.float32), np.zeros((0, 4, 4), np.float32), SURE[:4, :4], True).size == 0
    )
