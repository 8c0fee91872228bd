"""Runs a command and prints its peak resident set in MB, as the kernel reports it.

    python -m benchmarks.peak_memory COMMAND ...

A process begins with the peak of the one that starts it. So this one, which is small, starts the command, and not a
benchmark that has just encoded a clip.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[1]


def peak_of(command: Sequence[str]) -> float:
    """Peak resident set of a command in MB; it runs in the project's folder. Raises SystemExit if it fails."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.peak_memory", *command], cwd=_ROOT, stdout=subprocess.PIPE, text=True
    )
    if done.returncode:
        raise SystemExit(f"{command[0]} failed with exit code {done.returncode}")
    return float(done.stdout)


def main() -> int:
    """Runs the command; its exit code."""
    child = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
    # wait4, not getrusage(RUSAGE_CHILDREN): that one remembers the largest child of all
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    print(usage.ru_maxrss / 1024)
    return child.returncode


if __name__ == "__main__":
    sys.exit(main())
