"""The state of a batch on disk: what is finished, what failed, and when a result becomes valid.

    OUT/NAME...                         what was exported
    OUT/report.html
    OUT/.batch/lock                     held by the one program that runs this batch
    OUT/.batch/NAME/attempt-UNIQUE/     a clip being worked on; worth nothing
    OUT/.batch/NAME/result/             the finished clip: summary, contact sheet, and the exports until they are moved
    OUT/.batch/NAME/error.txt           why the last attempt failed
    OUT/.batch/NAME/owned.txt           names of what an earlier result exported, when it is done again

An attempt is built under a name of its own and becomes `result` by one rename, which fails if there is one already: of
two workers with the same clip, one wins. The exports are then moved to their paths by the one program that holds the
lock, and can be moved again after a crash. Everything lies on one disk, so every move is a rename.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import uuid
from collections.abc import Iterable, Iterator
from enum import Enum, auto
from pathlib import Path

from filelock import FileLock, Timeout

from core.batch.clip_run import EXPORTS_FOLDER
from core.batch.clip_summary import SUMMARY_FILE, ClipSummary
from core.batch.job import ClipJob, ending_of
from core.errors import BatchError, OutputError, ProjectError
from core.files import move_into
from core.project import replace_project
from core.types import PROJECT_SUFFIX

STATE_FOLDER = ".batch"
WORKER_FILE = "worker.txt"
_RESULT, _ERROR, _OWNED, _ATTEMPT = "result", "error.txt", "owned.txt", "attempt-"


class ClipState(Enum):
    """The state of a clip."""

    OPEN = auto()
    FAILED = auto()
    DONE = auto()


class ClipLedger:
    """The state of one clip. Attempts may be made by any process that sees the folder."""

    def __init__(self, out: Path, job: ClipJob) -> None:
        self._out = out
        self._targets = job.outputs(out)
        self._folders = [not ending_of(settings) for settings in job.exports]
        self.folder = out / STATE_FOLDER / job.name

    @property
    def result(self) -> Path:
        """The folder of the finished clip."""
        return self.folder / _RESULT

    @property
    def state(self) -> ClipState:
        if (self.result / SUMMARY_FILE).is_file():
            return ClipState.DONE
        return ClipState.FAILED if (self.folder / _ERROR).is_file() else ClipState.OPEN

    @property
    def summary(self) -> ClipSummary:
        """The summary of the finished clip. Raises BatchError if it is damaged."""
        return ClipSummary.read(self.result)

    @property
    def error(self) -> str:
        """Why the last attempt failed."""
        try:
            return (self.folder / _ERROR).read_text(encoding="utf-8", errors="replace")
        except FileNotFoundError:
            return ""

    def new_attempt(self) -> Path:
        """A new folder to work in, with a note of who does."""
        attempt = self.folder / f"{_ATTEMPT}{uuid.uuid4().hex}"
        attempt.mkdir(parents=True)
        (attempt / WORKER_FILE).write_text(f"{socket.gethostname()}, process {os.getpid()}", encoding="utf-8")
        return attempt

    def commit(self, attempt: Path) -> bool:
        """Makes an attempt the result; False, and the attempt is thrown away, if there is one already."""
        try:
            # a directory never replaces one that has something in it
            attempt.rename(self.result)
        except OSError:
            if self.state is not ClipState.DONE:
                raise
            self.abandon(attempt)
            return False
        return True

    def abandon(self, attempt: Path) -> None:
        """Throws an attempt away."""
        shutil.rmtree(attempt, ignore_errors=True)

    def fail(self, reason: str) -> None:
        """Writes down why the clip could not be finished."""
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / _ERROR).write_text(reason, encoding="utf-8", errors="replace")

    # -- for the holder of the lock alone

    def fits(self, key: str) -> bool:
        """Whether the result was made from the same masks, clip and settings, and its exports are still there."""
        summary = self.summary
        waiting = self.result / EXPORTS_FOLDER
        return summary.key == key and all(
            target.exists() or (waiting / target.name).exists() for target in self._targets
        )

    def taken(self) -> Path | None:
        """An export's path at which something is that is not this clip's own; None if all are free."""
        own = {name.split("/")[0] for name in self._owned()}
        return next((path for path in self._targets if path.name not in own and path.exists()), None)

    def blocked(self) -> Path | None:
        """An export's path at which there is a folder instead of a file, or a file instead of a folder."""
        kinds = zip(self._targets, self._folders, strict=True)
        return next((path for path, folder in kinds if path.exists() and path.is_dir() != folder), None)

    @property
    def published(self) -> bool:
        """Whether every export of the result has been moved to its path."""
        return self.state is ClipState.DONE and not (self.result / EXPORTS_FOLDER).exists()

    def publish(self) -> None:
        """Moves the exports that still wait in the result to their paths, and removes what an earlier result of this
        clip left there and this one has not. Other files stay. Raises BatchError.
        """
        waiting = self.result / EXPORTS_FOLDER
        if not waiting.exists():
            return
        try:
            for target in self._targets:
                if (waiting / target.name).exists():
                    _deliver(waiting / target.name, target)
            for name in self._owned_before() - set(self.summary.files):
                (self._out / name).unlink(missing_ok=True)
            (self.folder / _OWNED).unlink(missing_ok=True)
            waiting.rmdir()
        except (ProjectError, OutputError) as error:
            raise BatchError(error.message) from error
        except OSError as error:
            where = error.filename2 or error.filename or self._out
            raise BatchError(
                "{where}: cannot be moved in place ({reason}).", where=where, reason=error.strerror or error
            ) from error

    def forget(self) -> None:
        """Makes the clip open again: drops result and error. What was exported stays until it is replaced."""
        if self.state is ClipState.DONE:
            listed = "\n".join(sorted(self._owned()))
            (self.folder / _OWNED).write_text(listed, encoding="utf-8", errors="surrogateescape")
            # in one step, so that half a result is never visible
            self.result.rename(self.folder / f"{_ATTEMPT}{uuid.uuid4().hex}")
        (self.folder / _ERROR).unlink(missing_ok=True)
        self.tidy()

    def _owned(self) -> set[str]:
        """The files that results of this clip have left, as paths from the batch's folder."""
        files = set(self.summary.files) if self.state is ClipState.DONE else set()
        return _within(files) | self._owned_before()

    def _owned_before(self) -> set[str]:
        with contextlib.suppress(FileNotFoundError):
            listed = (self.folder / _OWNED).read_text(encoding="utf-8", errors="surrogateescape")
            return _within(listed.split("\n"))
        return set()

    def tidy(self) -> None:
        """Drops attempts that ended without a result, and the error of a clip that was finished after all."""
        for attempt in self.folder.glob(f"{_ATTEMPT}*"):
            self.abandon(attempt)
        if self.state is ClipState.DONE:
            (self.folder / _ERROR).unlink(missing_ok=True)


def _within(names: Iterable[str]) -> set[str]:
    """Those of the names that stay inside the batch's folder: others may have written the list."""
    whole = (name for name in names if name and "\0" not in name)
    return {name for name in whole if not Path(name).is_absolute() and ".." not in Path(name).parts}


def _deliver(source: Path, target: Path) -> None:
    if target.suffix == PROJECT_SUFFIX and source.is_file():
        # it may be open, or have left a log that would be taken for a part of the new one
        replace_project(source, target)
    else:
        move_into(source, target)


@contextlib.contextmanager
def locked(out: Path) -> Iterator[None]:
    """Holds a batch's folder, which is made. Raises BatchError if another program does."""
    state = out / STATE_FOLDER
    lock = FileLock(state / "lock", timeout=0)
    try:
        state.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout as error:
        raise BatchError(
            "{out}: another program is running a batch in this folder; wait for it to end.", out=out
        ) from error
    except (FileExistsError, NotADirectoryError) as error:
        raise BatchError("{out}: a file where a folder should be; name another folder.", out=out) from error
    except OSError as error:
        reason = error.strerror or error
        raise BatchError(
            "{out}: cannot be written to ({reason}); name another folder.", out=out, reason=reason
        ) from error
    try:
        yield
    finally:
        lock.release()
