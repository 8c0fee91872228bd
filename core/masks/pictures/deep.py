"""Mask pictures that Pillow does not read, or not in all their bits: EXR, DPX, colours of 16 bits, float TIFF.

OpenImageIO is imported when the first such picture is met.
"""

from __future__ import annotations

import re
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.files import library_path
from core.messages import Message

Plane = NDArray[Any]
"""(H, W) uint8, uint16, int64 (whole numbers of 32 bits, which are ids) or float32, where 1 is white."""

_WHOLE_NUMBERS = {"uint": (1 << 32) - 1, "int": (1 << 31) - 1, "uint32": (1 << 32) - 1, "int32": (1 << 31) - 1}
_CRYPTOMATTE = re.compile(r"(.*crypto[a-z]*?)\d\d\.[rgba]")
_HALF = 0.5
_OWN_CHANNELS = frozenset({"r", "g", "b", "a", "y", "z", "by", "ry", "zback", "red", "green", "blue", "alpha"})


class DeepPictureError(ValueError):
    """OpenImageIO cannot read it; the message is its reason."""


@dataclass(frozen=True)
class DeepPicture:
    """One plane of grey, three of colour, or none; and the transparency, if there is any."""

    colours: tuple[Plane, ...]
    alpha: Plane | None
    left_out: tuple[str, ...] = ()
    """What else the file holds: its other layers and parts by name."""


class DeepFile:
    """A picture file whose header is read. Raises DeepPictureError if it is invalid."""

    def __init__(self, path: Path) -> None:
        import OpenImageIO as oiio

        # the pixels are read later, by the same name
        self._name = ExitStack()
        name = self._name.enter_context(library_path(path))
        # colours are wanted as they are stored, not multiplied by alpha
        stored = oiio.ImageSpec()
        stored.attribute("oiio:UnassociatedAlpha", 1)
        self._buffer: Any = oiio.ImageBuf(name, 0, 0, stored)
        spec = self._buffer.spec()
        if self._buffer.has_error or not spec.width or spec.deep:
            raise DeepPictureError(_reason(self._buffer.geterror(), path))
        self._path, self._spec, self._read_name = path, spec, name
        width, height = spec.full_width or spec.width, spec.full_height or spec.height
        turned = 5 <= int(spec.getattribute("Orientation") or 1) <= 8
        self.size = (height, width) if turned else (width, height)
        """(width, height), upright."""

    def read(self) -> DeepPicture:
        """The picture, upright and in its display window. Raises DeepPictureError."""
        with self._name:
            return self._picture()

    def _picture(self) -> DeepPicture:
        import OpenImageIO as oiio

        spec, buffer = self._spec, self._buffer
        if buffer.roi != buffer.roi_full:
            buffer = oiio.ImageBufAlgo.crop(buffer, buffer.roi_full)
        if int(spec.getattribute("Orientation") or 1) != 1:
            buffer = oiio.ImageBufAlgo.reorient(buffer)
        kind = str(spec.format) if str(spec.format) in ("uint8", "uint16") else "float"
        pixels = buffer.get_pixels(oiio.TypeDesc(kind))
        if pixels is None or buffer.has_error:
            raise DeepPictureError(_reason(buffer.geterror(), self._path))
        if pixels.shape[2] == 1 and (most := _WHOLE_NUMBERS.get(str(spec.format))):
            # ids: as shares of the highest number they would be next to nothing. The library's whole numbers of 32 bits
            # cannot be asked for: it writes beyond the end of its memory
            pixels = np.rint(pixels.astype(np.float64) * most).astype(np.int64)
        names = [str(name).lower() for name in spec.channelnames]
        alpha = int(spec.alpha_channel)
        if alpha < 0:
            alpha = next((index for index, name in enumerate(names) if name.endswith((".a", ".alpha"))), -1)
        if ranks := _ranks(names, str(spec.format)):
            ids = _coverage_ids(pixels, ranks)
            return DeepPicture((ids,), None, (*self._parts(),))
        colours = _colour_channels(names, alpha)
        read = {_layer(names[channel]) for channel in (*colours, alpha) if channel >= 0}
        layers = dict.fromkeys(
            layer for name in map(str, spec.channelnames) if (layer := _layer(name)) and layer.lower() not in read
        )
        return DeepPicture(
            tuple(np.ascontiguousarray(pixels[..., channel]) for channel in colours),
            np.ascontiguousarray(pixels[..., alpha]) if alpha >= 0 else None,
            (*layers, *self._parts()),
        )

    def _parts(self) -> list[str]:
        """The names of the parts after the first."""
        import OpenImageIO as oiio

        specs = (oiio.ImageBuf(self._read_name, part, 0).spec() for part in range(1, self._buffer.nsubimages))
        return [str(spec.getattribute("name") or number) for number, spec in enumerate(specs, start=2)]


def _ranks(names: list[str], kind: str) -> list[tuple[int, int]]:
    """(id, coverage) channels of a picture that holds nothing but Cryptomatte's layers; empty if it is none."""
    if kind != "float" or not names or not all(_CRYPTOMATTE.fullmatch(name) for name in names):
        return []
    first = _CRYPTOMATTE.fullmatch(names[0])
    assert first is not None
    layers = sorted({name.rpartition(".")[0] for name in names if name.startswith(first[1])})
    pairs = [(f"{layer}.{one}", f"{layer}.{other}") for layer in layers for one, other in ("rg", "ba")]
    return [(names.index(one), names.index(other)) for one, other in pairs if one in names and other in names]


def _coverage_ids(pixels: NDArray[Any], ranks: list[tuple[int, int]]) -> NDArray[np.int64]:
    """The id that covers most of each pixel, (H, W) int64; 0 where all ids together cover less than half of it.

    Cryptomatte stores ids of 32 bits in the bits of floats, with how much of the pixel each covers.
    """
    covers = np.stack([pixels[..., coverage] for _, coverage in ranks])
    ids = np.stack([np.ascontiguousarray(pixels[..., one], np.float32).view(np.uint32) for one, _ in ranks])
    covers[ids == 0] = 0
    best = covers.argmax(axis=0)[None]
    found: NDArray[np.int64] = np.take_along_axis(ids, best, axis=0)[0].astype(np.int64)
    found[covers.sum(axis=0) < _HALF] = 0
    return found


def _colour_channels(names: list[str], alpha: int) -> list[int]:
    """Red, green and blue of the first layer that has them, else the first channel that is neither alpha nor depth."""
    for layer in dict.fromkeys(name.rpartition(".")[0] for name in sorted(names, key=lambda name: "." in name)):
        lead = f"{layer}." if layer else ""
        if all(lead + channel in names for channel in "rgb"):
            return [names.index(lead + channel) for channel in "rgb"]
    others = [index for index, name in enumerate(names) if index != alpha and name.rpartition(".")[2] not in ("z", "a")]
    return others[:1]


def _layer(channel: str) -> str:
    """The layer of a channel; of one alone its own name, empty for those of the picture itself."""
    layer, dot, name = channel.rpartition(".")
    return layer if dot else "" if name.lower() in _OWN_CHANNELS else name


def _reason(text: str, path: Path) -> Message:
    if "find a format reader" in text:
        return Message("it is no picture file that is known")
    reason = next(iter(text.splitlines()), "").replace(f'"{path}"', "").replace(str(path), "").strip(" :")
    return Message("{reason}", reason=reason) if reason else Message("it is no picture, or its start is damaged")
