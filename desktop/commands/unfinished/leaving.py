"""Leaving a clip or the program while work runs: asks once, then finishes first, or stops and keeps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from desktop.commands.batch import BatchCommands
from desktop.dialogs.ask import Ask
from desktop.dialogs.leaving import Leave, Purpose, Unfinished
from desktop.panels.notice_bar import Kind, NoticeBar
from desktop.session.session import EditorSession
from desktop.session.stopped_work import StoppedJob, StoppedWork
from desktop.workers.jobs import Jobs

_PATIENCE_MS = 20_000
"""Work that does not stop within this time is left to itself: an engine may be in the middle of loading."""


@dataclass(frozen=True)
class Permission:
    """What a person answered about the running work; None where there was none to ask about."""

    answer: Leave | None = None


class Leaving(QObject):
    """Jobs belong to the open clip; a batch only to the program."""

    def __init__(
        self,
        session: EditorSession,
        jobs: Jobs,
        batches: BatchCommands,
        ask: Ask,
        notices: NoticeBar,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._jobs, self._batches = session, jobs, batches
        self._ask, self._notices = ask, notices
        self._stopped = StoppedWork()
        self._then: Callable[[], object] | None = None
        self._purpose = Purpose.CLOSE
        self._may_quit = False
        self._stopping = False
        """Whether the work was asked to stop, and `_then` waits for its end."""
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE_MS)
        self._patience.timeout.connect(self._give_up)
        jobs.ended.connect(self._look_later)
        batches.ended.connect(self._look_later)
        jobs.broken_off.connect(self._stay)
        batches.failed.connect(self._stay)

    def permission(self, purpose: Purpose) -> Permission | None:
        """Asks about the work that `purpose` would end, if there is any. None: the person stays."""
        running = self._running(purpose)
        if not running or self._stopping:
            return Permission()
        answer = self._ask.leave(purpose, running)
        return None if answer is None else Permission(answer)

    def leave(self, purpose: Purpose, permission: Permission, then: Callable[[], object], name: str = "") -> None:
        """Does `then`: at once, or when the work is finished or has stopped; the window stays free meanwhile. `name`
        is what is opened then.
        """
        self._then = None
        if not self._running(purpose):
            # a clip that is being opened is no loss
            self._jobs.abandon()
            then()
            return
        self._then, self._purpose = then, purpose
        if permission.answer is Leave.FINISH:
            self._notify_waiting(name)
            return
        self._stop(quitting=purpose is Purpose.QUIT)
        self._stopping = True
        self._patience.start()
        self._notices.notify(self.tr("Stopping the running work. What is finished is kept."), Kind.INFO)

    def may_quit(self, quit_: Callable[[], object]) -> bool:
        """Whether the window may close now. If work is to be finished or stopped first, `quit_` is called after it."""
        if self._may_quit:
            return True
        permission = self.permission(Purpose.QUIT)
        if permission is None:
            return False
        if not self._running(Purpose.QUIT):
            self._then = None
            return True

        def go() -> None:
            self._may_quit = True
            quit_()

        self.leave(Purpose.QUIT, permission, go)
        return False

    def quit_unasked(self, quit_: Callable[[], object]) -> None:
        """Quits as soon as what runs has stopped, which is kept and offered again: nobody may be there to be asked."""

        def go() -> None:
            self._may_quit = True
            quit_()

        self.leave(Purpose.QUIT, Permission(Leave.STOP), go)

    def keep_unfinished(self, quitting: bool) -> None:
        """Remembers what it takes to begin what runs again, for `quitting` a batch too. Stops nothing."""
        if self._session.is_open and not self._stopping:
            self._stopped.keep(Path(self._session.project.path), stopped_jobs(self._jobs))
        again = self._batches.again if quitting else None
        if again is not None:
            self._stopped.keep(None, [again])

    def _stop(self, quitting: bool) -> None:
        """Stops the clip's work, for `quitting` a batch too, and remembers what it takes to begin them again."""
        self.keep_unfinished(quitting)
        if not self._stopping:
            self._jobs.stop()
        if quitting:
            self._batches.stop()

    def _give_up(self) -> None:
        self._jobs.abandon()
        if self._purpose is Purpose.QUIT:
            self._batches.abandon()
        self._look()

    def _running(self, purpose: Purpose) -> list[Unfinished]:
        """What would be ended. A clip that is being opened is no loss."""
        jobs = (self._jobs.running, *self._jobs.waiting)
        running = [_unfinished(job.title, job.again) for job in jobs if job is not None and not job.alone]
        again = self._batches.again if purpose is Purpose.QUIT else None
        return running if again is None else [*running, _unfinished(again.title, again.again)]

    def _notify_waiting(self, name: str) -> None:
        text = {
            Purpose.QUIT: self.tr("Rotoflow quits when the running work is finished."),
            Purpose.CLOSE: self.tr("The clip is closed when the running work is finished."),
            Purpose.OPEN: self.tr("{name} is opened when the running work is finished.").format(name=name),
        }[self._purpose]
        self._notices.notify(text, Kind.INFO, offer=self.tr("Stay here"), action=self._stay)

    def _stay(self) -> None:
        """The person, or work that failed and has something to say, keeps the window as it is."""
        if not self._stopping:
            self._then = None

    def _look_later(self) -> None:
        # what waits behind the work that has ended begins first
        QTimer.singleShot(0, self, self._look)

    def _look(self) -> None:
        then = self._then
        if then is not None and not self._running(self._purpose):
            self._then, self._stopping = None, False
            self._patience.stop()
            then()


def stopped_jobs(jobs: Jobs) -> list[StoppedJob]:
    """The running and the waiting jobs, as they are kept to be begun again."""
    unfinished = (jobs.running, *jobs.waiting)
    return [StoppedJob(job.title, job.again) for job in unfinished if job is not None and job.again is not None]


def _unfinished(title: str, again: Mapping[str, object] | None) -> Unfinished:
    return Unfinished(title, str(again.get("kind", "")) if again is not None else "")
