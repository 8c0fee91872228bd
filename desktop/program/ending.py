"""Ends the program when the system asks for it: on a signal, or when the person's session at the machine ends."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
from types import TracebackType

from PySide6.QtCore import QObject, QSocketNotifier, Signal
from PySide6.QtWidgets import QApplication

_SIGNALS = [getattr(signal, name) for name in ("SIGTERM", "SIGINT", "SIGHUP") if hasattr(signal, name)]


class EndRequests(QObject):
    """Listens within a `with` block, on the main thread. What is ignored, as SIGHUP is by `nohup`, stays ignored."""

    quit_requested = Signal()
    """By a signal. A second one ends the program as if nobody listened."""
    session_ends = Signal()
    """The system is about to end the program, or asks all programs first: a person may still stay."""

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self._reader, self._writer = socket.socketpair()
        for end in (self._reader, self._writer):
            end.setblocking(False)
        self._notifier = QSocketNotifier(self._reader.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._take)
        self._before: dict[int, object] = {}
        self._wakeup = -1
        self._app = app
        app.commitDataRequest.connect(self._commit)

    def __enter__(self) -> EndRequests:
        # Python looks for signals between its own instructions, of which there are none while Qt waits for events
        self._wakeup = signal.set_wakeup_fd(self._writer.fileno(), warn_on_full_buffer=False)
        for number in _SIGNALS:
            if signal.getsignal(number) is not signal.SIG_IGN:
                self._before[number] = signal.signal(number, lambda *_: None)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._let_go()
        self._app.commitDataRequest.disconnect(self._commit)
        signal.set_wakeup_fd(self._wakeup)
        self._notifier.setEnabled(False)
        self._reader.close()
        self._writer.close()

    def _let_go(self) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)  # type: ignore[arg-type]
        self._before.clear()

    def _take(self) -> None:
        with contextlib.suppress(BlockingIOError):
            for number in self._reader.recv(64):
                if number in self._before:
                    self._let_go()
                    self.quit_requested.emit()
                elif number in _SIGNALS and signal.getsignal(number) is not signal.SIG_IGN:
                    os.kill(os.getpid(), number)

    def _commit(self) -> None:
        self.session_ends.emit()
