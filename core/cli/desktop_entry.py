"""Rotoflow among the programs of a Linux desktop: its entry in the menu, its icon, and its project files as a type.

Follows the Desktop Entry, Icon Theme and Shared MIME-info specifications of freedesktop.org, in the user's own folders.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

from core.errors import RotoflowError
from core.files import atomic_file

_MIME = """\
<?xml version="1.0" encoding="UTF-8"?>
<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">
  <mime-type type="application/x-rotoflow">
    <comment>Rotoflow project</comment>
    <sub-class-of type="application/vnd.sqlite3"/>
    <glob pattern="*.roto"/>
    <icon name="rotoflow"/>
  </mime-type>
</mime-info>
"""


def data_home() -> Path:
    """The user's data folder: XDG_DATA_HOME, or the usual folder."""
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")


def entry_files(command: str) -> dict[Path, bytes]:
    """What is installed: paths below the data folder, each with its content."""
    icon = (files("resources") / "icons" / "rotoflow.svg").read_bytes()
    entry = (
        "[Desktop Entry]\nType=Application\nName=Rotoflow\nGenericName=Rotoscoping\n"
        "Comment=Mask an object once, follow it through the clip, take the masks away\n"
        f"Exec={command} %f\nIcon=rotoflow\nTerminal=false\nCategories=AudioVideo;Video;Graphics;\n"
        "MimeType=application/x-rotoflow;video/mp4;video/quicktime;video/x-matroska;video/webm;\n"
        "StartupWMClass=rotoflow\n"
    )
    return {
        Path("applications/rotoflow.desktop"): entry.encode(),
        Path("icons/hicolor/scalable/apps/rotoflow.svg"): icon,
        Path("mime/packages/rotoflow.xml"): _MIME.encode(),
    }


def install(command: str | None = None) -> list[Path]:
    """Writes the files and registers them with the desktop; returns their paths. `command` starts the program.

    Raises RotoflowError anywhere but on Linux, OSError where the folder cannot be written to.
    """
    _require_linux()
    home = data_home()
    written = []
    for relative, content in entry_files(command or _own_command()).items():
        path = home / relative
        path.parent.mkdir(parents=True, exist_ok=True)
        with atomic_file(path) as part:
            part.write_bytes(content)
        written.append(path)
    _update(home)
    return written


def uninstall() -> list[Path]:
    """Removes what `install` wrote; returns the paths that were there. Raises RotoflowError anywhere but on Linux."""
    _require_linux()
    home = data_home()
    removed = [path for relative in entry_files("") if (path := home / relative).is_file()]
    for path in removed:
        path.unlink()
    _update(home)
    return removed


def _require_linux() -> None:
    if not sys.platform.startswith("linux"):
        raise RotoflowError("Desktop entries are for Linux desktops only.")


def _own_command() -> str:
    """How this very program was started, quoted as the specification has it."""
    script = Path(sys.argv[0]).resolve()
    parts = [str(script)] if script.suffix != ".py" else [sys.executable, str(script)]
    return " ".join('"' + part.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%") + '"' for part in parts)


def _update(home: Path) -> None:
    """Rebuilds the desktop's caches where it has tools for that; without them it looks for itself at the next login."""
    for tool, folder in (("update-desktop-database", "applications"), ("update-mime-database", "mime")):
        if shutil.which(tool) and (home / folder).is_dir():
            subprocess.run([tool, str(home / folder)], check=False, capture_output=True, timeout=60)
