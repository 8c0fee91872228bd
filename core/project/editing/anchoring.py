"""Making frames anchors of objects, and stale what depended on what was there."""

from __future__ import annotations

from collections.abc import Iterable

from core.project.editing.runs import Runs
from core.project.storage.stores import Stores
from core.types import LabelMap, Origin


class Anchoring:
    """Used inside a transaction, as part of a step."""

    def __init__(self, stores: Stores, runs: Runs) -> None:
        self._stores, self._runs = stores, runs

    def anchor(self, step: int, frame_index: int, labels: LabelMap, object_ids: Iterable[int]) -> None:
        """Stores the labels of a frame, (H, W) uint8, which becomes an anchor of the objects."""
        self._stores.frames.write(step, frame_index, labels)
        self._mark(step, frame_index, object_ids, Origin.EDITED)

    def drop(self, step: int, frame_index: int, object_ids: Iterable[int]) -> None:
        """The frame is no anchor of the objects any more: their masks there turn stale, too."""
        self._mark(step, frame_index, object_ids, Origin.STALE)

    def _mark(self, step: int, frame_index: int, object_ids: Iterable[int], origin: Origin) -> None:
        for object_id in sorted(object_ids):
            self._stores.lanes.set(step, object_id, frame_index, origin)
            span = self._stores.lanes.span(object_id, frame_index)
            self._stores.mark_stale(step, object_id, span)
            self._runs.outdate(object_id, span)
