"""Scores of a whole clip as the DAVIS benchmarks give them.

First and last frame are left out: on the first the mask was given, and the benchmark drops the last too. Every object
weighs the same, as in DAVIS 2017 (Pont-Tuset et al., "The 2017 DAVIS Challenge on Video Object Segmentation", 2017).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from core.errors import MaskError
from core.metrics.boundary import boundary_f
from core.metrics.region import region_j
from core.types import LabelMap

_RECALL_FROM = 0.5
_DECAY_PARTS = 4


@dataclass(frozen=True)
class Statistics:
    """Of one measure over frames: `mean` and `recall` (share of frames above 0.5), in [0, 1], and `decay` (mean of the
    first quarter less that of the last), in [-1, 1].
    """

    mean: float
    recall: float
    decay: float


@dataclass(frozen=True)
class ObjectScore:
    """One object in one clip: `j` and `f` over its frames, and the values themselves by frame index."""

    j: Statistics
    f: Statistics
    j_frames: Mapping[int, float]
    f_frames: Mapping[int, float]

    @property
    def j_and_f(self) -> float:
        """The mean of J's and F's means, in [0, 1]."""
        return (self.j.mean + self.f.mean) / 2


@dataclass(frozen=True)
class SequenceScore:
    """The objects of one clip by id; `j`, `f` and `j_and_f` are means over them. Without an object they are NaN."""

    objects: Mapping[int, ObjectScore]

    @property
    def j(self) -> Statistics:
        """J (IoU), its mean over the objects."""
        return _mean([score.j for score in self.objects.values()])

    @property
    def f(self) -> Statistics:
        """F (boundary accuracy), its mean over the objects."""
        return _mean([score.f for score in self.objects.values()])

    @property
    def j_and_f(self) -> float:
        return (self.j.mean + self.f.mean) / 2


def statistics(values: Sequence[float]) -> Statistics:
    """Mean, recall and decay of a measure's values, in frame order; NaN if there are none."""
    if not values:
        return Statistics(float("nan"), float("nan"), float("nan"))
    array = np.asarray(values, np.float64)
    # the benchmark's quarters share their end frames
    ends = np.round(np.linspace(1, len(array), _DECAY_PARTS + 1) + 1e-10).astype(int) - 1
    decay = array[ends[0] : ends[1] + 1].mean() - array[ends[-2] : ends[-1] + 1].mean()
    return Statistics(float(array.mean()), float((array > _RECALL_FROM).mean()), float(decay))


def score_sequence(
    results: Iterable[LabelMap], truth: Iterable[LabelMap], object_ids: Sequence[int] | None = None
) -> SequenceScore:
    """The scores of a clip's results, one label map (H, W) uint8 a frame in order, against the true ones.

    Both may be generators: one frame of each is held at a time, and the first and the last are not compared.
    `object_ids` None are those on the first true frame. Objects of the results that are none of these do not count.
    Raises MaskError if lengths or sizes differ or there are fewer than three frames.
    """
    regions: dict[int, dict[int, float]] = {}
    boundaries: dict[int, dict[int, float]] = {}
    waiting: tuple[LabelMap, LabelMap] | None = None
    count = 0
    for frame_index, (result, true) in enumerate(_pairs(results, truth)):
        count += 1
        if frame_index == 0:
            ids = [int(value) for value in np.unique(true) if value] if object_ids is None else list(object_ids)
            regions, boundaries = {key: {} for key in ids}, {key: {} for key in ids}
            continue
        # a frame is compared once the next one shows that it is not the last
        if waiting is not None:
            _compare(*waiting, frame_index - 1, regions, boundaries)
        waiting = result, true
    if count < 3:
        raise MaskError(
            "A clip of {count} frames cannot be scored: first and last do not count, so it takes three.", count=count
        )
    return SequenceScore(
        {
            object_id: ObjectScore(
                statistics(list(regions[object_id].values())),
                statistics(list(boundaries[object_id].values())),
                regions[object_id],
                boundaries[object_id],
            )
            for object_id in regions
        }
    )


def mean_score(scores: Iterable[SequenceScore]) -> tuple[Statistics, Statistics]:
    """J and F of a whole dataset: means over all objects of all clips, as in DAVIS 2017."""
    objects = [score for sequence in scores for score in sequence.objects.values()]
    return _mean([score.j for score in objects]), _mean([score.f for score in objects])


def _pairs(results: Iterable[LabelMap], truth: Iterable[LabelMap]) -> Iterable[tuple[LabelMap, LabelMap]]:
    try:
        yield from zip(results, truth, strict=True)
    except ValueError as error:
        raise MaskError("There is not one result for each true mask.") from error


def _compare(
    result: LabelMap,
    truth: LabelMap,
    frame_index: int,
    regions: Mapping[int, dict[int, float]],
    boundaries: Mapping[int, dict[int, float]],
) -> None:
    for object_id in regions:
        found, wanted = result == object_id, truth == object_id
        regions[object_id][frame_index] = region_j(found, wanted)
        boundaries[object_id][frame_index] = boundary_f(found, wanted)


def _mean(parts: Sequence[Statistics]) -> Statistics:
    if not parts:
        return statistics([])
    columns = np.array([(part.mean, part.recall, part.decay) for part in parts]).mean(axis=0)
    return Statistics(*(float(value) for value in columns))
