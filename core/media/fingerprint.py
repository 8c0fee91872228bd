"""What tells one clip from another when a project's clip was moved."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from core.errors import MediaNotFoundError
from core.media.image_folder import list_pictures

_HEAD_BYTES = 1 << 20


@dataclass(frozen=True)
class Fingerprint:
    """A clip's size in bytes and the SHA-256 of its first megabyte (of the first picture and all names in a folder)."""

    size_bytes: int
    head_hash: str


def fingerprint(path: Path | str) -> Fingerprint:
    """The fingerprint of a video file or a folder of pictures. Raises MediaNotFoundError."""
    path = Path(path)
    digest = hashlib.sha256()
    if path.is_dir():
        pictures = list_pictures(path)
        sizes = [picture.stat().st_size for picture in pictures]
        for picture, size in zip(pictures, sizes, strict=True):
            digest.update(f"{picture.name} {size}\n".encode())
        if pictures:
            digest.update(_head(pictures[0]))
        return Fingerprint(sum(sizes), digest.hexdigest())
    if not path.is_file():
        raise MediaNotFoundError(f"{path}: there is no such file or folder.")
    digest.update(_head(path))
    return Fingerprint(path.stat().st_size, digest.hexdigest())


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_HEAD_BYTES)
