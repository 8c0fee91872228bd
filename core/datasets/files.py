"""Listing folders and reading indices, with errors that name the file. What others wrote can be a trap."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml

from core.errors import DatasetError

_MOST_TEXT = 1 << 32
"""Bytes of an index; the largest public ones have half of it."""
_MOST_YAML = 1 << 23


def subfolders(folder: Path) -> list[Path]:
    """The folders in a folder, sorted by name, without hidden ones; none if there is no such folder."""
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.is_dir() and not path.name.startswith("."))


def files_by_stem(folder: Path, *suffixes: str) -> dict[str, Path]:
    """The files in a folder with one of the endings (lower case), by name without ending, sorted.

    Where two differ in their endings only, the one whose ending is named first is taken.
    """
    if not folder.is_dir():
        return {}
    files = [path for path in folder.iterdir() if path.suffix.lower() in suffixes and not path.name.startswith(".")]
    files.sort(key=lambda path: (path.stem, -suffixes.index(path.suffix.lower()), path.name))
    return {path.stem: path for path in files}


def read_text(path: Path, limit: int = _MOST_TEXT) -> str:
    """The text of a file, a byte order mark left off. Raises DatasetError naming it, also above `limit` bytes."""
    try:
        if not path.exists():
            raise DatasetError(f"{path}: there is no such file.")
        if not path.is_file():
            raise DatasetError(f"{path}: is no file that can be read.")
        if (size := path.stat().st_size) > limit:
            raise DatasetError(f"{path}: has {size} bytes; more than {limit} are not read.")
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError, ValueError) as error:
        raise DatasetError(f"{path}: cannot be read as text ({error}).") from error


def read_json(path: Path) -> Any:
    """What a JSON file holds. Raises DatasetError naming it, and where in it the fault is."""
    try:
        return json.loads(read_text(path))
    except json.JSONDecodeError as error:
        raise DatasetError(f"{path}: is no JSON: {error.msg} in line {error.lineno}.") from error
    except RecursionError as error:
        raise DatasetError(f"{path}: is no index: it is nested too deeply.") from error
    except ValueError as error:  # a number with thousands of digits
        raise DatasetError(f"{path}: cannot be read ({error}).") from error


def read_yaml(path: Path) -> Any:
    """What a YAML file holds: lists, mappings and texts, nothing else; numbers stay texts. Raises DatasetError.

    Aliases are refused: nested, a few lines of them stand for more than any memory holds.
    """
    text = read_text(path, _MOST_YAML)
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        depth = 0
        for event in yaml.parse(text, Loader=loader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if isinstance(event, yaml.AliasEvent):
                raise DatasetError(f"{path}: has an alias (*{event.anchor}); write out what it stands for.")
            if depth > 100:
                raise DatasetError(f"{path}: is no index: it is nested too deeply.")
        return yaml.load(text, Loader=loader)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise DatasetError(f"{path}: is no YAML ({error}).".replace("\n", " ")) from error
