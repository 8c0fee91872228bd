"""The clip that a project was made from, and finding it again."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Protocol

from core.errors import MediaError, OutputError, ProjectError, VideoMovedError, WrongVideoError
from core.messages import Message
from core.outputs import identity, spare_inputs
from core.project.storage.database import Database, in_words
from core.project.storage.sanity import check_tables
from core.types import PROJECT_SUFFIX

_LEVELS = 4
"""In so many folders above what is written, projects are looked for."""
_MOST_PROJECTS = 200
"""Of a folder that are looked into, in the order of their names."""


class ClipFingerprint(Protocol):
    """What `core.media.fingerprint` returns."""

    @property
    def size_bytes(self) -> int:
        """Size of the file, or of all pictures together."""
        ...

    @property
    def head_hash(self) -> str:
        """SHA-256 of how it begins."""
        ...


FingerprintOf = Callable[[Path], ClipFingerprint]


@dataclass(frozen=True)
class VideoReference:
    """Where a clip is and what identifies it: its size in bytes and the hash of its beginning."""

    path: Path
    size_bytes: int
    head_hash: str

    def fits(self, other: ClipFingerprint) -> bool:
        """Whether a fingerprint is this clip's."""
        return (self.size_bytes, self.head_hash) == (other.size_bytes, other.head_hash)


StoredPath = str | bytes
"""Text, or the bytes of a name that is not text."""


def stored_paths(project: Path, video: Path) -> tuple[StoredPath, StoredPath]:
    """The clip's path as stored: absolute, and relative to the project's folder, so that both can move together."""
    absolute = video.resolve()
    try:
        relative = Path(os.path.relpath(absolute, project.resolve().parent)).as_posix()
    except ValueError:  # another drive
        relative = ""
    return _stored(str(absolute)), _stored(relative)


def _stored(path: str) -> StoredPath:
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return os.fsencode(path)
    return path


def clip_locations(project: Path, path: StoredPath, relative: StoredPath) -> list[Path]:
    """Where the clip of a project may be, by the paths stored in it: as it was, moved with the project, next to it."""
    folder = project.resolve().parent
    was = Path(os.fsdecode(path))
    together = [(folder / PurePosixPath(os.fsdecode(relative))).resolve()] if relative else []
    return [was, *together, folder / was.name]


def recorded_clips(project: Path) -> tuple[Path, ...]:
    """Where the clip of a project file may be, read without changing or locking the file; none if it cannot be read."""
    try:
        address = f"{project.absolute().as_uri()}?mode=ro&immutable=1"
        with closing(sqlite3.connect(address, uri=True)) as connection:
            check_tables(connection, str(project), complete=False)
            path, relative = connection.execute("SELECT video_path, video_relative FROM project").fetchone()
        return tuple(clip_locations(project, path, relative))
    except (sqlite3.Error, ProjectError, OSError, TypeError, ValueError):
        return ()


def with_clips(inputs: Iterable[Path | None]) -> list[Path]:
    """The inputs, and the clips that those of them name which are projects: what a reader of them reads, too."""
    given = [path for path in inputs if path is not None]
    return [*given, *(clip for path in given if path.is_file() for clip in recorded_clips(path))]


def spare_sources(outputs: Iterable[Path], inputs: Iterable[Path | None], allowed: Iterable[Path] = ()) -> None:
    """`core.outputs.spare_inputs`, and raises OutputError, too, if an output is, or lies inside, the clip of a project
    that lies next to that clip.

    Such a folder looks like any folder of pictures: whoever names it as a target by mistake loses a recording.
    """
    outputs = list(outputs)
    spare_inputs(outputs, inputs, allowed)
    seen: dict[Path, list[tuple[Path, Path]]] = {}
    for output in outputs:
        real = Path(os.path.realpath(output))
        parts = [mark for one in (real, *real.parents) if (mark := identity(one)) is not None]
        for folder in list(real.parents)[:_LEVELS]:
            if folder not in seen:
                seen[folder] = _media_of(folder)
            for clip, project in seen[folder]:
                if identity(clip) in parts:
                    raise OutputError(
                        "{output}: is the clip of {project}, or lies inside it, so nothing is written to it. Name "
                        "another path.",
                        output=output,
                        project=project,
                    )


def _media_of(folder: Path) -> list[tuple[Path, Path]]:
    """The clips of the projects in a folder, as far as they are there, each with its project."""
    try:
        projects = sorted(folder.glob(f"*{PROJECT_SUFFIX}"))[:_MOST_PROJECTS]
    except OSError:
        return []
    found = []
    for project in projects:
        # not what has the clip's name and lies next to the project: that may be an export
        locations = recorded_clips(project)[:-1] if project.is_file() else ()
        clip = next((one for one in locations if identity(one) is not None), None)
        if clip is not None:
            found.append((clip, project))
    return found


def write_clip_location(file: Path, home: Path, clip: Path) -> None:
    """Writes into a closed project file where its clip is; the file is to be moved to `home`. Raises ProjectError."""
    with in_words(home), closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("UPDATE project SET video_path = ?, video_relative = ?", stored_paths(home, clip))


class ReferenceStore:
    """The reference in the file. It is no part of the history."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def current(self) -> VideoReference:
        """The clip as it was last seen."""
        path, _, size_bytes, head_hash = self._read()
        return VideoReference(Path(os.fsdecode(path)), size_bytes, head_hash)

    def locate(self, fingerprint_of: FingerprintOf) -> Path:
        """The clip's path: where it was, else at the same path relative to the project, else next to the project.

        Only a clip with the same fingerprint counts; its path is stored. Raises VideoMovedError without one.
        """
        reference = self.current
        seen: list[Path] = []
        for candidate in self._candidates():
            if candidate in seen or not candidate.exists():
                continue
            seen.append(candidate)
            try:
                found = fingerprint_of(candidate)
            except (MediaError, OSError):
                continue
            if reference.fits(found):
                if candidate != reference.path:
                    self._write(candidate)
                return candidate
        if seen:
            raise VideoMovedError(
                "{path}: this is not the clip that {name} was made from; it was replaced or changed. Put the "
                "original back, or locate it at its new path.",
                path=seen[0],
                name=self._database.path.name,
            )
        raise VideoMovedError(
            "{path}: the clip of {name} is not there any more. Put it back, or locate it at its new path.",
            path=reference.path,
            name=self._database.path.name,
        )

    def relocate(self, path: Path, found: ClipFingerprint) -> None:
        """Stores the clip's new path. Raises WrongVideoError if the fingerprint is another clip's."""
        reference = self.current
        if not reference.fits(found):
            raise WrongVideoError(
                "{path}: this is another clip than the one {name} was made from ({size_bytes} bytes, expected "
                "{wanted}{more}). Choose the original, {original}.",
                path=path,
                name=self._database.path.name,
                size_bytes=found.size_bytes,
                wanted=reference.size_bytes,
                more=_same(found, reference),
                original=reference.path.name,
            )
        self._write(path)

    def _candidates(self) -> list[Path]:
        path, relative, _, _ = self._read()
        return clip_locations(self._database.path, path, relative)

    def _read(self) -> tuple[StoredPath, StoredPath, int, str]:
        row = self._database.row("SELECT video_path, video_relative, video_bytes, video_hash FROM project")
        assert row is not None
        return row[0], row[1], row[2], row[3]

    def _write(self, path: Path) -> None:
        if self._database.read_only:
            # it is found again each time
            return
        with self._database.transaction():
            self._database.execute(
                "UPDATE project SET video_path = ?, video_relative = ?", stored_paths(self._database.path, path)
            )


def _same(found: ClipFingerprint, reference: VideoReference) -> Message:
    return Message(", with another beginning" if found.size_bytes == reference.size_bytes else "")
