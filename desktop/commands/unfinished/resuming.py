"""Offers work again that was stopped before it was finished."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer

from desktop.commands.files import FileCommands
from desktop.panels.notice_bar import Kind, NoticeBar
from desktop.session.session import EditorSession
from desktop.session.stopped_work import StoppedJob, StoppedWork
from desktop.workers.jobs import Jobs

Begin = Callable[[Mapping[str, object]], object]
"""Begins a job of one kind again."""


class Resuming(QObject):
    """Makes its offers at the program's start, and whenever a project is opened whose work was stopped."""

    def __init__(
        self,
        session: EditorSession,
        jobs: Jobs,
        files: FileCommands,
        notices: NoticeBar,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._jobs, self._files, self._notices = session, jobs, files, notices
        self._stopped = StoppedWork()
        self._begin: dict[str, Begin] = {}
        self._agreed = False
        self._agreed_jobs: tuple[StoppedJob, ...] = ()

    def register(self, kind: str, begin: Begin) -> None:
        """`begin` gets what a job of that kind was kept as."""
        self._begin[kind] = begin

    def offer_for_clip(self) -> None:
        """A project is open: offers what was stopped in it, or begins it if the person has already agreed."""
        jobs = self._stopped.take(Path(self._session.project.path))
        agreed, self._agreed = self._agreed, False
        if agreed:
            # the clip's opening is itself a job, and is not over yet
            self._agreed_jobs = jobs
            self._jobs.ended.connect(self._begin_agreed, Qt.ConnectionType.SingleShotConnection)
        elif jobs:
            text = self.tr("Stopped before it was finished: {names}.").format(names=_titles(jobs))
            self._notices.notify(text, Kind.INFO, offer=self.tr("Go on"), action=partial(self._go_on, jobs))

    def offer_at_start(self) -> None:
        """Nothing is open yet: offers what was stopped when the program ended."""
        found = self._stopped.not_offered()
        if not found:
            return
        titles = [_titles(jobs) if path is None else f"{_titles(jobs)} ({path.name})" for path, jobs in found]
        text = self.tr("Stopped before it was finished: {names}.").format(names=", ".join(titles))
        self._notices.notify(text, Kind.INFO, offer=self.tr("Go on"), action=partial(self._go_on_all, found))

    def _go_on_all(self, found: Iterable[tuple[Path | None, tuple[StoppedJob, ...]]]) -> None:
        opened = False
        for project, _jobs in found:
            if project is None:
                self._go_on(self._stopped.take(None))
            elif not opened:
                # one clip is open at a time; the others offer theirs when they are opened
                opened, self._agreed = True, True
                self._files.open(project)

    def _begin_agreed(self) -> None:
        QTimer.singleShot(0, self, partial(self._go_on, self._agreed_jobs))

    def _go_on(self, jobs: Iterable[StoppedJob]) -> None:
        for job in jobs:
            begin = self._begin.get(str(job.again.get("kind")))
            if begin is not None:
                begin(job.again)


def _titles(jobs: Iterable[StoppedJob]) -> str:
    return ", ".join(job.title for job in jobs)
