"""Whether an engine's confidence predicts its accuracy: precision and recall over the confidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class PrecisionRecall:
    """What is right of the results that are at least as sure as `thresholds` say, falling: `precision`, their share
    that is right; `recall`, the share of all true objects that they find. `average` is the area below, in [0, 1].
    """

    thresholds: tuple[float, ...]
    precision: tuple[float, ...]
    recall: tuple[float, ...]
    average: float


def precision_recall(confidences: Sequence[float], right: Sequence[bool], wanted: int) -> PrecisionRecall:
    """Of results with a confidence each, whether each is right, and how many true objects there were to find.

    Results that are equally sure count together. Without a result, or nothing to find, the curve is empty.
    """
    if not confidences or wanted <= 0:
        return PrecisionRecall((), (), (), float("nan"))
    order = sorted(zip(confidences, right, strict=True), key=lambda one: -one[0])
    points: list[tuple[float, float, float]] = []
    good = 0
    average = before = 0.0
    for rank, (confidence, is_right) in enumerate(order, start=1):
        good += is_right
        if rank < len(order) and order[rank][0] == confidence:
            continue
        precision, recall = good / rank, min(1.0, good / wanted)
        average += (recall - before) * precision
        before = recall
        points.append((confidence, precision, recall))
    thresholds, precisions, recalls = zip(*points, strict=True)
    return PrecisionRecall(tuple(thresholds), tuple(precisions), tuple(recalls), average)
