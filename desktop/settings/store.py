"""What the window remembers between runs: one file in the user's configuration folder."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSettings, QStandardPaths

from core.disks import not_gone

ORGANISATION = "Rotoflow"
_RECENT = "recent_files"
_RECENT_LIMIT = 10


def settings() -> QSettings:
    """The window's settings. Ini files everywhere: they can be read, copied and deleted by a person."""
    return QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, ORGANISATION, ORGANISATION)


def data_folder() -> Path:
    """The user's data folder of this program: projects of clips in folders that cannot be written to, and the log."""
    data_folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericDataLocation)
    folder = Path(data_folder) / ORGANISATION.lower()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def recent_files() -> list[Path]:
    """The clips and projects opened last, newest first; those that are gone are left out."""
    value = settings().value(_RECENT)
    # a list of one comes back from an ini file as its only value
    texts = value if isinstance(value, list) else [value] if value else []
    return not_gone(Path(str(text)) for text in texts)


def add_recent_file(path: Path) -> None:
    others = [str(known) for known in recent_files() if known != path]
    settings().setValue(_RECENT, [str(path), *others][:_RECENT_LIMIT])
