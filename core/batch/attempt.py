"""One attempt at one clip: the same in a process of this machine and on a cluster's worker."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from core.batch.clip_run import EXPORTS_FOLDER, Step, run_clip
from core.batch.events import Task
from core.batch.ledger import ClipLedger, ClipState
from core.errors import CancelledError, MaskError, MediaFormatError, MediaNotFoundError, ProjectError, RotoflowError
from core.jobs import CancelToken
from core.messages import Message

_REPORT_SECONDS = 0.1
_LASTING = (MaskError, MediaFormatError, MediaNotFoundError, ProjectError)
"""Errors of what was given: another attempt would end the same."""


@dataclass(frozen=True)
class Outcome:
    """How an attempt ended: no error means that the clip's ledger holds a result."""

    error: Message | None = None
    details: str = ""
    lasting: bool = False
    cancelled: bool = False


def attempt(task: Task, cancel: CancelToken, threads: int, report: Callable[[Step], None]) -> Outcome:
    """Works on a clip and commits it; never raises. `report` is called with a few steps a second."""
    ledger = ClipLedger(task.out, task.job)
    folder = None
    reported = 0.0
    try:
        if ledger.state is ClipState.DONE and ledger.summary.key == task.key:
            # somebody was thought to be lost, and was not
            return Outcome()
        folder = ledger.new_attempt()
        for step in run_clip(task.job, task.key, folder, task.out, cancel, threads):
            if time.monotonic() - reported >= _REPORT_SECONDS or step.done == step.total:
                reported = time.monotonic()
                report(step)
        ledger.commit(folder)
        return Outcome()
    except CancelledError as error:
        return Outcome(error.message, cancelled=True)
    except RotoflowError as error:
        return Outcome(_published(error.message, folder, task), lasting=isinstance(error, _LASTING))
    except OSError as error:
        where = Path(error.filename2 or error.filename or task.out)
        if folder is not None and where.is_relative_to(folder):
            where = task.out
        return Outcome(Message("{path}: cannot be used ({reason}).", path=where, reason=error.strerror or error))
    except Exception as error:
        return Outcome(Message("{kind}: {error}", kind=type(error).__name__, error=error), traceback.format_exc())
    finally:
        # harmless after the commit: the folder has another name by then
        if folder is not None:
            ledger.abandon(folder)


def _published(message: Message, folder: Path | None, task: Task) -> Message:
    """The message with files named as they will be called, not as they are until the clip is done."""
    if folder is None:
        return message
    hidden = str(folder / EXPORTS_FOLDER)
    fields = {
        name: field.replace(hidden, str(task.out)) if type(field) is str else field
        for name, field in message.fields.items()
    }
    return message.filled(**fields)
