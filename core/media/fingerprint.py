"""Recognising a clip again when it was moved or renamed, without reading all of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from core.media.containers.opening import require_path
from core.media.pictures import picture_files

HEAD_BYTES = 1 << 20


@dataclass(frozen=True)
class Fingerprint:
    """Two clips with equal fingerprints are taken to be the same."""

    size_bytes: int
    head_hash: str
    """SHA-256 in hexadecimal of the first 1 MiB; of a folder, of names, sizes and the first picture's head."""


def fingerprint(path: Path | str) -> Fingerprint:
    """The fingerprint of a video file or a folder of pictures. The clip's own name and folder do not enter.

    Raises MediaNotFoundError, and MediaFormatError for a folder without pictures.
    """
    path = Path(path)
    require_path(path)
    if not path.is_dir():
        return Fingerprint(path.stat().st_size, hashlib.sha256(_head(path)).hexdigest())
    files = picture_files(path)
    sizes = [file.stat().st_size for file in files]
    digest = hashlib.sha256()
    for file, size in zip(files, sizes, strict=True):
        digest.update(f"{file.name}\0{size}\n".encode("utf-8", "surrogateescape"))
    digest.update(_head(files[0]))
    return Fingerprint(sum(sizes), digest.hexdigest())


def _head(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(HEAD_BYTES)
