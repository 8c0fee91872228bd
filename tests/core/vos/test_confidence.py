"""Confidence orders masks as a person would."""

from __future__ import annotations

import numpy as np

from core.vos.confidence import mask_confidence

SHARE = np.zeros((40, 60), np.float32)
SHARE[10:30, 15:45] = 1


def one(share: np.ndarray, warped: np.ndarray, follows: bool = True) -> float:
    return float(mask_confidence(share[None], warped[None], follows)[0])


def test_a_decided_whole_mask_that_agrees_is_sure() -> None:
    assert one(SHARE, SHARE) > 0.88


def test_undecided_pixels_and_a_missing_predecessor_lower_it() -> None:
    best = one(SHARE, SHARE)
    assert one(SHARE * 0.7, SHARE * 0.7) < best - 0.1
    assert one(SHARE, np.zeros_like(SHARE), follows=False) < 0.5


def test_a_fast_object_and_one_behind_a_post_are_no_less_certain() -> None:
    """On clips that were never seen, neither goes with J (docs/experiments.md); *Check next* looks at jumps itself."""
    behind = SHARE.copy()
    behind[:, 25:35] = 0
    assert one(SHARE, np.roll(SHARE, 15, axis=1)) == one(SHARE, SHARE)
    assert one(behind, behind) == one(SHARE, SHARE)


def test_it_is_about_what_j_will_be_if_the_probabilities_are_true() -> None:
    soft = np.clip(SHARE, 0.1, 0.9)
    expected = 0.9 * SHARE.sum() / (SHARE.sum() + 0.1 * (SHARE.size - SHARE.sum()))
    assert abs(one(soft, soft) - expected) < 0.12


def test_a_mask_that_vanished_at_once_is_doubted_more_than_one_that_was_gone() -> None:
    empty = np.zeros_like(SHARE)
    assert one(empty, SHARE) < one(empty, empty) <= 0.5


def test_a_mask_that_nowhere_reaches_one_half_is_doubted() -> None:
    assert one(SHARE * 0.4, SHARE) < 0.2


def test_range_and_shape() -> None:
    rng = np.random.default_rng(0)
    probabilities, warped = (rng.random((5, 20, 30)).astype(np.float32) for _ in "ab")
    found = mask_confidence(probabilities, warped, True)
    assert found.shape == (5,)
    assert found.dtype == np.float32
    assert ((found >= 0) & (found <= 1)).all()
    assert mask_confidence(np.zeros((0, 4, 4), np.float32), np.zeros((0, 4, 4), np.float32), True).size == 0
