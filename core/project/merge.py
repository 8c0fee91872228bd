"""What becomes of a frame's labels when an engine's result arrives."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

import cv2
import numpy as np

from core.types import LabelMap


def merge_result(
    current: LabelMap,
    found: LabelMap,
    spoken_of: AbstractSet[int],
    protected: AbstractSet[int],
    others: AbstractSet[int],
) -> LabelMap:
    """The labels to store, (H, W) uint8.

    - `protected` objects (anchored here, or locked) neither lose nor gain a pixel;
    - the pixels of the objects that the result speaks of are the result's;
    - `others`, which it does not speak of, keep their pixels where the result found none of its objects.
    """
    found = _only(found, frozenset(spoken_of) - frozenset(protected))
    kept = _only(current, protected)
    merged = np.where(kept != 0, kept, found)
    rest = _only(current, frozenset(others) - frozenset(protected))
    return np.where(merged != 0, merged, rest)


def _only(labels: LabelMap, object_ids: AbstractSet[int]) -> LabelMap:
    table = np.zeros(256, np.uint8)
    chosen = list(object_ids)
    table[chosen] = chosen
    only: LabelMap = cv2.LUT(labels, table)
    return only
