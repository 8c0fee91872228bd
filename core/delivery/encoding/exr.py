"""OpenEXR pictures: half floats in linear light, as compositing programs work.

Channels R, G, B, A; colours are multiplied by alpha, as the format's specification asks. To linear light the clip's
transfer characteristic (ITU-T H.273) is undone: the camera curve of BT.709 for BT.601, BT.709, BT.2020 and clips that
say nothing; sRGB's curve for pictures; PQ with 1.0 at 100 cd/m2; HLG as scene light from 0 to 1. The colours stay those
of the clip's primaries, which the file names.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.delivery.clip import ColourTags
from core.delivery.render import Rendered
from core.errors import DeliveryError
from core.files import library_path

LINEAR, SRGB, PQ, HLG = 8, 13, 16, 18
_GAMMAS = MappingProxyType({4: 2.2, 5: 2.8})
_CHROMATICITIES = MappingProxyType(
    {
        1: (0.640, 0.330, 0.300, 0.600, 0.150, 0.060, 0.3127, 0.3290),
        5: (0.640, 0.330, 0.290, 0.600, 0.150, 0.060, 0.3127, 0.3290),
        6: (0.630, 0.340, 0.310, 0.595, 0.155, 0.070, 0.3127, 0.3290),
        9: (0.708, 0.292, 0.170, 0.797, 0.131, 0.046, 0.3127, 0.3290),
        12: (0.680, 0.320, 0.265, 0.690, 0.150, 0.060, 0.3127, 0.3290),
    }
)
"""Red, green, blue and white by the code of the primaries."""


def chromaticities(primaries: int) -> tuple[float, ...]:
    """Red, green, blue and white of a code; those of BT.709 for one that is not known."""
    return _CHROMATICITIES.get(primaries, _CHROMATICITIES[1])


@lru_cache(maxsize=4)
def linear_table(transfer: int, levels: int) -> NDArray[np.float32]:
    """Linear light, (levels,), of each of `levels` code values over the whole range, by a transfer characteristic's
    code."""
    code = np.linspace(0, 1, levels)
    if transfer == LINEAR:
        light = code
    elif transfer == SRGB:
        light = np.where(code <= 0.04045, code / 12.92, ((code + 0.055) / 1.055) ** 2.4)
    elif transfer in _GAMMAS:
        light = code ** _GAMMAS[transfer]
    elif transfer == PQ:
        # SMPTE ST 2084
        root = code ** (1 / 78.84375)
        light = 100 * (np.maximum(root - 0.8359375, 0) / (18.8515625 - 18.6875 * root)) ** (1 / 0.1593017578125)
    elif transfer == HLG:
        # ARIB STD-B67
        light = np.where(code <= 0.5, code**2 / 3, (np.exp((code - 0.55991073) / 0.17883277) + 0.28466892) / 12)
    else:
        light = np.where(code < 0.081, code / 4.5, ((code + 0.099) / 1.099) ** (1 / 0.45))
    return light.astype(np.float32)


def exr_pixels(frame: Rendered, transfer: int) -> NDArray[np.float16]:
    """The pixels of an EXR picture: (H, W, 4) RGBA, linear and premultiplied."""
    assert frame.alpha is not None and frame.foreground is not None
    alpha = np.clip(frame.alpha, 0, 1)[..., None]
    if frame.foreground.dtype == np.float32:
        light = frame.foreground
    else:
        light = linear_table(transfer, 256 if frame.foreground.dtype == np.uint8 else 65536)[frame.foreground]
    largest = np.float32(np.finfo(np.float16).max)
    return np.concatenate([np.clip(light * alpha, -largest, largest), alpha], axis=2).astype(np.float16)


def usual_header(colours: ColourTags, pixel_aspect: float) -> dict[str, object]:
    """The header fields of every picture and of every part of one."""
    OpenEXR = library()
    return {
        "compression": OpenEXR.ZIP_COMPRESSION,
        "type": OpenEXR.scanlineimage,
        "chromaticities": chromaticities(colours.primaries),
        "pixelAspectRatio": pixel_aspect,
    }


def write_exr(path: Path, pixels: NDArray[np.float16], colours: ColourTags, pixel_aspect: float = 1.0) -> None:
    """Writes (H, W, 4) RGBA half floats without loss. Raises OSError."""
    OpenEXR = library()
    try:
        channels = {"RGBA": np.ascontiguousarray(pixels)}
        with library_path(path) as name, OpenEXR.File(usual_header(colours, pixel_aspect), channels) as file:
            file.write(name)
    except RuntimeError as error:
        raise OSError(str(error)) from error


def read_exr(path: Path) -> NDArray[np.float16] | None:
    """The RGBA pixels, (H, W, 4); None if they cannot be read."""
    try:
        with library_path(path) as name, library().File(name) as file:
            pixels = file.channels()["RGBA"].pixels
            return np.array(pixels) if pixels.dtype == np.float16 else None
    except (RuntimeError, KeyError):
        return None


def library() -> Any:
    """The module OpenEXR, imported on first use since most exports do not need it. Raises DeliveryError without it."""
    try:
        import OpenEXR
    except ImportError as error:
        raise DeliveryError("OpenEXR pictures need the package OpenEXR: pip install OpenEXR.") from error
    return OpenEXR
