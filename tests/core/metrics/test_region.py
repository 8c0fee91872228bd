"""Pixel accuracy and intersection over union, by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from core.errors import MaskError
from core.metrics import mask_iou, mean_iou, pixel_accuracy, region_j

TRUTH = np.array([[0, 1, 1, 3], [0, 1, 1, 3]], np.uint8)
RESULT = np.array([[0, 1, 1, 0], [0, 1, 3, 3]], np.uint8)


def test_pixel_accuracy_counts_background_too() -> None:
    assert pixel_accuracy(RESULT, TRUTH) == 6 / 8


def test_iou_by_object() -> None:
    assert mask_iou(RESULT, TRUTH) == {1: 3 / 4, 3: 1 / 3}
    assert mean_iou(RESULT, TRUTH) == pytest.approx((3 / 4 + 1 / 3) / 2)


def test_an_object_made_up_counts_unless_ids_are_given() -> None:
    result = TRUTH.copy()
    result[0, 0] = 200
    assert mask_iou(result, TRUTH) == {1: 1.0, 3: 1.0, 200: 0.0}
    assert mask_iou(result, TRUTH, [1, 3]) == {1: 1.0, 3: 1.0}


def test_nothing_against_nothing_agrees() -> None:
    empty = np.zeros((3, 5), np.uint8)
    assert region_j(empty > 0, empty > 0) == 1
    assert mean_iou(empty, empty) == 1
    assert mask_iou(empty, empty, [7]) == {7: 1.0}


def test_region_j() -> None:
    assert region_j(RESULT == 1, TRUTH == 1) == 3 / 4
    assert region_j(RESULT == 9, TRUTH == 1) == 0


@pytest.mark.parametrize("measure", [pixel_accuracy, mask_iou, mean_iou, region_j])
def test_other_sizes_are_refused(measure: Callable[[Any, Any], float]) -> None:
    with pytest.raises(MaskError, match=r"\(2, 4\)"):
        measure(RESULT, np.zeros((3, 4), np.uint8))
