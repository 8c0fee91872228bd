"""Work of which only the newest matters: a new request takes the place of the one that runs."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QObject, Signal

from desktop.program.reporter import describe
from desktop.workers.pool import WorkerPool
from desktop.workers.worker import Work, Worker

_TURN_MS = 10


class LatestOnly(QObject):
    """Runs one piece of work at a time; a request cancels the running one and waits for it to end."""

    busy_changed = Signal(bool)
    failed = Signal(str)
    """Why the newest piece of work ended without an answer, for a person to read."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = WorkerPool(self)
        self._running: Worker | None = None
        self._waiting: tuple[Work, Callable[[object], None], Callable[[], None]] | None = None
        self._request = 0
        """Items of requests before this one are let fall."""
        self._over = False

    @property
    def busy(self) -> bool:
        return self._running is not None

    def start(self, work: Work, on_item: Callable[[object], None], on_done: Callable[[], None]) -> None:
        """Runs `work` in a thread as soon as what ran before has ended; the callbacks are called on this thread.

        `on_done` is called when it has ended by itself, also by an error, which `failed` reports. Does nothing after
        `shut_down`.
        """
        if self._over:
            # a window may still be painted for the first time while it closes: nobody is there for what it asks for
            return
        self.drop()
        if self._running is None:
            self._begin(work, on_item, on_done)
        else:
            self._waiting = work, on_item, on_done

    def drop(self) -> None:
        """Cancels what runs; nothing of it arrives any more."""
        self._request += 1
        self._waiting = None
        if self._running is not None:
            self._running.cancel()

    def finish(self, limit_ms: int) -> None:
        """Waits for the newest request, at most so long, and delivers what it brings: for callers that cannot continue
        without it.
        """
        clock = QElapsedTimer()
        clock.start()
        while self._running is not None and clock.elapsed() < limit_ms:
            self._running.deliver(_TURN_MS)

    def shut_down(self) -> None:
        """Cancels and waits: for a window that goes away."""
        self.drop()
        self._running, self._over = None, True
        self._pool.shut_down()

    def _begin(self, work: Work, on_item: Callable[[object], None], on_done: Callable[[], None]) -> None:
        request = self._request

        def receive(item: object) -> None:
            if request == self._request:
                on_item(item)

        def ended(error: Exception | None) -> None:
            self._ended()
            if request == self._request:
                if error is not None:
                    self.failed.emit(describe(error))
                on_done()

        self._running = self._pool.start(work, receive, ended)
        self.busy_changed.emit(True)

    def _ended(self) -> None:
        if self._over:
            # the end may be reported when this is gone already
            return
        self._running = None
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self._begin(*waiting)
        else:
            self.busy_changed.emit(False)
