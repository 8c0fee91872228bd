"""Storing an engine's results: propagation runs, each one undo step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from core.boxes import bounding_box
from core.errors import ProjectError
from core.masks import present_ids
from core.project.changes import Change, Listeners
from core.project.editing.merge import merge_result
from core.project.storage.stores import Stores
from core.types import FrameResult, Origin


@dataclass
class _Run:
    text: str
    given: Mapping[int, int]
    """How often the id of each object that is there was given out by then."""
    step: int | None = None
    """None until the first result: a run without one leaves no step."""
    outdated: dict[int, NDArray[np.bool_]] = field(default_factory=dict)
    """Per object, the frames whose anchors a person has changed since the run began, (frame_count,)."""


class Runs:
    """The propagations under way. Only their results are in the file, so a crash keeps those as one step, as if ended.

    If a person edits, undoes or redoes during a run, the results after that become another step of the same text: the
    history stays in the order in which things happened, which is what makes undo exact.
    """

    def __init__(self, stores: Stores, listeners: Listeners) -> None:
        """Called by `Project`."""
        self._stores, self._listeners = stores, listeners
        self._runs: dict[int, _Run] = {}
        self._begun = 0

    def begin(self, text: str) -> int:
        """Begins a propagation; its results become one undo step. The id is good until `end` or `Project.close`."""
        self._begun += 1
        tracks = self._stores.tracks
        self._runs[self._begun] = _Run(text, {object_id: tracks.given(object_id) for object_id in tracks.ids})
        return self._begun

    def end(self, run_id: int) -> None:
        """Closes a run. Closing it twice is harmless. Raises ProjectError if its results are not in the file."""
        if self._runs.pop(run_id, None) is not None:
            self._stores.database.check_location()

    def outdate(self, object_id: int, span: slice) -> None:
        """Makes later results of open runs stale for the object inside the span: their anchors have changed."""
        for run in self._runs.values():
            if object_id not in run.outdated:
                run.outdated[object_id] = np.zeros(self._stores.frame_count, np.bool_)
            run.outdated[object_id][span] = True

    def put(self, run_id: int, result: FrameResult, revision: int | None = None) -> bool:
        """Stores a result; False if it was dropped because the frame was edited after `revision`.

        Objects that are locked, or anchored on the frame, stay bit-identical. A result reports on its `object_ids`, by
        default of those that have a pixel or a confidence in it; others keep theirs where it found nothing. Objects
        that are gone are ignored. An object whose anchors were changed since the run began gets its results as stale.
        Raises ProjectError if the run is not open or there is no such frame, MaskError if the size is another.
        """
        stores, frame_index = self._stores, result.frame_index
        run = self._runs.get(run_id)
        if run is None:
            raise ProjectError(
                "Propagation {run_id} is not under way; begin one before storing results.", run_id=run_id
            )
        stores.check_fit(frame_index, result.labels)
        if revision is not None and revision != stores.revision(frame_index):
            return False
        origins = stores.lanes.on_frame(frame_index)
        alive = stores.tracks.ids
        # after an undo the id may be another object's
        others = {key for key, times in run.given.items() if stores.tracks.given(key) != times}
        reported = (_reported_by(result) & alive) - others
        anchored = {key for key, origin in origins.items() if origin == Origin.EDITED}
        # a person's shapes, too, are not overwritten, though only their keyframes are anchors
        protected = stores.tracks.locked | anchored | stores.shapes.drawn_on(frame_index)
        written = sorted(reported - protected)
        current = stores.labels(frame_index)
        merged = merge_result(current, np.ascontiguousarray(result.labels), reported, protected, alive - reported)
        if written:
            with stores.database.transaction():
                run.step = stores.steps.resume(run.step, run.text)
                stores.frames.write(run.step, frame_index, merged)
                for object_id in written:
                    origin = Origin.STALE if self._is_outdated(run, object_id, frame_index) else Origin.PROPAGATED
                    sure = _confidence(result.confidence, object_id)
                    stores.lanes.set(run.step, object_id, frame_index, origin, sure)
        box = bounding_box(current ^ merged)
        self._listeners.notify((Change(frame_index, box, stores.revision(frame_index), "result"),))
        return True

    @staticmethod
    def _is_outdated(run: _Run, object_id: int, frame_index: int) -> bool:
        return object_id in run.outdated and bool(run.outdated[object_id][frame_index])


def _reported_by(result: FrameResult) -> frozenset[int]:
    if result.object_ids is not None:
        return result.object_ids
    # an object with a confidence and no pixel was looked for and is not there; one with neither was not looked for
    return present_ids(result.labels) | frozenset(int(object_id) for object_id in result.confidence)


def _confidence(confidence: Mapping[int, float], object_id: int) -> float:
    return float(confidence.get(object_id, np.nan))
