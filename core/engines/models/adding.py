"""A model from a folder or file on this machine, for machines that are offline: copied whole, or not at all."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Generator
from pathlib import Path

from core.engines.models.catalogue import catalogue
from core.engines.models.completeness import check_complete, check_type
from core.engines.models.store import model_path, models_folder, write_note
from core.errors import EngineError
from core.files import partial_path, replace_path
from core.jobs import CancelToken, Progress, ProgressClock

_MEGABYTE = 1_000_000
_CHUNK = 1 << 20
_TAKEN = (".json", ".safetensors", ".txt", ".model")
"""What is copied of a folder: settings, weights that hold no code, and word lists."""
_OWN_NAMES = ("builtin", "classical", "warping", "fake")


def suggested_name(path: Path) -> str:
    """What a model that is added could be called."""
    stem = path.stem if path.is_file() else path.name
    return re.sub(r"[^a-z0-9._-]+", "-", stem.lower()).strip("-._") or "model"


def add(path: Path, name: str, cancel: CancelToken) -> Generator[Progress, None, Path]:
    """Copies a model's folder, or one file of the catalogue's, and returns where it lies; progress is in megabytes.

    `name` is what it will be called; empty, it is called after the folder. Raises EngineError if it is no whole model,
    another one than the catalogue has under that name, the name is taken or invalid, or the disk is full;
    CancelledError once cancelled. `path` is only read.
    """
    name = name or suggested_name(path)
    _check_name(name)
    if not path.exists():
        raise EngineError("{path}: there is no such file or folder.", path=path)
    files = _files(path, name)
    if path.is_dir():
        check_type(path, name)
        check_complete(path)
    target = model_path(name, path.is_file())
    if target.exists():
        raise EngineError(
            "There is a model '{name}' already: remove it first, or give this one another name.", name=name
        )
    size = sum(source.stat().st_size for source in files.values())
    free = _free(models_folder())
    if size > free:
        raise EngineError(
            "There is no room for the model '{name}': {needed} MB are needed in {folder}, and {free} MB are free.",
            name=name,
            needed=-(-size // _MEGABYTE),
            folder=models_folder(),
            free=free // _MEGABYTE,
        )
    return _copy(path, files, target, size, cancel)


def _copy(
    path: Path, files: dict[str, Path], target: Path, size: int, cancel: CancelToken
) -> Generator[Progress, None, Path]:
    clock = ProgressClock(max(1, -(-size // _MEGABYTE)), cancel)
    done, digests = 0, dict[str, str]()
    try:
        models_folder().mkdir(parents=True, exist_ok=True)
        with partial_path(models_folder()) as part:
            if path.is_dir():
                part.mkdir()
            for relative, source in files.items():
                copy = part / relative if path.is_dir() else part
                copy.parent.mkdir(parents=True, exist_ok=True)
                digest = hashlib.sha256()
                with source.open("rb") as from_file, copy.open("wb") as to_file:
                    while chunk := from_file.read(_CHUNK):
                        cancel.wait_while_paused()
                        cancel.raise_if_cancelled()
                        digest.update(chunk)
                        to_file.write(chunk)
                        done += len(chunk)
                        yield clock.step(min(done // _MEGABYTE, -(-size // _MEGABYTE)))
                digests[relative] = digest.hexdigest()
            _check_digests(path, target, digests)
            if path.is_dir():
                write_note(part, digests, str(path), checked=False)
            replace_path(part, target)
        if not path.is_dir():
            write_note(target, {target.name: next(iter(digests.values()))}, str(path), checked=False)
    except OSError as error:
        raise EngineError(
            "{path}: cannot be copied to {folder} ({reason}).",
            path=path,
            folder=models_folder(),
            reason=error.strerror or str(error),
        ) from error
    return target


def _check_digests(path: Path, target: Path, digests: dict[str, str]) -> None:
    """What the catalogue knows of a model of that name must be so."""
    entry = catalogue().get(target.stem if path.is_file() else target.name)
    for file in () if entry is None else entry.files:
        found = next(iter(digests.values())) if path.is_file() else digests.get(file.path, "")
        if file.sha256 and not found.startswith(file.sha256):
            raise EngineError(
                "{path}: is not the model '{name}' of the catalogue (SHA-256 {found}, expected {wanted}).",
                path=path,
                name=target.stem,
                found=found[:16],
                wanted=file.sha256[:16],
            )


def _files(path: Path, name: str) -> dict[str, Path]:
    if path.is_file():
        entry = catalogue().get(name)
        if entry is None or not entry.is_file:
            raise EngineError(
                "{path}: one file is no model here, unless it is one of the catalogue's files: give its folder, with "
                "config.json and model.safetensors, or name the model with --name.",
                path=path,
            )
        return {path.name: path}
    found = {
        one.relative_to(path).as_posix(): one
        for one in sorted(path.rglob("*"))
        if one.is_file() and one.suffix in _TAKEN and not one.name.startswith(".")
    }
    if "config.json" not in found or not any(one.endswith(".safetensors") for one in found):
        raise EngineError(
            "{path}: is no model's folder: config.json and a file of weights ending in .safetensors belong in it.",
            path=path,
        )
    return found


def _check_name(name: str) -> None:
    if not re.fullmatch(r"[a-z0-9][a-z0-9._-]{0,63}", name) or name in _OWN_NAMES:
        raise EngineError(
            "'{name}' is no name that a model can have: take small letters, digits, dots and dashes, and no name of "
            "an engine of the program.",
            name=name,
        )


def _free(folder: Path) -> int:
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return shutil.disk_usage(folder).free
