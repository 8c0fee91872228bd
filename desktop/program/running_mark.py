"""Knows whether the program ended as it should: a mark in the data folder for as long as it runs."""

from __future__ import annotations

import json
import logging
import uuid
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QLockFile

from core.disks import not_gone
from core.files import atomic_file
from desktop.session.stopped_work import StoppedJob, StoppedWork
from desktop.settings.store import data_folder

_log = logging.getLogger(__name__)


class RunMark:
    """The mark of this run. It names the open project, and a lock next to it shows whether its program still runs."""

    def __init__(self, folder: Path | None = None) -> None:
        folder = folder or marks_folder()
        folder.mkdir(parents=True, exist_ok=True)
        self._path = folder / f"{uuid.uuid4().hex}.json"
        self._lock = _lock(self._path)
        self._lock.lock()

    def note(self, project: Path | None, work: Sequence[StoppedJob] = (), leaving: bool = False) -> None:
        """Says which project is open now, and what is at work in it. `leaving`: the system ends the program, which is
        no crash, however it does that.
        """
        if project is None:
            self._path.unlink(missing_ok=True)
        else:
            listed = [{"title": job.title, "again": dict(job.again)} for job in work]
            # a program that is killed right now leaves the mark as it was
            with atomic_file(self._path) as part:
                part.write_text(
                    json.dumps({"project": str(project), "work": listed, "leaving": leaving}), encoding="utf-8"
                )

    def end(self) -> None:
        """The program ends as it should."""
        self._path.unlink(missing_ok=True)
        self._lock.unlock()


def marks_folder() -> Path:
    return data_folder() / "running"


def take_crashed(folder: Path | None = None, stopped: StoppedWork | None = None) -> list[Path]:
    """The projects that were open in programs that did not end as they should, newest first. Reported once.

    What was at work in them, and in those that the system ended, goes to `stopped`, the usual folder without it, and is
    offered when they are opened.

    Projects that are gone meanwhile are left out, and so are those of programs that still run.
    """
    folder = folder or marks_folder()
    projects: list[Path] = []
    marks = [path for path in folder.glob("*.json") if path.is_file()]
    for path in sorted(marks, key=lambda mark: mark.stat().st_mtime, reverse=True):
        lock = _lock(path)
        if not lock.tryLock(0):
            continue
        try:
            stored = json.loads(path.read_text(encoding="utf-8"))
            project = Path(str(stored["project"]))
            work = [StoppedJob(str(job["title"]), dict(job["again"])) for job in stored.get("work", [])]
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            _log.warning("%s cannot be read: %s", path, error)
        else:
            if not_gone([project]) and project not in projects:
                if not stored.get("leaving"):
                    projects.append(project)
                (stopped or StoppedWork()).keep(project, work)
        path.unlink(missing_ok=True)
        lock.unlock()
    return projects


def _lock(mark: Path) -> QLockFile:
    lock = QLockFile(str(mark.with_suffix(".lock")))
    # a lock is as old as its program: only one whose program is gone may be taken
    lock.setStaleLockTime(0)
    return lock
