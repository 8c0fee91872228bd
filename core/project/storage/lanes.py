"""Where each object's mask on each frame comes from, and how sure the engine is of it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.errors import ProjectFormatError
from core.project.storage.database import Database
from core.types import Origin

Origins = NDArray[np.uint8]
Confidences = NDArray[np.float32]
Frames = NDArray[np.int64]

_UNKNOWN = np.float32(np.nan)
_MOST_CELLS = 200_000_000
"""Frames times objects, of five bytes each: 255 objects for nine hours. A small file can claim far more."""


class LaneStore:
    """Two lanes per object, (frame_count,) each: origin as uint8 and confidence as float32, NaN where unknown.

    The lanes are in memory and follow every change; the file has one row for each frame and object with an origin.
    """

    def __init__(self, database: Database, frame_count: int) -> None:
        self._database = database
        self._frame_count = frame_count
        self.reload()

    def reload(self) -> None:
        """Reads everything from the file again. Raises ProjectFormatError for more frames than memory is for."""
        self._origins: dict[int, Origins] = {}
        self._confidences: dict[int, Confidences] = {}
        ids = [row[0] for row in self._database.rows("SELECT DISTINCT object_id FROM state")]
        if len(ids) * self._frame_count > _MOST_CELLS:
            raise ProjectFormatError(
                "{name}: damaged; its table '{table}' holds impossible values. Try to repair it.",
                name=self._database.path,
                table="project",
            )
        for object_id in ids:
            rows = self._database.rows(
                "SELECT frame_index, origin, confidence FROM state WHERE object_id = ?", (object_id,)
            )
            frames, origins, confidences = _columns(rows)
            self._lane(object_id)[frames] = origins
            self._confidences[object_id][frames] = confidences

    def origins(self, object_id: int) -> Origins:
        """The origin lane of an object, (frame_count,) uint8; a copy."""
        lane = self._origins.get(object_id)
        return np.zeros(self._frame_count, np.uint8) if lane is None else lane.copy()

    def confidences(self, object_id: int) -> Confidences:
        """The confidence lane of an object, (frame_count,) float32, NaN where unknown; a copy."""
        lane = self._confidences.get(object_id)
        return np.full(self._frame_count, _UNKNOWN) if lane is None else lane.copy()

    def on_frame(self, frame_index: int) -> dict[int, Origin]:
        """Origins by object id on one frame; objects of which nothing is known are left out."""
        return {
            object_id: Origin(int(lane[frame_index]))
            for object_id, lane in sorted(self._origins.items())
            if lane[frame_index] != Origin.NONE
        }

    def anchor_frames(self) -> list[int]:
        """The frames that are an anchor of some object, in order."""
        found = np.zeros(self._frame_count, np.bool_)
        for lane in self._origins.values():
            found |= lane == Origin.EDITED
        return [int(frame_index) for frame_index in np.flatnonzero(found)]

    def span(self, object_id: int, frame_index: int) -> slice:
        """The frames that depend on an object's mask on a frame: between its nearest anchors on both sides, without
        them."""
        anchors = np.flatnonzero(self._lane(object_id) == Origin.EDITED)
        before, after = anchors[anchors < frame_index], anchors[anchors > frame_index]
        first = int(before[-1]) + 1 if len(before) else 0
        last = int(after[0]) if len(after) else self._frame_count
        return slice(first, last)

    def set(self, step: int, object_id: int, frame_index: int, origin: Origin, confidence: float = np.nan) -> None:
        """Sets origin and confidence of one object on one frame, as part of a step."""
        self._write(
            step, object_id, np.array([frame_index]), np.array([origin], np.uint8), np.array([confidence], np.float32)
        )

    def mark_stale(self, step: int, object_id: int, span: slice) -> None:
        """Makes an object's propagated masks in a span stale, as part of a step; the confidence stays.

        In two statements instead of two a frame: a first stroke in a long clip has thousands of frames to mark.
        """
        where = "object_id = ? AND frame_index >= ? AND frame_index < ? AND origin = ?"
        chosen = (object_id, span.start, span.stop, int(Origin.PROPAGATED))
        self._database.execute(
            "INSERT OR IGNORE INTO step_state SELECT ?, object_id, frame_index, origin, confidence FROM state "
            f"WHERE {where}",
            (step, *chosen),
        )
        self._database.execute(f"UPDATE state SET origin = ? WHERE {where}", (int(Origin.STALE), *chosen))
        lane = self._lane(object_id)[span]
        lane[lane == Origin.PROPAGATED] = Origin.STALE

    def clear(self, step: int, object_id: int) -> list[int]:
        """Forgets everything of an object, as part of a step; returns the frames it was on."""
        frames = np.flatnonzero(self._lane(object_id))
        self._write(
            step, object_id, frames, np.zeros(len(frames), np.uint8), np.full(len(frames), _UNKNOWN, np.float32)
        )
        return [int(frame_index) for frame_index in frames]

    def merge(self, step: int, object_id: int, into: int) -> list[int]:
        """Adds what is known of an object to another one, as part of a step; returns the frames it was on.

        A frame that a person vouches for, for either of them, is an anchor of both together: no work is lost to a
        propagation. Else stale wins over propagated, and the lower confidence counts.
        """
        frames = np.flatnonzero(self._lane(object_id))
        ours, theirs = self._lane(into)[frames], self._lane(object_id)[frames]
        origins = np.maximum(ours, theirs)
        for origin in (Origin.STALE, Origin.EDITED):
            origins[(ours == origin) | (theirs == origin)] = origin
        sure = np.fmin(self._confidences[into][frames], self._confidences[object_id][frames])
        sure[origins == Origin.EDITED] = _UNKNOWN
        self._write(step, into, frames, origins, sure)
        return self.clear(step, object_id)

    def swap(self, step: int) -> tuple[frozenset[int], list[int]]:
        """Exchanges the origins and confidences of a step with the current ones.

        Returns the objects concerned and the frames on which an anchor came or went.
        """
        anchors: set[int] = set()
        rows = self._database.rows(
            "SELECT object_id, frame_index, origin, confidence FROM step_state WHERE step_id = ?", (step,)
        )
        self._swap_stored(step)
        objects = np.array([row[0] for row in rows], np.int64)
        frames, origins, confidences = _columns([row[1:] for row in rows])
        for object_id in np.unique(objects).tolist():
            chosen = objects == object_id
            indices = frames[chosen]
            lane = self._lane(object_id)
            was_or_is = (lane[indices] == Origin.EDITED) | (origins[chosen] == Origin.EDITED)
            anchors.update(indices[was_or_is].tolist())
            lane[indices], self._confidences[object_id][indices] = origins[chosen], confidences[chosen]
        return frozenset(objects.tolist()), sorted(anchors)

    def _swap_stored(self, step: int) -> None:
        """Swaps in a few statements: row by row, undoing a run over a long clip would take noticeably long."""
        execute = self._database.execute
        execute("CREATE TEMP TABLE IF NOT EXISTS swapped (object_id, frame_index, origin, confidence)")
        execute("DELETE FROM swapped")
        execute(
            "INSERT INTO swapped SELECT object_id, frame_index, origin, confidence FROM step_state WHERE step_id = ?",
            (step,),
        )
        execute(
            "INSERT OR REPLACE INTO step_state SELECT ?, swapped.object_id, swapped.frame_index,"
            " coalesce(state.origin, 0), state.confidence FROM swapped LEFT JOIN state USING (object_id, frame_index)",
            (step,),
        )
        execute(
            "DELETE FROM state WHERE (object_id, frame_index) IN"
            " (SELECT object_id, frame_index FROM swapped WHERE origin = 0)"
        )
        execute("INSERT OR REPLACE INTO state SELECT * FROM swapped WHERE origin != 0")
        execute("DELETE FROM swapped")

    def forget(self, step: int) -> None:
        """Throws away what a step remembers."""
        self._database.execute("DELETE FROM step_state WHERE step_id = ?", (step,))

    def _lane(self, object_id: int) -> Origins:
        if object_id not in self._origins:
            self._origins[object_id] = np.zeros(self._frame_count, np.uint8)
            self._confidences[object_id] = np.full(self._frame_count, _UNKNOWN, np.float32)
        return self._origins[object_id]

    def _write(self, step: int, object_id: int, frames: Frames, origins: Origins, confidences: Confidences) -> None:
        now, sure = self._lane(object_id)[frames], self._confidences[object_id][frames]
        self._database.execute_many(
            "INSERT OR IGNORE INTO step_state VALUES (?, ?, ?, ?, ?)",
            [(step, object_id, *row) for row in _rows(frames, now, sure)],
        )
        self._store(object_id, frames, origins, confidences)

    def _store(self, object_id: int, frames: Frames, origins: Origins, confidences: Confidences) -> None:
        gone = frames[origins == Origin.NONE]
        self._database.execute_many(
            "DELETE FROM state WHERE object_id = ? AND frame_index = ?", [(object_id, int(value)) for value in gone]
        )
        self._database.execute_many(
            "INSERT OR REPLACE INTO state VALUES (?, ?, ?, ?)",
            [(object_id, *row) for row in _rows(frames, origins, confidences) if row[1] != Origin.NONE],
        )
        self._lane(object_id)[frames] = origins
        self._confidences[object_id][frames] = confidences


def _columns(rows: Sequence[tuple[int, int, float | None]]) -> tuple[Frames, Origins, Confidences]:
    frames = np.array([row[0] for row in rows], np.int64)
    origins = np.array([row[1] for row in rows], np.uint8)
    return frames, origins, np.array([np.nan if row[2] is None else row[2] for row in rows], np.float32)


def _rows(frames: Frames, origins: Origins, confidences: Confidences) -> list[tuple[int, int, float | None]]:
    # NaN goes in as NULL, SQLite's own word for it
    sure = [None if value != value else value for value in confidences.tolist()]
    return list(zip(frames.tolist(), origins.tolist(), sure, strict=True))
