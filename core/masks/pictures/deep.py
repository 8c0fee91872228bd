"""Mask pictures that Pillow does not read, or not in all their bits: EXR, DPX, colours of 16 bits, float TIFF.

OpenImageIO is imported when the first such picture is met.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.messages import Message

Plane = NDArray[Any]
"""(H, W) uint8, uint16 or float32, where 1 is white."""


class DeepPictureError(ValueError):
    """OpenImageIO cannot read it; the message is its reason."""


@dataclass(frozen=True)
class DeepPicture:
    """One plane of grey, three of colour, or none; and the transparency, if there is any."""

    colours: tuple[Plane, ...]
    alpha: Plane | None


class DeepFile:
    """A picture file whose header is read. Raises DeepPictureError if it is none."""

    def __init__(self, path: Path) -> None:
        import OpenImageIO as oiio

        self._buffer: Any = oiio.ImageBuf(str(path))
        spec = self._buffer.spec()
        if self._buffer.has_error or not spec.width or spec.deep:
            raise DeepPictureError(_reason(self._buffer.geterror(), path))
        self._path, self._spec = path, spec
        width, height = spec.full_width or spec.width, spec.full_height or spec.height
        turned = 5 <= int(spec.getattribute("Orientation") or 1) <= 8
        self.size = (height, width) if turned else (width, height)
        """(width, height), upright."""

    def read(self) -> DeepPicture:
        """The picture, upright and in its display window. Raises DeepPictureError."""
        import OpenImageIO as oiio

        spec, buffer = self._spec, self._buffer
        if buffer.roi != buffer.roi_full:
            buffer = oiio.ImageBufAlgo.crop(buffer, buffer.roi_full)
        if int(spec.getattribute("Orientation") or 1) != 1:
            buffer = oiio.ImageBufAlgo.reorient(buffer)
        kind = {"uint8": "uint8", "uint16": "uint16"}.get(str(spec.format), "float")
        pixels = buffer.get_pixels(oiio.TypeDesc(kind))
        if pixels is None or buffer.has_error:
            raise DeepPictureError(_reason(buffer.geterror(), self._path))
        names = [str(name).lower() for name in spec.channelnames]
        alpha = int(spec.alpha_channel)
        if alpha < 0:
            alpha = next((index for index, name in enumerate(names) if name.endswith((".a", ".alpha"))), -1)
        return DeepPicture(
            tuple(np.ascontiguousarray(pixels[..., channel]) for channel in _colour_channels(names, alpha)),
            np.ascontiguousarray(pixels[..., alpha]) if alpha >= 0 else None,
        )


def _colour_channels(names: list[str], alpha: int) -> list[int]:
    """Red, green and blue of the first layer that has them, else the first channel that is neither alpha nor depth."""
    for layer in dict.fromkeys(name.rpartition(".")[0] for name in sorted(names, key=lambda name: "." in name)):
        lead = f"{layer}." if layer else ""
        if all(lead + channel in names for channel in "rgb"):
            return [names.index(lead + channel) for channel in "rgb"]
    others = [index for index, name in enumerate(names) if index != alpha and name.rpartition(".")[2] not in ("z", "a")]
    return others[:1]


def _reason(text: str, path: Path) -> Message:
    reason = next(iter(text.splitlines()), "").replace(f'"{path}"', "").replace(str(path), "").strip(" :")
    return Message("{reason}", reason=reason) if reason else Message("it is no picture, or its start is damaged")
