"""The one piece of long work that a person waits for or watches: opening, propagating, exporting."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from core.jobs import Progress
from desktop.workers.pool import WorkerPool
from desktop.workers.worker import Work, Worker


class Jobs(QObject):
    """Runs one job at a time and tells the window how far it is."""

    started = Signal(str)
    """Its title."""
    said = Signal(str)
    """What it is doing while there is no progress yet."""
    progressed = Signal(object)
    """A Progress."""
    ended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = WorkerPool(self)
        self._worker: Worker | None = None
        self.done = 0
        """Steps that the running or last job has finished."""

    @property
    def busy(self) -> bool:
        return self._worker is not None

    def start(
        self, title: str, work: Work, on_item: Callable[[object], None], on_end: Callable[[Exception | None], None]
    ) -> None:
        """Starts a job; there must be none. A Progress or a text is shown, all other values go to `on_item`."""
        assert not self.busy, "one job at a time"

        def receive(item: object) -> None:
            if isinstance(item, Progress):
                self.done = item.done
                self.progressed.emit(item)
            elif isinstance(item, str):
                self.said.emit(item)
            else:
                on_item(item)

        def end(error: Exception | None) -> None:
            self._worker = None
            # the work's own end comes first: who hears `ended` finds everything in order
            try:
                on_end(error)
            finally:
                self.ended.emit()

        self.done = 0
        self._worker = self._pool.start(work, receive, end)
        self.started.emit(title)

    def report(self, progress: Progress) -> None:
        """Tells progress from any thread, between values."""
        self.progressed.emit(progress)

    def cancel(self) -> None:
        if self._worker is not None:
            self._worker.cancel()

    def shut_down(self) -> None:
        """Stops everything and waits. Neither results nor the work's own end are told any more."""
        was_busy, self._worker = self.busy, None
        self._pool.shut_down()
        if was_busy:
            self.ended.emit()
