"""Files by their endings: videos, pictures that are frames, and pictures that cannot be read."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

PILLOW_SUFFIXES = frozenset({".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".bmp", ".webp", ".avif"})
OIIO_SUFFIXES = frozenset(
    {".tif", ".tiff", ".exr", ".dpx", ".cin", ".tga", ".hdr", ".jp2", ".j2k", ".j2c", ".jxl"}
    | {".sgi", ".rgb", ".rgba", ".bw", ".ppm", ".pgm", ".pbm", ".pnm", ".pfm"}
)
PICTURE_SUFFIXES = PILLOW_SUFFIXES | OIIO_SUFFIXES
"""Pictures of which a folder is a clip."""

VIDEO_SUFFIXES = frozenset(
    {".mp4", ".m4v", ".mov", ".qt", ".mkv", ".webm", ".avi", ".mxf", ".ogv", ".wmv", ".asf", ".flv", ".3gp", ".dv"}
    | {".mts", ".m2ts", ".ts", ".mpg", ".mpeg", ".vob", ".y4m", ".gif", ".apng"}
)
"""Videos that are looked for in a folder; a file with any other ending is tried where a person names it."""

_RAW = "camera raw"
_UNREADABLE = {
    **dict.fromkeys((".heic", ".heif", ".hif"), "HEIC"),
    **dict.fromkeys((".psd", ".psb"), "Photoshop"),
    **dict.fromkeys((".dng", ".cr2", ".cr3", ".nef", ".arw", ".raf", ".orf", ".rw2"), _RAW),
}


def unreadable_kind(path: Path) -> str | None:
    """The name of a kind of pictures that is known and cannot be read; None for any other file."""
    return _UNREADABLE.get(path.suffix.lower())


def unreadable_pictures(files: Iterable[Path]) -> dict[Path, str]:
    """Those of `files` that are such pictures, each with its kind, but none that is there as another picture, too.

    Cameras write a JPEG beside each raw file.
    """
    files = [path for path in files if not path.name.startswith(".")]
    readable = {path.stem.casefold() for path in files if path.suffix.lower() in PICTURE_SUFFIXES}
    kinds = {path: unreadable_kind(path) for path in files if path.stem.casefold() not in readable}
    return {path: kind for path, kind in kinds.items() if kind is not None}
