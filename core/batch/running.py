"""A batch from beginning to end: what is finished is kept, the rest is done, and all of it is reported."""

from __future__ import annotations

import contextlib
from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from core.batch.events import ClipEvent, ClipEventKind, Runner, Task
from core.batch.job import ClipJob
from core.batch.ledger import STATE_FOLDER, ClipLedger, ClipState, locked
from core.batch.reports.report import REPORT_FILE, write_report
from core.errors import BatchError, RotoflowError
from core.jobs import CancelToken
from core.messages import Message
from core.outputs import check_database_name, check_name
from core.project import spare_sources
from core.types import PROJECT_SUFFIX


@dataclass(frozen=True)
class BatchResult:
    """Names of the clips by state, and the report."""

    done: tuple[str, ...]
    failed: tuple[str, ...]
    open: tuple[str, ...]
    report: Path


def run_batch(
    jobs: Sequence[ClipJob],
    out: Path,
    runner: Runner,
    cancel: CancelToken,
    overwrite: bool = False,
    source: Path | None = None,
) -> Generator[ClipEvent, None, BatchResult]:
    """Does the jobs that are not finished in `out` yet and yields what happens; returns a BatchResult.

    An interrupted batch continues when it is run again: finished clips are kept, all others are done from their start,
    so that the result is the same as without the interruption. Clips that failed are tried again.

    With `overwrite`, files in the way are replaced, and clips done with other settings are done again. Without it
    these, and a report that no batch has written, raise BatchError, before anything is written. Raises BatchError too
    if another program works in `out`, and OutputError if a result would be, hold or lie inside something that is read,
    or cannot have its name. `source` is what the jobs were read from: a list is not written to either.
    """
    out = Path(out).absolute()
    _check_outputs(jobs, out, source if source is not None and source.is_file() else None)
    _check_report(out, overwrite)
    with locked(out):
        tasks: list[Task] = []
        for job in jobs:
            try:
                key = job.key()
            except RotoflowError as error:
                # a missing clip does not stop the others
                yield _unreadable(ClipLedger(out, job), job.name, error.message)
                continue
            if _finished(out, job, key, overwrite):
                yield ClipEvent(job.name, ClipEventKind.KEPT)
            else:
                tasks.append(Task(job, key, out))
        for task in tasks:
            ClipLedger(out, task.job).forget()
        ledgers = {task.job.name: ClipLedger(out, task.job) for task in tasks}
        try:
            with closing(runner.run(tasks, cancel)) as events:
                for event in events:
                    yield _recorded(ledgers[event.name], event)
        finally:
            for ledger in ledgers.values():
                # a clip may have been finished in the moment of the interruption
                if ledger.state is ClipState.DONE:
                    with contextlib.suppress(BatchError):
                        ledger.publish()
                ledger.tidy()
            report = write_report(jobs, out)
        states = {job.name: _stand(ClipLedger(out, job)) for job in jobs}
        names = {state: tuple(name for name, found in states.items() if found is state) for state in ClipState}
        return BatchResult(names[ClipState.DONE], names[ClipState.FAILED], names[ClipState.OPEN], report)


def _check_outputs(jobs: Sequence[ClipJob], out: Path, listed_in: Path | None) -> None:
    outputs = [path for job in jobs for path in job.outputs(out)]
    for path in outputs:
        (check_database_name if path.suffix == PROJECT_SUFFIX else check_name)(path)
    own = [out / REPORT_FILE, out / STATE_FOLDER]
    spare_sources([*outputs, *own], [listed_in, *(path for job in jobs for path in job.inputs())])


def _check_report(out: Path, overwrite: bool) -> None:
    if (out / REPORT_FILE).exists() and not (out / STATE_FOLDER).exists() and not overwrite:
        raise BatchError("{path}: is there already. Name another folder, or allow replacing.", path=out / REPORT_FILE)


def _stand(ledger: ClipLedger) -> ClipState:
    """The clip's state for the person who waits for its exports."""
    return ClipState.FAILED if ledger.state is ClipState.DONE and not ledger.published else ledger.state


def _finished(out: Path, job: ClipJob, key: str, overwrite: bool) -> bool:
    ledger = ClipLedger(out, job)
    done = ledger.state is ClipState.DONE
    if done and ledger.fits(key):
        ledger.publish()
        ledger.tidy()
        return True
    blocked = ledger.blocked()
    if blocked is not None:
        raise BatchError(
            "{path}: a folder where a file should be; remove it, or name another folder for the results."
            if blocked.is_dir()
            else "{path}: a file where a folder should be; remove it, or name another folder for the results.",
            path=blocked,
        )
    if overwrite:
        return False
    if done and ledger.summary.key != key:
        raise BatchError(
            "{out}: '{name}' was done here from another clip or mask, or with other settings. Name another "
            "folder, or allow replacing.",
            out=out,
            name=job.name,
        )
    taken = ledger.taken()
    if taken is not None:
        raise BatchError("{path}: is there already. Name another folder, or allow replacing.", path=taken)
    return False


def _unreadable(ledger: ClipLedger, name: str, reason: Message) -> ClipEvent:
    """The clip or mask is gone: what was made of it stays."""
    if ledger.state is ClipState.DONE:
        return ClipEvent(name, ClipEventKind.KEPT)
    ledger.fail(reason)
    return ClipEvent(name, ClipEventKind.FAILED, text=reason)


def _recorded(ledger: ClipLedger, event: ClipEvent) -> ClipEvent:
    """Applies an event's effect to the disk and returns the event."""
    if event.kind is ClipEventKind.DONE:
        try:
            ledger.publish()
        except BatchError as error:
            return ClipEvent(event.name, ClipEventKind.FAILED, text=error.message)
        ledger.tidy()
    elif event.kind in (ClipEventKind.FAILED, ClipEventKind.RETRIED):
        ledger.fail(event.text)
    return event
