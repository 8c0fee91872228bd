"""The JSON of labelme (and of AnyLabeling): a file a picture, next to it.

    ROOT/train/CLIP/00000.jpg
    ROOT/train/CLIP/00000.json       {"shapes": [{"label": "dog", "group_id": 1, "points": [[x, y], ...]}], ...}

Shapes of one label and group are one object: its parts on a picture, and the same object on the pictures of a clip.
"""

from __future__ import annotations

import base64
import io
import json
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image as PillowImage
from PIL import ImageOps

from core.datasets.clips import PICTURE_ENDINGS, AnnotatedClip, class_name, picture_size
from core.datasets.files import read_json
from core.datasets.layouts.coco_reader import split_of
from core.datasets.layouts.flat import clips_of_files
from core.datasets.polygons import mask_polygons, polygon_patch
from core.datasets.reading.inner_paths import PictureFinder
from core.datasets.reading.notes import ReadNotes
from core.datasets.reading.shapes import Shape, ShapeClip, ShapeFrame, annotated_clip
from core.datasets.writer import DatasetPlan, DatasetWriter, WrittenFrame
from core.errors import DAMAGE_ERRORS, DatasetError
from core.masks import Patch
from core.messages import Message
from core.types import Box, Image, LabelMap

Size = tuple[int, int]

_FOLDERS = {"train": "train", "val": "val", "test": "test"}
_VERSION = "5.4.1"
_CIRCLE = 90
"""Corners that a circle is drawn with."""
_MOST_FILES = 1_000_000


class LabelmeWriter(DatasetWriter):
    """Outlines within the plan's tolerance; an object in several parts is several shapes of one group."""

    def __init__(self, root: Path, plan: DatasetPlan) -> None:
        super().__init__(root, plan)

    def add(self, frame: WrittenFrame) -> None:
        folder = self.root / _FOLDERS[frame.split] / frame.clip.name
        picture = folder / f"{frame.name}.jpg"
        frame.save_picture(picture)
        classes = {one.object_id: one.class_label for one in frame.clip.objects}
        shapes = [
            {
                "label": classes[object_id],
                "points": outline.tolist(),
                "group_id": object_id,
                "description": "",
                "shape_type": "polygon",
                "flags": {},
                "mask": None,
            }
            for object_id, mask in frame.masks().items()
            for outline in mask_polygons(mask, self.plan.tolerance) or mask_polygons(mask)
        ]
        entry: dict[str, Any] = {
            "version": _VERSION,
            "flags": {},
            "shapes": shapes,
            "imagePath": picture.name,
            "imageData": None,
            "imageHeight": frame.clip.size[1],
            "imageWidth": frame.clip.size[0],
        }
        picture.with_suffix(".json").write_text(json.dumps(entry, ensure_ascii=False) + "\n", encoding="utf-8")

    def finish(self) -> None:
        """All is written already."""


@dataclass(frozen=True)
class _File:
    """A file of annotations with its picture."""

    path: Path
    picture: Path
    """The file itself where the picture is in it."""
    entry: dict[str, Any]

    @property
    def embedded(self) -> bool:
        """The picture is in the file, as text."""
        return self.picture == self.path

    def size(self) -> Size:
        """(width, height). Raises DatasetError, naming the file."""
        if not self.embedded:
            return picture_size(self.picture)
        with self._opened() as picture:
            turned = int(picture.getexif().get(0x0112, 1)) >= 5
            return picture.size[::-1] if turned else picture.size

    def read(self) -> Image:
        """The picture in the file, upright. Raises DatasetError, naming the file."""
        with self._opened() as picture:
            return np.array(ImageOps.exif_transpose(picture).convert("RGB"))

    @contextmanager
    def _opened(self) -> Iterator[PillowImage.Image]:
        try:
            with PillowImage.open(io.BytesIO(base64.b64decode(str(self.entry["imageData"])))) as picture:
                yield picture
        except (*DAMAGE_ERRORS, ValueError, PillowImage.DecompressionBombError) as error:
            raise DatasetError("{path}: the picture in it is damaged.", path=self.path) from error


def read_labelme(
    root: Path, wanted: Container[str] | None = None, notes: ReadNotes | None = None
) -> Iterator[AnnotatedClip]:
    """The clips of a folder; `wanted` are the only names to read.

    Numbered pictures of one size in one folder are a clip. Lines and points are left out, and named in `notes`. Raises
    DatasetError if there is no such dataset.
    """
    notes = notes or ReadNotes()
    root = Path(root)
    listed = [root] if root.is_file() else list(_listed(root))
    root = root.parent if root.is_file() else root
    files = list(_files(root, listed, notes))
    if not files and not notes.lines():
        raise DatasetError(
            "{root}: no labelme dataset; expected .json files with 'shapes' beside the pictures.", root=root
        )
    by_folder: defaultdict[Path, dict[Path, _File]] = defaultdict(dict)
    for file in files:
        by_folder[file.picture.parent][file.picture] = file
    for folder, group in by_folder.items():
        sizes = {}
        for file in group.values():
            if file.embedded:
                with notes.leaving_out("file", file.path.name):
                    sizes[file.picture] = file.size()
        kept = [path for path in group if path in sizes or not group[path].embedded]
        for name, pictures in clips_of_files(kept, notes, folder.resolve().name, sizes).items():
            if wanted is None or name in wanted:
                with notes.leaving_out("clip", name):
                    found = {frame: group[path] for frame, path in pictures.items()}
                    yield _clip(root, name, found, _split(folder, root), notes)


def read_labelme_frame(path: Path, size: Size) -> LabelMap:
    """The areas of one file as a label map, (H, W) uint8; its picture need not be there.

    Raises DatasetError, naming the file, if it is no such file, is of another size (width, height), or has no area.
    """
    entry = read_json(path)
    if not isinstance(entry, dict) or not isinstance(entry.get("shapes"), list):
        raise DatasetError("{path}: no masks of labelme; expected 'shapes' in it.", path=path)
    stated = (entry.get("imageWidth"), entry.get("imageHeight"))
    if None not in stated and stated != size:
        raise DatasetError(
            "{path}: its picture is {width} x {height}, but the clip is {width2} x {height2}; "
            "annotate the clip's own frame.",
            path=path,
            width=stated[0],
            height=stated[1],
            width2=size[0],
            height2=size[1],
        )
    notes = ReadNotes()
    entries = [one for one in entry["shapes"] if isinstance(one, dict)]
    numbered = enumerate(entries, start=1)
    shapes = [_shape(one, f"{path.name}, shape {number}", path.parent, notes) for number, one in numbered]
    frames = _grouped([ShapeFrame("0", None, [shape for shape in shapes if shape is not None])])
    labels = annotated_clip(ShapeClip(path.stem, size, frames, path), notes).labels(0)
    if not labels.any():
        raise DatasetError("{path}: none of its {count} shapes is an area.", path=path, count=len(entries))
    return labels


def _listed(root: Path) -> Iterator[Path]:
    for number, path in enumerate(root.rglob("*.json")):
        if number >= _MOST_FILES:
            return
        if not path.name.startswith("."):
            yield path


def _files(root: Path, paths: Iterable[Path], notes: ReadNotes) -> Iterator[_File]:
    finder = PictureFinder(root)
    for path in sorted(paths):
        try:
            entry = read_json(path)
        except DatasetError as error:
            notes.remark(Message("file left out: {error}", error=error))
            continue
        if not isinstance(entry, dict) or not isinstance(entry.get("shapes"), list):
            notes.leave_out(root, "file", Message("it has no 'shapes'"), path.relative_to(root))
            continue
        folder = path.parent.relative_to(root).as_posix()
        name = entry.get("imagePath")
        picture = finder.find(name if isinstance(name, str) else "", (folder,))
        if picture is None:
            # the picture may have been moved, or converted, together with the file
            picture = next((one for end in PICTURE_ENDINGS if (one := path.with_suffix(end)).is_file()), None)
        if picture is None and isinstance(entry.get("imageData"), str) and entry["imageData"]:
            picture = path
        if picture is None:
            notes.leave_out(root, "file", Message("its picture is not in the dataset"), path.relative_to(root))
            continue
        yield _File(path, picture, entry)


def _split(folder: Path, root: Path) -> str:
    parts = folder.relative_to(root).parts
    return next((split for part in parts[:1] if (split := split_of(part))), "")


def _clip(root: Path, name: str, files: dict[str, _File], split: str, notes: ReadNotes) -> AnnotatedClip:
    size = next(iter(files.values())).size()
    frames = []
    for frame, file in files.items():
        stated = (file.entry.get("imageWidth"), file.entry.get("imageHeight"))
        if None not in stated and stated != size:
            reason = Message(
                "its picture is {width} x {height}, not {width2} x {height2} as stated",
                width=size[0],
                height=size[1],
                width2=stated[0],
                height2=stated[1],
            )
            notes.leave_out(root, "file", reason, file.path.relative_to(root))
            frames.append(_frame(frame, file, [], annotated=False))
            continue
        entries = [one for one in file.entry["shapes"] if isinstance(one, dict)]
        shapes = [
            shape
            for number, entry in enumerate(entries, start=1)
            if (shape := _shape(entry, f"{file.path.name}, shape {number}", root, notes)) is not None
        ]
        frames.append(_frame(frame, file, shapes, annotated=bool(shapes) or not entries))
    if not any(frame.annotated for frame in frames):
        raise DatasetError("{path}: no shape of clip '{name}' is an area.", path=root, name=name)
    return annotated_clip(ShapeClip(name, size, _grouped(frames), root, split), notes)


def _frame(name: str, file: _File, shapes: list[Shape], annotated: bool) -> ShapeFrame:
    if file.embedded:
        return ShapeFrame(name, None, shapes, annotated, picture=file.read)
    return ShapeFrame(name, file.picture, shapes, annotated)


def _grouped(frames: list[ShapeFrame]) -> list[ShapeFrame]:
    """Groups that no two labels share are numbers of objects, and become their ids."""
    labels: defaultdict[Any, set[str]] = defaultdict(set)
    for shape in (shape for frame in frames for shape in frame.shapes if shape.object_id is not None):
        labels[shape.object_id].add(shape.class_label)
    if all(len(found) == 1 for found in labels.values()):
        return frames
    return [replace(one, shapes=[replace(shape, object_id=None) for shape in one.shapes]) for one in frames]


def _shape(entry: dict[str, Any], item: str, root: Path, notes: ReadNotes) -> Shape | None:
    kind = str(entry.get("shape_type") or "polygon")
    drawing = _DRAWINGS.get(kind)
    if drawing is None:
        notes.leave_out(root, "shape", Message("a {kind} is no area", kind=class_name(kind)), item)
        return None
    label, group = class_name(entry.get("label") or ""), entry.get("group_id")
    tracked = isinstance(group, int) and not isinstance(group, bool)
    return Shape(
        label,
        lambda size: drawing(entry, size),
        item,
        (label, group) if tracked else None,
        group if tracked else None,
    )


def _corners(entry: dict[str, Any], count: int) -> np.ndarray:
    points = np.array(entry["points"], np.float64)
    if points.ndim != 2 or points.shape[1] != 2 or len(points) < count or not np.isfinite(points).all():
        raise ValueError(Message("it has no {count} corners", count=count))
    return points


def _polygon(entry: dict[str, Any], size: Size) -> Patch:
    return polygon_patch(_corners(entry, 3), size)


def _rectangle(entry: dict[str, Any], size: Size) -> Patch:
    points = _corners(entry, 2)
    (x0, y0), (x1, y1) = points.min(axis=0), points.max(axis=0)
    return polygon_patch(np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)]), size)


def _circle(entry: dict[str, Any], size: Size) -> Patch:
    centre, edge = _corners(entry, 2)[:2]
    turns = np.linspace(0, 2 * np.pi, _CIRCLE, endpoint=False)
    radius = float(np.hypot(*(edge - centre)))
    return polygon_patch(centre + radius * np.stack([np.cos(turns), np.sin(turns)], axis=1), size)


def _mask(entry: dict[str, Any], size: Size) -> Patch:
    """A small picture, as text, at its position in the frame."""
    left, top = np.floor(_corners(entry, 2)[:2].min(axis=0)).astype(np.int64).tolist()
    try:
        data = base64.b64decode(str(entry.get("mask") or ""), validate=True)
        with PillowImage.open(io.BytesIO(data)) as picture:
            if picture.size[0] > size[0] or picture.size[1] > size[1]:
                raise ValueError(Message("its mask is larger than the picture"))
            pixels = np.array(picture.convert("L")) > 0
    except (*DAMAGE_ERRORS, PillowImage.DecompressionBombError) as error:
        raise ValueError(Message("its mask cannot be read")) from error
    box = Box(left, top, left + pixels.shape[1], top + pixels.shape[0]).clipped(*size)
    return (
        Patch(box, pixels[box.y0 - top : box.y1 - top, box.x0 - left : box.x1 - left])
        if not box.empty
        else Patch.nothing()
    )


_DRAWINGS: dict[str, Callable[[dict[str, Any], Size], Patch]] = {
    "polygon": _polygon,
    "rectangle": _rectangle,
    "rotation": _polygon,
    "oriented_rectangle": _polygon,
    "quadrilateral": _polygon,
    "ai_polygon": _polygon,
    "circle": _circle,
    "mask": _mask,
}
