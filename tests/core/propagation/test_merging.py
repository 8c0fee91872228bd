"""Two runs become one mask that is no worse than the better of them."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from core.propagation.merging import merge
from core.types import Box, FrameResult, LabelMap, ProbabilityPatch

SIZE = (120, 80)
MIDDLE = {1: (0.5, 0.5)}


def body(limb: bool = True, shift: int = 0) -> LabelMap:
    """A disc of radius 20 with an arm of 30 x 6 pixels."""
    labels = np.zeros(SIZE[::-1], np.uint8)
    cv2.circle(labels, (50 + shift, 40), 20, 1, -1)
    if limb:
        labels[37:43, 60:100] = 1
    return labels


def result(labels: LabelMap, sure: float = 0.8, chance: float | None = None) -> FrameResult:
    """With `chance`, the engine's probability of each mask's pixels; None is an engine of labels alone."""
    ids = [int(value) for value in np.unique(labels) if value] or [1]
    patches = {}
    if chance is not None:
        whole = Box(0, 0, *SIZE)
        patches = {
            key: ProbabilityPatch(whole, np.where(labels == key, 255 * chance, 255 * (1 - chance)).astype(np.uint8))
            for key in ids
        }
    return FrameResult(5, labels, dict.fromkeys(ids, sure), probabilities=patches)


def iou(one: LabelMap, other: LabelMap) -> float:
    return float(((one == 1) & (other == 1)).sum() / ((one == 1) | (other == 1)).sum())


@pytest.mark.parametrize("chance", [None, 0.7, 0.99])
@pytest.mark.parametrize("nearness", [(0.7, 0.3), (0.5, 0.5), (0.3, 0.7)])
def test_a_part_that_only_one_run_has_stays(chance: float | None, nearness: tuple[float, float]) -> None:
    whole, lost = result(body(), chance=chance), result(body(limb=False), chance=chance)
    for pair in ((whole, lost), (lost, whole)):
        merged = merge(*pair, {1: nearness})
        # labels alone say less: the arm's rim may go
        assert iou(merged.labels, body()) > (0.97 if chance else 0.9)


@pytest.mark.parametrize("chance", [None, 0.9])
def test_a_run_that_lost_the_object_does_not_take_it_from_the_other(chance: float | None) -> None:
    """Even near the anchor of the one that lost it."""
    gone = result(np.zeros(SIZE[::-1], np.uint8), sure=0.1, chance=chance)
    merged = merge(gone, result(body(), 0.9, chance), {1: (0.9, 0.1)})
    np.testing.assert_array_equal(merged.labels, body())


@pytest.mark.parametrize("chance", [None, 0.9])
def test_runs_that_hardly_overlap_give_what_the_surer_one_has(chance: float | None) -> None:
    surer, other = result(body(), 0.9, chance), result(body(limb=False, shift=-28), 0.3, chance)
    assert iou(merge(other, surer, MIDDLE).labels, body()) > 0.9


def test_half_hearted_claims_far_from_their_anchor_are_not_taken() -> None:
    leaked = result(body(), chance=0.55)
    sound = result(body(limb=False), chance=0.99)
    merged = merge(leaked, sound, {1: (0.2, 0.8)})
    assert iou(merged.labels, body(limb=False)) > 0.97


def test_what_the_other_run_gives_to_another_object_is_no_oversight() -> None:
    """The first run has swapped two objects and is unsure, the second has not."""
    right = np.zeros(SIZE[::-1], np.uint8)
    right[20:60, 10:50], right[20:60, 70:110] = 1, 2
    wrong = np.array([0, 2, 1], np.uint8)[right]
    merged = merge(result(wrong, 0.6, 0.9), result(right, 0.9, 0.9), {1: (0.5, 0.5), 2: (0.5, 0.5)})
    np.testing.assert_array_equal(merged.labels, right)


def test_an_object_of_one_run_alone_comes_out_as_it_is() -> None:
    merged = merge(result(body(), 0.7, 0.6), result(np.zeros(SIZE[::-1], np.uint8)), {1: (1.0, 0.0)})
    np.testing.assert_array_equal(merged.labels, body())
    assert merged.confidence == {1: pytest.approx(0.7)}


def test_no_result_is_written_to() -> None:
    pair = result(body(), chance=0.9), result(body(limb=False), chance=0.9)
    before = [(one.labels.copy(), one.probabilities[1].values.copy()) for one in pair]
    merge(*pair, MIDDLE)
    for one, (labels, values) in zip(pair, before, strict=True):
        np.testing.assert_array_equal(one.labels, labels)
        np.testing.assert_array_equal(one.probabilities[1].values, values)


@pytest.mark.parametrize("seed", range(6))
def test_merging_is_no_worse_than_the_better_run(seed: int) -> None:
    """Runs that lose parts of their own, and one in three that leaks a little, as engines do."""
    rng = np.random.default_rng(seed)
    truth = body()
    runs = []
    for lost in (3, 2):
        labels = truth.copy()
        for _ in range(lost):
            ys, xs = np.nonzero(labels)
            y, x = (int(values[rng.integers(len(ys))]) for values in (ys, xs))
            labels[max(0, y - 5) : y + 5, max(0, x - 6) : x + 6] = 0
        runs.append(result(labels, 0.8, 0.85))
    merged = merge(runs[0], runs[1], MIDDLE)
    assert iou(merged.labels, truth) >= max(iou(one.labels, truth) for one in runs) - 0.005
