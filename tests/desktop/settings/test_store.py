"""Where the settings lie."""

from __future__ import annotations

import subprocess
import sys


def test_writers_spare_the_folder_that_qt_takes_for_settings() -> None:
    """In a process of its own: in this one the tests have set the folder."""
    code = (
        "from pathlib import Path; from core.own_folders import settings_folder; "
        "from desktop.settings.store import settings; print(Path(settings().fileName()).parent == settings_folder())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "True\n"
