"""Single pictures: which files are pictures, in which order, and reading one as RGB whatever it holds."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import PIL
from numpy.typing import NDArray

from core.errors import MediaError, MediaFormatError
from core.media.containers.opening import require_path
from core.media.stills import oiio_files, pillow_files
from core.media.stills.head import PictureHead
from core.media.stills.series import natural_key
from core.media.stills.values import to_eight
from core.media.suffixes import OIIO_SUFFIXES, PICTURE_SUFFIXES, unreadable_pictures
from core.messages import Message, message_of, verbatim
from core.types import Image

__all__ = ["PICTURE_SUFFIXES", "PictureHead", "natural_key", "picture_files", "read_head", "read_image", "read_stored"]

_PNG_DEPTH, _PNG_COLOUR = 24, 25
"""Where a PNG says its bits a channel, and whether it has colours (2) or alpha (4)."""

_LEAST_PAGE_BYTES = 8
"""Less than the header of one of several pictures takes in any format."""


def picture_files(folder: Path) -> list[Path]:
    """The pictures directly in a folder, in natural order, without hidden files.

    Raises MediaFormatError if there is none, MediaError if the folder cannot be read.
    """
    try:
        shown = [path for path in folder.iterdir() if not path.name.startswith(".")]
        files = [path for path in shown if path.suffix.lower() in PICTURE_SUFFIXES and path.is_file()]
    except OSError as error:
        raise MediaError(
            "{folder}: the folder cannot be listed ({reason}).", folder=folder, reason=error.strerror
        ) from error
    if not files:
        raise _no_pictures(folder, shown)
    return sorted(files, key=lambda path: (natural_key(path.stem), path.name))


def read_head(path: Path) -> PictureHead:
    """Reads a picture's header only. Raises MediaFormatError naming the file."""
    try:
        head = oiio_files.read_head(path) if _for_oiio(path) else pillow_files.read_head(path)
    except (oiio_files.PictureError, *pillow_files.ERRORS) as error:
        raise _unreadable(path, error) from error
    if head.pages > 1 and head.pages * _LEAST_PAGE_BYTES > path.stat().st_size:
        raise _unreadable(path, MediaError("it claims to hold {count} pictures", count=head.pages))
    return head


def read_stored(path: Path, page: int = 0) -> NDArray[Any]:
    """A picture's (H, W, 3) RGB in the depth it is stored in, upright: uint8, uint16 or float32.

    Grey becomes RGB, palettes are resolved, and the alpha channel is left out: colours are as stored. `page` is one of
    several pictures in a TIFF. Raises MediaFormatError naming the file.
    """
    try:
        return oiio_files.read_pixels(path, page) if _for_oiio(path) else pillow_files.read_pixels(path)
    except (oiio_files.PictureError, *pillow_files.ERRORS) as error:
        raise _unreadable(path, error) from error


def read_alpha(path: Path, page: int = 0) -> NDArray[np.uint8] | None:
    """A picture's (H, W) uint8 alpha, upright; None if it has none. Raises MediaFormatError naming the file."""
    try:
        alpha = oiio_files.alpha_of(path, page) if _for_oiio(path) else pillow_files.alpha_of(path)
    except (oiio_files.PictureError, *pillow_files.ERRORS) as error:
        raise _unreadable(path, error) from error
    return None if alpha is None else to_eight(alpha)


def read_image(path: Path | str) -> Image:
    """A picture file as a fresh (H, W, 3) uint8 RGB array, upright.

    As `read_stored`, and 16 bits and floats become 8; floats of linear light are encoded as sRGB.

    Raises MediaNotFoundError and MediaFormatError.
    """
    path = Path(path)
    require_path(path)
    stored = read_stored(path)
    linear = stored.dtype == np.float32 and read_head(path).linear
    return to_eight(stored, linear)


def _no_pictures(folder: Path, shown: Sequence[Path]) -> MediaFormatError:
    if unreadable := unreadable_pictures(shown):
        return MediaFormatError(
            "{folder}: its pictures are of a kind that cannot be read ({kinds}). Save them as JPEG, PNG, TIFF or EXR.",
            folder=folder,
            kinds=", ".join(sorted(set(unreadable.values()))),
        )
    inner = [path for path in shown if path.is_dir()]
    if len(inner) == 1:
        return MediaFormatError(
            "{folder}: no pictures in this folder, only the folder '{name}'. Choose that one if it holds the frames.",
            folder=folder,
            name=inner[0].name,
        )
    return MediaFormatError(
        "{folder}: no pictures in this folder. Expected one a frame: JPEG, PNG, TIFF, EXR, DPX, TGA, WebP, AVIF, BMP "
        "or JPEG 2000.",
        folder=folder,
    )


def _for_oiio(path: Path) -> bool:
    suffix = path.suffix.lower()
    if suffix != ".png":
        return suffix in OIIO_SUFFIXES
    with path.open("rb") as stream:
        start = stream.read(26)
    # Pillow cuts colours of 16 bits down to 8
    return len(start) == 26 and start[_PNG_DEPTH] == 16 and bool(start[_PNG_COLOUR] & 6)


def _unreadable(path: Path, error: BaseException) -> MediaError:
    if path.exists() and path.stat().st_size == 0:
        reason = Message("it is empty")
    elif isinstance(error, PIL.Image.DecompressionBombError):
        reason = Message("it has too many pixels")
    elif isinstance(error, PIL.UnidentifiedImageError):
        reason = Message("it is no picture, or its start is damaged")
    elif isinstance(error, OSError) and error.strerror:
        reason = verbatim(error.strerror)
    else:
        reason = message_of(error) or verbatim(type(error).__name__)
    return MediaFormatError(
        "{path}: the picture cannot be read ({reason}). Replace it, or take it out of the folder.",
        path=path,
        reason=reason,
    )
