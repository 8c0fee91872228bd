"""What a project file has to hold before it is trusted: our tables and no others, with values we could have written.

A file may be damaged, or made by somebody to do harm: SQLite runs what a view or a trigger says, and a number where a
name should be reaches far before it is noticed.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from functools import cache
from types import MappingProxyType

from core.errors import ProjectFormatError
from core.project.storage.schema import create_tables
from core.types import MAX_OBJECT_ID

_MOST_FRAMES = 10_000_000
"""Two days at 60 frames a second."""
_MOST_SIDE = 65_535
_MOST_TEXT = 1_000_000
"""Characters of a name or a setting."""
_MOST_PATH = 65_536

MOST_SHAPE_TEXT = 100_000_000
"""Characters of a shape: points times keyframes, and there may be thousands of both."""

_FRAME = "typeof(frame_index) = 'integer' AND frame_index BETWEEN 0 AND (SELECT frame_count FROM project) - 1"
_OBJECT = f"typeof(object_id) = 'integer' AND object_id BETWEEN 1 AND {MAX_OBJECT_ID}"
_SURE = "(confidence IS NULL OR (typeof(confidence) IN ('real', 'integer') AND confidence BETWEEN 0 AND 1))"


def _text(column: str) -> str:
    return f"typeof({column}) = 'text' AND length({column}) <= {_MOST_TEXT}"


def _path(column: str) -> str:
    return f"typeof({column}) IN ('text', 'blob') AND length({column}) <= {_MOST_PATH}"


RULES: Mapping[str, str] = MappingProxyType(
    {
        "project": f"id = 1 AND typeof(frame_count) = 'integer' AND frame_count BETWEEN 1 AND {_MOST_FRAMES}"
        f" AND typeof(width) = 'integer' AND width BETWEEN 1 AND {_MOST_SIDE}"
        f" AND typeof(height) = 'integer' AND height BETWEEN 1 AND {_MOST_SIDE}"
        f" AND {_path('video_path')} AND {_path('video_relative')}"
        f" AND typeof(video_bytes) = 'integer' AND {_text('video_hash')}",
        "track": f"{_OBJECT} AND {_text('payload')}",
        "used_id": _OBJECT,
        "frame": f"{_FRAME} AND typeof(blob_id) = 'integer' AND blob_id > 0",
        "state": f"{_OBJECT} AND {_FRAME} AND typeof(origin) = 'integer' AND origin BETWEEN 1 AND 3 AND {_SURE}",
        "step": f"{_text('text')} AND undone IN (0, 1)",
        "step_frame": f"{_FRAME} AND (blob_id IS NULL OR (typeof(blob_id) = 'integer' AND blob_id > 0))",
        "step_state": f"{_OBJECT} AND {_FRAME} AND typeof(origin) = 'integer' AND origin BETWEEN 0 AND 3 AND {_SURE}",
        "step_track": f"{_OBJECT} AND (payload IS NULL OR ({_text('payload')}))",
        "setting": f"{_text('key')} AND {_text('value')}",
        "marker": f"{_FRAME} AND {_text('name')}",
        "step_marker": f"{_FRAME} AND (name IS NULL OR ({_text('name')}))",
        "step_setting": f"{_text('key')} AND (value IS NULL OR ({_text('value')}))",
        "shape": f"typeof(payload) = 'text' AND length(payload) <= {MOST_SHAPE_TEXT}",
        "step_shape": f"payload IS NULL OR (typeof(payload) = 'text' AND length(payload) <= {MOST_SHAPE_TEXT})",
        "measure": f"typeof(object_id) = 'integer' AND object_id BETWEEN 0 AND {MAX_OBJECT_ID}"
        " AND typeof(area) = 'real' AND typeof(x) = 'real' AND typeof(y) = 'real'",
    }
)
"""What holds of every row of a table. Masks and attachments are examined when they are read."""


def check_tables(connection: sqlite3.Connection, name: str, complete: bool) -> None:
    """Raises ProjectFormatError if a file has a table, view, trigger or index that is not ours; reads no table.

    With `complete`, also if one of ours is missing.
    """
    expected = _expected()
    found = {}
    for kind, table, sql in connection.execute("SELECT type, name, sql FROM sqlite_master"):
        if not str(table).startswith("sqlite_"):
            found[str(kind), str(table)] = _plain(str(sql))
    for key, sql in found.items():
        if expected.get(key) != sql:
            raise ProjectFormatError(
                "{name}: no Rotoflow project, or damaged (its {kind} '{entry}' is not ours).",
                name=name,
                kind=key[0],
                entry=key[1],
            )
    lacking = sorted(table for kind, table in expected if (kind, table) not in found)
    if complete and lacking:
        raise ProjectFormatError(
            "{name}: damaged; its table '{lacking}' is missing. Try to repair it.", name=name, lacking=lacking[0]
        )


def check_rows(connection: sqlite3.Connection, name: str) -> None:
    """Raises ProjectFormatError if a table of a current file holds what we would not have written there."""
    if connection.execute("SELECT count(*) FROM project").fetchone()[0] != 1:
        raise ProjectFormatError("{name}: damaged; it does not say which clip it belongs to.", name=name)
    for table, rule in RULES.items():
        if connection.execute(f"SELECT 1 FROM {table} WHERE coalesce({rule}, 0) = 0 LIMIT 1").fetchone():
            raise ProjectFormatError(
                "{name}: damaged; its table '{table}' holds impossible values. Try to repair it.",
                name=name,
                table=table,
            )


@cache
def _expected() -> dict[tuple[str, str], str]:
    with closing(sqlite3.connect(":memory:")) as connection:
        create_tables(connection)
        rows = connection.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
    return {(kind, name): _plain(sql) for kind, name, sql in rows if not name.startswith("sqlite_")}


def _plain(sql: str) -> str:
    """SQL without comments and spacing."""
    return " ".join(re.sub(r"--[^\n]*", "", sql).split())
