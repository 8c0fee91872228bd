"""The confidence in an object's mask on one frame, estimated without ground truth."""

from __future__ import annotations

import math

import numpy as np

from core.boxes import bounding_box
from core.types import Floats

_LEAST_PIXELS = 1e-3
_BIAS, _DECIDED = -0.52, 1.045
"""J on the log-odds of how decided the mask is, through a sigmoid: fitted over the 24 training sequences as four
degraded networks follow them, which imitates clips that were never seen; see docs/experiments.md."""
_LEAST, _MOST = 0.02, 0.97
"""Decidedness is taken to lie between these: where objects touch, more of it says nothing, and nothing is certain."""
_LEFT, _GONE = 0.1, 0.5
_UNVOUCHED = 0.5


def mask_confidence(probabilities: Floats, warped: Floats, follows: bool) -> Floats:
    """Confidence (K,) float32 in [0, 1] of the objects' probabilities (K, h, w) float32 in [0, 1] on one frame.

    It estimates J, the IoU with the ground truth, from the certainty of the mask's pixels alone: agreement with the
    `warped` mask (K, h, w) of the previous frame and the share of the largest piece say nothing more. Without a
    previous frame (`follows` is False) it is halved: there is no evidence that the object is present. For an object
    without a pixel it is the confidence that the object has left: low if the warped mask was large.
    """
    return np.array(
        [_one(probability, carried, follows) for probability, carried in zip(probabilities, warped, strict=True)],
        np.float32,
    )


def _one(probability: Floats, warped: Floats, follows: bool) -> float:
    probability = probability[bounding_box(probability).slices]
    total = float(probability.sum())
    if total < _LEAST_PIXELS:
        return _GONE if float(warped.sum()) < _LEAST_PIXELS else _LEFT
    inside = probability > 0.5
    sure = float(probability[inside].sum())
    # the expected IoU of the mask with the ground truth if the probabilities are calibrated
    decided = sure / max(float(np.count_nonzero(inside)) + total - sure, _LEAST_PIXELS)
    decided = min(max(decided, _LEAST), _MOST)
    score = _BIAS + _DECIDED * math.log(decided / (1 - decided))
    return 1 / (1 + math.exp(-score)) * (1.0 if follows else _UNVOUCHED)
