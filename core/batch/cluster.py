"""A batch on a Dask cluster: any number of machines that share the folders of the batch.

The scheduler gives a lost worker's clips to others. A worker that was only thought to be lost does no harm: of two
results of one clip the ledger takes the first.
"""

from __future__ import annotations

import contextlib
import queue
import threading
import time
import uuid
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.batch.attempt import Outcome, attempt
from core.batch.clip_run import Step
from core.batch.events import ClipEvent, ClipEventKind, Task
from core.batch.ledger import STATE_FOLDER, ClipLedger, ClipState
from core.errors import BatchError
from core.jobs import CancelToken
from core.messages import Message

_CONNECT_SECONDS = 5
_POLL_SECONDS = 0.1
_LOOK_SECONDS = 0.5
_SEEN_SECONDS = 15.0
"""Network file systems may show a file this long after another machine wrote it."""


@dataclass(frozen=True)
class _Ended:
    task: Task
    attempt: int
    outcome: Outcome


_Message = ClipEvent | _Ended


class ClusterRunner:
    """Gives tasks to the workers of the scheduler at `address`, each failing one `retries` times more.

    A worker does as many clips at once as it has threads; workers that declare a resource "GPU" do as many as they have
    of it, and where there are such workers they get all clips that may use one. Needs `rotoflow[cluster]`.
    """

    def __init__(self, address: str, retries: int = 1, threads: int = 1) -> None:
        self._address, self._retries, self._threads = address, max(0, retries), threads

    def run(self, tasks: Sequence[Task], cancel: CancelToken) -> Generator[ClipEvent, None, None]:
        """See `core.batch.events.Runner`. Raises BatchError if the scheduler cannot be reached, or is lost."""
        if not tasks:
            return
        run_id = uuid.uuid4().hex
        marker = tasks[0].out / STATE_FOLDER / f"running-{run_id}"
        with self._connected() as client, _marked(marker):
            messages: queue.SimpleQueue[_Message] = queue.SimpleQueue()
            client.subscribe_topic(run_id, lambda event: messages.put(_received(event[1])))
            submit = _Submission(client, run_id, marker, self._threads, messages)
            for task in tasks:
                submit(task, 1)
            left = len(tasks)
            while left and not cancel.cancelled:
                if client.status != "running":
                    raise BatchError(
                        "{address}: the connection to the scheduler was lost; run the batch again.",
                        address=self._address,
                    )
                try:
                    message = messages.get(timeout=_POLL_SECONDS)
                except queue.Empty:
                    continue
                if isinstance(message, ClipEvent):
                    yield message
                    continue
                submit.release(message.task)
                event = self._judged(message)
                if event.kind is ClipEventKind.RETRIED:
                    submit(message.task, message.attempt + 1)
                else:
                    left -= 1
                yield event
            submit.drop()

    def _judged(self, ended: _Ended) -> ClipEvent:
        name, outcome = ended.task.job.name, ended.outcome
        if not outcome.error and not _seen(ended.task):
            outcome = Outcome(Message("a worker finished it, but its result is not in {out}", out=ended.task.out))
        if not outcome.error:
            return ClipEvent(name, ClipEventKind.DONE)
        again = not outcome.lasting and ended.attempt <= self._retries
        kind = ClipEventKind.RETRIED if again else ClipEventKind.FAILED
        return ClipEvent(name, kind, text=outcome.details or outcome.error)

    @contextlib.contextmanager
    def _connected(self) -> Iterator[Any]:
        try:
            from distributed import Client
        except ImportError as error:
            raise BatchError("Clusters need Dask: pip install 'rotoflow[cluster]'.") from error
        try:
            client = Client(self._address, timeout=_CONNECT_SECONDS, set_as_default=False)
        except (OSError, ValueError) as error:
            raise BatchError(
                "{address}: no Dask scheduler answers there ({error}).", address=self._address, error=error
            ) from error
        with contextlib.closing(client):
            yield client


class _Submission:
    """Hands tasks to the scheduler and keeps their futures."""

    def __init__(
        self, client: Any, run_id: str, marker: Path, threads: int, messages: queue.SimpleQueue[_Message]
    ) -> None:
        self._client, self._run_id, self._marker, self._threads = client, run_id, marker, threads
        self._messages = messages
        self._futures: dict[str, Any] = {}
        workers = client.scheduler_info(n_workers=-1)["workers"].values()
        self._gpus = any(worker.get("resources", {}).get("GPU") for worker in workers)

    def __call__(self, task: Task, number: int) -> None:
        """Submits an attempt; its end becomes a message."""
        future = self._client.submit(
            work,
            task,
            self._marker,
            self._run_id,
            self._threads,
            key=f"rotoflow-{task.job.name}-{self._run_id}-{number}",
            pure=False,
            resources={"GPU": 1} if self._gpus and task.job.device != "cpu" else None,
        )
        self._futures[task.job.name] = future
        future.add_done_callback(lambda done: self._messages.put(_Ended(task, number, _outcome(done))))

    def release(self, task: Task) -> None:
        """Removes a finished task from the scheduler, which would compute a lost result again."""
        self._futures.pop(task.job.name, None)

    def drop(self) -> None:
        """Cancels attempts that have not begun. The others see that the marker is gone."""
        self._client.cancel([future for future in self._futures.values() if not future.done()])


def _outcome(future: Any) -> Outcome:
    if future.status == "finished":
        result: Outcome = future.result()
        return result
    reason = future.exception() if future.status == "error" else future.status
    return Outcome(Message("its workers were lost ({reason})", reason=reason))


def work(task: Task, marker: Path, run_id: str, threads: int) -> Outcome:
    """One attempt, in a thread of a worker. Its steps are published to the topic `run_id`."""
    from distributed import get_worker

    worker = get_worker()
    if not _exists(marker):
        return Outcome(
            Message(
                "the worker {address} does not see {out}: all machines must share that folder",
                address=worker.address,
                out=task.out,
            )
        )
    name = task.job.name

    def report(step: Step | None) -> None:
        worker.log_event(run_id, {"name": name, "step": None if step is None else (step.stage, step.done, step.total)})

    report(None)
    with _cancelled_without(marker) as cancel:
        return attempt(task, cancel, threads, report)


def _received(message: Mapping[str, Any]) -> ClipEvent:
    if message["step"] is None:
        return ClipEvent(message["name"], ClipEventKind.STARTED)
    return ClipEvent(message["name"], ClipEventKind.STEP, Step(*message["step"]))


@contextlib.contextmanager
def _marked(marker: Path) -> Iterator[None]:
    """A file that says, while it is there, that the batch continues."""
    marker.touch()
    try:
        yield
    finally:
        marker.unlink(missing_ok=True)


@contextlib.contextmanager
def _cancelled_without(marker: Path) -> Iterator[CancelToken]:
    """A token that is set when the marker goes."""
    cancel, ended = CancelToken(), threading.Event()

    def watch() -> None:
        while not ended.wait(_LOOK_SECONDS):
            if not marker.exists():
                cancel.cancel()
                return

    thread = threading.Thread(target=watch, name="marker", daemon=True)
    thread.start()
    try:
        yield cancel
    finally:
        ended.set()
        thread.join()


def _exists(path: Path) -> bool:
    until = time.monotonic() + _SEEN_SECONDS
    while not path.exists():
        if time.monotonic() > until:
            return False
        time.sleep(_LOOK_SECONDS)
    return True


def _seen(task: Task) -> bool:
    ledger = ClipLedger(task.out, task.job)
    until = time.monotonic() + _SEEN_SECONDS
    while ledger.state is not ClipState.DONE:
        if time.monotonic() > until:
            return False
        time.sleep(_POLL_SECONDS)
    return True
