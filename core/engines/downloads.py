"""Where models lie that do not ship with the program; `core.engines.models` fetches them."""

from __future__ import annotations

from pathlib import Path

from core.engines.models.store import find_installed
from core.own_folders import MODELS_VARIABLE, models_folder

__all__ = ["MODELS_VARIABLE", "RAFTS", "download_folder", "downloaded"]

RAFTS = ("raft-large", "raft-small")
"""The models of optical flow, the better first."""


def download_folder() -> Path:
    """The folder of the models; it need not exist."""
    return models_folder()


def downloaded(name: str) -> Path | None:
    """The file or folder of the model of that name if it is here."""
    found = find_installed(name)
    return None if found is None else found.path
