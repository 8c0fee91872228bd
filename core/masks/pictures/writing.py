"""Writing mask pictures."""

from __future__ import annotations

from collections.abc import Mapping
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


def write_mask(path: Path, labels: LabelMap, values: Mapping[int, int] | None = None) -> None:
    """Writes a label map, (H, W) uint8, as a palette PNG in DAVIS colours: the index is the object id.

    With `values`, which say what value an object had in the file it came from, a grey PNG of 16 bits in which it has
    that again. A file that is there is replaced only once the new one is complete. Raises MaskError if it cannot be
    written.
    """
    check_labels(labels, what=Message("{path}: the mask", path=path))
    if values:
        table = np.arange(MAX_OBJECT_ID + 1, dtype=np.uint16)
        table[list(values)] = list(values.values())
        _save(Path(path), Image.fromarray(table[labels]))
        return
    picture = Image.fromarray(labels.copy())
    picture.putpalette(davis_palette().tobytes())
    _save(Path(path), picture)


def write_binary_mask(path: Path, mask: NDArray[np.bool_]) -> None:
    """Writes a mask, (H, W) bool, as a black and white PNG (0 and 255), replacing as `write_mask` does."""
    _save(Path(path), Image.fromarray(mask.astype(np.uint8) * np.uint8(255)))


def _save(path: Path, picture: Image.Image) -> None:
    # written under another name and renamed: a reader, or a crash, never meets half a file
    try:
        with atomic_file(path) as part:
            picture.save(part, format="PNG", compress_level=4)
    except OSError as error:
        raise MaskError(
            "{path}: the mask cannot be written ({reason}).", path=path, reason=error.strerror or error
        ) from error
