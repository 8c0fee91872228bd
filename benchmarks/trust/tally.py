"""Counts cases, and runs those that may crash, hang or use all memory in processes of their own."""

from __future__ import annotations

import faulthandler
import gc
import os
import resource
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import resource_tracker
from pathlib import Path

import numpy as np

Generator = np.random.Generator
MOST_FAULTS = 5
_GRACE_SECONDS = 1.0


@dataclass
class Tally:
    """How one kind of case went."""

    tried: int = 0
    passed: int = 0
    lost: int = 0
    """Frames that were reported as stored, or files of the person, that are gone."""
    leaked: int = 0
    """Threads and open files that were not there before."""
    peak_mib: float = 0.0
    """The most memory that a process took."""
    seconds: float = 0.0
    faults: tuple[str, ...] = ()
    figures: str = ""
    """What else was measured, in words."""

    def count(self, fault: str = "", lost: int = 0) -> None:
        """Counts a case; `fault` is empty if all was well."""
        self.tried += 1
        self.passed += not fault
        self.lost += lost
        if fault and len(self.faults) < MOST_FAULTS:
            self.faults = (*self.faults, fault)

    def note_peak(self) -> None:
        """Takes in the memory that this process and those it started have needed."""
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN):
            self.peak_mib = max(self.peak_mib, resource.getrusage(who).ru_maxrss / 1024)


@dataclass(frozen=True)
class Case:
    """A kind of case: `run` tries it `count` times, in an empty folder that is the current one."""

    run: Callable[[Tally, int, Generator], None]
    full: int
    short: int
    warm: int = 1
    """So many are tried first, for what libraries make once and keep. 0: it looks itself for what it leaves behind."""


class Held:
    """The threads and open files of this process at one moment."""

    def __init__(self) -> None:
        gc.collect()
        # Python's own, started with the first process and kept
        resource_tracker.ensure_running()
        self._threads, self._files = _threads(), _files()

    def more(self, grace: float = _GRACE_SECONDS) -> int:
        """How many there are now that were not there then, after so many seconds' grace at most."""
        gc.collect()
        until = time.monotonic() + grace
        while (left := self._left()) and time.monotonic() < until:
            time.sleep(0.05)
        return left

    def _left(self) -> int:
        return max(0, _threads() - self._threads) + max(0, _files() - self._files)


def _threads() -> int:
    tasks = Path("/proc/self/task")
    return len(list(tasks.iterdir())) if tasks.is_dir() else threading.active_count()


def _files() -> int:
    files = Path("/proc/self/fd")
    return len(list(files.iterdir())) if files.is_dir() else 0


def try_apart(
    tally: Tally, count: int, one: Callable[[int], str], seconds: float = 20.0, most_mib: float = 1500.0
) -> None:
    """Counts `one(number)`, a fault or "", for each number below `count`, in processes of their own.

    A number that brings its process down, takes longer than `seconds` or more memory than `most_mib` is a fault.
    """
    number = 0
    while number < count:
        answers, end = os.pipe()
        # a decoder that waits to be collected has threads, which a child would wait for without having them
        gc.collect()
        child = os.fork()
        if child == 0:
            os.close(answers)
            _serve(end, number, count, one, seconds, most_mib)
        os.close(end)
        with os.fdopen(answers, encoding="utf-8", errors="replace") as lines:
            for line in lines:
                tally.count(line.rstrip("\n"))
                number += 1
        status = os.waitpid(child, 0)[1]
        if number < count:
            tally.count(f"number {number}: {_died(status)}")
            number += 1
    tally.note_peak()


def _serve(end: int, first: int, count: int, one: Callable[[int], str], seconds: float, most_mib: float) -> None:
    """The child: never returns."""
    faulthandler.disable()
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    # libraries that complain about damage write to the terminal themselves
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    peak = _peak()
    for number in range(first, count):
        signal.setitimer(signal.ITIMER_REAL, seconds)
        try:
            fault = one(number)
        except BaseException as error:
            fault = f"{type(error).__name__}: {error}"
        if not fault and _peak() - peak > most_mib:
            fault = f"took {_peak() - peak:.0f} MiB"
        peak = max(peak, _peak())
        text = f"number {number}: {fault}" if fault else ""
        os.write(end, (" ".join(text.split())[:500] + "\n").encode())
    os._exit(0)


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _died(status: int) -> str:
    if not os.WIFSIGNALED(status):
        return f"ended with {os.waitstatus_to_exitcode(status)}"
    name = signal.Signals(os.WTERMSIG(status)).name
    return "hangs" if name == "SIGALRM" else f"crashes ({name})"
