"""Listing folders and reading indices, with errors that name the file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from core.errors import DatasetError


def subfolders(folder: Path) -> list[Path]:
    """The folders in a folder, sorted by name, without hidden ones; none if there is no such folder."""
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.is_dir() and not path.name.startswith("."))


def files_by_stem(folder: Path, *suffixes: str) -> dict[str, Path]:
    """The files in a folder with one of the endings (lower case), by name without ending, sorted."""
    if not folder.is_dir():
        return {}
    files = sorted(path for path in folder.iterdir() if path.suffix.lower() in suffixes)
    return {path.stem: path for path in files if not path.name.startswith(".")}


def read_text(path: Path) -> str:
    """The text of a file. Raises DatasetError naming it."""
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise DatasetError(f"{path}: there is no such file.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise DatasetError(f"{path}: cannot be read as text ({error}).") from error


def read_json(path: Path) -> Any:
    """What a JSON file holds. Raises DatasetError naming it, and where in it the fault is."""
    try:
        return json.loads(read_text(path))
    except json.JSONDecodeError as error:
        raise DatasetError(f"{path}: is no JSON: {error.msg} in line {error.lineno}.") from error
