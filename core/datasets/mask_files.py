"""A mask of one frame in any file: a picture, or outlines that an annotation program wrote."""

from __future__ import annotations

from pathlib import Path

from core.datasets.annotators.labelme import read_labelme_frame
from core.masks import MaskKind, MaskReader, ReadMask


def read_mask_file(path: Path, size: tuple[int, int], reader: MaskReader) -> ReadMask:
    """The mask in a picture, read by the clip's `reader`, or in a JSON file of labelme.

    Raises MaskError or DatasetError, naming the file, if it is no mask or not of `size` (width, height).
    """
    path = Path(path)
    if path.suffix.lower() == ".json":
        return ReadMask(read_labelme_frame(path, size), MaskKind.LABELS)
    return reader.read(path, size)
