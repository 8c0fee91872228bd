"""Whether disks answer. A network share that stalls keeps every call waiting, without an error, until it comes back."""

from __future__ import annotations

import contextlib
import math
import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

PATIENCE_SECONDS = 3.0
"""A disk that wakes from sleep may take longer; then it is waited for, too."""
_EVERY_SECONDS = 0.25
_FIRST_BYTES = 1 << 16


class DiskWatch:
    """Asks again and again, in a thread of its own, whether files and folders can be reached.

    `stalled` returns the one that has not answered. Files that are gone, or cannot be read, have answered.
    """

    def __init__(self, paths: Iterable[Path]) -> None:
        self._paths = tuple(paths)
        self._asked: tuple[Path, float] | None = None
        self._ended = threading.Event()
        self._wanted = threading.Event()
        self._answered = threading.Condition()
        self._rounds = 0
        self._last_began = -math.inf
        # a thread that waits for a disk cannot be stopped, and must not keep the program from ending
        self._thread = threading.Thread(target=self._ask, name="disk watch", daemon=True)
        self._thread.start()

    def stalled(self, patience: float = PATIENCE_SECONDS) -> Path | None:
        """What has been waited for longer than `patience` seconds; None while everything answers."""
        asked = self._asked
        return asked[0] if asked is not None and time.monotonic() - asked[1] > patience else None

    def answers_within(self, seconds: float) -> bool:
        """Whether everything answers now, asked again."""
        return self.has_answered(self.ask(), seconds)

    def answered_lately(self, seconds: float) -> bool:
        """Whether everything has answered what was asked in the last `seconds` seconds."""
        return time.monotonic() - self._last_began < seconds

    def ask(self) -> int:
        """Asks everything again; the number is for `has_answered`."""
        with self._answered:
            # a round that has begun already says nothing of now
            number = self._rounds + (1 if self._asked is None else 2)
            self._wanted.set()
        return number

    def has_answered(self, number: int, seconds: float = 0.0) -> bool:
        """Whether everything has answered since the call to `ask` that gave the number, or does within the seconds."""
        with self._answered:
            return self._answered.wait_for(lambda: self._rounds >= number, seconds)

    def end(self) -> None:
        """Stops checking the disks."""
        self._ended.set()
        self._wanted.set()
        if self._asked is None:
            self._thread.join(0.5)

    def _ask(self) -> None:
        while not self._ended.is_set():
            self._wanted.clear()
            began = time.monotonic()
            for path in self._paths:
                self._asked = path, time.monotonic()
                look(path)
                self._asked = None
            with self._answered:
                self._rounds, self._last_began = self._rounds + 1, began
                self._answered.notify_all()
            self._wanted.wait(_EVERY_SECONDS)


def look(path: Path) -> None:
    """Returns as soon as the disk of a file or folder answers, whether it is there or not."""
    with contextlib.suppress(OSError, ValueError):
        # what is known of a file may be kept on this side; how full its disk is, is requested each time
        if hasattr(os, "statvfs"):
            os.statvfs(path)
    with contextlib.suppress(OSError, ValueError):
        path.stat()


def not_gone(paths: Iterable[Path], seconds: float = 1.0) -> list[Path]:
    """Those that are there, or whose disk does not answer in time; in their order."""
    given = list(dict.fromkeys(paths))
    gone: dict[Path, bool] = {}
    threads = [threading.Thread(target=_note_gone, args=(path, gone), daemon=True) for path in given]
    for thread in threads:
        thread.start()
    until = time.monotonic() + seconds
    for thread in threads:
        thread.join(max(0.0, until - time.monotonic()))
    return [path for path in given if not gone.get(path)]


def _note_gone(path: Path, gone: dict[Path, bool]) -> None:
    try:
        gone[path] = not path.exists()
    except (OSError, ValueError):
        gone[path] = True


def read_first(path: Path) -> None:
    """The same, once the first of what opening it reads has come."""
    look(path)
    with contextlib.suppress(OSError, ValueError):
        if path.is_dir():
            with os.scandir(path) as entries:
                next(entries, None)
        elif path.is_file():
            with path.open("rb") as file:
                file.read(_FIRST_BYTES)


@contextlib.contextmanager
def reporting_stalls(
    paths: Iterable[Path], report: Callable[[Path], None], patience: float = PATIENCE_SECONDS
) -> Iterator[None]:
    """While the block runs, reports once for each stall which path is waited for, from another thread."""
    watch = DiskWatch(paths)
    ended = threading.Event()

    def wait() -> None:
        reported: Path | None = None
        while not ended.wait(min(0.5, patience)):
            found = watch.stalled(patience)
            if found is not None and found != reported:
                report(found)
            reported = found

    reporter = threading.Thread(target=wait, name="disk reporter", daemon=True)
    reporter.start()
    try:
        yield
    finally:
        ended.set()
        reporter.join(1)
        watch.end()
