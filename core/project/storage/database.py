"""The connection to a project file: opening it alone, transactions, and SQLite's errors in a person's words."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from core.errors import ProjectError, ProjectFormatError
from core.project.storage.schema import check_format, create_tables, migrate

_WAIT_SECONDS = 0.5


class Database:
    """An open project file. Used from the thread that opened it; no other program can open the file meanwhile."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection
        self._on_rollback: list[Callable[[], None]] = []

    @classmethod
    def create(cls, path: Path, fill: Callable[[sqlite3.Connection], None]) -> Database:
        """A new file with empty tables and what `fill` puts in. Raises ProjectError if the file exists or cannot be."""
        try:
            path.open("xb").close()
        except FileExistsError as error:
            raise ProjectError(f"{path}: this file exists; open it, or name another one.") from error
        except OSError as error:
            raise ProjectError(f"{path}: the project cannot be created ({error.strerror or error}).") from error
        try:
            database = cls(path, _connect(path, new=True))
            with database.transaction():
                create_tables(database._connection)
                fill(database._connection)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return database

    @classmethod
    def open(cls, path: Path) -> Database:
        """Opens an existing file. Raises ProjectError (not there, in use) or ProjectFormatError (not ours, newer)."""
        if not path.is_file():
            raise ProjectError(f"{path}: there is no such project.")
        connection = _connect(path, new=False)
        try:
            with in_words(path):
                migrate(connection, check_format(connection, str(path)))
                # the first look at a table takes the lock, which is then held
                connection.execute("SELECT count(*) FROM project").fetchone()
        except BaseException:
            connection.close()
            raise
        return cls(path, connection)

    def close(self) -> None:
        """Writes everything into the one file and lets go of it. Calling it twice is harmless."""
        self._connection.close()

    def execute(self, sql: str, parameters: tuple[object, ...] = ()) -> sqlite3.Cursor:
        """Runs one statement. Raises ProjectError."""
        with in_words(self.path):
            return self._connection.execute(sql, parameters)

    def execute_many(self, sql: str, rows: Iterable[tuple[object, ...]]) -> None:
        """Runs one statement for every row. Raises ProjectError."""
        with in_words(self.path):
            self._connection.executemany(sql, rows)

    def rows(self, sql: str, parameters: tuple[object, ...] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query. Raises ProjectError."""
        with in_words(self.path):
            return self._connection.execute(sql, parameters).fetchall()

    def row(self, sql: str, parameters: tuple[object, ...] = ()) -> tuple[Any, ...] | None:
        """The first row of a query, if there is one. Raises ProjectError."""
        with in_words(self.path):
            found: tuple[Any, ...] | None = self._connection.execute(sql, parameters).fetchone()
            return found

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything inside happens, or nothing: an error takes all of it back, in the file and in memory."""
        self.execute("BEGIN IMMEDIATE")
        try:
            yield
            self.execute("COMMIT")
        except BaseException:
            # on some errors, such as a full disk, SQLite has already rolled back
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            for restore in self._on_rollback:
                restore()
            raise

    def on_rollback(self, restore: Callable[[], None]) -> None:
        """`restore` is called after a transaction failed, to read again what is kept in memory."""
        self._on_rollback.append(restore)


def _connect(path: Path, new: bool) -> sqlite3.Connection:
    with in_words(path):
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None, timeout=_WAIT_SECONDS
        )
        try:
            # set before the first read. One program at a time: two windows would lose each other's corrections
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            if not new:
                # somebody else's file must not even be switched to another journal mode
                check_format(connection, str(path))
            connection.execute("PRAGMA journal_mode = WAL")
            # a commit survives the program; only the machine's own crash can lose the last ones, and never the file
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA journal_size_limit = 67108864")
        except BaseException:
            connection.close()
            raise
    return connection


@contextmanager
def in_words(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        code = (error.sqlite_errorcode & 0xFF) if getattr(error, "sqlite_errorcode", None) is not None else None
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise ProjectError(f"{path}: in use by another window or program; close it there first.") from error
        if code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
            raise ProjectFormatError(f"{path}: no Rotoflow project, or damaged ({error}).") from error
        if code == sqlite3.SQLITE_FULL:
            raise ProjectError(f"{path}: the disk is full; the last change was not stored. Make room.") from error
        raise ProjectError(f"{path}: the project cannot be used ({error}).") from error
