"""Cryptomatte in a multi-part OpenEXR picture, next to a layer for each object.

By its public specification (Friedman and Jones, "Cryptomatte", version 1.2): an object's id is the MurmurHash3 of its
name, its bits read as a float that is neither infinite nor denormal; each pixel ranks ids by coverage, two to a
layer of four channels; the header has the names.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.delivery.clip import ColourTags
from core.delivery.encoding.exr import library, usual_header
from core.files import library_path

LAYER = "CryptoObject"
_RANKS = 6
"""Objects that a pixel can hold, three layers of two: what programs write, and more than ever meet."""


@dataclass(frozen=True)
class ObjectLayer:
    """One object: its name, unique in a picture, and (H, W, 4) RGBA half floats, linear and multiplied by alpha."""

    name: str
    pixels: NDArray[np.float16]
    alpha: NDArray[np.float32]


def murmur3(data: bytes, seed: int = 0) -> int:
    """MurmurHash3, 32 bits, of Austin Appleby's public description."""
    mask = 0xFFFFFFFF

    def rotated(value: int, by: int) -> int:
        return (value << by | value >> 32 - by) & mask

    def mixed(block: int) -> int:
        return rotated(block * 0xCC9E2D51 & mask, 15) * 0x1B873593 & mask

    whole = len(data) // 4 * 4
    state = seed
    for at in range(0, whole, 4):
        state = (rotated(state ^ mixed(int.from_bytes(data[at : at + 4], "little")), 13) * 5 + 0xE6546B64) & mask
    if whole < len(data):
        state ^= mixed(int.from_bytes(data[whole:], "little"))
    state ^= len(data)
    for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35), (16, 1)):
        state = (state ^ state >> shift) * factor & mask
    return state


def id_of(name: str) -> int:
    """The bits of an object's id."""
    bits = murmur3(name.encode())
    if bits >> 23 & 0xFF in (0, 0xFF):
        # zero, denormal, infinite or no number at all: programs would not keep them
        bits ^= 1 << 23
    return bits


def layer_names(ids: Sequence[int], names: Mapping[int, str]) -> list[str]:
    """A name for each object id, unique and with no point, which would begin a channel's name."""
    chosen: list[str] = []
    for object_id in ids:
        name = names.get(object_id, "").strip().replace(".", "_") or f"object_{object_id}"
        chosen.append(name if name not in (*chosen, "rgba", LAYER) else f"{name}_{object_id}")
    return chosen


def ranked(layers: Sequence[ObjectLayer]) -> NDArray[np.float32]:
    """(H, W, 2 * ranks): id and coverage of each pixel's objects, the one that covers most first.

    Where soft edges of neighbours add up to more than a pixel, they share it.
    """
    cover = np.stack([np.clip(layer.alpha, 0, 1) for layer in layers], axis=-1).astype(np.float32)
    cover /= np.maximum(cover.sum(axis=-1, keepdims=True), 1)
    ids = np.array([id_of(layer.name) for layer in layers], np.uint32).view(np.float32)
    order = np.argsort(-cover, axis=-1, kind="stable")[..., :_RANKS]
    shown = np.take_along_axis(cover, order, axis=-1)
    result = np.zeros((*cover.shape[:2], 2 * _RANKS), np.float32)
    result[..., 0 : 2 * order.shape[-1] : 2] = np.where(shown > 0, ids[order], 0)
    result[..., 1 : 2 * order.shape[-1] : 2] = shown
    return result


def write_cryptomatte(
    path: Path,
    together: NDArray[np.float16],
    layers: Sequence[ObjectLayer],
    colours: ColourTags,
    pixel_aspect: float = 1.0,
) -> None:
    """Writes parts "rgba" (all objects), "CryptoObject" and one for each object. Raises OSError.

    `together` is (H, W, 4) float16 RGBA, linear light, premultiplied.
    """
    OpenEXR = library()
    usual = usual_header(colours, pixel_aspect)
    key = f"cryptomatte/{murmur3(LAYER.encode()):08x}"[: len("cryptomatte/") + 7]
    metadata = {
        f"{key}/name": LAYER,
        f"{key}/hash": "MurmurHash3_32",
        f"{key}/conversion": "uint32_to_float32",
        f"{key}/manifest": json.dumps({layer.name: f"{id_of(layer.name):08x}" for layer in layers}, ensure_ascii=False),
    }
    ranks = ranked(layers)
    planes = {
        f"{LAYER}{number // 4:02d}.{'RGBA'[number % 4]}": np.ascontiguousarray(ranks[..., number])
        for number in range(ranks.shape[-1])
    }
    parts = [
        OpenEXR.Part(dict(usual), {"RGBA": np.ascontiguousarray(together)}, "rgba"),
        OpenEXR.Part({**usual, **metadata}, planes, LAYER),
    ]
    for layer in layers:
        planes16 = {
            f"{layer.name}.{channel}": np.ascontiguousarray(layer.pixels[..., index])
            for index, channel in enumerate("RGBA")
        }
        parts.append(OpenEXR.Part(dict(usual), planes16, layer.name))
    try:
        with library_path(path) as name, OpenEXR.File(parts) as file:
            file.write(name)
    except RuntimeError as error:
        raise OSError(str(error)) from error


def read_cryptomatte(path: Path) -> NDArray[np.float32] | None:
    """What `ranked` made, (H, W, 2 * ranks), read back; None if it cannot be."""
    try:
        with library_path(path) as name, library().File(name, separate_channels=True) as file:
            part = next(part for part in file.parts if part.name() == LAYER)
            planes = [
                part.channels[f"{LAYER}{number // 4:02d}.{'RGBA'[number % 4]}"].pixels for number in range(2 * _RANKS)
            ]
            return np.stack([np.array(plane) for plane in planes], axis=-1)
    except (RuntimeError, KeyError, StopIteration):
        return None
