"""TIFF pictures of 8 and 16 bits with alpha, which says of itself whether colours are multiplied by it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.delivery.clip import Picture
from core.files import library_path


def write_tiff(path: Path, pixels: Picture, premultiplied: bool) -> None:
    """Writes (H, W, 4) RGBA, uint8 or uint16, as it is. Raises OSError."""
    # imported on first use: most exports do not need it
    import OpenImageIO as oiio

    height, width, channels = pixels.shape
    spec = oiio.ImageSpec(width, height, channels, pixels.dtype.name)
    spec.attribute("oiio:UnassociatedAlpha", int(not premultiplied))
    spec.attribute("compression", "zip")
    # else the library writes the time of now: the same export would give other bytes
    spec.attribute("DateTime", "")
    with library_path(path) as name:
        target = oiio.ImageOutput.create(name)
        if target is None or not target.open(name, spec):
            raise OSError(oiio.geterror() if target is None else target.geterror())
        done = target.write_image(np.ascontiguousarray(pixels))
        closed = target.close()
        if not done or not closed:
            raise OSError(target.geterror())


def read_tiff(path: Path) -> NDArray[np.generic] | None:
    """The pixels as stored, (H, W, 4) RGBA; None if they cannot be read."""
    import OpenImageIO as oiio

    config = oiio.ImageSpec()
    # as stored: it would multiply straight colours
    config.attribute("oiio:UnassociatedAlpha", 1)
    with library_path(path) as name:
        source = oiio.ImageInput.open(name, config)
        if source is None:
            return None
        try:
            pixels = source.read_image(source.spec().format)
        finally:
            source.close()
    return None if pixels is None else np.asarray(pixels)
