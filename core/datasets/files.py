"""Listing folders and reading indices, with errors that name the file. Files from others are not trusted."""

from __future__ import annotations

import codecs
import json
from pathlib import Path
from typing import Any

import yaml

from core.errors import DatasetError

_MOST_TEXT = 1 << 32
"""Bytes of an index; the largest public ones have half of it."""
_MOST_YAML = 1 << 23
_MOST_VALUES = 100_000
"""Of a YAML file: reading a million takes half a minute. The largest sets of classes have some ten thousand names."""


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
            raise DatasetError("{path}: there is no such file.", path=path)
        if not path.is_file():
            raise DatasetError("{path}: is no file that can be read.", path=path)
        if (size := path.stat().st_size) > limit:
            raise DatasetError(
                "{path}: has {size} bytes; more than {limit} are not read.", path=path, size=size, limit=limit
            )
        data = path.read_bytes()
        # as some programs of Windows write texts
        wide = data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
        return data.decode("utf-16" if wide else "utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except (OSError, UnicodeDecodeError, ValueError) as error:
        raise DatasetError("{path}: cannot be read as text ({error}).", path=path, error=error) from error


def read_json(path: Path) -> Any:
    """What a JSON file holds. Raises DatasetError naming it, and where in it the fault is."""
    try:
        return json.loads(read_text(path))
    except json.JSONDecodeError as error:
        raise DatasetError(
            "{path}: is no JSON: {msg} in line {lineno}.", path=path, msg=error.msg, lineno=error.lineno
        ) from error
    except RecursionError as error:
        raise DatasetError("{path}: is no index: it is nested too deeply.", path=path) from error
    except ValueError as error:  # a number with thousands of digits
        raise DatasetError("{path}: cannot be read ({reason}).", path=path, reason=error) from error


def read_yaml(path: Path) -> Any:
    """What a YAML file holds: lists, mappings and texts, nothing else; numbers stay texts. Raises DatasetError.

    Aliases are refused: nested, a few lines of them stand for more than any memory holds.
    """
    text = read_text(path, _MOST_YAML)
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        depth = 0
        for number, event in enumerate(yaml.parse(text, Loader=loader)):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if isinstance(event, yaml.AliasEvent):
                raise DatasetError(
                    "{path}: has an alias (*{anchor}); write out what it stands for.", path=path, anchor=event.anchor
                )
            if depth > 100:
                raise DatasetError("{path}: is no index: it is nested too deeply.", path=path)
            if number > _MOST_VALUES:
                raise DatasetError(
                    "{path}: has more than {count} names and values, which are not read.", path=path, count=_MOST_VALUES
                )
        return yaml.load(text, Loader=loader)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        fault = " ".join(str(error).split())
        raise DatasetError("{path}: is no YAML ({error}).", path=path, error=fault) from error


def flagged(value: object) -> bool:
    """Whether an index's flag is set, whether it is written as truth, number or text ("0", "false")."""
    return str(value).strip().lower() not in ("", "0", "0.0", "false", "none", "null", "no")
