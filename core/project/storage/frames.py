"""The stored label map of each frame."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from core.errors import MaskError
from core.masks import decode_labels, encode_labels
from core.project.storage.database import Database
from core.project.storage.measures import MeasureStore
from core.types import LabelMap

_CLEARED_AT_ONCE = 200
_LEAST_ROOM = 65_536
"""Bytes that a mask may take at any size."""


class FrameStore:
    """Label maps by frame index. Memory holds one number a frame, never a mask."""

    def __init__(self, database: Database, frame_count: int, size: tuple[int, int]) -> None:
        self._database = database
        self._frame_count = frame_count
        self._size = size
        self.measures = MeasureStore(database, frame_count)
        self.reload()

    def reload(self) -> None:
        """Reads from the file again which frames have a mask."""
        self._blob = np.zeros(self._frame_count, np.int64)
        for frame_index, blob_id in self._database.rows("SELECT frame_index, blob_id FROM frame"):
            self._blob[frame_index] = blob_id
        self.measures.reload()
        # what a program that ended in between had not cleared away
        self._forgotten = [
            row[0]
            for row in self._database.rows(
                "SELECT DISTINCT step_id FROM step_frame WHERE step_id NOT IN (SELECT step_id FROM step)"
            )
        ]

    def stored(self) -> list[int]:
        """The frames that have a mask, in order."""
        return [int(frame_index) for frame_index in np.flatnonzero(self._blob)]

    def read(self, frame_index: int) -> LabelMap:
        """The stored labels, (H, W) uint8 and writable; zeros if there are none. Raises MaskError if damaged."""
        return self.read_blob(frame_index, int(self._blob[frame_index]))

    def read_blob(self, frame_index: int, blob_id: int) -> LabelMap:
        """As `read`, of the labels that were stored as `blob_id` for the frame; 0 is none."""
        width, height = self._size
        if not blob_id:
            return np.zeros((height, width), np.uint8)
        # one that is far longer than any mask of this size is not read
        row = self._database.row(
            "SELECT CASE WHEN length(data) <= ? THEN data END FROM blob WHERE blob_id = ?",
            (_LEAST_ROOM + 2 * width * height, blob_id),
        )
        try:
            if row is None:
                raise MaskError("A stored mask is missing.")
            if not isinstance(row[0], bytes):
                raise MaskError("A stored mask is damaged: it does not begin like one.")
            labels = decode_labels(row[0])
            if labels.shape != (height, width):
                raise MaskError(
                    "A stored mask has shape {shape}, the clip {wanted}.", shape=labels.shape, wanted=(height, width)
                )
        except MaskError as error:
            raise MaskError(
                "{name}, frame {frame_index}: {error}",
                name=Path(self._database.path).name,
                frame_index=frame_index,
                error=error,
            ) from error
        return labels

    def write(self, step: int, frame_index: int, labels: LabelMap) -> None:
        """Stores the labels of a frame as part of a step, which remembers what was there before its first write."""
        self._clear_away()
        old = int(self._blob[frame_index])
        cursor = self._database.execute(
            "INSERT OR IGNORE INTO step_frame VALUES (?, ?, ?)", (step, frame_index, old or None)
        )
        new = self._database.execute("INSERT INTO blob (data) VALUES (?)", (encode_labels(labels),)).lastrowid
        if cursor.rowcount == 0 and old:
            # written by this step before: nobody can come back to it
            self._database.execute("DELETE FROM blob WHERE blob_id = ?", (old,))
        self._assign([(frame_index, new)])
        assert new is not None
        self.measures.add(frame_index, new, labels)

    def swap(self, step: int) -> list[int]:
        """Exchanges the masks of a step with the ones that are there; returns the frames."""
        rows = self._database.rows("SELECT frame_index, blob_id FROM step_frame WHERE step_id = ?", (step,))
        self._database.execute_many(
            "UPDATE step_frame SET blob_id = ? WHERE step_id = ? AND frame_index = ?",
            [(int(self._blob[frame_index]) or None, step, frame_index) for frame_index, _ in rows],
        )
        self._assign(rows)
        self.measures.moved([frame_index for frame_index, _ in rows])
        return [frame_index for frame_index, _ in rows]

    def forget(self, step: int) -> None:
        """Throws away what a step remembers, with the masks that only it holds: some now, the others with the next
        writes. Dropping thousands at once would be noticeable."""
        self._forgotten.append(step)
        self._clear_away()

    def _clear_away(self) -> None:
        while self._forgotten:
            step = self._forgotten[0]
            rows = self._database.rows(
                "SELECT frame_index, blob_id FROM step_frame WHERE step_id = ? LIMIT ?", (step, _CLEARED_AT_ONCE)
            )
            self._database.execute_many(
                "DELETE FROM blob WHERE blob_id = ?", [(blob_id,) for _, blob_id in rows if blob_id is not None]
            )
            self._database.execute_many(
                "DELETE FROM step_frame WHERE step_id = ? AND frame_index = ?", [(step, frame) for frame, _ in rows]
            )
            if len(rows) == _CLEARED_AT_ONCE:
                return
            self._forgotten.pop(0)

    def _assign(self, rows: list[tuple[int, int | None]]) -> None:
        self._database.execute_many(
            "DELETE FROM frame WHERE frame_index = ?", [(frame,) for frame, blob in rows if blob is None]
        )
        self._database.execute_many("INSERT OR REPLACE INTO frame VALUES (?, ?)", [row for row in rows if row[1]])
        for frame_index, blob_id in rows:
            self._blob[frame_index] = blob_id or 0
