"""Work of the tracking loop in two threads: the loop itself, and what its next step does not depend on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from typing import TypeVar

from core.jobs import CancelToken
from core.vos.stages import stage

Item = TypeVar("Item")
Result = TypeVar("Result")


def with_next(items: Iterator[Item]) -> Iterator[tuple[Item, Item | None]]:
    """Each item with the one after it, which is fetched before; None after the last.

    An error in fetching is raised after the item before it was given.
    """
    item = next(items, None)
    while item is not None:
        coming, failed = None, None
        try:
            coming = next(items, None)
        except Exception as error:
            failed = error
        yield item, coming
        if failed is not None:
            raise failed
        item = coming


def one_step_late(steps: Iterable[Callable[[], Result]], worker: Executor, cancel: CancelToken) -> Iterator[Result]:
    """The results of what `steps` gives, in order, each found in `worker` while the next step is made.

    An error in a step is raised after the result before it. Once `cancel` is set, no result comes any more.
    """
    waiting: Future[Result] | None = None
    failed: Exception | None = None
    steps = iter(steps)
    while True:
        try:
            finish = next(steps, None)
        except Exception as error:
            finish, failed = None, error
        later = None if finish is None else worker.submit(finish)
        if waiting is not None and not cancel.cancelled:
            yield _wait(waiting)
        if failed is not None:
            raise failed
        if later is None:
            return
        waiting = later


@stage("refine")
def _wait(future: Future[Result]) -> Result:
    return future.result()
