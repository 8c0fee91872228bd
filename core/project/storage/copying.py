"""A copy of a project file, made without changing the original."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from core.errors import ProjectError
from core.outputs import DATABASE_ENDINGS
from core.project.reference import clip_locations, stored_paths
from core.project.storage.database import checkpoint_log, in_words
from core.project.storage.holding import hold
from core.project.storage.sanity import check_tables
from core.project.storage.schema import check_format

_WAIT_SECONDS = 0.5


def copy_project(source: Path, target: Path, home: Path | None = None) -> None:
    """Copies a project to a new file, which finds the clip wherever the original does.

    `home` is the folder that the copy will be moved to; None if it stays where it is.

    Raises ProjectError if the original is not there or in use, or the copy cannot be written; ProjectFormatError if it
    is no project.
    """
    source, target = Path(source).resolve(), Path(target).resolve()
    if not source.is_file():
        raise ProjectError("{path}: there is no such project.", path=source)
    if target.exists():
        raise ProjectError("{target}: this file exists; name another one.", target=target)
    alone = _is_alone(source)
    if not alone:
        # only asked: several may copy it at a time
        hold(source)()
    try:
        with (
            in_words(source),
            closing(sqlite3.connect(_address(source, alone), uri=True, timeout=_WAIT_SECONDS)) as original,
        ):
            check_format(original, str(source))
            check_tables(original, str(source), complete=False)
            with closing(sqlite3.connect(target, isolation_level=None)) as copy:
                original.backup(copy)
                path, relative = copy.execute("SELECT video_path, video_relative FROM project").fetchone()
                _, *locations = clip_locations(source, path, relative)
                together = next((location for location in locations if location.exists()), locations[-1])
                copy.execute(
                    "UPDATE project SET video_relative = ?",
                    (stored_paths((target.parent if home is None else home.resolve()) / target.name, together)[1],),
                )
            checkpoint_log(target, target)
    except BaseException:
        for ending in ("", *DATABASE_ENDINGS):
            target.with_name(target.name + ending).unlink(missing_ok=True)
        raise


def _is_alone(source: Path) -> bool:
    """Whether all of a project is in its one file: nobody has it open, or left it behind in a crash."""
    return not source.with_name(f"{source.name}-wal").exists()


def _address(source: Path, alone: bool) -> str:
    """How to open the original: one that is one file is only read."""
    return f"{source.as_uri()}?{'mode=ro&immutable=1' if alone else 'mode=rw'}"
