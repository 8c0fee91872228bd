"""A model of the catalogue, fetched as a whole: it appears at once when all of it is there and right, or not at all."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Generator
from pathlib import Path
from urllib.parse import urlsplit

from filelock import FileLock, Timeout

from core.engines.models.catalogue import HUB, CatalogueFile, CatalogueModel, find
from core.engines.models.completeness import check_complete
from core.engines.models.fetching import Fetched, Wanted, fetch
from core.engines.models.network import mirrored
from core.engines.models.store import begun_folder, model_path, models_folder, write_note
from core.errors import CancelledError, EngineError
from core.files import replace_path
from core.jobs import CancelToken, Progress, ProgressClock
from core.pretrained import read_json

MIRROR_VARIABLE = "ROTOFLOW_MIRROR"
"""Names a mirror for this run, before the one that was set."""

_MEGABYTE = 1_000_000
_SETTINGS = "settings.json"
_DIGESTS = ".digests.json"


def mirror() -> str:
    """The address that takes the place of the publishers' servers; empty if there is none."""
    named = os.environ.get(MIRROR_VARIABLE)
    if named is not None:
        return named.strip()
    try:
        settings = read_json(models_folder() / _SETTINGS)
        return str(settings.get("mirror", "")) if isinstance(settings, dict) else ""
    except (OSError, ValueError):
        return ""


def set_mirror(address: str) -> None:
    """Remembers a mirror for all later downloads; an empty address forgets it. Raises EngineError if it is invalid."""
    address = address.strip()
    parts = urlsplit(address)
    if address and (parts.scheme not in ("http", "https") or not parts.netloc):
        raise EngineError("'{address}' is no address of a mirror: it begins with https:// or http://.", address=address)
    try:
        models_folder().mkdir(parents=True, exist_ok=True)
        (models_folder() / _SETTINGS).write_text(json.dumps({"mirror": address}), "utf-8")
    except OSError as error:
        raise EngineError(
            "{folder}: the mirror cannot be remembered there ({reason}).",
            folder=models_folder(),
            reason=error.strerror or str(error),
        ) from error


def download(name: str, cancel: CancelToken) -> Generator[Progress, None, Path]:
    """Fetches a model of the catalogue, progress being in megabytes, and returns where it lies.

    A download that broke off or was cancelled is resumed. Raises EngineError if there is no
    such name, no connection, no room, no permission, more bytes than were announced, or a file is not what its
    publisher put there; CancelledError once cancelled.
    """
    return _download(find(name), cancel)


def _download(model: CatalogueModel, cancel: CancelToken) -> Generator[Progress, None, Path]:
    folder = models_folder()
    begun = begun_folder(model.name)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / f".{model.name}.lock", timeout=0)
        with lock:
            begun.mkdir(exist_ok=True)
            path = yield from _gather(model, begun, cancel)
        return path
    except Timeout as error:
        raise EngineError("{title} is being downloaded by another program.", title=model.title) from error
    except OSError as error:
        raise EngineError(
            "{folder}: {title} cannot be kept there ({reason}).",
            folder=folder,
            title=model.title,
            reason=error.strerror or str(error),
        ) from error


def _gather(model: CatalogueModel, begun: Path, cancel: CancelToken) -> Generator[Progress, None, Path]:
    total = max(model.size, 1)
    clock = ProgressClock(-(-total // _MEGABYTE), cancel)
    known = _read_digests(begun)
    done, shown, commit = 0, 0, str(known.get("commit", ""))
    digests: dict[str, str] = {}
    checked = True
    for file in model.files:
        cancel.wait_while_paused()
        if cancel.cancelled:
            raise CancelledError("Cancelled: {title} was not downloaded. What has come is kept.", title=model.title)
        target = begun / file.path
        if target.is_file() and file.path in known:
            digests[file.path] = str(known[file.path])
        else:
            fetched = None
            work = fetch(_wanted(model, file, commit), _part(target), cancel)
            try:
                while True:
                    there = done + next(work)
                    if there // _MEGABYTE > shown or not shown:
                        shown = max(1, there // _MEGABYTE)
                        yield clock.step(min(shown, -(-total // _MEGABYTE)))
            except StopIteration as stop:
                fetched = stop.value
            except FileNotFoundError as error:
                if not file.optional:
                    raise EngineError(
                        "{url}: there is no such file (404): the publisher has moved it, or the mirror does not have "
                        "it.",
                        url=error.filename,
                    ) from error
            if not isinstance(fetched, Fetched):
                continue
            replace_path(_part(target), target)
            digests[file.path] = fetched.sha256
            checked = checked and fetched.checked
            # all files are of one revision
            commit = commit or fetched.commit
            _write_digests(begun, {**digests, "commit": commit})
        done += target.stat().st_size
    return _install(model, begun, digests, commit, checked)


def _wanted(model: CatalogueModel, file: CatalogueFile, commit: str) -> Wanted:
    url = mirrored(model.url(file, HUB, commit), mirror())
    return Wanted(url, model.title, file.sha256, file.size, model.page)


def _part(target: Path) -> Path:
    target.parent.mkdir(parents=True, exist_ok=True)
    return target.with_name(f"{target.name}.part")


def _install(model: CatalogueModel, begun: Path, digests: dict[str, str], commit: str, checked: bool) -> Path:
    target = model_path(model.name, model.is_file)
    (begun / _DIGESTS).unlink(missing_ok=True)
    if model.is_file:
        replace_path(begun / model.files[0].path, target)
        shutil.rmtree(begun, ignore_errors=True)
        write_note(target, {target.name: next(iter(digests.values()))}, model.page, commit, checked)
        return target
    if not checked:
        _check_whole(begun)
    write_note(begun, digests, model.page, commit, checked)
    replace_path(begun, target)
    return target


def _check_whole(begun: Path) -> None:
    """Without published digests the files can at least be complete; incomplete ones are fetched again."""
    try:
        check_complete(begun)
    except EngineError:
        shutil.rmtree(begun, ignore_errors=True)
        raise


def _read_digests(begun: Path) -> dict[str, object]:
    with contextlib.suppress(OSError, ValueError):
        found = read_json(begun / _DIGESTS)
        if isinstance(found, dict):
            return found
    return {}


def _write_digests(begun: Path, digests: dict[str, str]) -> None:
    (begun / _DIGESTS).write_text(json.dumps(digests), "utf-8")
