"""Confusion matrix, boundary IoU, and precision and recall, against numbers worked out by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from core.errors import MaskError
from core.metrics import ConfusionMatrix, boundary_iou, precision_recall


def test_measures_of_a_confusion_matrix() -> None:
    matrix = ConfusionMatrix()
    truth = np.array([[0, 0, 1, 1], [0, 0, 2, 2]], np.uint8)
    result = np.array([[0, 1, 1, 1], [0, 0, 2, 1]], np.uint8)
    matrix.add(result, truth)
    assert matrix.ids == (0, 1, 2)
    assert matrix.counts().tolist() == [[3, 1, 0], [0, 2, 0], [0, 1, 1]]
    assert matrix.pixel_accuracy == 6 / 8
    assert matrix.accuracies == {0: 3 / 4, 1: 1.0, 2: 1 / 2}
    assert matrix.class_accuracy == pytest.approx(0.75)
    assert matrix.ious == {0: 3 / 4, 1: 2 / 4, 2: 1 / 2}
    assert matrix.mean_iou == pytest.approx((0.75 + 0.5 + 0.5) / 3)
    assert matrix.frequency_weighted_iou == pytest.approx((4 * 0.75 + 2 * 0.5 + 2 * 0.5) / 8)
    matrix.add(truth, truth)
    assert matrix.pixel_accuracy == 14 / 16


def test_a_label_that_is_only_found_counts_against_the_iou_and_has_no_accuracy() -> None:
    matrix = ConfusionMatrix()
    matrix.add(np.array([[7, 0]], np.uint8), np.zeros((1, 2), np.uint8))
    assert matrix.ids == (0, 7) and matrix.ious == {0: 0.5, 7: 0.0} and matrix.accuracies == {0: 0.5}


def test_nothing_to_measure_is_no_number_and_sizes_must_fit() -> None:
    matrix = ConfusionMatrix()
    measures = (matrix.pixel_accuracy, matrix.class_accuracy, matrix.mean_iou, matrix.frequency_weighted_iou)
    assert all(math.isnan(value) for value in measures)
    with pytest.raises(MaskError):
        matrix.add(np.zeros((2, 2), np.uint8), np.zeros((2, 3), np.uint8))


def test_boundary_iou_looks_at_the_band_inside_the_contour() -> None:
    truth = np.zeros((100, 100), bool)
    truth[20:80, 20:80] = True
    assert boundary_iou(truth, truth) == 1.0
    hollow = truth.copy()
    hollow[40:60, 40:60] = False
    # 0.02 of the diagonal are three pixels: the hole's own band is all that differs
    band = 60**2 - 54**2
    assert boundary_iou(hollow, truth) == pytest.approx(band / (band + 26**2 - 20**2))
    shifted = np.roll(truth, 3, axis=1)
    assert boundary_iou(shifted, truth) < 0.5
    empty = np.zeros_like(truth)
    assert boundary_iou(empty, empty) == 1.0 and boundary_iou(empty, truth) == 0.0


def test_the_frames_edge_is_a_contour_of_boundary_iou() -> None:
    whole = np.ones((50, 50), bool)
    half = whole.copy()
    half[:, 25:] = False
    band = 50 * 50 - 48 * 48
    assert boundary_iou(half, whole) == pytest.approx((band / 2 + 1 - 1) / (band + 48), abs=0.02)


def test_precision_and_recall_of_confidences() -> None:
    found = precision_recall([0.9, 0.8, 0.8, 0.1], [True, True, False, True], 4)
    assert found.thresholds == (0.9, 0.8, 0.1)
    assert found.precision == pytest.approx((1.0, 2 / 3, 3 / 4))
    assert found.recall == (0.25, 0.5, 0.75)
    assert found.average == pytest.approx(0.25 * 1 + 0.25 * 2 / 3 + 0.25 * 3 / 4)
    assert math.isnan(precision_recall([], [], 3).average)
