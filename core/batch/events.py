"""What a running batch reports: the tasks it is given, and how each clip goes."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import Protocol

from core.batch.clip_run import Step
from core.batch.job import ClipJob
from core.jobs import CancelToken


class ClipEventKind(Enum):
    """What happened to a clip."""

    STARTED = auto()
    STEP = auto()
    DONE = auto()
    RETRIED = auto()
    """An attempt failed; there will be another."""
    FAILED = auto()
    """The last attempt failed, or the error will not go away by trying again."""
    KEPT = auto()
    """It was finished in an earlier run."""


@dataclass(frozen=True)
class ClipEvent:
    """`text` is the error of a failed attempt, a Message or a traceback; `step` is set for STEP."""

    name: str
    kind: ClipEventKind
    step: Step | None = None
    text: str = ""


@dataclass(frozen=True)
class Task:
    """A clip to do: the job, its key, and the batch's folder."""

    job: ClipJob
    key: str
    out: Path


class Runner(Protocol):
    """Does tasks, several at once. Every task ends with one DONE or FAILED event, unless it is cancelled."""

    def run(self, tasks: Sequence[Task], cancel: CancelToken) -> Generator[ClipEvent, None, None]:
        """Yields events as they come. Once `cancel` is set, stops the clips at work and ends.

        After DONE the clip's ledger holds the result. Closing the generator stops everything. Raises RotoflowError if
        nothing can be run at all.
        """
        ...
