"""Runs a command and prints its peak resident set in MB, as the kernel reports it, and the curve on request.

    python -m benchmarks.peak_memory COMMAND ...
    python -m benchmarks.peak_memory --curve FILE COMMAND ...      also a line "TIME MB" a second

A process begins with the peak of the one that starts it. So this one, which is small, starts the command, and not a
benchmark that has just encoded a clip.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[1]
_EVERY_SECONDS = 1.0


def peak_of(command: Sequence[str], curve: Path | None = None) -> float:
    """Peak resident set of a command in MB; it runs in the project's folder. Raises SystemExit if it fails.

    `curve` is a file for its resident set over time.
    """
    options = [] if curve is None else ["--curve", str(curve)]
    line = [sys.executable, "-m", "benchmarks.peak_memory", *options, *command]
    done = subprocess.run(line, cwd=_ROOT, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        raise SystemExit(f"{command[0]} failed with exit code {done.returncode}")
    return float(done.stdout)


def read_curve(path: Path) -> list[tuple[float, float]]:
    """The times, as files have them, and the MB that were held then."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [(float(moment), float(held)) for moment, held in map(str.split, lines)]


def main() -> int:
    """Runs the command; its exit code."""
    command, curve = sys.argv[1:], None
    if command[0] == "--curve":
        curve, command = Path(command[1]), command[2:]
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    ended = threading.Event()
    watcher = threading.Thread(target=_watch, args=(child.pid, curve, ended)) if curve else None
    if watcher:
        watcher.start()
    # wait4, not getrusage(RUSAGE_CHILDREN): that one remembers the largest child of all
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    ended.set()
    if watcher:
        watcher.join()
    print(usage.ru_maxrss / 1024)
    return child.returncode


def _watch(process: int, curve: Path, ended: threading.Event) -> None:
    """Writes what a process holds, once a second, until it ends."""
    with curve.open("w", encoding="utf-8") as file:
        while True:
            try:
                status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
            except OSError:
                return
            held = next((line.split()[1] for line in status.splitlines() if line.startswith("VmRSS")), None)
            if held is not None:
                file.write(f"{time.time()} {int(held) / 1024}\n")
            if ended.wait(_EVERY_SECONDS):
                return


if __name__ == "__main__":
    sys.exit(main())
