"""Several objects share the pixels."""

from __future__ import annotations

import numpy as np
import pytest

from core.vos.aggregation import exclusive_labels, masks_of, soft_aggregate


def test_probabilities_and_background_add_up_and_keep_the_order() -> None:
    found = soft_aggregate(np.array([0.9, 0.6, 0.01], np.float32).reshape(3, 1, 1)).ravel()
    assert found[0] > found[1] > found[2]
    background = (0.1 * 0.4 * 0.99) / (1 - 0.1 * 0.4 * 0.99)
    assert found[0] == pytest.approx(9 / (9 + 1.5 + 0.01 / 0.99 + background), rel=1e-4)
    assert found.sum() < 1


def test_certainty_is_not_a_division_by_zero() -> None:
    found = soft_aggregate(np.array([[[1.0, 0.0]], [[1.0, 0.0]]], np.float32))
    assert np.isfinite(found).all()
    np.testing.assert_allclose(found[:, 0, 0], 0.5, atol=1e-3)
    np.testing.assert_allclose(found[:, 0, 1], 0, atol=1e-3)


def test_one_object_alone_stays_as_it_is() -> None:
    probabilities = np.array([[[0.2, 0.7]]], np.float32)
    np.testing.assert_array_equal(soft_aggregate(probabilities), probabilities)


def test_labels_are_the_largest_share_the_background_being_one() -> None:
    probabilities = np.array([[[0.5, 0.3, 0.1, 0.55]], [[0.2, 0.35, 0.1, 0.45]]], np.float32)
    np.testing.assert_array_equal(exclusive_labels(probabilities, [3, 200]), [[3, 0, 0, 3]])
    np.testing.assert_array_equal(exclusive_labels(np.zeros((0, 2, 3), np.float32), []), np.zeros((2, 3)))


def test_masks_of_labels_and_back() -> None:
    labels = np.array([[0, 3, 200], [3, 3, 9]], np.uint8)
    masks = masks_of(labels, [3, 200, 77])
    np.testing.assert_array_equal(masks.sum(axis=(1, 2)), [3, 1, 0])
    np.testing.assert_array_equal(exclusive_labels(masks, [3, 200, 77]), np.where(labels == 9, 0, labels))


def test_one_object_is_labelled_as_it_would_be_beside_an_empty_one() -> None:
    share = np.random.default_rng(0).random((1, 20, 30)).astype(np.float32)
    share[0, 0, :5] = 0.5
    both = exclusive_labels(np.concatenate([share, np.zeros_like(share)]), [7, 9])
    np.testing.assert_array_equal(exclusive_labels(share, [7]), both)
