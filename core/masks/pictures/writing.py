"""Writing mask pictures."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from core.errors import MaskError
from core.files import atomic_file
from core.masks.codec import check_labels
from core.masks.colours import davis_palette
from core.messages import Message
from core.types import MAX_OBJECT_ID, LabelMap

HIGHEST_IN_PNG = 65535

# Of TIFF: tags, and what they say here.
_WIDTH, _HEIGHT, _BITS, _COMPRESSION, _INTERPRETATION = 256, 257, 258, 259, 262
_STRIP, _SAMPLES, _ROWS, _STRIP_BYTES, _FORMAT = 273, 277, 278, 279, 339
_DEFLATE, _BLACK_IS_ZERO, _UNSIGNED, _LONG = 8, 1, 1, 4
_HEAD, _ENTRY = 8, 12
"""Bytes of the file's head, and of what it says of one tag."""


def mask_suffix(values: Mapping[int, int] | None = None) -> str:
    """How the names of mask pictures end in which objects have these values: PNG has no numbers of 32 bits."""
    return ".tif" if values and max(values.values()) > HIGHEST_IN_PNG else ".png"


def write_mask(path: Path, labels: LabelMap, values: Mapping[int, int] | None = None) -> None:
    """Writes a label map, (H, W) uint8, as a palette PNG in DAVIS colours: the index is the object id.

    With `values`, which say what value an object had in the file it came from, a grey PNG of 16 bits in which it has
    that again, or a TIFF of 32 bits where `mask_suffix` says so: then `path` has to end so. A file that is there is
    replaced only once the new one is complete. Raises MaskError if it cannot be written.
    """
    check_labels(labels, what=Message("{path}: the mask", path=path))
    if values:
        table = np.arange(MAX_OBJECT_ID + 1, dtype=np.uint32)
        table[list(values)] = list(values.values())
        if mask_suffix(values) == ".tif":
            _save(Path(path), lambda part: _write_tiff(part, table[labels]))
        else:
            _save_png(Path(path), Image.fromarray(table.astype(np.uint16)[labels]))
        return
    picture = Image.fromarray(labels.copy())
    picture.putpalette(davis_palette().tobytes())
    _save_png(Path(path), picture)


def write_binary_mask(path: Path, mask: NDArray[np.bool_]) -> None:
    """Writes a mask, (H, W) bool, as a black and white PNG (0 and 255), replacing as `write_mask` does."""
    _save_png(Path(path), Image.fromarray(mask.astype(np.uint8) * np.uint8(255)))


def _save_png(path: Path, picture: Image.Image) -> None:
    _save(path, lambda part: picture.save(part, format="PNG", compress_level=4))


def _save(path: Path, write: Callable[[Path], None]) -> None:
    # written under another name and renamed: a reader, or a crash, never meets half a file
    try:
        with atomic_file(path, path.suffix) as part:
            write(part)
    except OSError as error:
        raise MaskError(
            "{path}: the mask cannot be written ({reason}).", path=path, reason=error.strerror or error
        ) from error


def _write_tiff(path: Path, ids: NDArray[np.uint32]) -> None:
    # by hand: neither Pillow nor OpenImageIO writes unsigned numbers of 32 bits
    height, width = ids.shape
    data = zlib.compress(ids.astype("<u4").tobytes())
    fields = {_WIDTH: width, _HEIGHT: height, _BITS: 32, _COMPRESSION: _DEFLATE, _INTERPRETATION: _BLACK_IS_ZERO}
    fields |= {_STRIP: 0, _SAMPLES: 1, _ROWS: height, _STRIP_BYTES: len(data), _FORMAT: _UNSIGNED}
    start = _HEAD + 2 + _ENTRY * len(fields) + 4
    fields[_STRIP] = start
    entries = b"".join(struct.pack("<HHII", tag, _LONG, 1, value) for tag, value in sorted(fields.items()))
    head = struct.pack("<2sHI", b"II", 42, _HEAD) + struct.pack("<H", len(fields)) + entries + struct.pack("<I", 0)
    path.write_bytes(head + data)
