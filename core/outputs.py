"""What must not be written to: what is read, and what the program keeps for itself."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable
from pathlib import Path

from core.errors import OutputError
from core.own_folders import own_folders, projects_folder

DATABASE_ENDINGS = ("-wal", "-shm", "-journal")
"""What SQLite adds to a database's name for files that belong to it."""
LONGEST_ENDING = max(map(len, DATABASE_ENDINGS))
_LONGEST_NAME = 255
_LONGEST_DATABASE = 504
"""Bytes of a full path that SQLite opens, links resolved: 512 with the longest of the endings."""
_PARTIAL_ROOM = 56
"""Bytes of the name under which a project is written beside its place, and of what separates it."""


def identity(path: Path) -> tuple[int, int] | None:
    """The device and inode of a file or folder; None if there is none, or it cannot be read."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return found.st_dev, found.st_ino


def spare_inputs(outputs: Iterable[Path], inputs: Iterable[Path | None], allowed: Iterable[Path] = ()) -> None:
    """Raises OutputError if an output is, holds or lies inside an input, or lies where the program keeps its own.

    Files and folders are identified by what they are on the disk and not by their names: links, and names in other
    letters where the disk does not distinguish them, are seen through. Inputs that are missing or None are safe.
    OutputError too for an output of which it cannot be seen what it will be. `allowed` are folders among the program's
    own that are for this kind of output, such as that of the models.
    """
    outputs = list(outputs)
    sources: dict[tuple[int, int], Path] = {}
    holders: dict[tuple[int, int], Path] = {}
    for source in inputs:
        mark = None if source is None else identity(source)
        if source is None or mark is None:
            continue
        sources[mark] = source
        for parent in _real(source).parents:
            if (found := identity(parent)) is not None:
                holders.setdefault(found, source)
    for output in outputs:
        _check_way(output)
        _spare_own(output, allowed)
        mark = identity(output)
        if mark in sources:
            raise OutputError("{output}: is read here, so nothing is written to it. Name another path.", output=output)
        if mark in holders and output.is_dir():
            raise OutputError(
                "{output}: holds {holders}, which is read here, so nothing is written to it. Name a folder of its own.",
                output=output,
                holders=holders[mark],
            )
        if (owner := _database_of(output)) is not None and identity(owner) in sources:
            raise OutputError(
                "{output}: belongs to {owner}, which is read here, so nothing is written to it. Name another path.",
                output=output,
                owner=owner,
            )
        for parent in _real(output).parents:
            if (found := identity(parent)) in sources:
                raise OutputError(
                    "{output}: lies inside {sources}, which is read here, so nothing is written to it. Name another "
                    "path.",
                    output=output,
                    sources=sources[found],
                )


def _spare_own(output: Path, allowed: Iterable[Path]) -> None:
    """Raises OutputError if an output is, or lies in, a folder that the program keeps for itself."""
    real = _real(output)
    parts = (real, *real.parents)
    marks = {mark for one in parts if (mark := identity(one)) is not None}
    if any(_is_among(folder, parts, marks) for folder in (projects_folder(), *allowed)):
        return
    for folder, kept in own_folders():
        if _is_among(folder, parts, marks):
            raise OutputError(
                "{output}: lies in {folder}, where the program keeps {kept}, so nothing is written to it. Name another "
                "path.",
                output=output,
                folder=folder,
                kept=kept,
            )


def _is_among(folder: Path, parts: Iterable[Path], marks: Collection[tuple[int, int]]) -> bool:
    # by its name where it is not there yet
    return identity(folder) in marks or _real(folder) in parts


def _check_way(path: Path) -> None:
    """Raises OutputError if `..` leads up from a folder that is not there.

    Such a path leads nowhere until the folder is made, on the way to writing: then it may be anything that is there.
    """
    for index, part in enumerate(path.parts):
        above = Path(*path.parts[:index])
        if part == ".." and index and not above.is_dir():
            raise OutputError(
                "{path}: leads up from {above}, which is no folder. Name the path without it.", path=path, above=above
            )


def _database_of(path: Path) -> Path | None:
    """The file that SQLite would take a file or folder of that name for a part of; None for any other name."""
    real = _real(path)
    for ending in DATABASE_ENDINGS:
        if real.name.lower().endswith(ending) and len(real.name) > len(ending):
            return real.with_name(real.name[: -len(ending)])
    return None


def _real(path: Path) -> Path:
    # Path.resolve raises on a loop of links
    return Path(os.path.realpath(path))


def check_name(path: Path, room: int = 0) -> None:
    """Raises OutputError if the disk cannot hold a file of that name with `room` more characters, it has a NUL, or
    `..` leads up in it from what is no folder.
    """
    if "\0" in str(path):
        raise OutputError("{path}: no name that a file can have.", path=repr(str(path)))
    _check_way(path)
    folder = path.parent
    while identity(folder) is None and folder != folder.parent:
        folder = folder.parent
    try:
        longest = os.pathconf(folder, "PC_NAME_MAX")
    except (OSError, ValueError, AttributeError):
        longest = _LONGEST_NAME
    for name in (path.name, *path.parent.relative_to(folder).parts):
        length = len(os.fsencode(name)) + (room if name == path.name else 0)
        if length > longest:
            raise OutputError(
                "{path}: this name is too long by {length} bytes for the disk; choose a shorter one.",
                path=path,
                length=length - longest,
            )


def too_long_for_database(path: Path) -> int:
    """By how many bytes the path of a database is too long for SQLite, which reads no longer one on any disk; 0 if it
    is not.
    """
    real = _real(path)
    longest = max(len(os.fsencode(real)), len(os.fsencode(real.parent)) + _PARTIAL_ROOM)
    return max(0, longest - _LONGEST_DATABASE)


def check_database_name(path: Path) -> None:
    """`check_name` for a database; raises OutputError also if SQLite cannot open a file of so long a path."""
    check_name(path, room=LONGEST_ENDING)
    if length := too_long_for_database(path):
        raise OutputError(
            "{path}: this path is too long by {length} bytes for a project; choose a shorter one.",
            path=path,
            length=length,
        )
