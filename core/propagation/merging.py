"""Merges two masks of a frame: that of the run from the anchor before, and that of the run from the anchor after.

The runs are added up as evidence (log-odds), pixel by pixel. Two things were measured where they disagree
(docs/experiments.md). First, what only one run has belongs to the object in three cases of four or more: a run loses
parts far more often than it invents some. So a run that finds nothing at a pixel is little evidence against the other,
unless it gives the pixel to another object. Second, a run that is sure of an object is right more often than the one
nearer to its anchor, so confidence weighs more than distance.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import cv2
import numpy as np
from numpy.typing import NDArray

from core.boxes import bounding_box
from core.types import Box, Floats, FrameResult, LabelMap

_NOTHING_FOUND = np.float32(-0.5)
"""The least evidence (log-odds) of a run that sees background at a pixel."""
_TRUST = 4
"""Power of a run's confidence in its weight."""
_LEAST_CONFIDENCE = 0.02
_LEAST_TRUST = 1e-3
NO_DOUBTS: Mapping[int, tuple[float, float]] = MappingProxyType({})
_DISTANCE = 0.5
"""Weight of nearness: with it a run at its own anchor counts three times as much as the other one."""
_SCALE = 0.5
"""Log-odds a pixel of distance to the contour, for an engine that gives labels without probabilities."""
_MOST = 6.0
_MARGIN = 8
_LOG_ODDS = np.clip(np.log(np.arange(256) + 0.5) - np.log(255.5 - np.arange(256)), -_MOST, _MOST).astype(np.float32)
"""Log-odds of probabilities as bytes."""
_DECIDED = np.float32(1e-3)


def merge(
    forward: FrameResult,
    backward: FrameResult,
    nearness: Mapping[int, tuple[float, float]],
    trust: Mapping[int, tuple[float, float]] = NO_DOUBTS,
) -> FrameResult:
    """The two results for one frame as one.

    `nearness` says for each object id how near the anchor before and the anchor after are, each in [0, 1] with a sum of
    one; (1, 0) is an object that only the forward run can know. `trust` says what either run is worth, each in [0, 1],
    for objects that one of them may have lost. An object's confidence is the weighted mean of both,
    lowered where the two disagree. Neither result is written to.
    """
    labels = np.zeros(forward.labels.shape, np.uint8)
    most = np.zeros(forward.labels.shape, np.float32)
    confidence: dict[int, float] = {}
    for object_id, near in sorted(nearness.items()):
        worth = trust.get(object_id, (1.0, 1.0))
        views = [one for one in zip((forward, backward), near, worth, strict=True) if one[1] > 0]
        results = [one for one, _, _ in views]
        sure = np.array([max(_LEAST_CONFIDENCE, one.confidence.get(object_id, 0.0)) for one in results])
        weights = sure**_TRUST * [(_DISTANCE + nearby) * max(_LEAST_TRUST, trusted) for _, nearby, trusted in views]
        weights /= weights.sum()
        masks = [one.labels == object_id for one in results]
        confidence[object_id] = float(weights @ sure) * _agreement(masks) ** 0.5
        box = bounding_box(np.logical_or.reduce(masks))
        if box.empty:
            continue
        evidence = np.zeros((box.height, box.width), np.float32)
        for one, weight in zip(results, weights, strict=True):
            evidence += np.float32(weight) * _evidence(one, object_id, box)
        wins = evidence > most[box.slices]
        labels[box.slices][wins] = object_id
        most[box.slices][wins] = evidence[wins]
    return FrameResult(forward.frame_index, labels, confidence)


def _evidence(result: FrameResult, object_id: int, box: Box) -> Floats:
    """How much evidence a run gives for an object at each pixel of a box, in log-odds; above zero just where its mask
    is.
    """
    here = result.labels[box.slices]
    mask = here == object_id
    found = _log_odds(result, object_id, box)
    # the labels have the last word: several objects competed for them, and anchors were put into them
    found = np.where(mask, np.maximum(found, _DECIDED), np.minimum(found, -_DECIDED))
    return np.where(mask | (here != 0), found, np.maximum(found, _NOTHING_FOUND))


def _log_odds(result: FrameResult, object_id: int, box: Box) -> Floats:
    patch = result.probabilities.get(object_id)
    if patch is None:
        return _from_distance(result.labels, object_id, box)
    found = np.full((box.height, box.width), -_MOST, np.float32)
    one = patch.box
    both = Box(max(one.x0, box.x0), max(one.y0, box.y0), min(one.x1, box.x1), min(one.y1, box.y1))
    if not both.empty:
        found[_moved(both, box).slices] = _LOG_ODDS[patch.values[_moved(both, one).slices]]
    return found


def _moved(box: Box, origin: Box) -> Box:
    """The box in the coordinates of `origin`."""
    return Box(box.x0 - origin.x0, box.y0 - origin.y0, box.x1 - origin.x0, box.y1 - origin.y0)


def _from_distance(labels: LabelMap, object_id: int, box: Box) -> Floats:
    """Evidence that grows with the distance to the contour, for an engine that gives labels alone."""
    height, width = labels.shape
    wide = Box(box.x0 - _MARGIN, box.y0 - _MARGIN, box.x1 + _MARGIN, box.y1 + _MARGIN).clipped(width, height)
    mask = labels[wide.slices] == object_id
    # the margin gives a mask that fills its box an outside
    grown = cv2.copyMakeBorder(mask.astype(np.uint8), 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0)
    inside = cv2.distanceTransform(grown, cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    outside = cv2.distanceTransform(1 - grown, cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    signed = np.where(grown > 0, inside - 0.5, 0.5 - outside)[1:-1, 1:-1]
    evidence: Floats = np.clip(_SCALE * signed[_moved(box, wide).slices], -_MOST, _MOST)
    return evidence


def _agreement(masks: list[NDArray[np.bool_]]) -> float:
    """IoU of two masks; of one it is one."""
    together = int(np.count_nonzero(np.logical_or.reduce(masks)))
    return int(np.count_nonzero(np.logical_and.reduce(masks))) / together if together else 1.0


def paste(labels: LabelMap, source: LabelMap, object_ids: frozenset[int]) -> None:
    """Gives the objects in `labels` exactly the pixels they have in `source`, both (H, W) uint8. Writes to `labels`."""
    table = np.zeros(256, bool)
    table[sorted(object_ids)] = True
    labels[table[labels]] = 0
    taken = table[source]
    labels[taken] = source[taken]
