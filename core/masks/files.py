"""Mask pictures: palette PNG out, whatever people have in."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from core.errors import MaskError
from core.files import atomic_file
from core.masks.codec import check_labels, present_ids
from core.masks.colours import davis_palette
from core.types import MAX_OBJECT_ID, LabelMap

_MOST_VALUES = 64
"""A mask with more distinct values than this is a photograph or a soft matte, not a map of objects."""


def read_mask(path: Path, size: tuple[int, int] | None = None) -> LabelMap:
    """The label map, (H, W) uint8, in a picture file.

    - palette: the index is the object id;
    - grey: the value is the object id, but plain black and white (0 and 255) is object 1;
    - colour: colours of the DAVIS palette are its indices; otherwise each colour but black becomes an id, in the order
      of its red, green and blue. See-through pixels are background;
    - transparency alone (no colour anywhere): what can be seen is object 1.

    Raises MaskError, naming the file, if it cannot be read, is no mask, or is not of `size` (width, height).
    """
    path = Path(path)
    try:
        with Image.open(path) as picture:
            picture.load()
            labels = _labels_of(picture, path)
    except FileNotFoundError as error:
        raise MaskError(f"{path}: there is no such file.") from error
    except UnidentifiedImageError as error:
        raise MaskError(f"{path}: no picture that can be read; expected a PNG mask.") from error
    except (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError) as error:
        raise MaskError(f"{path}: the picture is damaged or cannot be read ({error}).") from error
    if size is not None and labels.shape != (size[1], size[0]):
        raise MaskError(
            f"{path}: the mask is {labels.shape[1]} x {labels.shape[0]}, but the clip is {size[0]} x {size[1]}; "
            "make it the clip's size, without smoothing."
        )
    return labels


def write_mask(path: Path, labels: LabelMap) -> None:
    """Writes a label map, (H, W) uint8, as a palette PNG in DAVIS colours: the index is the object id.

    A file that is there is replaced only once the new one is complete. Raises MaskError if it cannot be written.
    """
    check_labels(labels, what=f"{path}: the mask")
    picture = Image.fromarray(labels.copy())
    picture.putpalette(davis_palette().tobytes())
    _save(Path(path), picture)


def write_binary_mask(path: Path, mask: NDArray[np.bool_]) -> None:
    """Writes a mask, (H, W) bool, as a black and white PNG (0 and 255), replacing as `write_mask` does."""
    _save(Path(path), Image.fromarray(mask.astype(np.uint8) * np.uint8(255)))


def _save(path: Path, picture: Image.Image) -> None:
    # written beside and moved: a reader, or a crash, never meets half a file
    try:
        with atomic_file(path) as part:
            picture.save(part, format="PNG", compress_level=4)
    except OSError as error:
        raise MaskError(f"{path}: the mask cannot be written ({error.strerror or error}).") from error


def _labels_of(picture: Image.Image, path: Path) -> LabelMap:
    if picture.mode == "P":
        return _from_palette(picture)
    if picture.mode == "1":
        return np.array(picture, np.uint8)
    if picture.mode == "L":
        return _from_grey(np.array(picture, np.uint8), 255, path)
    if picture.mode.startswith("I"):
        return _from_grey(np.array(picture, np.int32), 65535, path)
    return _from_colour(np.array(picture.convert("RGBA")), path)


def _from_palette(picture: Image.Image) -> LabelMap:
    labels: LabelMap = np.array(picture, np.uint8)
    colours = (picture.getpalette("RGB") or []) + [0] * 768
    # some programs save black and white with a grey palette; colour 255 of the DAVIS palette is not white
    if colours[:3] == [0, 0, 0] and colours[765:768] == [255, 255, 255] and present_ids(labels) == {255}:
        return np.minimum(labels, np.uint8(1))
    return labels


def _from_grey(values: NDArray[np.generic], white: int, path: Path) -> LabelMap:
    present = np.unique(values)
    if set(present.tolist()) <= {0, white}:
        labels: LabelMap = np.not_equal(values, 0).astype(np.uint8)
        return labels
    if len(present) > _MOST_VALUES:
        raise MaskError(
            f"{path}: {len(present)} different greys: a picture or a soft matte, not a map of objects. "
            "Make it black and white, or save one value per object."
        )
    if present.min() < 0 or present.max() > MAX_OBJECT_ID:
        raise MaskError(f"{path}: has value {present.max()}; object ids go from 1 to {MAX_OBJECT_ID}.")
    return values.astype(np.uint8)


def _from_colour(pixels: NDArray[np.uint8], path: Path) -> LabelMap:
    """Labels of (H, W, 4) RGBA."""
    seen = pixels[..., 3] >= 128
    colours = np.where(seen[..., None], pixels[..., :3], 0)
    if not colours.any():
        # a black figure on nothing; a wholly opaque black picture is an empty mask
        return seen.astype(np.uint8) if not seen.all() else np.zeros(seen.shape, np.uint8)
    red, green, blue = np.moveaxis(colours, 2, 0)
    if np.array_equal(red, green) and np.array_equal(green, blue):
        return _from_grey(red, 255, path)
    packed = red.astype(np.uint32) << 16 | green.astype(np.uint32) << 8 | blue
    present, places = np.unique(packed, return_inverse=True)
    if len(present) > _MOST_VALUES:
        raise MaskError(
            f"{path}: {len(present)} different colours: a picture, not a map of objects. "
            "Save one plain colour per object, without smoothing."
        )
    known = {int.from_bytes(colour.tobytes(), "big"): index for index, colour in enumerate(davis_palette())}
    if all(int(value) in known for value in present):
        ids = [known[int(value)] for value in present]
    else:
        others = [int(value) for value in present if value]
        ids = [others.index(int(value)) + 1 if value else 0 for value in present]
    return np.take(np.array(ids, np.uint8), places.reshape(packed.shape))
