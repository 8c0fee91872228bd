"""One mask out of two: what the run from the anchor before says, and what the run from the anchor after says.

Shapes are blended by their signed distances to the contour (Raya and Udupa, "Shape-based interpolation of
multidimensional objects", IEEE TMI 1990), so that between two anchors an edge moves from one answer to the other
instead of jumping half-way. Answers that hardly overlap are not two views of one shape; there the one with more weight
is taken.
"""

from __future__ import annotations

from collections.abc import Mapping

import cv2
import numpy as np
from numpy.typing import NDArray

from core.boxes import bounding_box
from core.types import Box, FrameResult, LabelMap

_SAME_SHAPE = 0.35
"""Least IoU at which two masks are blended."""
_LEAST_CONFIDENCE = 0.02


def merge(forward: FrameResult, backward: FrameResult, nearness: Mapping[int, tuple[float, float]]) -> FrameResult:
    """The two results for one frame as one.

    `nearness` says for each object id how near the anchor before and the anchor after are, each in [0, 1] with a sum of
    one; (1, 0) is an object that only the forward run can know. The weights are these times the runs' confidences. An
    object's confidence is the weighted mean of both, lowered where the two disagree. Neither result is written to.
    """
    height, width = forward.labels.shape
    labels = np.zeros((height, width), np.uint8)
    depth = np.zeros((height, width), np.float32)
    confidence: dict[int, float] = {}
    for object_id, (before, after) in sorted(nearness.items()):
        sure = [max(_LEAST_CONFIDENCE, result.confidence.get(object_id, 0.0)) for result in (forward, backward)]
        weights = before * sure[0], after * sure[1]
        share = weights[0] / (weights[0] + weights[1])
        box, inside, agreement = _blend(forward.labels == object_id, backward.labels == object_id, share)
        sides = (before > 0) + (after > 0)
        confidence[object_id] = (share * sure[0] + (1 - share) * sure[1]) * (agreement**0.5 if sides == 2 else 1)
        if not box.empty:
            wins = inside > depth[box.slices]
            labels[box.slices][wins] = object_id
            depth[box.slices][wins] = inside[wins]
    return FrameResult(forward.frame_index, labels, confidence)


def _blend(one: NDArray[np.bool_], two: NDArray[np.bool_], share: float) -> tuple[Box, NDArray[np.float32], float]:
    """The box around both masks, how deep inside the blended one each of its pixels is, and the masks' IoU."""
    box = bounding_box(one | two)
    if box.empty:
        return box, np.zeros((0, 0), np.float32), 1.0
    one, two = one[box.slices], two[box.slices]
    agreement = float((one & two).sum() / (one | two).sum())
    if share >= 1 or share <= 0 or agreement < _SAME_SHAPE:
        return box, _signed_distance(one if share >= 0.5 else two), agreement
    depth = share * _signed_distance(one) + (1 - share) * _signed_distance(two)
    return box, np.asarray(depth, np.float32), agreement


def _signed_distance(mask: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Pixels to the contour, positive inside; half a pixel at the pixels next to it."""
    # the margin gives a mask that fills its box an outside
    grown = cv2.copyMakeBorder(mask.astype(np.uint8), 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0)
    inside = cv2.distanceTransform(grown, cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    outside = cv2.distanceTransform(1 - grown, cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    signed = np.where(grown > 0, inside - 0.5, 0.5 - outside)
    return np.asarray(signed[1:-1, 1:-1], np.float32)


def paste(labels: LabelMap, source: LabelMap, object_ids: frozenset[int]) -> None:
    """Gives the objects in `labels` exactly the pixels they have in `source`, both (H, W) uint8. Writes to `labels`."""
    table = np.zeros(256, bool)
    table[sorted(object_ids)] = True
    labels[table[labels]] = 0
    taken = table[source]
    labels[taken] = source[taken]
