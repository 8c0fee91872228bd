"""Several objects on one frame: probabilities that add up to one, and one label a pixel.

Soft aggregation is that of Oh et al., "Video Object Segmentation using Space-Time Memory Networks", ICCV 2019: each
object's odds against the background's, normalised over all.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from core.types import LabelMap
from core.vos.target import Floats

_EPSILON = 1e-6


def soft_aggregate(probabilities: Floats) -> Floats:
    """Independent probabilities (K, h, w) as shares (K, h, w) float32 in [0, 1]; with the background's, one minus their
    sum, they add up to one. One object alone comes back as it went in.
    """
    if len(probabilities) < 2:
        return probabilities
    bounded = np.clip(probabilities, _EPSILON, 1 - _EPSILON)
    background = np.clip(np.prod(1 - bounded, axis=0), _EPSILON, 1 - _EPSILON)
    odds = bounded / (1 - bounded)
    return np.asarray(odds / (odds.sum(axis=0) + background / (1 - background)), np.float32)


def exclusive_labels(shares: Floats, object_ids: Sequence[int]) -> LabelMap:
    """The label map (h, w) uint8: at each pixel the object with the largest share, 0 where the background's is larger.

    `shares` is (K, h, w) float32 in [0, 1] with a sum of at most one, plane k being `object_ids[k]`.
    """
    if len(object_ids) == 0:
        return np.zeros(shares.shape[1:], np.uint8)
    if len(object_ids) == 1:
        # the usual case, at a tenth of the cost
        return np.where(shares[0] > 1 - shares[0], np.uint8(object_ids[0]), np.uint8(0))
    best = shares.argmax(axis=0)
    winner = np.take_along_axis(shares, best[None], axis=0)[0]
    labels: LabelMap = np.asarray(object_ids, np.uint8)[best]
    labels[winner <= 1 - shares.sum(axis=0)] = 0
    return labels


def masks_of(labels: LabelMap, object_ids: Sequence[int]) -> Floats:
    """One plane of zeros and ones an object, (K, h, w) float32, from a label map (h, w) uint8."""
    planes = np.zeros((len(object_ids), *labels.shape), np.float32)
    for plane, object_id in zip(planes, object_ids, strict=True):
        plane[labels == object_id] = 1
    return planes
