"""The file of a project: created, opened, copied and closed."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Self

from core.closeable import Closeable
from core.errors import ProjectError
from core.project.reference import (
    ClipFingerprint,
    FingerprintOf,
    ReferenceStore,
    VideoReference,
    stored_paths,
    write_clip_location,
)
from core.project.storage.database import Database
from core.project.storage.replacing import replacement
from core.project.storage.stores import Stores


class ProjectFile(Closeable):
    """One open project file. Used from one thread; no other program can open the file meanwhile.

    Each call that changes something is one transaction: when it returns, the change is in the file and outlasts a crash
    of the program. Errors of the file (gone, full disk) are ProjectError; the project is then as before the call.
    """

    def __init__(self, database: Database) -> None:
        """Called by `create` and `open`."""
        self._database = database
        self._stores = Stores(database)
        self._reference = ReferenceStore(database)

    @classmethod
    def create(
        cls, path: Path, video: VideoReference, frame_count: int, size: tuple[int, int], later: bool = False
    ) -> Self:
        """A new, empty project for a clip of `frame_count` frames of `size` (width, height).

        With `later` the file is made by the first change; if it cannot be, that change raises ProjectError.

        Raises ProjectError if the file exists or cannot be written, or the clip has no frame.
        """
        path = Path(path).resolve()
        if frame_count < 1 or min(size) < 1:
            raise ProjectError(
                "{path}: a clip of {frame_count} frames of {width} x {height} has no pictures.",
                path=video.path,
                frame_count=frame_count,
                width=size[0],
                height=size[1],
            )

        def fill(connection: sqlite3.Connection) -> None:
            connection.execute(
                "INSERT INTO project VALUES (1, ?, ?, ?, ?, ?, ?, ?)",
                (frame_count, *size, *stored_paths(path, video.path), video.size_bytes, video.head_hash),
            )

        return cls(Database.create_later(path, fill) if later else Database.create(path, fill))

    @classmethod
    def open(cls, path: Path) -> Self:
        """Opens a project. Raises ProjectError (not there, in use) or ProjectFormatError (no project, newer)."""
        database = Database.open(Path(path).resolve())
        try:
            return cls(database)
        except BaseException:
            database.close()
            raise

    def close(self) -> None:
        """Closes the file. Every change is already in it; calling this twice is harmless."""
        self._database.close()

    def is_intact(self) -> bool:
        """Whether SQLite finds no fault in the file and its log together. Raises sqlite3.DatabaseError if it cannot."""
        return self._database.is_intact()

    @property
    def path(self) -> Path:
        """The project file, absolute."""
        return self._database.path

    @property
    def is_written(self) -> bool:
        """Whether there is a file: False from `create` with `later` to the first change."""
        return not self._database.in_memory

    @property
    def times_put_back(self) -> int:
        """How often the file was taken away while it was open, and put back with all that is in it."""
        return self._database.times_put_back

    @property
    def read_only(self) -> bool:
        """Whether the file lies where nothing can be written, so that every change raises ProjectError."""
        return self._database.read_only

    def ask_before_use(self, ask: Callable[[bool], None]) -> None:
        """`ask` is called before the file is written to (True) or read (False): a caller that a stalled disk must not
        block waits in it until the disk answers.
        """
        self._database.before_use = ask

    def save_copy(self, target: Path) -> None:
        """Writes all of it to another file, in place of what is there; this project stays open where it is.

        The copy finds the clip where this one does. Raises ProjectError if that path cannot be written to or is open
        in a program, this one included; OutputError if a file cannot have that name.
        """
        target = Path(target).resolve()
        if target == self.path:
            raise ProjectError("{target}: this project is open; name another file for its copy.", target=target)
        with replacement(target) as part:
            part.open("xb").close()
            self._database.back_up(part)
            write_clip_location(part, target, self.video.path)

    @property
    def frame_count(self) -> int:
        return self._stores.frame_count

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) of the clip and of every mask."""
        return self._stores.size

    # -- the clip

    @property
    def video(self) -> VideoReference:
        """The clip as it was last seen."""
        return self._reference.current

    def locate_video(self, fingerprint_of: FingerprintOf) -> Path:
        """Where the clip is: where it was, or moved together with the project. Raises VideoMovedError."""
        return self._reference.locate(fingerprint_of)

    def relocate(self, path: Path, fingerprint: ClipFingerprint) -> None:
        """Stores the clip's new path. Raises WrongVideoError if it is another clip."""
        self._reference.relocate(Path(path), fingerprint)
