"""Copies of a project as it was when it was opened before, kept apart from it. The newest few stay."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import time
from pathlib import Path

import platformdirs

from core.errors import ProjectError
from core.files import DATABASE_ENDINGS, atomic_file
from core.project.storage.database import checkpoint_log

FOLDER_VARIABLE = "ROTOFLOW_BACKUPS"
"""Names another folder for the copies; empty means that none are made."""
KEPT = 5
LEAST_SECONDS = 600.0
"""A copy that is younger than this is good enough."""
MOST_BYTES = 512 * 2**20
"""A project is copied while a person waits for it to open: a larger one is not."""


def backup_folder(project: Path) -> Path | None:
    """The folder of a project's backups; None if none are made."""
    chosen = os.environ.get(FOLDER_VARIABLE)
    if chosen == "":
        return None
    root = Path(chosen) if chosen else platformdirs.user_data_path("rotoflow", appauthor=False) / "backups"
    path = os.path.realpath(project)
    mark = hashlib.sha256(os.fsencode(path)).hexdigest()[:12]
    name = "".join(sign if sign.isalnum() else "_" for sign in project.stem)[:40]
    return root / f"{name}-{mark}"


def backups(project: Path) -> list[Path]:
    """The copies of a project, the newest first."""
    folder = backup_folder(project)
    if folder is None or not folder.is_dir():
        return []
    return sorted((one for one in folder.iterdir() if one.suffix == project.suffix), reverse=True)


def back_up(project: Path) -> Path | None:
    """Copies a project that nobody has open, and takes the oldest copies away; the new copy, None if none was made.

    None is made if it did not change since the last one, or that is young, or nothing can be written. Never raises.
    """
    folder = backup_folder(project)
    with contextlib.suppress(OSError, ProjectError):
        now = project.stat()
        if folder is None or not now.st_size or now.st_size > MOST_BYTES:
            return None
        old = backups(project)
        if old:
            last = old[0].stat()
            same = (last.st_size, last.st_mtime_ns) == (now.st_size, now.st_mtime_ns)
            if same or 0 <= time.time() - last.st_ctime < LEAST_SECONDS:
                return None
        folder.mkdir(parents=True, exist_ok=True)
        made = folder / f"{time.strftime('%Y%m%d-%H%M%S', time.gmtime())}-{time.time_ns() % 10**9:09}{project.suffix}"
        with atomic_file(made) as part:
            # after a crash, or on a full disk, what is in the log is in nothing else
            for ending in (*DATABASE_ENDINGS, ""):
                source = project.with_name(project.name + ending)
                if source.exists():
                    shutil.copyfile(source, part.with_name(part.name + ending))
            checkpoint_log(part, project)
            os.utime(part, ns=(now.st_mtime_ns, now.st_mtime_ns))
        for gone in backups(project)[KEPT:]:
            gone.unlink(missing_ok=True)
        return made
    return None
