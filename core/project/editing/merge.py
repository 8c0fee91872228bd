"""What becomes of a frame's labels when an engine's result arrives."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

import cv2
import numpy as np

from core.types import LabelMap


def merge_result(
    current: LabelMap,
    found: LabelMap,
    reported: AbstractSet[int],
    protected: AbstractSet[int],
    others: AbstractSet[int],
) -> LabelMap:
    """The labels to store, (H, W) uint8.

    - `protected` objects (anchored here, or locked) neither lose nor gain a pixel;
    - the pixels of the objects that the result reports on are the result's;
    - `others`, which it does not report on, keep their pixels where the result found none of its objects.
    """
    merged = _only(found, frozenset(reported) - frozenset(protected))
    # each object's own value is the mask by which it is copied; this runs for every frame, and most need neither copy
    if protected:
        kept = _only(current, protected)
        cv2.copyTo(kept, kept, merged)
    if others - protected:
        rest = _only(current, frozenset(others) - frozenset(protected))
        cv2.copyTo(merged, merged, rest)
        merged = rest
    return merged


def _only(labels: LabelMap, object_ids: AbstractSet[int]) -> LabelMap:
    table = np.zeros(256, np.uint8)
    chosen = list(object_ids)
    table[chosen] = chosen
    only: LabelMap = cv2.LUT(labels, table)
    return only
