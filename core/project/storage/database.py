"""The connection to a project file: opening it exclusively, transactions, and SQLite's errors in plain words."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from core.errors import ProjectError, ProjectFormatError
from core.files import partial_path, publish
from core.messages import message_of
from core.outputs import DATABASE_ENDINGS, check_database_name, identity
from core.project.storage.holding import hold
from core.project.storage.open_files import is_open_here, remember
from core.project.storage.sanity import check_rows, check_tables
from core.project.storage.schema import SCHEMA_VERSION, check_format, create_tables, migrate

_WAIT_SECONDS = 0.5


class Database:
    """An open project file. Used from the thread that opened it; no other program can open the file meanwhile.

    `read_only`: it lies where nothing can be written, so that it can be read and every transaction fails.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        """Called by `create` and `open`."""
        self.path = path
        self.read_only = False
        self.times_put_back = 0
        """How often the file was taken away, and put back with all that is in it."""
        self._connection = connection
        self._closing = ExitStack()
        self._closing.callback(connection.close)
        self._identity = identity(path)
        self.in_memory = False
        """Whether there is no file yet: the first transaction makes it."""
        self._on_rollback: list[Callable[[], None]] = []
        self.before_use: Callable[[bool], None] = _at_once
        """Called before the file is written to (True) or read (False), outside of transactions."""

    @classmethod
    def create(cls, path: Path, fill: Callable[[sqlite3.Connection], None]) -> Database:
        """A new file with empty tables and what `fill` puts in. Raises ProjectError if the file exists or cannot be.

        It appears under its name with all of this in it. An empty file counts as none.
        """
        check_database_name(path)
        if path.exists() and path.stat().st_size:
            raise ProjectError("{path}: this file exists; open it, or name another one.", path=path)
        try:
            with partial_path(path.parent) as part, called(part, path):
                part.open("xb").close()
                database = cls(part, _connect(part, new=True))
                try:
                    with database.transaction():
                        create_tables(database._connection)
                        fill(database._connection)
                finally:
                    database.close()
                checkpoint_log(part, path)
                publish(part, path)
        except FileExistsError as error:
            raise ProjectError("{path}: this file exists; open it, or name another one.", path=path) from error
        except OSError as error:
            raise ProjectError(
                "{path}: the project cannot be created ({reason}).", path=path, reason=error.strerror or error
            ) from error
        return cls.open(path)

    @classmethod
    def create_later(cls, path: Path, fill: Callable[[sqlite3.Connection], None]) -> Database:
        """As `create`, but there is no file before the first transaction, which reports what cannot be written."""
        check_database_name(path)
        if path.exists() and path.stat().st_size:
            raise ProjectError("{path}: this file exists; open it, or name another one.", path=path)
        connection = sqlite3.connect(":memory:", isolation_level=None)
        with in_words(path):
            create_tables(connection)
            fill(connection)
        database = cls(path, connection)
        database.in_memory = True
        return database

    @classmethod
    def open(cls, path: Path) -> Database:
        """Opens an existing file. Raises ProjectError (not there, in use) or ProjectFormatError (not ours, newer)."""
        if not path.is_file():
            raise ProjectError("{path}: there is no such project.", path=path)
        try:
            return cls._open_to_write(path)
        except ProjectError as error:
            if not cannot_write(error.__cause__):
                raise
        return cls._open_to_read(path)

    @classmethod
    def _open_to_write(cls, path: Path) -> Database:
        while True:
            before = identity(path)
            with ExitStack() as undo:
                undo.callback(hold(path))
                connection = _connect(path, new=False)
                undo.callback(connection.close)
                with in_words(path):
                    # the first look at a table takes the lock, which is then held
                    _make_current(connection, path)
                database = cls(path, connection)
                database._closing = undo.pop_all()
            if database._identity == before:
                database._closing.callback(remember(path))
                return database
            # another one took its place while we waited for the lock
            database.close()

    @classmethod
    def _open_to_read(cls, path: Path) -> Database:
        with ExitStack() as undo, in_words(path):
            connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
            undo.callback(connection.close)
            version = check_format(connection, str(path))
            check_tables(connection, str(path), complete=False)
            logs = [log for ending in DATABASE_ENDINGS if (log := path.with_name(path.name + ending)).exists()]
            if logs or version != SCHEMA_VERSION:
                # what has to be written to before it can be read is read in a copy
                try:
                    folder = Path(undo.enter_context(TemporaryDirectory(prefix="rotoflow-")))
                    for file in (path, *logs):
                        shutil.copyfile(file, folder / file.name)
                except OSError as error:
                    raise ProjectError(
                        "{path}: cannot be copied to {folder}, to be read there ({reason}).",
                        path=path,
                        folder=folder,
                        reason=error.strerror or error,
                    ) from error
                connection = _connect(folder / path.name, new=False)
                undo.callback(connection.close)
            _make_current(connection, path)
            database = cls(path, connection)
            database.read_only = True
            database._closing = undo.pop_all()
        return database

    def close(self) -> None:
        """Writes everything into the one file and closes it. Calling it twice is harmless.

        Where that fails, as on a full disk, the log stays beside the file and is a part of it: see `checkpoint_log`.
        """
        self._closing.close()

    def check_location(self) -> None:
        """Puts the file back if it was taken away. Raises ProjectError if that fails, or another one is there.

        What is written goes into the open file, wherever that is: without this, all of it would be gone at the end.
        """
        if self.in_memory:
            self._write_first()
            return
        found = None if self.read_only else identity(self.path)
        if self.read_only or found == self._identity:
            return
        if found is not None:
            raise ProjectError(
                "{path}: another program has put another file at this path; the last change was not stored.",
                path=self.path,
            )
        try:
            self._publish()
        except OSError as error:
            raise ProjectError(
                "{path}: is not there any more and cannot be put back ({reason}); the last change was not stored. "
                "Put its folder back, or open it where it is now.",
                path=self.path,
                reason=error.strerror or error,
            ) from error
        self._reopen()
        self.times_put_back += 1

    def is_intact(self) -> bool:
        """Whether SQLite finds no fault in the pages. Raises sqlite3.DatabaseError if it cannot look.

        It is asked here: after a kill while the log was written into the file, the file by itself is neither old nor
        new, and only with the log is it whole.
        """
        answer: tuple[str] = self._connection.execute("PRAGMA quick_check(1)").fetchone()
        return answer == ("ok",)

    def back_up(self, target: Path) -> None:
        """Writes all of it to an empty file. Raises ProjectError."""
        with in_words(self.path), closing(sqlite3.connect(target)) as copy:
            self._connection.backup(copy)

    def _write_first(self) -> None:
        try:
            self._publish()
        except FileExistsError as error:
            raise ProjectError("{path}: this file exists; open it, or name another one.", path=self.path) from error
        except OSError as error:
            raise ProjectError(
                "{path}: the project cannot be created ({reason}).", path=self.path, reason=error.strerror or error
            ) from error
        self._reopen()
        self.in_memory = False

    def _publish(self) -> None:
        """Makes the file of what is in the connection. Raises OSError, FileExistsError if there is one."""
        with partial_path(self.path.parent) as part:
            part.open("xb").close()
            self.back_up(part)
            checkpoint_log(part, self.path)
            publish(part, self.path)

    def _reopen(self) -> None:
        self._closing.close()
        with ExitStack() as undo:
            undo.callback(hold(self.path))
            self._connection = _connect(self.path, new=False)
            undo.callback(self._connection.close)
            self._closing = undo.pop_all()
        self._closing.callback(remember(self.path))
        self._identity = identity(self.path)

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
            self._reach()
            return self._connection.execute(sql, parameters).fetchall()

    def row(self, sql: str, parameters: tuple[object, ...] = ()) -> tuple[Any, ...] | None:
        """The first row of a query, if there is one. Raises ProjectError."""
        with in_words(self.path):
            self._reach()
            found: tuple[Any, ...] | None = self._connection.execute(sql, parameters).fetchone()
            return found

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything inside happens, or nothing: an error takes all of it back, in the file and in memory.

        Raises ProjectError if the file cannot be written to.
        """
        self.before_use(True)
        if self.read_only:
            raise ProjectError(
                "{path}: can only be read where it is; copy it to a disk that can be written to.", path=self.path
            )
        self.check_location()
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

    def _reach(self) -> None:
        with in_words(self.path):
            changing = self._connection.in_transaction
        if not changing:
            self.before_use(False)

    def on_rollback(self, restore: Callable[[], None]) -> None:
        """`restore` is called after a transaction failed, to read again what is kept in memory."""
        self._on_rollback.append(restore)


def _at_once(writing: bool) -> None:
    """Asks before the file is used by default: does not wait."""


def _connect(path: Path, new: bool) -> sqlite3.Connection:
    with in_words(path):
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None, timeout=_WAIT_SECONDS
        )
        try:
            connection.execute("PRAGMA trusted_schema = OFF")
            # set before the first read. One program at a time: two windows would lose each other's corrections
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            if not new:
                # somebody else's file must not even be switched to another journal mode
                check_format(connection, str(path))
                check_tables(connection, str(path), complete=False)
            connection.execute("PRAGMA journal_mode = WAL")
            # a commit survives the program; only the machine's own crash can lose the last ones, and never the file
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA journal_size_limit = 67108864")
        except BaseException:
            connection.close()
            raise
    return connection


@contextmanager
def called(part: Path, target: Path) -> Iterator[None]:
    """Makes errors that name a project by its temporary path name its final one."""
    try:
        yield
    except ProjectError as error:
        message = message_of(error)
        named = message.fields.get("path")
        # a project that is open knows its absolute path
        if named is None or os.path.realpath(str(named)) != os.path.realpath(part):
            raise
        raise type(error)(message.filled(**{**message.fields, "path": target})) from error.__cause__


def checkpoint_log(path: Path, name: Path) -> None:
    """Makes sure that a project that was closed is in its one file, before that is moved: SQLite keeps its log beside
    it, without an error, where the log cannot be written into it. `name` is what errors call it. Raises ProjectError.
    """
    if not any(path.with_name(path.name + ending).exists() for ending in DATABASE_ENDINGS):
        return
    address = f"{path.absolute().as_uri()}?mode=rw"
    with in_words(name), closing(sqlite3.connect(address, uri=True, isolation_level=None)) as connection:
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def move_closed(path: Path, target: Path) -> None:
    """Moves a project that was closed, with what of it is still in its log, to where nothing is. Raises OSError."""
    for ending in (*DATABASE_ENDINGS, ""):
        part = path.with_name(path.name + ending)
        if part.exists():
            part.replace(target.with_name(target.name + ending))


def _make_current(connection: sqlite3.Connection, path: Path) -> None:
    """Brings a file to the current version and makes sure that it can be trusted. Raises ProjectFormatError."""
    migrate(connection, check_format(connection, str(path)))
    check_tables(connection, str(path), complete=True)
    check_rows(connection, str(path))


def cannot_write(error: BaseException | None) -> bool:
    """Whether SQLite failed in a way in which it does on a disk that can only be read."""
    code = getattr(error, "sqlite_errorcode", None)
    return code is not None and code & 0xFF in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR)


@contextmanager
def in_words(path: Path) -> Iterator[None]:
    """Turns SQLite's errors into a sentence. Raises ProjectFormatError for damage, ProjectError for everything else."""
    try:
        yield
    except UnicodeDecodeError as error:
        raise ProjectFormatError(
            "{path}: no Rotoflow project, or damaged ({error}).", path=path, error=error
        ) from error
    except sqlite3.Error as error:
        code = (error.sqlite_errorcode & 0xFF) if getattr(error, "sqlite_errorcode", None) is not None else None
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and is_open_here(path):
            raise ProjectError("{path}: in use here already; it cannot be opened twice.", path=path) from error
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise ProjectError(
                "{path}: in use by another window or program; close it there first.", path=path
            ) from error
        if code == sqlite3.SQLITE_CORRUPT:
            raise ProjectFormatError(
                "{path}: damaged ({error}). What can be read of it is saved by: rotoflow repair {path}",
                path=path,
                error=error,
            ) from error
        if code == sqlite3.SQLITE_NOTADB:
            raise ProjectFormatError(
                "{path}: no Rotoflow project, or damaged ({error}).", path=path, error=error
            ) from error
        if code == sqlite3.SQLITE_FULL:
            raise ProjectError(
                "{path}: the disk is full; the last change was not stored. Make room.", path=path
            ) from error
        if cannot_write(error) and path.parent.is_dir() and not os.access(path.parent, os.W_OK):
            raise ProjectError("{path}: lies where nothing can be written; name another place.", path=path) from error
        if cannot_write(error):
            raise ProjectError(
                "{path}: cannot be read or written where it is ({error}).", path=path, error=error
            ) from error
        raise ProjectError("{path}: the project cannot be used ({error}).", path=path, error=error) from error
