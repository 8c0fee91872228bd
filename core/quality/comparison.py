"""Masks against true ones, frame by frame: the curves that show where they go wrong."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass

from core.jobs import CancelToken, Progress, ProgressClock
from core.metrics import boundary_f, region_j
from core.quality.findings import Fault, Finding
from core.types import LabelMap

_POOR = 0.75
"""J&F below which a frame is worth a look."""
_APART = 8
"""Frames so near to one already found for the object are most likely wrong for the same reason."""


@dataclass(frozen=True)
class Comparison:
    """J and F in [0, 1] by object id and frame index. Every frame compared counts, also the first and the last."""

    j: Mapping[int, Mapping[int, float]]
    f: Mapping[int, Mapping[int, float]]

    def j_and_f(self, object_id: int) -> dict[int, float]:
        """The mean of both by frame."""
        return {frame: (value + self.f[object_id][frame]) / 2 for frame, value in self.j[object_id].items()}

    def means(self) -> tuple[float, float]:
        """J and F over all objects, each weighing the same; NaN without one."""
        return _mean([_mean([*lane.values()]) for lane in self.j.values()]), _mean(
            [_mean([*lane.values()]) for lane in self.f.values()]
        )

    def findings(self) -> list[Finding]:
        """The frames with a poor score, the worst first; neighbours of one that is listed are left out."""
        found: list[Finding] = []
        for object_id in self.j:
            taken: list[int] = []
            for frame, value in sorted(self.j_and_f(object_id).items(), key=lambda item: item[1]):
                if value < _POOR and all(abs(frame - other) > _APART for other in taken):
                    taken.append(frame)
                    found.append(Finding(Fault.POOR, frame, object_id, 1 - value, value, frame, frame, cost=1 - value))
        return sorted(found, key=lambda one: -one.weight)


def compare_masks(
    labels: Callable[[int], LabelMap],
    truth: Callable[[int], LabelMap],
    frames: Sequence[int],
    object_ids: Sequence[int],
    cancel: CancelToken,
) -> Generator[Progress, None, Comparison]:
    """Yields after each frame and returns the comparison.

    `labels` and `truth` give (H, W) uint8 for each of `frames`. Raises MaskError if sizes differ, CancelledError once
    `cancel` is set.
    """
    regions: dict[int, dict[int, float]] = {object_id: {} for object_id in object_ids}
    contours: dict[int, dict[int, float]] = {object_id: {} for object_id in object_ids}
    clock = ProgressClock(len(frames))
    for done, frame_index in enumerate(frames, start=1):
        cancel.raise_if_cancelled()
        found, true = labels(frame_index), truth(frame_index)
        for object_id in object_ids:
            mine, theirs = found == object_id, true == object_id
            regions[object_id][frame_index] = region_j(mine, theirs)
            contours[object_id][frame_index] = boundary_f(mine, theirs)
        yield clock.step(done)
    return Comparison(regions, contours)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else float("nan")
