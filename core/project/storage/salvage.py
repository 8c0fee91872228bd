"""Reading what can still be read of a damaged database, row by row."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator, Iterator

_PRIMARY = {
    "project": "id",
    "track": "object_id",
    "used_id": "object_id",
    "blob": "blob_id",
    "frame": "frame_index",
    "state": "object_id, frame_index",
    "setting": "rowid",
    "attachment": "rowid",
    "marker": "frame_index",
    "measure": "blob_id, object_id",
    "shape": "shape_id",
    "step": "step_id",
    "step_frame": "step_id, frame_index",
    "step_state": "step_id, object_id, frame_index",
    "step_track": "step_id, object_id",
    "step_marker": "step_id, frame_index",
    "step_setting": "step_id, key",
    "step_shape": "step_id, shape_id",
}
TABLES = tuple(_PRIMARY)
_LARGEST_STEP = 1 << 40
_MOST_BYTES = 1 << 28
"""Of one mask or attachment; a longer one is made to take all memory. SQLite knows the length without reading it."""
_BOUNDED = f"CASE WHEN length(data) <= {_MOST_BYTES} THEN data END"
_COLUMNS = {"blob": f"blob_id, {_BOUNDED}", "attachment": f"name, {_BOUNDED}"}
"""What is read of a table, where that is not every column as it is."""


class Salvage:
    """The rows of a damaged file. `lost` names the tables of which not everything could be read."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.lost: set[str] = set()

    def rows(self, table: str) -> Iterator[tuple[object, ...]]:
        """What can be read of a table, once each: from its start to the damage, then from its end back to it, and, in
        tables that are numbered, what lies between two damaged parts.
        """
        keys, columns = _PRIMARY[table].split(", "), _COLUMNS.get(table, "*")
        seen: set[tuple[object, ...]] = set()
        ends: list[int] = []
        for order in ("ASC", "DESC"):
            ordered = ", ".join(f"{key} {order}" for key in keys)
            sql = f"SELECT {', '.join(keys)}, {columns} FROM {table} ORDER BY {ordered}"
            complete = yield from self._read(sql, (), len(keys), seen, ends)
            if complete:
                return
            self.lost.add(table)
        if len(keys) == 1 and len(ends) == 2:
            yield from self._between(table, keys[0], ends[0], ends[1], seen)

    def _between(
        self, table: str, key: str, first: int, last: int, seen: set[tuple[object, ...]]
    ) -> Iterator[tuple[object, ...]]:
        """Steps over a damaged part by more and more, until something can be read again."""
        position, step = first, 1
        sql = f"SELECT {key}, {_COLUMNS.get(table, '*')} FROM {table} WHERE {key} BETWEEN ? AND ? ORDER BY {key}"
        while position + step < last and step < _LARGEST_STEP:
            ends: list[int] = []
            if (yield from self._read(sql, (position + step, last - 1), 1, seen, ends)):
                return
            position, step = (ends[0], 1) if ends else (position, step * 2)

    def _read(
        self, sql: str, parameters: tuple[int, ...], keys: int, seen: set[tuple[object, ...]], ends: list[int]
    ) -> Generator[tuple[object, ...], None, bool]:
        """Yields rows not seen before until the damage; returns whether there was none. Notes the last number read."""
        last: object = None
        try:
            for row in self._connection.execute(sql, parameters):
                last = row[0]
                if row[:keys] not in seen:
                    seen.add(row[:keys])
                    yield row[keys:]
        except (sqlite3.Error, UnicodeDecodeError, OverflowError):
            if isinstance(last, int):
                ends.append(last)
            return False
        return True
