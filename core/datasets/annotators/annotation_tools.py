"""Exports of annotation programs that are read only: Supervisely's projects of images, and Label Studio's JSON.

Supervisely:   ROOT/meta.json, ROOT/DATASET/img/a.jpg, ROOT/DATASET/ann/a.jpg.json
Label Studio:  ROOT/anything.json, a list of tasks, next to the pictures
"""

from __future__ import annotations

import base64
import io
import zlib
from collections import defaultdict
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image as PillowImage

from core.datasets.clips import AnnotatedClip, class_name, picture_size
from core.datasets.files import read_json, subfolders
from core.datasets.layouts.coco_reader import split_of
from core.datasets.layouts.flat import clips_of_files
from core.datasets.polygons import mask_patch, polygon_patch
from core.datasets.reading.inside import PictureFinder
from core.datasets.reading.notes import ReadNotes
from core.datasets.reading.shapes import Shape, ShapeClip, ShapeFrame, annotated_clip
from core.errors import DAMAGE_ERRORS, DatasetError
from core.masks import Patch
from core.messages import Message, join
from core.types import Box

Size = tuple[int, int]
Entry = dict[str, Any]
Drawing = Callable[[Entry, Size], Patch]

_MOST_BYTES = 1 << 28
"""Of a small picture that is packed into a text."""


@dataclass
class _Picture:
    """A picture with its shapes, and the size that the export states."""

    size: Size | None
    shapes: list[Shape] = field(default_factory=list)
    entries: int = 0


def read_supervisely(
    root: Path, wanted: Container[str] | None = None, notes: ReadNotes | None = None
) -> Iterator[AnnotatedClip]:
    """The clips of a project of images: numbered pictures of one size; `wanted` are the only names to read.

    Rectangles, lines and points are left out, and named in `notes`. Raises DatasetError if there is no such dataset.
    """
    notes = notes or ReadNotes()
    root = Path(root)
    folders = supervisely_folders(root)
    if not folders:
        raise DatasetError(
            "{root}: no Supervisely project; expected folders 'img' and 'ann' side by side in it.", root=root
        )
    for folder in folders:
        finder = PictureFinder(folder / "img")
        found: dict[Path, _Picture] = {}
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
        yield from _clips(folder, found, split_of(folder.name), wanted, notes)


def supervisely_folders(root: Path) -> list[Path]:
    """The datasets of a project: folders with `img` and `ann` in them."""
    return [one for one in (root, *subfolders(root)) if (one / "ann").is_dir() and (one / "img").is_dir()]


def _supervisely_picture(entry: Entry, path: Path, notes: ReadNotes) -> _Picture:
    stated = entry.get("size")
    size = _size(stated.get("width"), stated.get("height")) if isinstance(stated, dict) else None
    found = _Picture(size)
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
    patch = polygon_patch(_corners(points["exterior"]), size)
    if not points.get("interior"):
        return patch
    mask = np.zeros(size[::-1], bool)
    mask[patch.box.slices] = patch.mask
    for ring in points["interior"]:
        hole = polygon_patch(_corners(ring), size)
        mask[hole.box.slices] &= ~hole.mask
    return mask_patch(mask)


def _supervisely_bitmap(entry: Entry, size: Size) -> Patch:
    """A small picture, packed twice and written as text, at its position in the frame."""
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
    mask = (pixels[..., 3] > 0) & (pixels[..., :3].any(axis=-1))
    return Patch(Box(left, top, left + mask.shape[1], top + mask.shape[0]), mask)


_SUPERVISELY: dict[str, Drawing] = {"polygon": _supervisely_polygon, "bitmap": _supervisely_bitmap}


def read_label_studio(
    root: Path, wanted: Container[str] | None = None, notes: ReadNotes | None = None
) -> Iterator[AnnotatedClip]:
    """The clips of an export as JSON: numbered pictures of one size; `wanted` are the only names to read.

    Outlines, ellipses and brushes are read; what is no area is left out, and named in `notes`. Raises DatasetError if
    there is no such dataset.
    """
    notes = notes or ReadNotes()
    root = Path(root)
    files = [root] if root.is_file() else sorted(root.glob("*.json"))
    root = root.parent if root.is_file() else root
    finder = PictureFinder(root, ("", "images", "media", "upload"))
    read = 0
    for path in files:
        tasks = read_json(path)
        if not isinstance(tasks, list) or not any(isinstance(task, dict) and "annotations" in task for task in tasks):
            continue
        read += 1
        found: dict[Path, _Picture] = {}
        for number, task in enumerate((task for task in tasks if isinstance(task, dict)), start=1):
            name = _picture_name(task)
            # uploaded files have a code before the name that they had
            picture = finder.find(name) or finder.find(name.rpartition("/")[2].partition("-")[2])
            if picture is None:
                notes.leave_out(
                    path,
                    "task",
                    Message("its picture is not in the dataset"),
                    name or Message("task {number}", number=number),
                )
            else:
                found[picture] = _label_studio_picture(
                    task, path, Message("task {number}", number=task.get("id", number)), notes
                )
        yield from _clips(root, found, split_of(path.stem), wanted, notes)
    if not read:
        raise DatasetError(
            "{root}: no Label Studio export; expected a .json file with a list of tasks in it.", root=root
        )


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _picture_name(task: Entry) -> str:
    data = task.get("data")
    values = [data.get("image"), *data.values()] if isinstance(data, dict) else []
    name = next((value for value in values if isinstance(value, str) and value), "")
    # pictures that the program serves itself: /data/local-files/?d=folder/a.jpg
    return name.rpartition("?d=")[2]


def _label_studio_picture(task: Entry, path: Path, item: str, notes: ReadNotes) -> _Picture:
    found = _Picture(None)
    annotations = [one for one in _list(task.get("annotations")) if isinstance(one, dict)]
    kept = [one for one in annotations if not one.get("was_cancelled")]
    if not kept:  # nobody looked at it
        found.entries = 1
    if len(kept) > 1:
        notes.happened(path, "task", Message("with several annotations, of which the first is read"), item)
    for entry in (one for one in (_list(kept[0].get("result")) if kept else []) if isinstance(one, dict)):
        kind, value = str(entry.get("type", "")), entry.get("value")
        if not isinstance(value, dict) or kind in ("choices", "textarea", "rating", "labels"):
            continue
        found.entries += 1
        where = join(", ", (item, str(entry.get("id", ""))))
        drawing = _LABEL_STUDIO.get(kind)
        if drawing is None:
            notes.leave_out(path, "region", Message("{kind} are no areas", kind=class_name(kind)), where)
            continue
        size = _size(entry.get("original_width"), entry.get("original_height"))
        found.size = found.size or size
        labels = value.get(kind)
        label = labels[0] if isinstance(labels, list) and labels else ""
        found.shapes.append(Shape(class_name(label), partial(drawing, value), where))
    return found


def _label_studio_polygon(value: Entry, size: Size) -> Patch:
    return polygon_patch(_corners(value["points"]) * size / 100, size)


def _label_studio_ellipse(value: Entry, size: Size) -> Patch:
    x, y, rx, ry = (float(value[key]) / 100 for key in ("x", "y", "radiusX", "radiusY"))
    turns = np.linspace(0, 2 * np.pi, 90, endpoint=False)
    along, across = rx * size[0] * np.cos(turns), ry * size[1] * np.sin(turns)
    turn = np.deg2rad(float(value.get("rotation", 0)))
    corners = [along * np.cos(turn) - across * np.sin(turn), along * np.sin(turn) + across * np.cos(turn)]
    return polygon_patch(np.stack(corners, axis=1) + np.array([x * size[0], y * size[1]]), size)


def _label_studio_brush(value: Entry, size: Size) -> Patch:
    if value.get("format") != "rle":
        raise ValueError(Message("its brush has a format that is not known"))
    channels = unpack_brush(value["rle"], size[0] * size[1] * 4)
    return mask_patch(channels.reshape(size[1], size[0], 4)[..., 3] > 0)


_LABEL_STUDIO: dict[str, Drawing] = {
    "polygonlabels": _label_studio_polygon,
    "ellipselabels": _label_studio_ellipse,
    "brushlabels": _label_studio_brush,
}


def unpack_brush(data: list[int], expected: int) -> NDArray[np.uint8]:
    """The bytes, (N,) uint8, in Label Studio's brush masks: a stream of bits.

    It begins with the number of bytes (32 bits), the bits of a byte less one (5), and four widths less one (4 each).
    Then come runs: one bit says whether a value is repeated, two choose the width in which the run's length less one is
    written, and behind it stand one value, or as many as the run is long. Raises ValueError if it is none.
    """
    bits = np.unpackbits(np.array(data, np.uint8))
    offset = 0

    def number(width: int) -> int:
        nonlocal offset
        if offset + width > bits.size:
            raise ValueError(Message("its brush ends too early"))
        found = int("".join(map(str, bits[offset : offset + width].tolist())), 2)
        offset += width
        return found

    count, word = number(32), number(5) + 1
    widths = [number(4) + 1 for _ in range(4)]
    if count != expected or word != 8:
        raise ValueError(Message("its brush is not of the picture's size"))
    found = np.zeros(count, np.uint8)
    at = 0
    while at < count:
        repeated = number(1)
        length = number(widths[number(2)]) + 1
        end = min(at + length, count)
        if repeated:
            found[at:end] = number(word)
        else:
            needed = word * (end - at)
            if offset + needed > bits.size:
                raise ValueError(Message("its brush ends too early"))
            found[at:end] = np.packbits(bits[offset : offset + needed])
            offset += needed
        at = end
    return found


def _clips(
    source: Path, pictures: dict[Path, _Picture], split: str, wanted: Container[str] | None, notes: ReadNotes
) -> Iterator[AnnotatedClip]:
    by_folder: defaultdict[Path, list[Path]] = defaultdict(list)
    for path in pictures:
        by_folder[path.parent].append(path)
    for folder, files in by_folder.items():
        for name, frames in clips_of_files(files, notes, numbers=folder.resolve().name).items():
            if wanted is None or name in wanted:
                with notes.leaving_out("clip", name):
                    found = {frame: (path, pictures[path]) for frame, path in frames.items()}
                    yield _clip(source, name, found, split, notes)


def _clip(
    source: Path, name: str, pictures: dict[str, tuple[Path, _Picture]], split: str, notes: ReadNotes
) -> AnnotatedClip:
    size = picture_size(next(path for path, _ in pictures.values()))
    frames = []
    for frame, (path, found) in pictures.items():
        fits = found.size in (None, size)
        if not fits and found.size is not None:
            reason = Message(
                "it is {width} x {height}, not {width2} x {height2} as stated",
                width=size[0],
                height=size[1],
                width2=found.size[0],
                height2=found.size[1],
            )
            notes.leave_out(source, "picture", reason, path.name)
        known = fits and (bool(found.shapes) or not found.entries)
        frames.append(ShapeFrame(frame, path, found.shapes if fits else [], annotated=known))
    if not any(frame.annotated for frame in frames):
        raise DatasetError("{path}: no shape of clip '{name}' is an area.", path=source, name=name)
    return annotated_clip(ShapeClip(name, size, frames, source, split), notes)


def _corners(points: Any) -> NDArray[np.float64]:
    corners = np.array(points, np.float64)
    if corners.ndim != 2 or corners.shape[1] != 2 or len(corners) < 3:
        raise ValueError(Message("it has fewer than three corners"))
    return corners


def _size(width: Any, height: Any) -> Size | None:
    return (width, height) if isinstance(width, int) and isinstance(height, int) else None
