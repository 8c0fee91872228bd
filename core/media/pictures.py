"""Single pictures: which files are some, in which order, and reading one as 8-bit RGB whatever it holds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import PIL.Image
from PIL.Image import Transpose

from core.errors import MediaError, MediaFormatError
from core.media.containers.opening import require_path
from core.types import Image

PICTURE_SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".bmp", ".webp", ".tif", ".tiff"})

_EXIF_ORIENTATION = 0x0112
_EXIF_DEGREES = {3: 180, 4: 180, 5: 90, 6: 90, 7: 270, 8: 270}
_EXIF_UPRIGHT = {
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_90,
}


@dataclass(frozen=True)
class PictureHead:
    """What a picture's header says. (width, height) is upright."""

    size: tuple[int, int]
    format: str
    mode: str
    rotation: int

    @property
    def bit_depth(self) -> int:
        return 16 if self.mode.startswith("I") else 1 if self.mode == "1" else 8

    @property
    def has_alpha(self) -> bool:
        return self.mode in ("RGBA", "LA", "PA", "RGBa", "La")


def natural_key(name: str) -> list[tuple[int, int, str]]:
    """Sorts "frame2" before "frame10": numbers by value, the rest as text without regard to case."""
    parts = re.split(r"(\d+)", name)
    return [(0, int(part), part) if part.isdecimal() else (1, 0, part.casefold()) for part in parts if part]


def picture_files(folder: Path) -> list[Path]:
    """The pictures directly in a folder, in natural order, without hidden files. Raises MediaFormatError if none."""
    try:
        files = [
            path
            for path in folder.iterdir()
            if path.suffix.lower() in PICTURE_SUFFIXES and not path.name.startswith(".") and path.is_file()
        ]
    except OSError as error:
        raise MediaError(f"{folder}: the folder cannot be listed ({error.strerror}).") from error
    if not files:
        raise MediaFormatError(f"{folder}: no pictures in this folder. Expected JPEG or PNG files, one a frame.")
    return sorted(files, key=lambda path: (natural_key(path.name), path.name))


def read_head(path: Path) -> PictureHead:
    """Reads a picture's header only. Raises MediaFormatError naming the file."""
    try:
        with PIL.Image.open(path) as picture:
            rotation = _EXIF_DEGREES.get(_orientation(picture), 0)
            width, height = picture.size
            size = (height, width) if rotation in (90, 270) else (width, height)
            return PictureHead(size, (picture.format or path.suffix.lstrip(".")).lower(), picture.mode, rotation)
    except _PICTURE_ERRORS as error:
        raise _unreadable(path, error) from error


def read_image(path: Path | str) -> Image:
    """A picture file as a fresh (H, W, 3) uint8 RGB array, upright.

    Grey becomes RGB, 16 bits become 8, palettes are resolved, and the alpha channel is left out: colours are as stored.

    Raises MediaNotFoundError and MediaFormatError.
    """
    path = Path(path)
    require_path(path)
    try:
        with PIL.Image.open(path) as picture:
            turn = _EXIF_UPRIGHT.get(_orientation(picture))
            return _to_rgb(picture if turn is None else picture.transpose(turn))
    except _PICTURE_ERRORS as error:
        raise _unreadable(path, error) from error


# Pillow raises any of these for a damaged file, depending on where the damage is.
_PICTURE_ERRORS = (OSError, ValueError, SyntaxError, EOFError, IndexError, PIL.Image.DecompressionBombError)


def _orientation(picture: PIL.Image.Image) -> int:
    """The EXIF orientation, 1 if there is none. Must not decode: every picture of a folder is asked for it."""
    if picture.format == "PNG" and "exif" not in picture.info:
        # Pillow would decode the whole picture to look for the tag behind it
        return 1
    value = picture.getexif().get(_EXIF_ORIENTATION, 1)
    return value if isinstance(value, int) else 1


def _to_rgb(picture: PIL.Image.Image) -> Image:
    if picture.mode.startswith("I"):
        # Pillow clips 16-bit grey at 255 instead of scaling it
        values = np.clip(np.asarray(picture).astype(np.int64), 0, 65535)
        grey = ((values * 255 + 32767) // 65535).astype(np.uint8)
        return np.repeat(grey[..., None], 3, axis=2)
    if picture.mode == "P" and "transparency" in picture.info:
        picture = picture.convert("RGBA")
    return np.array(picture.convert("RGB"), dtype=np.uint8)


def _unreadable(path: Path, error: BaseException) -> MediaError:
    if isinstance(error, PIL.Image.DecompressionBombError):
        reason = "it has too many pixels"
    elif isinstance(error, PIL.UnidentifiedImageError):
        reason = "it is empty" if path.stat().st_size == 0 else "it is no picture, or its start is damaged"
    else:
        reason = str(error) or type(error).__name__
    return MediaFormatError(f"{path}: the picture cannot be read ({reason}). Replace it, or take it out of the folder.")
