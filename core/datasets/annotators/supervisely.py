"""Supervisely's projects, read only. Of images: ROOT/meta.json, ROOT/DATASET/img/a.jpg, ROOT/DATASET/ann/a.jpg.json."""

from __future__ import annotations

import base64
import io
import zlib
from collections.abc import Callable, Container, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image as PillowImage

from core.datasets.annotators.annotated_pictures import (
    AnnotatedPicture,
    Size,
    clips_of_pictures,
    corners_of,
    stated_size,
)
from core.datasets.annotators.supervisely_video import read_videos, video_folders
from core.datasets.clips import AnnotatedClip, class_name
from core.datasets.files import read_json, subfolders
from core.datasets.layouts.coco_reader import split_of
from core.datasets.polygons import mask_patch, polygon_patch
from core.datasets.reading.inner_paths import PictureFinder
from core.datasets.reading.notes import ReadNotes
from core.datasets.reading.shapes import Shape
from core.errors import DAMAGE_ERRORS, DatasetError
from core.masks import Patch
from core.messages import Message
from core.types import Box

Entry = dict[str, Any]
Drawing = Callable[[Entry, Size], Patch]

_HALF = 128
_MOST_BYTES = 1 << 28
"""The most bytes of a small picture that is packed into a text."""


def read_supervisely(
    root: Path, wanted: Container[str] | None = None, notes: ReadNotes | None = None
) -> Iterator[AnnotatedClip]:
    """The clips of a project: its videos, or numbered pictures of one size; `wanted` are the only names to read.

    Rectangles, lines and points are left out, and named in `notes`. Raises DatasetError if there is no such dataset.
    """
    notes = notes or ReadNotes()
    root = Path(root)
    folders = supervisely_folders(root)
    videos = video_folders(root)
    for folder in videos:
        yield from read_videos(folder, _SUPERVISELY, wanted, notes)
    if not folders and not videos:
        raise DatasetError(
            "{root}: no Supervisely project; expected folders 'img' or 'video' with 'ann' next to it.",
            root=root,
        )
    for folder in folders:
        finder = PictureFinder(folder / "img")
        found: dict[Path, AnnotatedPicture] = {}
        for path in sorted((folder / "ann").glob("*.json")):
            with notes.leaving_out("file", path.name):
                entry = read_json(path)
                picture = finder.find(path.stem) or finder.find(f"{path.stem}.jpg") or finder.find(f"{path.stem}.png")
                if picture is None:
                    notes.leave_out(folder / "ann", "file", Message("there is no picture for it"), path.name)
                elif isinstance(entry, dict) and isinstance(entry.get("objects"), list):
                    found[picture] = _supervisely_picture(entry, path, notes)
                else:
                    notes.leave_out(folder / "ann", "file", Message("it has no 'objects'"), path.name)
        yield from clips_of_pictures(folder, found, split_of(folder.name), wanted, notes)


def supervisely_folders(root: Path) -> list[Path]:
    """The datasets of a project: folders with `img` and `ann` in them."""
    return [one for one in (root, *subfolders(root)) if (one / "ann").is_dir() and (one / "img").is_dir()]


def _supervisely_picture(entry: Entry, path: Path, notes: ReadNotes) -> AnnotatedPicture:
    stated = entry.get("size")
    size = stated_size(stated.get("width"), stated.get("height")) if isinstance(stated, dict) else None
    found = AnnotatedPicture(size)
    for number, one in enumerate((one for one in entry["objects"] if isinstance(one, dict)), start=1):
        kind = str(one.get("geometryType", ""))
        found.entries += 1
        item = Message("{name}, object {number}", name=path.name, number=number)
        drawing = _SUPERVISELY.get(kind)
        if drawing is None:
            notes.leave_out(path.parent, "object", Message("a {kind} is no area", kind=class_name(kind)), item)
            continue
        found.shapes.append(Shape(class_name(one.get("classTitle") or ""), partial(drawing, one), item))
    return found


def _supervisely_polygon(entry: Entry, size: Size) -> Patch:
    points = entry["points"]
    patch = polygon_patch(corners_of(points["exterior"]), size)
    if not points.get("interior"):
        return patch
    mask = np.zeros(size[::-1], bool)
    mask[patch.box.slices] = patch.mask
    for ring in points["interior"]:
        hole = polygon_patch(corners_of(ring), size)
        mask[hole.box.slices] &= ~hole.mask
    return mask_patch(mask)


def _supervisely_bitmap(entry: Entry, size: Size) -> Patch:
    left, top, pixels = _unpacked(entry, size)
    return _placed(left, top, (pixels[..., 3] > 0) & pixels[..., :3].any(axis=-1))


def _supervisely_matte(entry: Entry, size: Size) -> Patch:
    """Levels in grey, or in the transparency where that differs; from half of full on a pixel is inside."""
    left, top, pixels = _unpacked(entry, size)
    levels = pixels[..., 3] if int(np.ptp(pixels[..., 3])) else pixels[..., :3].max(axis=-1)
    return _placed(left, top, levels >= _HALF)


def _placed(left: int, top: int, mask: NDArray[np.bool_]) -> Patch:
    return Patch(Box(left, top, left + mask.shape[1], top + mask.shape[0]), mask)


def _unpacked(entry: Entry, size: Size) -> tuple[int, int, NDArray[np.uint8]]:
    """A small picture, packed twice and written as text, at its position in the frame: left, top, (H, W, 4)."""
    bitmap = entry["bitmap"]
    left, top = (int(value) for value in bitmap["origin"])
    unpacking = zlib.decompressobj()
    try:
        data = unpacking.decompress(base64.b64decode(bitmap["data"], validate=True), _MOST_BYTES)
        with PillowImage.open(io.BytesIO(data)) as picture:
            if left < 0 or top < 0 or left + picture.size[0] > size[0] or top + picture.size[1] > size[1]:
                raise ValueError(Message("its bitmap lies outside of the picture"))
            pixels = np.array(picture.convert("RGBA"))
    except (zlib.error, *DAMAGE_ERRORS, PillowImage.DecompressionBombError) as error:
        raise ValueError(Message("its bitmap cannot be read")) from error
    return left, top, pixels


_SUPERVISELY: dict[str, Drawing] = {
    "polygon": _supervisely_polygon,
    "bitmap": _supervisely_bitmap,
    "alpha_mask": _supervisely_matte,
}
