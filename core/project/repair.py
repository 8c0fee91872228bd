"""Makes a sound project of what is still readable in a damaged one. The damaged file is only read."""

from __future__ import annotations

import itertools
import json
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Set
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from core.errors import MaskError, ProjectError, ProjectFormatError
from core.masks import decode_labels, object_colour
from core.messages import Message
from core.outputs import DATABASE_ENDINGS
from core.project.project import Project
from core.project.reference import spare_sources
from core.project.storage.database import Database, in_words
from core.project.storage.salvage import TABLES, Salvage
from core.project.storage.sanity import RULES
from core.project.storage.schema import SCHEMA_VERSION, check_format
from core.project.tracks import is_payload
from core.shapes import shape_from_json

_HISTORY = ("step", "step_frame", "step_state", "step_track", "step_marker", "step_setting", "step_shape")


@dataclass(frozen=True)
class Repaired:
    """What was saved: frames with masks and objects; `lost` are frames of which a mask was known and is gone."""

    frames: int
    objects: int
    lost: tuple[int, ...]
    notes: tuple[Message, ...]


def is_sound(path: Path) -> bool:
    """Whether a project can be opened, SQLite finds no fault in it, and every mask can be read.

    Raises ProjectError if there is none, or it is in use.
    """
    try:
        with Project.open(path) as project:
            if not project.is_intact():
                return False
            for frame_index in project.stored_frames():
                project.labels(frame_index)
    except (ProjectFormatError, MaskError, sqlite3.DatabaseError):
        return False
    return True


def repair(path: Path, target: Path) -> Repaired:
    """Makes a sound project at `target`, which must not exist, of the damaged one at `path`.

    Masks that cannot be read are left out with what is known of their objects there. If anything of the history is
    lost, all of it is: undo would bring back other things than there were. Raises ProjectError if there is no such
    file, `target` is taken or nothing can be saved.
    """
    spare_sources([target], [path])
    if not path.is_file():
        raise ProjectError("{path}: there is no such project.", path=path)
    with TemporaryDirectory(prefix="rotoflow-") as folder:
        copy = Path(folder) / "damaged.roto"
        try:
            for ending in ("", *DATABASE_ENDINGS):
                source = path.with_name(path.name + ending)
                if source.exists():
                    shutil.copyfile(source, copy.with_name(copy.name + ending))
        except OSError as error:
            raise ProjectError(
                "{path}: cannot be copied to {folder}, to be read there ({reason}).",
                path=path,
                folder=folder,
                reason=error.strerror or error,
            ) from error
        with _readable(copy, path) as (connection, there):
            return _repaired(Salvage(connection), there, path, target)


def _repaired(salvage: Salvage, there: Set[str], shown: Path, target: Path) -> Repaired:
    """Row by row from one file into the other: a project may be larger than memory."""
    notes: list[Message] = []
    frames: list[int] = []
    lost: list[int] = []

    def fill(connection: sqlite3.Connection) -> None:
        with in_words(target):
            for table in TABLES:
                _insert(connection, table, salvage.rows(table) if table in there else ())
            _make_sense(connection, shown, lost, notes, bool(salvage.lost & set(_HISTORY)))
            frames.extend(row[0] for row in connection.execute("SELECT frame_index FROM frame"))

    database = Database.create(target, fill)
    database.close()
    with Project.open(target) as project:
        objects = len(project.objects.all)
    if salvage.lost & {"blob", "frame", "state"}:
        notes.append(Message("some masks could not be read any more"))
    return Repaired(len(frames), objects, tuple(sorted(set(lost))), tuple(dict.fromkeys(notes)))


def repaired_name(path: Path) -> Path:
    """A name next to a damaged project that is free for the sound one."""
    names = (f"{path.stem}-repaired{number or ''}{path.suffix}" for number in itertools.count())
    return next(candidate for candidate in map(path.with_name, names) if not candidate.exists())


def _reading(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)


@contextmanager
def _readable(copy: Path, shown: Path) -> Iterator[tuple[sqlite3.Connection, Set[str]]]:
    """A damaged file, and which of our tables are in it."""
    with _beyond_repair(shown), closing(sqlite3.connect(copy)) as connection:
        # a table's own damage is to be met where it is read, not when the file is opened
        connection.execute("PRAGMA trusted_schema = OFF")
        # or a file whose end is cut off is not opened at all
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("PRAGMA cell_size_check = ON")
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version > SCHEMA_VERSION and connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",):
            # not damaged: what a repair made of it would lack what this version does not know
            check_format(connection, str(shown))
        there = {
            name
            for kind, name in connection.execute("SELECT type, name FROM sqlite_master")
            if kind == "table" and name in TABLES
        }
        if "project" not in there or "frame" not in there:
            raise ProjectFormatError(
                "{shown}: no Rotoflow project, or nothing of it can be read any more.", shown=shown
            )
        yield connection, there


@contextmanager
def _beyond_repair(shown: Path) -> Iterator[None]:
    """Damage that keeps SQLite from reading anything: to advise a repair would send people round. Raises
    ProjectFormatError.
    """
    try:
        with in_words(shown):
            yield
    except ProjectFormatError as error:
        if error.__cause__ is None:
            raise
        raise ProjectFormatError(
            "{shown}: beyond repair; nothing of it can be read ({reason}).", shown=shown, reason=error.__cause__
        ) from error


def _insert(connection: sqlite3.Connection, table: str, rows: Iterable[tuple[object, ...]]) -> None:
    width = len(connection.execute(f"PRAGMA table_info({table})").fetchall())
    marks = ", ".join("?" * width)
    for row in rows:
        if len(row) == width:
            with suppress(sqlite3.IntegrityError):
                connection.execute(f"INSERT OR IGNORE INTO {table} VALUES ({marks})", row)
    rule = RULES.get(table)
    if rule is not None:
        connection.execute(f"DELETE FROM {table} WHERE coalesce({rule}, 0) = 0")


def _make_sense(
    connection: sqlite3.Connection, shown: Path, lost: list[int], notes: list[Message], history_lost: bool
) -> None:
    run = connection.execute
    size = run("SELECT height, width FROM project").fetchone()
    if size is None:
        raise ProjectFormatError("{shown}: beyond repair; it does not say which clip it belongs to.", shown=shown)
    for frame_index, blob_id in run("SELECT frame_index, blob_id FROM frame").fetchall():
        row = run("SELECT data FROM blob WHERE blob_id = ?", (blob_id,)).fetchone()
        if not _fits(row[0] if row else None, size):
            lost.append(frame_index)
            run("DELETE FROM frame WHERE frame_index = ?", (frame_index,))
            run("DELETE FROM state WHERE frame_index = ?", (frame_index,))
    known = "(SELECT frame_index FROM frame)"
    lost.extend(row[0] for row in run(f"SELECT DISTINCT frame_index FROM state WHERE frame_index NOT IN {known}"))
    run(f"DELETE FROM state WHERE frame_index NOT IN {known}")
    damaged = _check_tracks(connection)
    if damaged:
        notes.append(
            Message("names and colours are lost of the objects {damaged}", damaged=", ".join(map(str, damaged)))
        )
    shapes = _check_shapes(connection)
    if shapes:
        notes.append(Message("some shapes could not be read any more"))
    held = run("SELECT count(*) FROM step_frame WHERE blob_id NOT IN (SELECT blob_id FROM blob)").fetchone()[0]
    if lost or damaged or shapes or held or history_lost:
        for table in _HISTORY:
            run(f"DELETE FROM {table}")
        run("DELETE FROM blob WHERE blob_id NOT IN (SELECT blob_id FROM frame)")
        notes.append(Message("what was done before cannot be undone any more"))
    run("DELETE FROM measure WHERE blob_id NOT IN (SELECT blob_id FROM blob)")
    run("INSERT OR IGNORE INTO used_id SELECT object_id FROM track")


def _fits(data: object, size: tuple[int, int]) -> bool:
    try:
        return isinstance(data, bytes) and decode_labels(data).shape == size
    except MaskError:
        return False


def _check_shapes(connection: sqlite3.Connection) -> bool:
    """Takes out shapes that make no sense, or of objects that are gone; whether there were any."""
    run = connection.execute
    count = run("SELECT frame_count FROM project").fetchone()[0]
    objects = {row[0] for row in run("SELECT object_id FROM track")}
    wrong = []
    for shape_id, payload in run("SELECT shape_id, payload FROM shape").fetchall():
        try:
            shape = shape_from_json(shape_id, payload)
        except ValueError:
            wrong.append(shape_id)
            continue
        if shape.last >= count or shape.object_id not in objects:
            wrong.append(shape_id)
    for shape_id in wrong:
        run("DELETE FROM shape WHERE shape_id = ?", (shape_id,))
    return bool(wrong)


def _check_tracks(connection: sqlite3.Connection) -> list[int]:
    """Gives objects of which nothing can be read, but which have masks, a name and colour; returns their ids."""
    damaged = []
    run = connection.execute
    payloads = dict(run("SELECT object_id, payload FROM track").fetchall())
    with_masks = {row[0] for row in run("SELECT DISTINCT object_id FROM state")}
    for object_id in sorted({*payloads, *with_masks}):
        if object_id in payloads and is_payload(object_id, payloads[object_id], payloads):
            continue
        damaged.append(object_id)
        fields = {"name": f"Object {object_id}", "colour": object_colour(object_id)}
        run("INSERT OR REPLACE INTO track VALUES (?, ?)", (object_id, json.dumps(fields)))
    return damaged
