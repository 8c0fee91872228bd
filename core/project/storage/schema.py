"""The project file: one SQLite database, its tables, and how an older one becomes a current one."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from types import MappingProxyType

from core.errors import NewerProjectError, ProjectFormatError

APPLICATION_ID = 0x524F544F
"""'ROTO', in the database's header: identifies a project among SQLite files."""

SCHEMA_VERSION = 4

# Undo is a swap. A step holds, for every row that it changed, the row's other side (`step_*`): undoing puts that into
# place and keeps what was there, redoing does the same again. So each row of `blob` has exactly one owner, a row of
# `frame` or a row of `step_frame`, and undoing a run over 10,000 frames moves numbers, not masks.
_TABLES = """
CREATE TABLE project (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    frame_count INTEGER NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    video_path TEXT NOT NULL,       -- absolute
    video_relative TEXT NOT NULL,   -- to the project's folder, with forward slashes; empty if there is none
    video_bytes INTEGER NOT NULL,
    video_hash TEXT NOT NULL
);
CREATE TABLE track (object_id INTEGER PRIMARY KEY, payload TEXT NOT NULL);
CREATE TABLE used_id (
    object_id INTEGER PRIMARY KEY   -- every id given out; one that only undone steps know is free again
);
CREATE TABLE blob (blob_id INTEGER PRIMARY KEY, data BLOB NOT NULL);
CREATE TABLE frame (frame_index INTEGER PRIMARY KEY, blob_id INTEGER NOT NULL);
CREATE TABLE state (
    object_id INTEGER NOT NULL,
    frame_index INTEGER NOT NULL,
    origin INTEGER NOT NULL,        -- a core.types.Origin other than NONE, which is no row
    confidence REAL,                -- NULL is unknown
    PRIMARY KEY (object_id, frame_index)
) WITHOUT ROWID;
CREATE TABLE step (
    step_id INTEGER PRIMARY KEY AUTOINCREMENT,
    text TEXT NOT NULL,
    undone INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE step_frame (
    step_id INTEGER NOT NULL,
    frame_index INTEGER NOT NULL,
    blob_id INTEGER,                -- NULL: no row in `frame`
    PRIMARY KEY (step_id, frame_index)
) WITHOUT ROWID;
CREATE TABLE step_state (
    step_id INTEGER NOT NULL,
    object_id INTEGER NOT NULL,
    frame_index INTEGER NOT NULL,
    origin INTEGER NOT NULL,        -- 0: no row in `state`
    confidence REAL,
    PRIMARY KEY (step_id, object_id, frame_index)
) WITHOUT ROWID;
CREATE TABLE step_track (
    step_id INTEGER NOT NULL,
    object_id INTEGER NOT NULL,
    payload TEXT,                   -- NULL: no row in `track`
    PRIMARY KEY (step_id, object_id)
) WITHOUT ROWID;
CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE attachment (name TEXT PRIMARY KEY, data BLOB NOT NULL);
"""

# Version 2
_MARKERS_AND_MEASURES = """
CREATE TABLE marker (frame_index INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE step_marker (
    step_id INTEGER NOT NULL,
    frame_index INTEGER NOT NULL,
    name TEXT,                      -- NULL: no row in `marker`
    PRIMARY KEY (step_id, frame_index)
) WITHOUT ROWID;
CREATE TABLE measure (
    blob_id INTEGER NOT NULL,
    object_id INTEGER NOT NULL,     -- 0 is all of them: a blob with this row was measured
    area REAL NOT NULL,
    x REAL NOT NULL,
    y REAL NOT NULL,
    PRIMARY KEY (blob_id, object_id)
) WITHOUT ROWID;
CREATE TRIGGER blob_gone AFTER DELETE ON blob BEGIN DELETE FROM measure WHERE blob_id = OLD.blob_id; END;
"""

# Version 3
_STEPS_OF_SETTINGS = """
CREATE TABLE step_setting (
    step_id INTEGER NOT NULL,
    key TEXT NOT NULL,
    value TEXT,                     -- NULL: no row in `setting`
    PRIMARY KEY (step_id, key)
) WITHOUT ROWID;
"""

# Version 4
_SHAPES = """
CREATE TABLE shape (
    shape_id INTEGER PRIMARY KEY AUTOINCREMENT,     -- never used twice: the drawing order
    payload TEXT NOT NULL           -- core.shapes.shape_to_json
);
CREATE TABLE step_shape (
    step_id INTEGER NOT NULL,
    shape_id INTEGER NOT NULL,
    payload TEXT,                   -- NULL: no row in `shape`
    PRIMARY KEY (step_id, shape_id)
) WITHOUT ROWID;
"""

Migration = Callable[[sqlite3.Connection], None]


def _run_script(connection: sqlite3.Connection, script: str) -> None:
    # not executescript, which would end the transaction
    for statement in script.split(";\n"):
        if statement.strip():
            connection.execute(statement)


def _add_markers_and_measures(connection: sqlite3.Connection) -> None:
    # masks stored before are not measured: decoding all of them would keep a person waiting for minutes
    _run_script(connection, _MARKERS_AND_MEASURES)


def _add_steps_of_settings(connection: sqlite3.Connection) -> None:
    _run_script(connection, _STEPS_OF_SETTINGS)


def _add_shapes(connection: sqlite3.Connection) -> None:
    _run_script(connection, _SHAPES)


MIGRATIONS: Mapping[int, Migration] = MappingProxyType(
    {1: _add_markers_and_measures, 2: _add_steps_of_settings, 3: _add_shapes}
)
"""How a file of the version in the key becomes one of the next version. A migration only executes statements: the
transaction around all of them is the caller's."""


def create_tables(connection: sqlite3.Connection) -> None:
    """Makes an empty database a project. The caller holds the transaction."""
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    _run_script(connection, _TABLES)
    _run_script(connection, _MARKERS_AND_MEASURES)
    _run_script(connection, _STEPS_OF_SETTINGS)
    _run_script(connection, _SHAPES)


def check_format(connection: sqlite3.Connection, name: str) -> int:
    """The file's schema version; writes nothing. Raises ProjectFormatError if it is no project, NewerProjectError."""
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise ProjectFormatError("{name}: no Rotoflow project; expected a file that Rotoflow has made.", name=name)
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > SCHEMA_VERSION:
        raise NewerProjectError(
            "{name}: written by a newer Rotoflow (format {version}; this one knows up to {schema_version}). "
            "Update Rotoflow to open it.",
            name=name,
            version=version,
            schema_version=SCHEMA_VERSION,
        )
    return version


def migrate(
    connection: sqlite3.Connection,
    version: int,
    migrations: Mapping[int, Migration] = MIGRATIONS,
    target: int = SCHEMA_VERSION,
) -> None:
    """Brings a file from `version` to `target`, all or nothing. Raises ProjectFormatError if there is no way."""
    if version == target:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        for step in range(version, target):
            if step not in migrations:
                raise ProjectFormatError(
                    "The project has format {version}, which this Rotoflow can no longer read.", version=version
                )
            migrations[step](connection)
        connection.execute(f"PRAGMA user_version = {target}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
