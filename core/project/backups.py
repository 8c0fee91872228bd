"""Copies of a project as it was when it was opened before, kept apart from it, and putting one back in its place."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from core.errors import ProjectError, ProjectFormatError
from core.files import atomic_file
from core.outputs import DATABASE_ENDINGS, spare_inputs
from core.own_folders import BACKUPS_VARIABLE as BACKUPS_VARIABLE
from core.own_folders import backups_folder
from core.project.repair import is_sound
from core.project.storage.database import checkpoint_log, in_words
from core.project.storage.replacing import held, replacement
from core.project.storage.sanity import check_tables
from core.project.storage.schema import check_format
from core.types import PROJECT_SUFFIX

KEPT = 5
LEAST_SECONDS = 600.0
"""A copy that is younger than this is good enough."""
MOST_BYTES = 512 * 2**20
"""A project is copied while a person waits for it to open: a larger one is not."""

_LEAST_MARK = 16
"""Letters from which on what identifies a clip is found in a file by no accident."""
_PIECE_BYTES = 4 << 20

_ORIGIN_FILE = "origin.txt"
"""Beside the copies: where the project was."""
_MASKED = """
SELECT COUNT(*) FROM frame WHERE EXISTS (
    SELECT 1 FROM measure JOIN track USING (object_id) WHERE measure.blob_id = frame.blob_id AND measure.area > 0
) OR NOT EXISTS (SELECT 1 FROM measure WHERE measure.blob_id = frame.blob_id)
"""
"""Frames with pixels of an object that is there: those of a deleted one stay. What was never measured counts, too."""


@dataclass(frozen=True)
class Backup:
    """What a copy holds, and when that was changed last, in local time."""

    path: Path
    changed: datetime
    frames: int
    """Frames with a mask that shows an object."""
    objects: int
    origin: Path | None = None
    """Where the project was when it was copied, if that is elsewhere."""


def backup_folder(project: Path) -> Path | None:
    """The folder of a project's backups; None if none are made."""
    root = backups_folder()
    if root is None:
        return None
    path = os.path.realpath(project)
    mark = hashlib.sha256(os.fsencode(path)).hexdigest()[:12]
    name = "".join(sign if sign.isalnum() else "_" for sign in project.stem)[:40]
    return root / f"{name}-{mark}"


def backups(project: Path) -> list[Path]:
    """The copies of a project, the newest first."""
    folder = backup_folder(project)
    return [] if folder is None else _copies(folder, project.suffix)


def _copies(folder: Path, suffix: str) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted((one for one in folder.iterdir() if one.suffix == suffix), reverse=True)


def list_backups(project: Path | None, everyone: bool = False) -> list[Backup]:
    """The copies that can be put back, the newest first, with what they hold. Damaged ones are left out.

    Copies are kept by the project's path. If it was moved or renamed, those from before are listed, too: of a project
    that is not where it was any more, with the same clip. Of one that is damaged: with the same name, or if the mark of
    the clip is still found somewhere in it. With `everyone` the copies of all other projects come, too, or without a
    `project`, of all there are.
    """
    copies: list[tuple[Path, Path | None]] = []
    if project is not None:
        copies = [(copy, None) for copy in backups(project)]
    others = _elsewhere(project) if everyone else [] if project is None else _moved(project)
    suffix = PROJECT_SUFFIX if project is None else project.suffix
    copies += [(copy, origin) for folder, origin in others for copy in _copies(folder, suffix)]
    copies.sort(key=lambda one: one[0].name, reverse=True)
    return [replace(found, origin=origin) for copy, origin in copies if (found := _look_into(copy)) is not None]


def _elsewhere(project: Path | None) -> Iterator[tuple[Path, Path]]:
    """The folders of copies of other projects, and where those are or were."""
    own = backup_folder(project or Path(PROJECT_SUFFIX))
    if own is None or not own.parent.is_dir():
        return
    for folder in sorted(own.parent.iterdir()):
        if folder != own:
            with contextlib.suppress(OSError):
                yield folder, Path((folder / _ORIGIN_FILE).read_text(encoding="utf-8", errors="surrogateescape"))


def _moved(project: Path) -> Iterator[tuple[Path, Path]]:
    """Of `_elsewhere`, those of projects that may be this one before it was moved."""
    clip = _clip_of(project)
    candidates: list[tuple[Path, Path, tuple[object, ...]]] = []
    for folder, origin in _elsewhere(project):
        if not os.path.lexists(origin):
            found = next((of for copy in _copies(folder, project.suffix)[:1] if (of := _clip_of(copy))), None)
            if found is not None:
                candidates.append((folder, origin, found))
    held_marks = _marks_in(project, {str(found[0]) for *_, found in candidates}) if clip is None else set()
    for folder, origin, found in candidates:
        if found == clip or (clip is None and (origin.name == project.name or str(found[0]) in held_marks)):
            yield folder, origin


def _marks_in(damaged: Path, marks: set[str]) -> set[str]:
    """Those of the clips' marks, which are hashes, that stand somewhere in a file: a damaged table loses no letter."""
    wanted = {mark: mark.encode() for mark in marks if len(mark) >= _LEAST_MARK}
    found: set[str] = set()
    with contextlib.suppress(OSError), damaged.open("rb") as file:
        rest, longest = b"", max(map(len, wanted.values()), default=0)
        while len(found) < len(wanted) and (piece := file.read(_PIECE_BYTES)):
            rest = rest[-longest:] + piece
            found |= {mark for mark, letters in wanted.items() if letters in rest}
    return found


def _clip_of(project: Path) -> tuple[object, ...] | None:
    """What identifies the clip of a project, which is only read; None if it is not there or damaged."""
    with contextlib.suppress(OSError, ProjectError), in_words(project):
        address = f"{project.absolute().as_uri()}?mode=ro&immutable=1"
        with closing(sqlite3.connect(address, uri=True)) as connection:
            found: tuple[object, ...] | None = connection.execute(
                "SELECT video_hash, frame_count, width, height FROM project"
            ).fetchone()
            return found
    return None


def back_up(project: Path) -> Path | None:
    """Copies a project that nobody has open, and takes the oldest copies away; the new copy, None if none was made.

    None is made if it did not change since the last one, or that is young, or nothing can be written. The newest `KEPT`
    stay, and the one with the most masks, however old: a project that was emptied by mistake may be opened often before
    somebody notices. Never raises.
    """
    with contextlib.suppress(OSError, ProjectError):
        if project.stat().st_size > MOST_BYTES:
            return None
        made = _copy(project, LEAST_SECONDS)
        if made is not None:
            copies = backups(project)
            fullest = _fullest(copies) if copies[KEPT:] else None
            for gone in copies[KEPT:]:
                if gone != fullest:
                    _remove(gone)
        return made
    return None


def restore(copy: Path, project: Path) -> Path | None:
    """Puts a copy in the place of its project, which nobody may have open; what is there becomes a copy itself.

    Gives the path of that copy; None if there was nothing to keep, or an equal copy is there already. Raises
    ProjectFormatError if `copy` is damaged, ProjectError if it is not there, the project is in use, or there is no room
    for either: then the project is as it was.
    """
    spare_inputs([project], [copy])
    if not copy.is_file():
        raise ProjectError("{path}: there is no such project.", path=copy)
    with held(project):
        pass
    try:
        # not while it is held: whoever closes a file gives up all locks that the process has on it
        kept = _copy(project, 0.0) if project.is_file() else None
        with replacement(project) as part:
            shutil.copyfile(copy, part)
            if not is_sound(part):
                raise ProjectFormatError("{path}: this copy is damaged; choose another one.", path=copy)
    except OSError as error:
        raise ProjectError(
            "{target}: the project cannot be written ({reason}).", target=project, reason=error.strerror or error
        ) from error
    return kept


def _copy(project: Path, least_seconds: float) -> Path | None:
    """A new copy; None if the project is as the newest one, or that is younger. Raises OSError, ProjectError."""
    folder, now = backup_folder(project), project.stat()
    if folder is None or not now.st_size:
        return None
    newest = next(iter(backups(project)), None)
    if newest is not None:
        last = newest.stat()
        same = (last.st_size, last.st_mtime_ns) == (now.st_size, now.st_mtime_ns)
        if same or 0 <= time.time() - last.st_ctime < least_seconds:
            return None
    folder.mkdir(parents=True, exist_ok=True)
    with atomic_file(folder / _ORIGIN_FILE) as part:
        part.write_text(os.path.realpath(project), encoding="utf-8", errors="surrogateescape")
    made = folder / f"{_moment(time.time_ns(), '' if newest is None else newest.stem)}{project.suffix}"
    with atomic_file(made) as part:
        # after a crash, or on a full disk, what is in the log is in nothing else
        for ending in (*DATABASE_ENDINGS, ""):
            source = project.with_name(project.name + ending)
            if source.exists():
                shutil.copyfile(source, part.with_name(part.name + ending))
        with contextlib.suppress(ProjectFormatError):
            # a damaged project is kept as it is
            checkpoint_log(part, project)
        os.utime(part, ns=(now.st_mtime_ns, now.st_mtime_ns))
        # whoever opens a copy as a project would work on what is taken away one day
        part.chmod(0o400)
    return made


def _moment(nanoseconds: int, newest: str) -> str:
    """The name of a copy made at a time since the epoch. It sorts after the `newest` one, even if the clock was
    set back.

    Seconds and fraction are of one reading: `time.gmtime()` alone lags some milliseconds behind `time.time_ns()`.
    """
    seconds, fraction = divmod(nanoseconds, 10**9)
    name = f"{time.strftime('%Y%m%d-%H%M%S', time.gmtime(seconds))}-{fraction:09}"
    return name if name > newest else f"{newest}1"


def _look_into(copy: Path) -> Backup | None:
    """What a copy holds, which is only read; None if it is damaged."""
    try:
        address = f"{copy.absolute().as_uri()}?mode=ro&immutable=1"
        with in_words(copy), closing(sqlite3.connect(address, uri=True)) as connection:
            version = check_format(connection, str(copy))
            check_tables(connection, str(copy), complete=False)
            # measures came with version 2
            masked = _MASKED if version >= 2 else "SELECT COUNT(*) FROM frame"
            (frames,), (objects,) = (
                connection.execute(query).fetchone() for query in (masked, "SELECT COUNT(*) FROM track")
            )
        return Backup(copy, datetime.fromtimestamp(copy.stat().st_mtime).astimezone(), frames, objects)
    except (OSError, ProjectError):
        return None


def _fullest(copies: Sequence[Path]) -> Path | None:
    """The copy with the most masks, of several the newest; copies come newest first."""
    found = [one for copy in copies if (one := _look_into(copy)) is not None]
    return max(found, key=lambda one: (one.frames, one.objects)).path if found else None


def _remove(copy: Path) -> None:
    # Windows removes no file that is read-only
    copy.chmod(0o600)
    copy.unlink(missing_ok=True)
