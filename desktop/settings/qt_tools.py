"""The programs of Qt Linguist, which come with PySide6."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import PySide6


def run_tool(name: str, *arguments: str) -> None:
    """Runs one of them to its end. Raises OSError, with what it printed, if it is not there or fails."""
    # the programs themselves: the wrappers in the environment's folder of commands need not be on the path
    folder = Path(PySide6.__file__).parent
    program = shutil.which(name, path=str(folder))
    if program is None:
        raise FileNotFoundError(f"{name} is not in {folder}: install PySide6-Essentials")
    # on Windows each would open a console for a moment
    flags = getattr(subprocess, "CREATE_NO_WINDOW", 0) if os.name == "nt" else 0
    with tempfile.TemporaryFile("w+") as output:
        done = subprocess.run(
            [program, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            check=False,
            creationflags=flags,
        )
        if done.returncode:
            output.seek(0)
            raise OSError(f"{name} failed: {output.read()}")
