"""Pictures that OpenImageIO reads: EXR, DPX, Cineon, TIFF of every depth, TGA, JPEG 2000, Radiance, PNG of 16 bits.

The library is imported when the first such picture is met; the program starts without it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.files import library_path
from core.media.stills.head import CMYK_NOTE, DEGREES, PictureHead, upright, upright_size
from core.media.stills.values import as_rgb
from core.messages import Message

_LINEAR = frozenset({"openexr", "hdr", "pnm"})
"""Formats whose floats are light; in others they are what integers would be, divided by the largest."""
_WHITE_IS_ZERO = 0
_MOST_CHANNELS = 4096


class PictureError(Exception):
    """OpenImageIO cannot read a picture; the message is its reason."""


def read_head(path: Path) -> PictureHead:
    """Reads the header only. Raises PictureError."""
    with _opened(path) as source:
        spec = source.spec()
        name = str(source.format_name())
        orientation = int(spec.getattribute("Orientation") or 1)
        floats = str(spec.format) in ("float", "half", "double")
        bits = int(spec.getattribute("oiio:BitsPerSample") or 0) or _bits(str(spec.format))
        notes = _notes(spec, name, floats)
        pages = _pages(source, spec) if name == "tiff" else 1
        return PictureHead(
            upright_size(*_shown_size(spec), orientation),
            name,
            f"{spec.nchannels} x {spec.format}",
            DEGREES.get(orientation, 0),
            bits,
            int(spec.alpha_channel) >= 0,
            floats,
            floats and name in _LINEAR,
            pages,
            tuple(notes),
        )


def read_pixels(path: Path, page: int = 0) -> NDArray[Any]:
    """(H, W, 3) uint8, uint16 or float32, upright, colours as stored. Raises PictureError."""
    with _opened(path) as source:
        spec = _page(source, page)
        stored = _read(source, page, spec)
        orientation = int(spec.getattribute("Orientation") or 1)
        return upright(as_rgb(stored[..., _colour_channels(spec)]), orientation)


def alpha_of(path: Path, page: int = 0) -> NDArray[Any] | None:
    """(H, W) alpha of the stored kind, upright; None if there is none. Raises PictureError."""
    with _opened(path) as source:
        spec = _page(source, page)
        channel = int(spec.alpha_channel)
        if channel < 0:
            return None
        orientation = int(spec.getattribute("Orientation") or 1)
        return upright(_read(source, page, spec)[..., channel], orientation)


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    import OpenImageIO as oiio

    hints = oiio.ImageSpec()
    # colours are wanted as they are stored, not multiplied by alpha
    hints.attribute("oiio:UnassociatedAlpha", 1)
    with library_path(path) as name:
        source = oiio.ImageInput.open(name, hints)
        if source is None:
            raise PictureError(_reason(oiio.geterror(), path))
        try:
            spec = source.spec()
            if spec.deep:
                raise PictureError(Message("it is a deep picture, with many samples a pixel; flatten it first"))
            if spec.nchannels > _MOST_CHANNELS or spec.width * spec.height > 1 << 30:
                raise PictureError(Message("it has too many pixels"))
            if "LAB" in str(spec.getattribute("tiff:ColorSpace") or "").upper():
                raise PictureError(Message("its colours are CIE Lab; save it as RGB"))
            yield source
        finally:
            source.close()


def _page(source: Any, page: int) -> Any:
    if page and not source.seek_subimage(page, 0):
        raise PictureError(Message("there is no page {page}", page=page))
    return source.spec()


def _pages(source: Any, first: Any) -> int:
    """How many pictures of the first one's size follow each other from the start."""
    size = first.width, first.height, str(first.format)
    pages = 1
    while source.seek_subimage(pages, 0):
        spec = source.spec()
        if (spec.width, spec.height, str(spec.format)) != size:
            break
        pages += 1
    return pages


def _read(source: Any, page: int, spec: Any) -> NDArray[Any]:
    import OpenImageIO as oiio

    kind = {"uint8": "uint8", "uint16": "uint16", "uint32": "uint16", "int16": "uint16", "int8": "uint8"}
    wanted = kind.get(str(spec.format), "float")
    pixels = source.read_image(page, 0, 0, spec.nchannels, oiio.TypeDesc(wanted))
    if pixels is None:
        raise PictureError(_reason(source.geterror(), None))
    if pixels.dtype == np.uint16 and spec.getattribute("tiff:PhotometricInterpretation") == _WHITE_IS_ZERO:
        # the library turns round 8 bits alone
        pixels = 65535 - pixels
    return _in_window(pixels, spec)


def _in_window(pixels: NDArray[Any], spec: Any) -> NDArray[Any]:
    """The stored rectangle at its position in the picture that is shown; black where nothing is stored."""
    width, height = _shown_size(spec)
    left, top = spec.x - spec.full_x, spec.y - spec.full_y
    if (left, top, spec.width, spec.height) == (0, 0, width, height):
        return pixels
    shown = np.zeros((height, width, pixels.shape[2]), pixels.dtype)
    x0, y0 = max(0, left), max(0, top)
    x1, y1 = min(width, left + spec.width), min(height, top + spec.height)
    if x1 > x0 and y1 > y0:
        shown[y0:y1, x0:x1] = pixels[y0 - top : y1 - top, x0 - left : x1 - left]
    return shown


def _shown_size(spec: Any) -> tuple[int, int]:
    return (spec.full_width or spec.width, spec.full_height or spec.height)


def _colour_channels(spec: Any) -> list[int]:
    """Red, green and blue by name, of the first layer that has them; else what comes first."""
    names = [str(name) for name in spec.channelnames]
    lowered = [name.lower() for name in names]
    layers = dict.fromkeys(name.rpartition(".")[0] for name in lowered)
    for layer in sorted(layers, key=lambda layer: layer != ""):
        lead = f"{layer}." if layer else ""
        for triple in (("r", "g", "b"), ("red", "green", "blue")):
            if all(lead + channel in lowered for channel in triple):
                return [lowered.index(lead + channel) for channel in triple]
    plain = [channel for channel in range(len(names)) if channel not in (int(spec.alpha_channel), int(spec.z_channel))]
    return plain[:3] if len(plain) >= 3 else (plain or [0])[:1]


def _bits(kind: str) -> int:
    return {"uint8": 8, "int8": 8, "half": 16, "uint16": 16, "int16": 16, "double": 64}.get(kind, 32)


def _notes(spec: Any, name: str, floats: bool) -> list[Message]:
    notes: list[Message] = []
    if (spec.x, spec.y, spec.width, spec.height) != (spec.full_x, spec.full_y, *_shown_size(spec)):
        notes.append(Message("the pictures store another rectangle than they show; what is not stored is black"))
    aspect = float(spec.getattribute("PixelAspectRatio") or 1)
    if abs(aspect - 1) > 0.005:
        notes.append(Message("pixels are not square ({aspect:.3f}:1); they are shown as stored", aspect=aspect))
    if str(spec.getattribute("tiff:ColorSpace") or "").upper() == "CMYK":
        notes.append(CMYK_NOTE)
    if "log" in str(spec.getattribute("oiio:ColorSpace") or "").lower() or name == "cineon":
        notes.append(
            Message("the pictures are in logarithmic film density: they are shown as stored, so they look flat")
        )
    if floats and name in _LINEAR:
        notes.append(Message("numbers are linear light and may be above 1: they are shown as sRGB and cut at 1"))
    elif floats:
        notes.append(Message("numbers are floats: they are shown as stored from 0 to 1, and cut there"))
    return notes


def _reason(message: str, path: Path | None) -> str:
    text = " ".join(message.split())
    if path is not None:
        text = text.replace(f'"{path}"', "").replace(str(path), "").strip(" :")
    return text or "it is no picture, or its start is damaged"
