"""Keeps the workers that are running, so that closing the window can stop them all."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject

from desktop.workers.worker import Work, Worker


class WorkerPool(QObject):
    """Starts workers, drops them when they end, and joins the rest with a limit."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._running: list[Worker] = []

    @property
    def busy(self) -> bool:
        return bool(self._running)

    def start(
        self,
        work: Work,
        on_item: Callable[[object], None],
        on_end: Callable[[Exception | None], None],
    ) -> Worker:
        """Runs `work` in a thread of its own; the callbacks are called on this thread."""
        worker = Worker(work, on_item, on_end)
        self._running.append(worker)
        worker.finished.connect(lambda: self._let_go(worker))
        worker.start()
        return worker

    def abandon(self) -> None:
        """Cancels everything and ignores its further signals; the threads end by themselves."""
        for worker in self._running:
            worker.abandon()

    def shut_down(self, limit_seconds: float = 10.0) -> bool:
        """Cancels everything and waits. Returns whether all threads ended within the limit."""
        workers, self._running = self._running, []
        for worker in workers:
            worker.abandon()
        deadline = time.monotonic() + limit_seconds
        ended = True
        for worker in workers:
            left = max(0, int((deadline - time.monotonic()) * 1000))
            if worker.wait(left):
                worker.deleteLater()
            else:
                ended = False
                _STUCK.append(worker)
        return ended

    def _let_go(self, worker: Worker) -> None:
        if worker in self._running:
            self._running.remove(worker)
            worker.deleteLater()


def any_stuck() -> bool:
    """Whether a thread outlived the limit and is still running."""
    return any(worker.isRunning() for worker in _STUCK)


_STUCK: list[Worker] = []
"""Threads that outlived the limit: destroying a running QThread would abort the program, so they end with it."""
