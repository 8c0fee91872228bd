"""How large each object is on each frame, and where: what a list of frames to check is made from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from core.masks import measure
from core.project.storage.database import Database
from core.types import LabelMap

Measures = NDArray[np.float32]

_WHOLE = 0
"""The object id of the row that says that a mask was measured; its area is that of all objects."""


class MeasureStore:
    """Measures belong to a stored mask, which never changes: undo moves masks about, and the measures go with them.

    In memory there is a lane per object id, (frame_count, 3) float32: area, x and y of the centre, in pixels.
    """

    def __init__(self, database: Database, frame_count: int) -> None:
        self._database = database
        self._frame_count = frame_count
        self.reload()

    def reload(self) -> None:
        """Reads everything from the file again."""
        self._lanes: dict[int, Measures] = {}
        self._measured = np.zeros(self._frame_count, np.bool_)
        self._fill(
            self._database.rows("SELECT frame_index, object_id, area, x, y FROM frame JOIN measure USING (blob_id)")
        )

    def lane(self, object_ids: Iterable[int]) -> Measures:
        """The measures of objects taken as one, (frame_count, 3) float32: area, x, y.

        The area is NaN where no mask was measured, and x and y are where the area is 0 or NaN.
        """
        parts = [self._lanes[object_id] for object_id in object_ids if object_id in self._lanes]
        whole = parts[0].copy() if parts else np.zeros((self._frame_count, 3), np.float32)
        for part in parts[1:]:
            area = whole[:, 0] + part[:, 0]
            weight = np.divide(part[:, 0], area, out=np.zeros_like(area), where=area > 0)
            whole[:, 1:] += weight[:, None] * (part[:, 1:] - whole[:, 1:])
            whole[:, 0] = area
        whole[whole[:, 0] == 0, 1:] = np.nan
        whole[~self._measured] = np.nan
        return whole

    def add(self, frame_index: int, blob_id: int, labels: LabelMap) -> None:
        """Measures a mask that was stored for a frame and stands there now."""
        found = measure(labels)
        rows = [(key, float(one.area), one.x, one.y) for key, one in found.items()]
        rows.append((_WHOLE, float(sum(one.area for one in found.values())), 0.0, 0.0))
        self._database.execute_many("INSERT INTO measure VALUES (?, ?, ?, ?, ?)", [(blob_id, *row) for row in rows])
        self._clear([frame_index])
        self._fill([(frame_index, *row) for row in rows])

    def moved(self, frames: Sequence[int]) -> None:
        """Other masks stand on the frames now."""
        self._clear(frames)
        # of the span that holds them all: what lies between is read again as it is
        self._fill(
            self._database.rows(
                "SELECT frame_index, object_id, area, x, y FROM frame JOIN measure USING (blob_id)"
                " WHERE frame_index BETWEEN ? AND ?",
                (min(frames, default=0), max(frames, default=-1)),
            )
        )

    def _clear(self, frames: Sequence[int]) -> None:
        indices = np.asarray(frames, np.int64)
        self._measured[indices] = False
        for lane in self._lanes.values():
            lane[indices] = 0

    def _fill(self, rows: Sequence[tuple[int, int, float, float, float]]) -> None:
        if not rows:
            return
        table = np.array(rows, np.float64)
        frames, objects = table[:, 0].astype(np.int64), table[:, 1].astype(np.int64)
        for object_id in np.unique(objects).tolist():
            chosen = objects == object_id
            if object_id == _WHOLE:
                self._measured[frames[chosen]] = True
                continue
            if object_id not in self._lanes:
                self._lanes[object_id] = np.zeros((self._frame_count, 3), np.float32)
            with np.errstate(over="ignore"):  # of a damaged file
                self._lanes[object_id][frames[chosen]] = table[chosen, 2:]
