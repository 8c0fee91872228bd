"""The models on this machine: a folder each, or single files, with a recorded note of their files.

What is being fetched or copied lies in a hidden folder until it is whole; then it gets its name at once.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from core.engines.models.catalogue import CatalogueModel, catalogue
from core.engines.models.completeness import check_complete
from core.errors import EngineError
from core.files import remove_folder
from core.jobs import CancelToken, Progress, ProgressClock
from core.own_folders import MODELS_VARIABLE as MODELS_VARIABLE
from core.own_folders import models_folder as models_folder
from core.pretrained import read_json

NOTE = "rotoflow.json"
"""In a model's folder, or with a leading dot and its name next to a single file: digests, and where it came from."""

MADE_HERE = "encoder-*.onnx"
"""Files in a model's folder that the program made of it, which no publisher knows."""
_MEGABYTE = 1_000_000
_CHUNK = 1 << 20


@dataclass(frozen=True)
class InstalledModel:
    """A model that is here: `path` is its folder or its one file."""

    name: str
    title: str
    path: Path
    model_type: str
    bytes: int
    entry: CatalogueModel | None


def model_path(name: str, is_file: bool = False, suffix: str = ".pth") -> Path:
    """Where a model of that name lies, or would lie."""
    return models_folder() / (f"{name}{suffix}" if is_file else name)


def begun_folder(name: str) -> Path:
    """Where the files of a model gather until it is whole."""
    return models_folder() / f".{name}.begun"


def installed() -> list[InstalledModel]:
    """The models that are here, by name; what cannot be read is left out."""
    found = []
    with contextlib.suppress(OSError):
        for path in sorted(models_folder().iterdir()):
            one = None if path.name.startswith(".") else _look_at(path)
            if one is not None:
                found.append(one)
    return found


def find_installed(name: str) -> InstalledModel | None:
    """The model of that name if it is here."""
    if not name or name.startswith(".") or Path(name).name != name:
        return None
    entry = catalogue().get(name)
    return _look_at(model_path(name, entry is not None and entry.is_file))


def _look_at(path: Path) -> InstalledModel | None:
    if path.is_dir():
        try:
            config = read_json(path / "config.json")
        except (OSError, ValueError):
            return None
        kind = str(config.get("model_type", "")) if isinstance(config, dict) else ""
        entry = catalogue().get(path.name)
        title = entry.title if entry is not None else path.name
        return InstalledModel(path.name, title, path, kind, _bytes(path), entry)
    entry = catalogue().get(path.stem)
    if entry is None or not entry.is_file or not path.is_file():
        return None
    return InstalledModel(path.stem, entry.title, path, "", path.stat().st_size, entry)


def _bytes(path: Path) -> int:
    return sum(one.stat().st_size for one in path.rglob("*") if one.is_file())


def begun_bytes(name: str) -> int:
    """How much of a model has come of a download that did not end."""
    return _bytes(begun_folder(name)) if begun_folder(name).is_dir() else 0


def remove(name: str) -> int:
    """Takes a model away, with what was begun of it; returns the bytes that are free again. Raises EngineError."""
    # a name with ../ in it would lead out of the folder
    begun = begun_folder(Path(name).name)
    found = find_installed(name)
    freed = begun_bytes(name) + (found.bytes if found is not None else 0)
    if found is None and not begun.is_dir():
        raise EngineError("There is no model '{name}' here that could be removed.", name=name)
    try:
        if begun.is_dir():
            shutil.rmtree(begun)
        if found is not None and found.path.is_dir():
            remove_folder(found.path)
        elif found is not None:
            found.path.unlink()
            _note_path(found.path).unlink(missing_ok=True)
    except OSError as error:
        raise EngineError(
            "The model '{name}' cannot be removed: {reason}.", name=name, reason=error.strerror or str(error)
        ) from error
    return freed


# -- notes of what the files were


def _note_path(path: Path) -> Path:
    return path / NOTE if path.is_dir() else path.with_name(f".{path.name}.{NOTE}")


def read_note(path: Path) -> dict[str, object]:
    """What was written down of a model when it came; empty if nothing was."""
    try:
        found = read_json(_note_path(path))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def write_note(path: Path, digests: Mapping[str, str], source: str, revision: str = "", checked: bool = True) -> None:
    """Writes down what the files of a model are; `checked` says whether its publisher's digests were known."""
    sizes = {name: _stamp(path / name if path.is_dir() else path) for name in digests}
    note = {"source": source, "revision": revision, "checked": checked, "sha256": dict(digests), "stamps": sizes}
    _note_path(path).write_text(json.dumps(note, indent=1), "utf-8")


def _stamp(path: Path) -> list[int]:
    about = path.stat()
    return [about.st_size, about.st_mtime_ns]


def verify(name: str, cancel: CancelToken) -> Generator[Progress, None, str]:
    """Reads all files of a model and compares them with what they were when they came, and with the catalogue.

    Returns the SHA-256 of the largest one. Raises EngineError, naming the file, if one is missing or differs.
    """
    found = find_installed(name)
    if found is None:
        raise EngineError("There is no model '{name}' here that could be verified.", name=name)
    known = _known_digests(found)
    paths = [path for path in _files(found.path) if path.name != NOTE and not path.match(MADE_HERE)]
    clock = ProgressClock(max(1, -(-sum(path.stat().st_size for path in paths) // _MEGABYTE)), cancel)
    done, digests, sizes = 0, dict[str, str](), dict[str, int]()
    for path in paths:
        relative = path.relative_to(found.path).as_posix() if found.path.is_dir() else path.name
        digest = hashlib.sha256()
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                cancel.raise_if_cancelled()
                digest.update(chunk)
                done += len(chunk)
                yield clock.step(done // _MEGABYTE)
        digests[relative], sizes[relative] = digest.hexdigest(), path.stat().st_size
    for relative, wanted in known.items():
        if relative not in digests:
            raise EngineError(
                "{path}: is missing; remove the model '{name}' and get it again.",
                path=found.path / relative,
                name=name,
            )
        if not digests[relative].startswith(wanted):
            raise EngineError(
                "{path}: is damaged or another file (SHA-256 {found}, expected {wanted}); remove the model '{name}' "
                "and get it again.",
                path=found.path if found.path.is_file() else found.path / relative,
                found=digests[relative][:16],
                wanted=wanted[:16],
                name=name,
            )
    note = read_note(found.path)
    if found.path.is_dir() and not note.get("checked", False):
        # there is no published digest: it can at least be complete
        check_complete(found.path)
    with contextlib.suppress(OSError):
        write_note(
            found.path,
            digests,
            str(note.get("source", found.path)),
            str(note.get("revision", "")),
            bool(note.get("checked", False)),
        )
    return digests[max(sizes, key=lambda one: sizes[one])] if sizes else ""


def verify_before_use(path: Path) -> None:
    """Verifies a model whose files have changed since they were last verified. Raises EngineError as `verify` does."""
    stamps = read_note(path).get("stamps")
    if isinstance(stamps, dict) and path.is_dir():
        try:
            if all(_stamp(path / name) == stamp for name, stamp in stamps.items()):
                return
        except OSError:
            pass
        for _ in verify(path.name, CancelToken()):
            pass


def _known_digests(found: InstalledModel) -> dict[str, str]:
    known: dict[str, str] = {}
    noted = read_note(found.path).get("sha256")
    if isinstance(noted, dict):
        known.update({str(name): str(digest) for name, digest in noted.items()})
    for file in () if found.entry is None else found.entry.files:
        if file.sha256:
            known.setdefault(file.path, file.sha256)
    return known


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
    else:
        yield from (one for one in sorted(path.rglob("*")) if one.is_file())
