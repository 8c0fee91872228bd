"""Whether a model's folder is complete, by what can be seen without loading it and without a publisher's digest."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from core.engines.models.catalogue import catalogue
from core.errors import EngineError
from core.pretrained import read_json

_LENGTH = 8
"""Bytes at the beginning of a .safetensors file that say how long its header is."""
_MOST_HEADER = 100 << 20


def check_complete(folder: Path) -> None:
    """Raises EngineError, naming the file, if weights in a folder are cut short, damaged or not all there."""
    for path in sorted(folder.rglob("*.safetensors")):
        if not _is_whole(path):
            raise EngineError("{path}: is cut short or damaged; get the file again.", path=path)
    for index in sorted(folder.rglob("*.safetensors.index.json")):
        for name in sorted(_named_in(index)):
            if not (index.parent / name).is_file():
                raise EngineError(
                    "{path}: is missing, but {index} names it; get the folder again.",
                    path=index.parent / name,
                    index=index.name,
                )


def check_type(folder: Path, name: str) -> None:
    """Raises EngineError if a folder's config.json is damaged, or of another kind of model than the catalogue has under
    a name.
    """
    config = _read(folder / "config.json")
    if not isinstance(config, dict):
        raise EngineError("{path}: is cut short or damaged; get the file again.", path=folder / "config.json")
    entry = catalogue().get(name)
    found = str(config.get("model_type", ""))
    if entry is not None and entry.types and found not in entry.types:
        raise EngineError(
            "{folder}: holds a model of the type '{found}', but '{name}' is of the type '{wanted}': give it "
            "another name.",
            folder=folder,
            found=found or "?",
            name=name,
            wanted=entry.types[0],
        )


def _is_whole(path: Path) -> bool:
    """Whether a .safetensors file is exactly as long as its header says."""
    size = path.stat().st_size
    with path.open("rb") as file:
        length = int.from_bytes(file.read(_LENGTH), "little")
        if not 0 < length <= min(size - _LENGTH, _MOST_HEADER):
            return False
        header = file.read(length)
    try:
        entries = json.loads(header)
        ends = [int(one["data_offsets"][1]) for name, one in entries.items() if name != "__metadata__"]
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError, MemoryError):
        return False
    return size == _LENGTH + length + max(ends, default=0)


def _named_in(index: Path) -> set[str]:
    found = _read(index)
    names = found.get("weight_map") if isinstance(found, dict) else None
    if not isinstance(names, dict):
        raise EngineError("{path}: is cut short or damaged; get the file again.", path=index)
    # only what lies next to it
    return {Path(str(name)).name for name in names.values()}


def _read(path: Path) -> Any:
    try:
        return read_json(path)
    except (OSError, ValueError) as error:
        raise EngineError("{path}: is cut short or damaged; get the file again.", path=path) from error
