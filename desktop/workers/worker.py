"""The one thread class behind all long work."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Generator

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSemaphore, QThread, Signal, Slot

from core.errors import CancelledError
from core.jobs import CancelToken
from desktop.program.scheduling import give_way

Work = Callable[[CancelToken], Generator[object, None, None]]
"""Long work: a plain generator that yields at least once a frame and looks at its token as often."""

_log = logging.getLogger(__name__)


class Worker(QThread):
    """Runs a generator and hands each of its values to `on_item` on the thread that made the worker.

    At most `IN_FLIGHT` values are on their way: a busy window slows the work down instead of drowning in results.
    `on_end` gets the error that ended the work, a CancelledError after a cancel, or None.
    """

    IN_FLIGHT = 4

    _item = Signal(object)

    def __init__(
        self,
        work: Work,
        on_item: Callable[[object], None],
        on_end: Callable[[Exception | None], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.token = CancelToken()
        self._work: Work | None = work
        self._on_item = on_item
        self._on_end = on_end
        self._slots = QSemaphore(self.IN_FLIGHT)
        self._error: Exception | None = None
        self._abandoned = False
        self._item.connect(self._receive)
        self.finished.connect(self._finish)

    def cancel(self) -> None:
        """Asks the work to stop; what it has finished still arrives, then `on_end` gets a CancelledError."""
        self.token.cancel()

    def abandon(self) -> None:
        """Cancels and delivers nothing any more: for a window that is going away and has stopped listening."""
        self._abandoned = True
        self.token.cancel()
        self._slots.release(self.IN_FLIGHT)

    def deliver(self, wait_ms: int) -> None:
        """Waits a moment for the work to end, and delivers what it has brought by now without the event loop."""
        self.wait(wait_ms)
        QCoreApplication.sendPostedEvents(self, QEvent.Type.MetaCall.value)

    def run(self) -> None:
        """The thread's body."""
        give_way()
        work, self._work = self._work, None
        assert work is not None, "a worker runs once"
        try:
            with contextlib.closing(work(self.token)) as values:
                for value in values:
                    self._slots.acquire()
                    if self._abandoned:
                        break
                    self._item.emit(value)
                    self.token.wait_while_paused()
            if self.token.cancelled:
                self._error = CancelledError("Cancelled.")
        except Exception as error:
            if not isinstance(error, CancelledError):
                _log.exception("long work failed")
            self._error = error

    @Slot(object)
    def _receive(self, value: object) -> None:
        try:
            if not self._abandoned:
                self._on_item(value)
        finally:
            self._slots.release()

    @Slot()
    def _finish(self) -> None:
        if not self._abandoned:
            self._on_end(self._error)
