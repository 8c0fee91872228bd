"""A runner without processes, for what does not depend on them."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence

from core.batch.attempt import attempt
from core.batch.events import ClipEvent, ClipEventKind, Task
from core.jobs import CancelToken


class HereRunner:
    """Does one task after the other in this process; `before` may spoil something first."""

    def __init__(self, before: Callable[[Task], None] = lambda _task: None) -> None:
        self._before = before
        self.done: list[str] = []

    def run(self, tasks: Sequence[Task], cancel: CancelToken) -> Generator[ClipEvent, None, None]:
        for task in tasks:
            if cancel.cancelled:
                return
            yield ClipEvent(task.job.name, ClipEventKind.STARTED)
            self._before(task)
            ended = attempt(task, cancel, 1, lambda _step: None)
            if ended.cancelled:
                return
            self.done.append(task.job.name)
            kind = ClipEventKind.FAILED if ended.error else ClipEventKind.DONE
            yield ClipEvent(task.job.name, kind, text=ended.details or ended.error or "")
