"""Reading CVAT's XML 1.1: of videos, with tracks, and of images.

One file is one clip, or, of images, one for each series of numbered ones. The pictures lie next to it (in `images`, as
CVAT packs them), or it names the video, which then must lie next to it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np

from core.datasets.clips import PICTURE_ENDINGS, AnnotatedClip, class_name, picture_size
from core.datasets.files import read_text
from core.datasets.layouts.coco_reader import split_of
from core.datasets.layouts.flat import clips_of_files
from core.datasets.polygons import Polygon, polygon_patch
from core.datasets.reading.film import Film
from core.datasets.reading.inner_paths import PictureFinder, inner_parts
from core.datasets.reading.notes import ReadNotes
from core.datasets.reading.shapes import (
    Shape,
    ShapeClip,
    ShapeFrame,
    annotated_clip,
    size_mismatch,
    with_pictures,
)
from core.datasets.run_lengths import mask_of_runs
from core.errors import DatasetError
from core.masks import Patch
from core.media.pictures import natural_key
from core.messages import Message
from core.types import Box

Size = tuple[int, int]

_ELLIPSE = 90
"""Corners that an ellipse is drawn with."""
_MOST_FRAMES = 10_000_000
_SHAPES = frozenset({"mask", "polygon", "ellipse", "box", "polyline", "points", "cuboid", "skeleton"})


def read_cvat(
    root: Path, wanted: Container[str] | None = None, notes: ReadNotes | None = None
) -> Iterator[AnnotatedClip]:
    """The clips of a folder with .xml files (or of one such file); `wanted` are the only names to read.

    A frame is annotated if the file says of every track that has begun what is on it. Boxes, lines and points are left
    out, and named in `notes`. Raises DatasetError if there is no such dataset.
    """
    notes = notes or ReadNotes()
    root = Path(root)
    files = [root] if root.is_file() else xml_files(root)
    root = root.parent if root.is_file() else root
    if not files:
        raise DatasetError("{root}: no CVAT dataset; expected a file 'annotations.xml' in it.", root=root)
    for path in files:
        with notes.leaving_out("file", path.relative_to(root)):
            task = _Task(root, path, _parsed(path), notes)
            yield from task.clips(wanted)


def xml_files(root: Path) -> list[Path]:
    """The files of a folder that may be CVAT's."""
    found = [*sorted(root.glob("*.xml")), *sorted(root.glob("*/*.xml")), *sorted(root.glob("*/*/*.xml"))]
    return [path for path in found if is_cvat(path)]


_DECLARATION = re.compile(r"^\ufeff?\s*<\?xml[^>]*\?>")
"""It names the encoding of bytes that are text by now."""
_HEAD = 8192
"""Bytes in which the first element stands."""


def is_cvat(path: Path) -> bool:
    """Whether an XML file begins as CVAT's do."""
    try:
        with path.open("rb") as file:
            # of UTF-16, too
            return b"<annotations" in file.read(_HEAD).replace(b"\0", b"")
    except OSError:
        return False


def _parsed(path: Path) -> ElementTree.Element:
    text = read_text(path)
    # entities can stand for more than any memory holds, and CVAT has none
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise DatasetError(
            "{path}: declares a document type, which CVAT's files do not have; it is not read.", path=path
        )
    try:
        return ElementTree.fromstring(_DECLARATION.sub("", text, count=1).encode("utf-8"))
    except (ElementTree.ParseError, ValueError, RecursionError) as error:
        raise DatasetError("{path}: is no XML ({error}).", path=path, error=error) from error


@dataclass(frozen=True)
class _Track:
    """An object of a video with what the file says of it by frame."""

    id: str
    label: str
    frames: dict[int, ElementTree.Element]

    @staticmethod
    def of(number: int, track: ElementTree.Element) -> _Track:
        frames = {
            frame: element
            for element in track
            if element.tag in _SHAPES and (frame := _whole(element.get("frame"), _MOST_FRAMES)) is not None
        }
        return _Track(track.get("id") or f"unnamed {number}", class_name(track.get("label") or ""), frames)


class _Task:
    """One file."""

    def __init__(self, root: Path, path: Path, tree: ElementTree.Element, notes: ReadNotes) -> None:
        if tree.tag != "annotations":
            raise DatasetError("{path}: no CVAT annotations; expected <annotations>.", path=path)
        self._root, self._path, self._tree, self._notes = root, path, tree, notes
        self._split = split_of(self._meta("subset")) or split_of(self._meta("name")) or split_of(path.parent.name)

    def clips(self, wanted: Container[str] | None) -> Iterator[AnnotatedClip]:
        if self._tree.find("image") is not None:
            yield from self._of_images(wanted)
        if self._tree.find("track") is not None:
            beside = self._path.parent.name if self._path.stem == "annotations" else self._path.stem
            name = (self._meta("name") or beside) if self._path.parent == self._root else beside
            if wanted is None or name in wanted:
                with self._notes.leaving_out("clip", name):
                    yield self._of_tracks(name)
        elif self._tree.find("image") is None:
            raise DatasetError("{path}: has no track and no image in it.", path=self._path)

    def _meta(self, tag: str) -> str:
        meta = self._tree.find("meta")
        found = meta.find(f".//{tag}") if meta is not None else None
        return (found.text or "").strip() if found is not None else ""

    # -- videos

    def _of_tracks(self, name: str) -> AnnotatedClip:
        tracks = [_Track.of(number, track) for number, track in enumerate(self._tree.iter("track"))]
        listed: defaultdict[int, list[Shape]] = defaultdict(list)
        drawn: dict[tuple[str, int], Shape | None] = {}
        for track in tracks:
            for frame, element in track.frames.items():
                listed[frame] += []
                shape = None
                if element.get("outside") != "1":
                    shape = self._shape(
                        element, track.label, Message("track {id}, frame {frame}", id=track.id, frame=frame), track.id
                    )
                if shape is not None:
                    listed[frame].append(shape)
                drawn[track.id, frame] = shape
        if not any(listed.values()):
            raise DatasetError("{path}: no shape of '{name}' is an area.", path=self._path, name=name)
        frames, size, source = self._pictures(max(listed))
        unknown: set[int] = set()
        for track in tracks:
            for before, after in pairwise(sorted(track.frames)):
                shape = drawn[track.id, before]
                gap = range(before + 1, min(after, max(frames) + 1)) if shape is not None else ()
                between = [frame for frame in gap if frame in frames]
                for frame in between:
                    ring = _between(track.frames[before], track.frames[after], (frame - before) / (after - before))
                    if ring is None or shape is None:
                        unknown.add(frame)
                    else:
                        item = Message("track {id}, frame {frame}", id=track.id, frame=frame)
                        listed[frame].append(replace(shape, draw=partial(polygon_patch, ring), item=item))
        for number in sorted(unknown & set(listed)):
            reason = Message("it lies between keyframes of a track that cannot be interpolated")
            self._notes.leave_out(self._path, "frame", reason, number)
        made = [
            ShapeFrame(
                frame.name,
                frame.file,
                listed[number] if number in listed and number not in unknown else [],
                annotated=number in listed and number not in unknown,
                picture=frame.picture,
            )
            for number, frame in frames.items()
        ]
        for number in sorted(set(listed) - set(frames)):
            if listed[number]:
                self._notes.leave_out(self._path, "frame", Message("there is no picture of it"), number)
        if source is None:
            made = with_pictures(made, size, self._path, self._notes)
        if not any(frame.shapes for frame in made):
            raise DatasetError("{path}: no frame of '{name}' has both masks and a picture.", path=self._path, name=name)
        return annotated_clip(ShapeClip(name, size, made, self._path, self._split, source=source), self._notes)

    def _pictures(self, last: int) -> tuple[dict[int, ShapeFrame], Size, Path | None]:
        """The frames by their numbers, their size, and the video if they are in one."""
        stated = _whole(self._meta("original_size/width"), 1 << 20), _whole(self._meta("original_size/height"), 1 << 20)
        for folder in self._folders():
            files = [path for path in folder.iterdir() if path.suffix.lower() in PICTURE_ENDINGS and path.is_file()]
            if files:
                files.sort(key=lambda path: (natural_key(path.name), path.name))
                numbers = [_number(path.stem) for path in files]
                numbered = None not in numbers and len(set(numbers)) == len(files) and last in numbers
                names = numbers if numbered else list(range(len(files)))
                frames = {
                    number: ShapeFrame(path.stem, path, [])
                    for number, path in zip(names, files, strict=True)
                    if number is not None
                }
                size = (stated[0], stated[1]) if stated[0] and stated[1] else picture_size(files[0])
                return frames, size, None
        for name in (self._meta("source"), self._meta("name"), *(path.name for path in self._videos())):
            path = self._path.parent.joinpath(*inner_parts(name)[-1:])
            if inner_parts(name) and path.is_file() and path != self._path:
                return self._film(path)
        raise DatasetError(
            "{path}: there are no pictures beside it, in 'images', and no video that it names.", path=self._path
        )

    def _folders(self) -> list[Path]:
        beside = self._path.parent
        names = ("images", "data", self._path.stem, "JPEGImages")
        found = [beside / name for name in names] + [beside, *sorted(beside.glob("images/*"))]
        return [folder for folder in found if folder.is_dir()]

    def _videos(self) -> Iterable[Path]:
        return sorted(self._path.parent.glob(f"{self._path.stem}.*"))

    def _film(self, path: Path) -> tuple[dict[int, ShapeFrame], Size, Path | None]:
        film = Film(path)
        count, size, names = film.describe()
        return (
            {number: ShapeFrame(names[number], None, [], picture=film.reader(number)) for number in range(count)},
            size,
            path,
        )

    # -- images

    def _of_images(self, wanted: Container[str] | None) -> Iterator[AnnotatedClip]:
        finder = PictureFinder(self._root)
        beside = self._path.parent.relative_to(self._root).as_posix()
        images: dict[Path, ElementTree.Element] = {}
        for image in self._tree.iter("image"):
            name = image.get("name") or ""
            file = finder.find(name, (f"{beside}/images", beside))
            if file is None:
                self._notes.leave_out(self._path, "image", Message("there is no such picture in the dataset"), name)
            else:
                images[file] = image
        for name, pictures in clips_of_files(images, self._notes).items():
            if wanted is None or name in wanted:
                with self._notes.leaving_out("clip", name):
                    yield self._of_series(name, {frame: (path, images[path]) for frame, path in pictures.items()})

    def _of_series(self, name: str, images: dict[str, tuple[Path, ElementTree.Element]]) -> AnnotatedClip:
        frames = []
        size = picture_size(next(path for path, _ in images.values()))
        for frame, (path, image) in images.items():
            stated = _whole(image.get("width"), 1 << 20), _whole(image.get("height"), 1 << 20)
            if None not in stated and stated != size:
                self._notes.leave_out(self._path, "image", size_mismatch(size, stated), path.name)
                frames.append(ShapeFrame(frame, path, [], annotated=False))
                continue
            elements = [element for element in image if element.tag in _SHAPES]
            shapes = [
                shape
                for number, element in enumerate(elements, start=1)
                if (shape := self._shape(element, class_name(element.get("label") or ""), f"{path.name}, {number}"))
            ]
            frames.append(ShapeFrame(frame, path, shapes, annotated=bool(shapes) or not elements))
        if not any(frame.annotated for frame in frames):
            raise DatasetError("{path}: no shape of '{name}' is an area.", path=self._path, name=name)
        return annotated_clip(ShapeClip(name, size, frames, self._path, self._split), self._notes)

    def _shape(self, element: ElementTree.Element, label: str, item: str, track: str | None = None) -> Shape | None:
        drawing = _DRAWINGS.get(element.tag)
        if drawing is None:
            self._notes.leave_out(self._path, "shape", Message("a {kind} is no area", kind=element.tag), item)
            return None
        values = dict(element.attrib)
        layer = _whole(values.get("z_order", "0").lstrip("-"), 1 << 30) or 0
        signed = -layer if values.get("z_order", "0").startswith("-") else layer
        object_id = _whole(track, 1 << 30) if track is not None else None
        return Shape(label, lambda size: drawing(values, size), item, track, object_id, layer=float(signed))


def _between(before: ElementTree.Element, after: ElementTree.Element, share: float) -> Polygon | None:
    """The outline between two keyframes, where the corners correspond; CVAT writes keyframes only on request."""
    if before.tag != "polygon" or after.tag != "polygon":
        return None
    try:
        start, end = _ring(before.attrib), _ring(after.attrib)
    except (KeyError, ValueError):
        return None
    return start + (end - start) * share if start.shape == end.shape else None


def _number(name: str) -> int | None:
    digits = name[len(name.rstrip("0123456789")) :]
    return int(digits) if digits else None


def _whole(text: str | None, most: int) -> int | None:
    """A whole number from 0 to `most`; None for anything else."""
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 12 and int(text) <= most else None


def _mask(values: dict[str, Any], size: Size) -> Patch:
    left, top, width, height = (int(float(values[key])) for key in ("left", "top", "width", "height"))
    if min(left, top) < 0 or min(width, height) < 1 or left + width > size[0] or top + height > size[1]:
        raise ValueError(Message("its box lies outside of the picture"))
    counts = np.array([int(run) for run in values["rle"].replace(",", " ").split()], np.int64)
    return Patch(Box(left, top, left + width, top + height), mask_of_runs(counts, (width, height), by_row=True))


def _polygon(values: dict[str, Any], size: Size) -> Patch:
    return polygon_patch(_ring(values), size)


def _ring(values: Mapping[str, Any]) -> Polygon:
    return np.array([pair.split(",") for pair in values["points"].split(";")], np.float64)


def _ellipse(values: dict[str, Any], size: Size) -> Patch:
    x, y, rx, ry = (float(values[key]) for key in ("cx", "cy", "rx", "ry"))
    turn = np.deg2rad(float(values.get("rotation", 0)))
    steps = np.linspace(0, 2 * np.pi, _ELLIPSE, endpoint=False)
    along, across = rx * np.cos(steps), ry * np.sin(steps)
    corners = [along * np.cos(turn) - across * np.sin(turn) + x, along * np.sin(turn) + across * np.cos(turn) + y]
    return polygon_patch(np.stack(corners, axis=1), size)


_DRAWINGS: dict[str, Callable[[dict[str, Any], Size], Patch]] = {
    "mask": _mask,
    "polygon": _polygon,
    "ellipse": _ellipse,
}
