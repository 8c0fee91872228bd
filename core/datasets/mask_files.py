"""A mask of one frame in whatever file: a picture, or outlines that an annotation program wrote."""

from __future__ import annotations

from pathlib import Path

from core.masks import MaskReader, ReadMask


def read_mask_file(path: Path, size: tuple[int, int], reader: MaskReader) -> ReadMask:
    """The mask in a picture, read by the clip's `reader`.

    Raises MaskError, naming the file, if it is no mask or not of `size` (width, height).
    """
    return reader.read(path, size)
