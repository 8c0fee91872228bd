"""Long work that was stopped before it was finished: kept in the data folder, so that it can be offered again."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from core.disks import not_gone
from core.files import atomic_file
from desktop.settings.store import data_folder

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class StoppedJob:
    """A stopped job: its title, and the arguments to start it again as JSON values."""

    title: str
    again: Mapping[str, object]


@dataclass
class _Entry:
    project: str
    """"" for work that belongs to no project."""
    jobs: list[StoppedJob] = field(default_factory=list)
    offered: bool = False


class StoppedWork:
    """What was stopped, by project. Every change is in the file at once."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or data_folder() / "stopped_work.json"

    def keep(self, project: Path | None, jobs: Sequence[StoppedJob]) -> None:
        """Remembers the jobs of a project, None for those without one. Replaces what it had."""
        if jobs:
            name = str(project or "")
            self._write([_Entry(name, list(jobs)), *(entry for entry in self._read() if entry.project != name)])

    def take(self, project: Path | None) -> tuple[StoppedJob, ...]:
        """The jobs of a project, which are forgotten then."""
        entries, name = self._read(), str(project or "")
        found = [entry for entry in entries if entry.project == name]
        if found:
            self._write([entry for entry in entries if entry.project != name])
        return tuple(job for entry in found for job in entry.jobs)

    def not_offered(self) -> list[tuple[Path | None, tuple[StoppedJob, ...]]]:
        """What no start has offered yet, newest first: the project and its jobs. Each is offered once."""
        entries = self._read()
        there = not_gone(Path(entry.project) for entry in entries if entry.project)
        found = [
            entry for entry in entries if not entry.offered and (not entry.project or Path(entry.project) in there)
        ]
        if found:
            for entry in entries:
                entry.offered = True
            self._write(entries)
        return [(Path(entry.project) if entry.project else None, tuple(entry.jobs)) for entry in found]

    def _read(self) -> list[_Entry]:
        try:
            stored = json.loads(self._path.read_text(encoding="utf-8"))
            return [
                _Entry(
                    str(one["project"]),
                    [StoppedJob(str(job["title"]), dict(job["again"])) for job in one["jobs"]],
                    bool(one["told"]),
                )
                for one in stored
            ]
        except FileNotFoundError:
            return []
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            _log.warning("%s cannot be read: %s", self._path, error)
            return []

    def _write(self, entries: Sequence[_Entry]) -> None:
        stored = [
            {
                "project": entry.project,
                "jobs": [{"title": job.title, "again": dict(job.again)} for job in entry.jobs],
                "told": entry.offered,
            }
            for entry in entries
        ]
        try:
            with atomic_file(self._path) as part:
                part.write_text(json.dumps(stored), encoding="utf-8")
        except OSError as error:
            # an offer that is not made later is no reason not to close now
            _log.warning("%s cannot be written: %s", self._path, error)
