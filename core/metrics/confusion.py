"""Confusion matrices: pixels by true and found label, and the measures made of them.

Pixel and class accuracy, mean and frequency-weighted IoU as in Long, Shelhamer and Darrell, "Fully Convolutional
Networks for Semantic Segmentation", CVPR 2015; the background is a class among them, as there.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.metrics.region import check_same_size
from core.types import LabelMap

_LABELS = 256

Counts = NDArray[np.int64]


class ConfusionMatrix:
    """Adds up pairs of label maps. Measures are in [0, 1]; they are NaN as long as there is no pixel to measure."""

    def __init__(self) -> None:
        self._pairs = np.zeros((_LABELS, _LABELS), np.int64)

    def add(self, result: LabelMap, truth: LabelMap) -> None:
        """Counts the pixels of one frame, both (H, W) uint8. Raises MaskError if the sizes differ."""
        check_same_size(result, truth)
        pairs = (truth.astype(np.uint16).ravel() << 8) | result.ravel()
        self._pairs += np.bincount(pairs, minlength=_LABELS**2).reshape(_LABELS, _LABELS)

    @property
    def ids(self) -> tuple[int, ...]:
        """The labels that are true or found anywhere, 0 (the background) among them."""
        seen = self._pairs.sum(axis=0) + self._pairs.sum(axis=1)
        return (0, *(int(key) for key in np.flatnonzero(seen) if key))

    def counts(self, ids: tuple[int, ...] | None = None) -> Counts:
        """Pixels (N, N): a row for each true label, a column for each found one, in the order of `ids`."""
        chosen = list(self.ids if ids is None else ids)
        return self._pairs[np.ix_(chosen, chosen)]

    @property
    def pixel_accuracy(self) -> float:
        """Share of pixels whose label is right."""
        return _share(int(np.trace(self._pairs)), int(self._pairs.sum()))

    @property
    def accuracies(self) -> dict[int, float]:
        """The recall of each label in the ground truth: the fraction of its pixels that were found."""
        true = self._pairs.sum(axis=1)
        return {key: _share(int(self._pairs[key, key]), int(true[key])) for key in self.ids if true[key]}

    @property
    def class_accuracy(self) -> float:
        """The mean of `accuracies`, each label weighing the same."""
        return _mean([*self.accuracies.values()])

    @property
    def ious(self) -> dict[int, float]:
        """Intersection over union of each label over all frames together."""
        both, true, found = np.diag(self._pairs), self._pairs.sum(axis=1), self._pairs.sum(axis=0)
        return {
            key: _share(int(both[key]), int(true[key] + found[key] - both[key]))
            for key in self.ids
            if true[key] or found[key]
        }

    @property
    def mean_iou(self) -> float:
        """The mean of `ious`, each label weighing the same."""
        return _mean([*self.ious.values()])

    @property
    def frequency_weighted_iou(self) -> float:
        """The mean of `ious`, each label weighing as much as it has true pixels."""
        true = self._pairs.sum(axis=1)
        total = int(true.sum())
        return float(sum(int(true[key]) * iou for key, iou in self.ious.items())) / total if total else float("nan")


def _share(part: int, whole: int) -> float:
    return part / whole if whole else float("nan")


def _mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else float("nan")
