"""A batch on several processes of this machine.

A clip has a process of its own: what it leaks, or brings down, is gone with it. Processes are spawned, since threads of
decoders and runtimes do not survive a fork.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
import threading
import time
from collections import deque
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess

from core.batch.attempt import Outcome, attempt
from core.batch.clip_run import Step
from core.batch.events import ClipEvent, ClipEventKind, Task
from core.jobs import CancelToken
from core.messages import Message, verbatim

_POLL_SECONDS = 0.1
_GRACE_SECONDS = 10.0


@dataclass(frozen=True)
class _Work:
    task: Task
    attempt: int
    process: SpawnProcess
    connection: Connection


class LocalRunner:
    """Does `jobs` clips at once, each with `threads` threads, and each failing one `retries` times more."""

    def __init__(self, jobs: int, retries: int = 1, threads: int = 1) -> None:
        self._jobs, self._retries, self._threads = max(1, jobs), max(0, retries), threads

    def run(self, tasks: Sequence[Task], cancel: CancelToken) -> Generator[ClipEvent, None, None]:
        """See `core.batch.events.Runner`."""
        waiting = deque((task, 1) for task in tasks)
        running: list[_Work] = []
        try:
            while (waiting or running) and not cancel.cancelled:
                while waiting and len(running) < self._jobs:
                    task, number = waiting.popleft()
                    running.append(self._start(task, number))
                    yield ClipEvent(task.job.name, ClipEventKind.STARTED)
                for work in self._ready(running):
                    for event in self._on_event(work):
                        if event.kind is not ClipEventKind.STEP:
                            running.remove(work)
                            _end(work)
                        if event.kind is ClipEventKind.RETRIED:
                            waiting.append((work.task, work.attempt + 1))
                        yield event
        finally:
            _stop(running)

    def _start(self, task: Task, number: int) -> _Work:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(task, self._threads, theirs), name=f"batch {task.job.name}")
        process.start()
        # only the child holds its end now, so that its death is heard
        theirs.close()
        return _Work(task, number, process, ours)

    @staticmethod
    def _ready(running: Sequence[_Work]) -> list[_Work]:
        ready = wait([work.connection for work in running], _POLL_SECONDS)
        return [work for work in running if work.connection in ready]

    def _on_event(self, work: _Work) -> list[ClipEvent]:
        """The events of one message."""
        name = work.task.job.name
        try:
            message: Step | Outcome = work.connection.recv()
        except (EOFError, OSError):
            work.process.join(_GRACE_SECONDS)
            message = Outcome(Message("the worker process ended ({reason})", reason=_reason(work.process.exitcode)))
        if isinstance(message, Step):
            return [ClipEvent(name, ClipEventKind.STEP, message)]
        if not message.error:
            return [ClipEvent(name, ClipEventKind.DONE)]
        again = not message.lasting and work.attempt <= self._retries
        kind = ClipEventKind.RETRIED if again else ClipEventKind.FAILED
        return [ClipEvent(name, kind, text=message.details or message.error)]


def _reason(code: int | None) -> Message:
    if code is not None and code < 0:
        with contextlib.suppress(ValueError):
            name = signal.Signals(-code).name
            if name == "SIGKILL":
                return Message("{signal}, perhaps for want of memory", signal=name)
            return verbatim(name)
    return Message("code {code}", code=code)


def _end(work: _Work) -> None:
    work.connection.close()
    work.process.join(_GRACE_SECONDS)
    if work.process.is_alive():
        work.process.kill()
        work.process.join()
    work.process.close()


def _stop(running: Sequence[_Work]) -> None:
    """Ends what is still at work: the closed connection tells it to clean up and go."""
    for work in running:
        work.connection.close()
    until = time.monotonic() + _GRACE_SECONDS
    for work in running:
        work.process.join(max(0.0, until - time.monotonic()))
        _end(work)


def _serve(task: Task, threads: int, connection: Connection) -> None:
    """The worker process."""
    # Ctrl-C reaches the whole group of processes; what becomes of the clip is decided by the one that started it
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    cancel = CancelToken()
    threading.Thread(target=_watch, args=(connection, cancel), daemon=True).start()

    def tell(message: Step | Outcome) -> None:
        with contextlib.suppress(OSError):
            connection.send(message)

    tell(attempt(task, cancel, threads, tell))


def _watch(connection: Connection, cancel: CancelToken) -> None:
    """Nothing is ever sent this way: what comes is the end, of a cancelled batch or of a program that was killed."""
    with contextlib.suppress(EOFError, OSError):
        connection.recv()
    cancel.cancel()
