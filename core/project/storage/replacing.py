"""Putting a finished project in place of another one, which nobody can have open meanwhile."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from core.errors import ProjectError
from core.files import atomic_file
from core.outputs import DATABASE_ENDINGS, check_database_name
from core.project.storage.database import called, checkpoint_log, in_words
from core.project.storage.holding import hold

_WAIT_SECONDS = 0.5


@contextlib.contextmanager
def replacement(target: Path) -> Iterator[Path]:
    """A path next to `target` for a new project; when the block ends, the project there, closed, takes its place.

    What is at `target` is locked until then, so that nobody's changes go with it. An error inside leaves it as it was.
    Raises ProjectError if it is in use, or the path cannot be written to, or the new one is not whole for want of room;
    OutputError if it cannot have that name.
    """
    target = Path(target)
    check_database_name(target)
    try:
        with held(target) as let_go, atomic_file(target) as part:
            with called(part, target):
                yield part
            checkpoint_log(part, target)
            _drop_companions(target)
            if os.name == "nt":
                # an open file cannot be replaced there
                let_go()
    except OSError as error:
        raise ProjectError(
            "{target}: the project cannot be written ({reason}).", target=target, reason=error.strerror or error
        ) from error


def replace_project(finished: Path, target: Path) -> None:
    """Moves a finished project, closed and on the same disk, to `target`, as `replacement` does. Raises as that."""
    with replacement(target) as part:
        finished.replace(part)


@contextlib.contextmanager
def held(path: Path) -> Iterator[Callable[[], None]]:
    """Locks a project against other programs, if there is one; yields a function that releases it early.

    Whatever belongs to it is inside its one file meanwhile. Raises ProjectError if somebody has it open.
    """
    with contextlib.ExitStack() as undo:
        if path.is_file():
            undo.callback(hold(path))
            undo.callback(_locked(path).close)
        yield undo.close


def _locked(path: Path) -> sqlite3.Connection:
    address = f"{path.absolute().as_uri()}?mode=rw"
    with in_words(path):
        connection = sqlite3.connect(address, uri=True, isolation_level=None, timeout=_WAIT_SECONDS)
        try:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            # brings what is in the write-ahead log into the file: the log would revive the old project in the new one
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
                connection.close()
                raise
            # no database, so nobody has it open as one
        return connection


def _drop_companions(target: Path) -> None:
    """What an old project left next to it would be taken for a part of the new one."""
    for ending in DATABASE_ENDINGS:
        target.with_name(target.name + ending).unlink(missing_ok=True)
