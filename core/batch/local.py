"""A batch on several processes of this machine.

A clip has a process of its own: what it leaks, or brings down, is gone with it.
"""

from __future__ import annotations

import contextlib
from collections import deque
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection

from core.batch.attempt import Outcome, attempt
from core.batch.clip_run import Step
from core.batch.events import ClipEvent, ClipEventKind, Task
from core.jobs import CancelToken
from core.messages import Message
from core.processes import Child, ProcessEnded, end_all, ready


@dataclass(frozen=True)
class _Work:
    task: Task
    attempt: int
    child: Child


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
                    child = Child(_serve, (task, self._threads), f"batch {task.job.name}")
                    running.append(_Work(task, number, child))
                    yield ClipEvent(task.job.name, ClipEventKind.STARTED)
                ready_children = ready([work.child for work in running])
                for work in [work for work in running if work.child in ready_children]:
                    event = self._event(work)
                    if event.kind is not ClipEventKind.STEP:
                        running.remove(work)
                        work.child.end()
                    if event.kind is ClipEventKind.RETRIED:
                        waiting.append((work.task, work.attempt + 1))
                    yield event
        finally:
            end_all([work.child for work in running])

    def _event(self, work: _Work) -> ClipEvent:
        """What a message means."""
        name = work.task.job.name
        try:
            message: Step | Outcome = work.child.receive()
        except ProcessEnded as ended:
            message = Outcome(Message("the worker process ended ({reason})", reason=ended))
        if isinstance(message, Step):
            return ClipEvent(name, ClipEventKind.STEP, message)
        if not message.error:
            return ClipEvent(name, ClipEventKind.DONE)
        again = not message.lasting and work.attempt <= self._retries
        kind = ClipEventKind.RETRIED if again else ClipEventKind.FAILED
        return ClipEvent(name, kind, text=message.details or message.error)


def _serve(connection: Connection, cancel: CancelToken, task: Task, threads: int) -> None:
    """The worker process."""

    def report(message: Step | Outcome) -> None:
        with contextlib.suppress(OSError):
            connection.send(message)

    report(attempt(task, cancel, threads, report))
