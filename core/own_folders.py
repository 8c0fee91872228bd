"""The folders that the program keeps for itself: its own files, models, backups, settings and data."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from core.messages import Message

MODELS_VARIABLE = "ROTOFLOW_MODELS"
"""Names another folder for the models, such as one that several people share."""
BACKUPS_VARIABLE = "ROTOFLOW_BACKUPS"
"""Names another folder for the copies of projects; empty means that none are made."""
_SETTINGS = "Rotoflow"
_PACKAGES = ("core", "desktop", "resources")
_ROOT = Path(__file__).resolve().parent.parent


def data_folder() -> Path:
    """Where the program keeps what is neither a setting nor a person's; it need not exist."""
    # here, so that the networks run where only what they need is installed
    import platformdirs

    return platformdirs.user_data_path("rotoflow", appauthor=False)


def projects_folder() -> Path:
    """Where the projects are of clips whose folders cannot be written to: a person's own, though in the data folder."""
    return data_folder() / "projects"


def models_folder() -> Path:
    """Where the models lie; it need not exist."""
    chosen = os.environ.get(MODELS_VARIABLE)
    return Path(chosen) if chosen else data_folder() / "models"


def backups_folder() -> Path | None:
    """Where the copies of all projects lie; None if none are made."""
    chosen = os.environ.get(BACKUPS_VARIABLE)
    if chosen == "":
        return None
    return Path(chosen) if chosen else data_folder() / "backups"


def settings_folder() -> Path:
    """Where the window's settings lie, as Qt chooses it for files of its ini format."""
    if sys.platform == "win32":
        import platformdirs

        return platformdirs.user_data_path(_SETTINGS, appauthor=False, roaming=True)
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / _SETTINGS


def program_folders() -> list[Path]:
    """What ships: code, icons, networks, the sample."""
    return [_ROOT / name for name in _PACKAGES]


def network_folders() -> list[Path]:
    """Where the engines look for networks, which trainings write: what ships, and the models."""
    return [models_folder(), _ROOT / "resources" / "models"]


def own_folders() -> Iterator[tuple[Path, Message]]:
    """Each of the folders, with what is kept there in words; those inside others come first."""
    yield models_folder(), Message("models")
    if (backups := backups_folder()) is not None:
        yield backups, Message("backups of projects")
    yield settings_folder(), Message("its settings")
    yield data_folder(), Message("its own data")
    for folder in program_folders():
        yield folder, Message("its own files")
