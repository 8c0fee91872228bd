"""Processes of the program's own that may leak, hang or die without taking it with them.

They are spawned, since threads of decoders and runtimes do not survive a fork.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
import time
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection, wait
from typing import Any

from core.jobs import CancelToken
from core.messages import Message, verbatim

POLL_SECONDS = 0.1
"""How long to wait for a message before looking whether the work was cancelled."""
_GRACE_SECONDS = 10.0
_SPAWN = multiprocessing.get_context("spawn")


class ProcessEnded(Exception):
    """The process is gone and sends nothing more; the message says how it ended."""


class Child:
    """A process that runs `target(connection, cancel, *arguments)`, and this end of the pipe to it.

    `cancel` is a token of its own, cancelled once this process says so or is gone.
    """

    def __init__(self, target: Callable[..., None], arguments: Sequence[object], name: str) -> None:
        """Starts it. `target` is a function of a module; it and `arguments` can be pickled."""
        self._connection, theirs = _SPAWN.Pipe()
        # its end says stop; an event would leave semaphores on the machine where this process is killed
        stopped, self._stop = _SPAWN.Pipe(duplex=False)
        self._process = _SPAWN.Process(target=_serve, args=(target, theirs, stopped, *arguments), name=name)
        self._process.start()
        # only the child holds its ends now, so that its death is noticed
        theirs.close()
        stopped.close()

    @property
    def stopped(self) -> bool:
        """Whether `stop` was called."""
        return self._stop.closed

    def stop(self) -> None:
        """Cancels the child's token; it may still say what became of its work."""
        self._stop.close()

    def send(self, message: object) -> None:
        """Sends an answer; one that nobody is there to take is dropped."""
        with contextlib.suppress(OSError):
            self._connection.send(message)

    def receive(self, seconds: float = POLL_SECONDS) -> Any:
        """The next message; None if none comes in time. Raises ProcessEnded if none will come any more."""
        try:
            return self._connection.recv() if self._connection.poll(seconds) else None
        except (EOFError, OSError):
            self._process.join(_GRACE_SECONDS)
            raise ProcessEnded(_how_it_ended(self._process.exitcode)) from None

    def hang_up(self) -> None:
        """Stops the child and receives nothing more."""
        self.stop()
        self._connection.close()

    def end(self, seconds: float = _GRACE_SECONDS) -> int | None:
        """Hangs up, waits, kills what is still there, and gives the exit code: 0 if it ended by itself."""
        self.hang_up()
        self._process.join(max(0.0, seconds))
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        code = self._process.exitcode
        self._process.close()
        return code


def ready(children: Sequence[Child], seconds: float = POLL_SECONDS) -> list[Child]:
    """Those that have a message, or are gone, waiting for the first one."""
    found = wait([child._connection for child in children], seconds)
    return [child for child in children if child._connection in found]


def end_all(children: Sequence[Child]) -> None:
    """Ends several at once, within the time that one has."""
    for child in children:
        child.hang_up()
    until = time.monotonic() + _GRACE_SECONDS
    for child in children:
        child.end(until - time.monotonic())


class _Stop(CancelToken):
    def __init__(self, stopped: Connection) -> None:
        super().__init__()
        self._stopped = stopped

    @property
    def cancelled(self) -> bool:
        return super().cancelled or self._stopped.poll()


def _serve(target: Callable[..., None], connection: Connection, stopped: Connection, *arguments: object) -> None:
    # Ctrl-C reaches the whole group of processes; what becomes of the work is decided by the one that started it
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    target(connection, _Stop(stopped), *arguments)


def _how_it_ended(code: int | None) -> Message:
    if code is not None and code < 0:
        with contextlib.suppress(ValueError):
            name = signal.Signals(-code).name
            if name == "SIGKILL":
                return Message("{signal}, perhaps for want of memory", signal=name)
            return verbatim(name)
    return Message("code {code}", code=code)
