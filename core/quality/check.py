"""Checks the masks of a clip for what stands out, holding one frame at a time."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence

from core.jobs import CancelToken, Progress, ProgressClock
from core.quality.costs import with_costs
from core.quality.findings import Fault, Finding
from core.quality.object_measures import ObjectMeasures, measure_objects, overlaps
from core.quality.outliers import find_outliers
from core.quality.swaps import find_swaps
from core.types import LabelMap


def check_masks(
    labels: Callable[[int], LabelMap], frames: Sequence[int], object_ids: Sequence[int], cancel: CancelToken
) -> Generator[Progress, None, list[Finding]]:
    """Yields after each frame and returns the findings, those that cost most first.

    `labels` gives (H, W) uint8 for each of `frames`, the rising indices of those whose masks are known; `object_ids`
    are the objects to look at. Raises CancelledError once `cancel` is set.
    """
    measures: dict[int, list[ObjectMeasures | None]] = {object_id: [] for object_id in object_ids}
    found: list[Finding] = []
    clock = ProgressClock(len(frames))
    before: LabelMap | None = None
    for done, frame_index in enumerate(frames, start=1):
        cancel.raise_if_cancelled()
        now = labels(frame_index)
        here = measure_objects(now)
        for object_id, lane in measures.items():
            lane.append(here.get(object_id))
        if before is not None and len(here) and len(measures) > 1:
            found += find_swaps(frame_index, overlaps(before, now))
        before = now
        yield clock.step(done)
    swapped = {(one.frame_index, key) for one in found for key in (one.object_id, one.other_id)}
    for object_id, lane in measures.items():
        # what a swap does to area and position is reported as the swap
        found += [
            one
            for one in find_outliers(object_id, frames, lane)
            if one.fault not in (Fault.AREA, Fault.POSITION) or (one.frame_index, object_id) not in swapped
        ]
    known = set(object_ids)
    found_here = [one for one in found if one.object_id in known and one.other_id in {None, *known}]
    return with_costs(found_here, frames, measures)
