"""The confidence in an object's mask on one frame, estimated without ground truth."""

from __future__ import annotations

import cv2
import numpy as np

from core.boxes import bounding_box
from core.types import Floats

_LEAST_PIXELS = 1e-3
_BIAS, _DECIDED, _AGREEMENT, _WHOLENESS = -4.93, 4.48, 2.24, 1.07
"""Logistic regression of J on the three cues, over the frames of davis-dev and dogs-jump as the built-in network
follows them; docs/experiments.md says how well it holds on a sequence that was left out."""
_LEFT, _GONE = 0.1, 0.5
_UNVOUCHED = 0.5


def mask_confidence(probabilities: Floats, warped: Floats, follows: bool) -> Floats:
    """Confidence (K,) float32 in [0, 1] of the objects' probabilities (K, h, w) float32 in [0, 1] on one frame.

    It estimates J, the IoU with the ground truth, from three cues in [0, 1]: the certainty of the mask's pixels, the
    agreement with the `warped` mask (K, h, w) of the previous frame, and the share of its largest connected component.
    Without a previous frame (`follows` is False) it is halved: there is no evidence that the object is present. For an
    object without a pixel it is the confidence that the object has left: low if the warped mask was large.
    """
    return np.array(
        [_one(probability, carried, follows) for probability, carried in zip(probabilities, warped, strict=True)],
        np.float32,
    )


def _one(probability: Floats, warped: Floats, follows: bool) -> float:
    box = bounding_box(probability).union(bounding_box(warped))
    probability, warped = probability[box.slices], warped[box.slices]
    total, before = float(probability.sum()), float(warped.sum())
    if total < _LEAST_PIXELS:
        return _GONE if before < _LEAST_PIXELS else _LEFT
    inside = probability > 0.5
    sure = float(probability[inside].sum())
    # the expected IoU of the mask with the ground truth if the probabilities are calibrated
    decided = sure / max(float(inside.sum()) + total - sure, _LEAST_PIXELS)
    shared = float(np.minimum(probability, warped).sum())
    agreement = shared / max(total + before - shared, _LEAST_PIXELS) if follows else 1.0
    score = _BIAS + _DECIDED * decided + _AGREEMENT * agreement + _WHOLENESS * _wholeness(inside)
    return float(1 / (1 + np.exp(-score))) * (1.0 if follows else _UNVOUCHED)


def _wholeness(inside: np.ndarray) -> float:
    """The area of the largest connected component as a share of the mask's: masks of lost objects fall apart."""
    box = bounding_box(inside)
    if box.empty:
        return 0.0
    _, _, stats, _ = cv2.connectedComponentsWithStats(inside[box.slices].astype(np.uint8))
    areas = stats[1:, cv2.CC_STAT_AREA]
    return float(areas.max() / areas.sum())
