"""The long work that a person waits for or watches: opening, propagating, exporting. One after the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from core.jobs import Progress
from desktop.workers.pool import WorkerPool
from desktop.workers.worker import Work, Worker


@dataclass(frozen=True)
class Launch:
    """The work of a job, and the callbacks for its values and its end."""

    work: Work
    on_item: Callable[[object], None]
    """Gets the values that are neither a Progress nor a text."""
    on_end: Callable[[Exception | None], None]


@dataclass(frozen=True, eq=False)
class Job:
    """A piece of long work, running or waiting for its turn."""

    title: str
    prepare: Callable[[], Launch | None]
    """Called when its turn comes, so that it begins with what is there then; None if there is nothing to do."""
    in_frames: bool = True
    """Whether its steps are frames, so that their rate means something to a person."""
    alone: bool = False
    """No other job may wait behind it."""
    again: Mapping[str, object] | None = None
    """What it takes to begin it again, in values that JSON can hold; None for what is no loss."""


def _always() -> bool:
    return True


class Jobs(QObject):
    """Runs one job at a time, the others in their order, and reports to the window how far it is."""

    started = Signal(str)
    """A job has started; its title."""
    status_changed = Signal(str)
    """What it is doing while there is no progress yet."""
    progressed = Signal(object)
    """A Progress."""
    ended = Signal()
    broken_off = Signal()
    """A job ended by an error or was cancelled."""
    abandoned = Signal()
    """Everything was stopped by `shut_down`: what has arrived is all that comes."""
    paused_changed = Signal(bool)
    queue_changed = Signal()
    """Another job runs, or others wait."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = WorkerPool(self)
        self._worker: Worker | None = None
        self.running: Job | None = None
        self._waiting: list[Job] = []
        self.done = 0
        """Steps that the running or last job has finished."""
        self.may_deliver: Callable[[], bool] = _always
        """Whether results can be stored now; what cannot waits for `deliver_held`."""
        self.holding = False
        """Whether a change is waiting for the disk: what arrives meanwhile comes after it."""
        self._held: list[Callable[[], object]] = []
        self.stopping = False
        """Whether everything was cancelled and the running job has not ended yet."""

    @property
    def busy(self) -> bool:
        return self._worker is not None

    @property
    def waiting(self) -> tuple[Job, ...]:
        """What runs next, in this order."""
        return tuple(self._waiting)

    @property
    def takes_more(self) -> bool:
        """Whether a job that is added is done in its turn; not while a clip is being opened or all work stops."""
        return not self.stopping and (self.running is None or not self.running.alone)

    @property
    def paused(self) -> bool:
        return self._worker is not None and self._worker.token.paused

    def start(
        self, title: str, work: Work, on_item: Callable[[object], None], on_end: Callable[[Exception | None], None]
    ) -> None:
        """Starts a job that nothing may wait behind; there must be none running."""
        assert not self.busy, "one job at a time"
        self._run(Job(title, lambda: Launch(work, on_item, on_end), alone=True))

    def add(
        self,
        title: str,
        prepare: Callable[[], Launch | None],
        in_frames: bool = True,
        again: Mapping[str, object] | None = None,
    ) -> None:
        """Starts a job now, or once those before it have ended, however they end."""
        assert self.takes_more
        self._waiting.append(Job(title, prepare, in_frames, again=again))
        if self.busy:
            self.queue_changed.emit()
        else:
            self._next()

    def report(self, progress: Progress) -> None:
        """Reports progress from any thread, between values."""
        self.progressed.emit(progress)

    def pause(self, paused: bool) -> None:
        """Pauses or resumes the running job."""
        if self._worker is not None and paused != self.paused and not (paused and self.stopping):
            if paused:
                self._worker.token.pause()
            else:
                self._worker.token.resume()
            self.paused_changed.emit(paused)

    def cancel(self, job: Job | None = None) -> None:
        """Stops the running job, or takes a waiting one off the list."""
        if job is None or job is self.running:
            if self._worker is not None:
                self.pause(False)
                self._worker.cancel()
        elif job in self._waiting:
            self._waiting.remove(job)
            self.queue_changed.emit()

    def stop(self) -> None:
        """Stops everything without waiting: what the running job has finished still arrives, then `ended` comes."""
        self._waiting.clear()
        if self._worker is not None:
            self.pause(False)
            self.stopping = True
            self._worker.cancel()
        self.queue_changed.emit()

    def abandon(self) -> None:
        """Stops everything without waiting. Neither results nor the work's own end are reported any more."""
        was_busy = self._let_go()
        self._pool.abandon()
        self._report_abandoned(was_busy)

    def shut_down(self) -> None:
        """As `abandon`, and waits: for a window that goes away."""
        was_busy = self._let_go()
        self._pool.shut_down()
        self._report_abandoned(was_busy)

    def _let_go(self) -> bool:
        was_busy, self._worker, self.running, self.stopping = self.busy, None, None, False
        self._waiting.clear()
        self._held.clear()
        return was_busy

    def _report_abandoned(self, was_busy: bool) -> None:
        if was_busy:
            self.abandoned.emit()
            self.paused_changed.emit(False)
            self.queue_changed.emit()
            self.ended.emit()

    def deliver_held(self) -> None:
        """Stores what had to wait, in its order, as far as that can be done now."""
        while self._held and not self.holding and self.may_deliver():
            held, self._held = self._held, []
            for number, deliver in enumerate(held):
                try:
                    deliver()
                except BaseException:
                    # the others are still to come
                    self._held = [*held[number + 1 :], *self._held]
                    raise

    def _next(self) -> None:
        while self._waiting and not self.busy:
            self._run(self._waiting.pop(0))

    def _run(self, job: Job) -> None:
        launch = job.prepare()
        if launch is None:
            self.queue_changed.emit()
            return

        def receive(item: object) -> None:
            if isinstance(item, Progress):
                self.done = item.done
                self.progressed.emit(item)
            elif isinstance(item, str):
                self.status_changed.emit(item)
            elif self._held or self.holding or not self.may_deliver():
                self._held.append(partial(launch.on_item, item))
            else:
                launch.on_item(item)

        def end(error: Exception | None) -> None:
            if self._held or self.holding:
                self._held.append(partial(end, error))
                return
            self.pause(False)
            self._worker, self.running, self.stopping = None, None, False
            # the work's own end comes first: who is notified of `ended` finds everything in order
            try:
                launch.on_end(error)
            finally:
                if error is not None:
                    self.broken_off.emit()
                self.ended.emit()
                self._next()

        self.done = 0
        self.running = job
        self._worker = self._pool.start(launch.work, receive, end)
        self.started.emit(job.title)
        self.queue_changed.emit()
