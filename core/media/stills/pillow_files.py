"""Pictures that Pillow reads: JPEG, PNG of 8 bits or grey of 16, BMP, GIF, WebP, and AVIF in 8 bits."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import PIL.Image
from numpy.typing import NDArray
from PIL import EpsImagePlugin

from core.errors import DAMAGE_ERRORS
from core.media.stills.head import CMYK_NOTE, DEGREES, PictureHead, upright, upright_size
from core.messages import Message

# PostScript is a program; Pillow would have Ghostscript run what lies in a file, whatever the file's name
EpsImagePlugin.gs_binary = False

ERRORS = (*DAMAGE_ERRORS, ValueError, PIL.Image.DecompressionBombError)
"""What Pillow raises for a damaged file, depending on where the damage is."""

_EXIF_ORIENTATION = 0x0112
_ANIMATED = ("PNG", "WEBP", "GIF", "AVIF")
_AV1_SETTINGS, _MORE_BITS = b"av1C", 0x40
"""The box of an AVIF that says how it is coded; the bit of its third byte is set for 10 and 12 bits."""
_BOXES = 4096


def read_head(path: Path) -> PictureHead:
    """Reads the header only. Raises one of ERRORS."""
    with PIL.Image.open(path) as picture:
        orientation = _orientation(picture)
        mode = picture.mode
        return PictureHead(
            upright_size(*picture.size, orientation),
            (picture.format or path.suffix.lstrip(".")).lower(),
            mode,
            DEGREES.get(orientation, 0),
            16 if mode.startswith("I") else 1 if mode == "1" else 8,
            mode in ("RGBA", "LA", "PA", "RGBa", "La"),
            pages=getattr(picture, "n_frames", 1) if picture.format in _ANIMATED else 1,
            notes=_notes(picture, path),
        )


def read_pixels(path: Path) -> NDArray[Any]:
    """(H, W, 3) uint8 or uint16, upright. Raises one of ERRORS."""
    with PIL.Image.open(path) as picture:
        orientation = _orientation(picture)
        return upright(rgb_of(picture), orientation)


def rgb_of(picture: PIL.Image.Image) -> NDArray[Any]:
    """The pixels as (H, W, 3) uint8 or uint16: palettes are resolved, alpha is left out."""
    if picture.mode.startswith("I"):
        grey = np.clip(np.asarray(picture).astype(np.int64), 0, 65535).astype(np.uint16)
        return np.repeat(grey[..., None], 3, axis=2)
    if picture.mode == "P" and "transparency" in picture.info:
        picture = picture.convert("RGBA")
    return np.array(picture.convert("RGB"), dtype=np.uint8)


def alpha_of(path: Path) -> NDArray[np.uint8] | None:
    """(H, W) uint8 alpha, upright; None if the picture has none. Raises one of ERRORS."""
    with PIL.Image.open(path) as picture:
        orientation = _orientation(picture)
        if "A" not in picture.mode and "a" not in picture.mode and "transparency" not in picture.info:
            return None
        return upright(np.array(picture.convert("RGBA"), np.uint8)[..., 3], orientation)


def _notes(picture: PIL.Image.Image, path: Path) -> tuple[Message, ...]:
    if picture.mode == "CMYK":
        return (CMYK_NOTE,)
    if picture.format == "AVIF":
        with path.open("rb") as stream:
            settings = stream.read(_BOXES).partition(_AV1_SETTINGS)[2][:3]
        if len(settings) == 3 and settings[2] & _MORE_BITS:
            return (Message("the pictures have more than 8 bits, of which 8 are read; TIFF and EXR keep all"),)
    return ()


def _orientation(picture: PIL.Image.Image) -> int:
    """The EXIF orientation, 1 if there is none. Must not decode: it is read for every picture of a folder."""
    if picture.format == "PNG" and "exif" not in picture.info:
        # Pillow would decode the whole picture to look for the tag behind it
        return 1
    value = picture.getexif().get(_EXIF_ORIENTATION, 1)
    return value if isinstance(value, int) else 1
