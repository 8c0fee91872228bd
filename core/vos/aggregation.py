"""Several objects on one frame: probabilities that add up to one, and one label a pixel.

Soft aggregation is that of Oh et al., "Video Object Segmentation using Space-Time Memory Networks", ICCV 2019: each
object's odds against the background's, normalised over all.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence

import cv2
import numpy as np

from core.boxes import EMPTY_BOX, bounding_box, confined
from core.types import Box, Floats, LabelMap, ProbabilityPatch

_EPSILON = 1e-6
_NOTHING = np.zeros((0, 0), np.uint8)
_FAINT = 0.01
"""Probabilities up to this affect no mask."""


def soft_aggregate(probabilities: Floats) -> Floats:
    """Independent probabilities (K, h, w) as exclusive ones (K, h, w) float32 in [0, 1]: with the background's, one
    minus their sum, they add up to one. One object alone comes back as it went in; outside the box around it an object
    stays zero, so that whatever comes after has to do with that box alone.
    """
    if len(probabilities) < 2:
        return probabilities
    exclusive = np.zeros(probabilities.shape, np.float32)
    boxes = [bounding_box(plane) for plane in probabilities]
    around = functools.reduce(Box.union, boxes)
    # every object has a small probability everywhere, replaced by its own inside its box
    faint_odds = _EPSILON / (1 - _EPSILON)
    background = np.full((around.height, around.width), (1 - _EPSILON) ** len(boxes), np.float32)
    total = np.full(background.shape, faint_odds * len(boxes), np.float32)
    inner = [box.moved(-around.x0, -around.y0) for box in boxes]
    for plane, box, there, odds in zip(probabilities, boxes, inner, exclusive, strict=True):
        bounded = np.clip(plane[box.slices], _EPSILON, 1 - _EPSILON)
        odds[box.slices] = bounded / (1 - bounded)
        background[there.slices] *= (1 - bounded) / (1 - _EPSILON)
        total[there.slices] += odds[box.slices] - faint_odds
    np.clip(background, _EPSILON, 1 - _EPSILON, out=background)
    total += background / (1 - background)
    for odds, box, there in zip(exclusive, boxes, inner, strict=True):
        odds[box.slices] /= total[there.slices]
    return confined(exclusive, boxes)


def exclusive_labels(probabilities: Floats, object_ids: Sequence[int]) -> LabelMap:
    """The label map (h, w) uint8: at each pixel the likeliest object, 0 where the background is likelier.

    `probabilities` is (K, h, w) float32 in [0, 1] with a sum of at most one, plane k being `object_ids[k]`.
    """
    labels = np.zeros(probabilities.shape[1:], np.uint8)
    boxes = [bounding_box(plane) for plane in probabilities]
    around = functools.reduce(Box.union, boxes, EMPTY_BOX)
    found = labels[around.slices]
    winner, total = np.zeros(found.shape, np.float32), np.zeros(found.shape, np.float32)
    for object_id, plane, box in zip(object_ids, probabilities, boxes, strict=True):
        there = box.moved(-around.x0, -around.y0).slices
        probability, best = plane[box.slices], winner[there]
        found[there][probability > best] = object_id
        np.maximum(best, probability, out=best)
        total[there] += probability
    found[winner <= 1 - total] = 0
    return labels


def masks_of(labels: LabelMap, object_ids: Sequence[int]) -> Floats:
    """One plane of zeros and ones an object, (K, h, w) float32, from a label map (h, w) uint8."""
    channels = np.zeros((len(object_ids), *labels.shape), np.float32)
    for plane, object_id in zip(channels, object_ids, strict=True):
        plane[labels == object_id] = 1
    return channels


def probability_patch(plane: Floats) -> ProbabilityPatch:
    """Probabilities (H, W) in [0, 1] as bytes in the box around them."""
    box = bounding_box(plane, _FAINT)
    return ProbabilityPatch(box, cv2.convertScaleAbs(plane[box.slices], alpha=255) if not box.empty else _NOTHING)
