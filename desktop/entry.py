"""Where the program starts: the window, or a command of the command line."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path


def wants_window(arguments: Sequence[str]) -> bool:
    """A clip, a folder or a project, or nothing at all, opens the window; commands and options do not."""
    if not arguments:
        return True
    from core.cli import COMMANDS

    first = arguments[0]
    if first in COMMANDS or first.startswith("-"):
        return False
    # a mistyped command is answered by the command line, a mistyped clip by the window: a path has a dot or a separator
    return len(arguments) == 1 and (any(sign in first for sign in "./\\") or Path(first).exists())


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the program and returns its exit code. Qt is imported only for the window, torch never from here."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if wants_window(given):
        from desktop.program.memory import start_without_collecting

        start_without_collecting()
        from desktop.app import run

        return run(given)
    from core.cli import main as command_line

    return command_line(given)
