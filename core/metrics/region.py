"""Measures of the region that a mask covers."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from core.errors import MaskError
from core.types import LabelMap

Mask = NDArray[np.bool_]
"""One object's mask: (H, W) bool."""


def check_same_size(result: NDArray[np.generic], truth: NDArray[np.generic]) -> None:
    """Raises MaskError unless both are masks (H, W) of one size."""
    if result.ndim != 2 or result.shape != truth.shape:
        raise MaskError(
            "A mask of shape {shape} cannot be compared with a true one of shape {wanted}.",
            shape=result.shape,
            wanted=truth.shape,
        )


def pixel_accuracy(result: LabelMap, truth: LabelMap) -> float:
    """Share of pixels in [0, 1] whose label is right; both (H, W) uint8. Raises MaskError if the sizes differ."""
    check_same_size(result, truth)
    return float(np.count_nonzero(result == truth)) / max(1, truth.size)


def region_j(result: Mask, truth: Mask) -> float:
    """J of Perazzi et al. (CVPR 2016): intersection over union in [0, 1] of two (H, W) bool masks.

    Two empty masks agree: 1. Raises MaskError if the sizes differ.
    """
    check_same_size(result, truth)
    both = cv2.countNonZero(np.asarray(result & truth).view(np.uint8)) if result.size else 0
    either = cv2.countNonZero(np.asarray(result | truth).view(np.uint8)) if result.size else 0
    return both / either if either else 1.0


def mask_iou(result: LabelMap, truth: LabelMap, object_ids: Sequence[int] | None = None) -> dict[int, float]:
    """Intersection over union in [0, 1] by object id; both label maps (H, W) uint8.

    `object_ids` None are those in either map. An object in neither has 1. Raises MaskError if the sizes differ.
    """
    check_same_size(result, truth)
    # one pass over the pixels counts every pair of labels
    pairs = np.bincount((truth.astype(np.uint16).ravel() << 8) | result.ravel(), minlength=1 << 16).reshape(256, 256)
    in_truth, in_result = pairs.sum(axis=1), pairs.sum(axis=0)
    if object_ids is None:
        object_ids = [object_id for object_id in range(1, 256) if in_truth[object_id] or in_result[object_id]]
    found: dict[int, float] = {}
    for object_id in object_ids:
        both = int(pairs[object_id, object_id])
        either = int(in_truth[object_id] + in_result[object_id]) - both
        found[object_id] = both / either if either else 1.0
    return found


def mean_iou(result: LabelMap, truth: LabelMap, object_ids: Sequence[int] | None = None) -> float:
    """The mean of `mask_iou` over the objects, each weighing the same; 1 if there is none."""
    values = mask_iou(result, truth, object_ids).values()
    return sum(values) / len(values) if values else 1.0
