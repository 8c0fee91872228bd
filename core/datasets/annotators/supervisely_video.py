"""Supervisely's projects of videos, which are read only: ROOT/DATASET/video/a.mp4, .../ann/a.mp4.json."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from core.datasets.annotators.annotated_pictures import Size, stated_size
from core.datasets.clips import AnnotatedClip, class_name
from core.datasets.files import read_json, subfolders
from core.datasets.layouts.coco_reader import split_of
from core.datasets.reading.film import Film
from core.datasets.reading.notes import ReadNotes
from core.datasets.reading.shapes import Shape, ShapeClip, ShapeFrame, annotated_clip, size_mismatch
from core.errors import DatasetError
from core.masks import Patch
from core.messages import Message

Entry = dict[str, Any]
Drawing = Callable[[Entry, Size], Patch]


def video_folders(root: Path) -> list[Path]:
    """The datasets of a project of videos: folders with `video` and `ann` in them."""
    return [one for one in (root, *subfolders(root)) if (one / "ann").is_dir() and (one / "video").is_dir()]


def read_videos(
    folder: Path, drawings: Mapping[str, Drawing], wanted: Container[str] | None, notes: ReadNotes
) -> Iterator[AnnotatedClip]:
    """The videos of one dataset; `drawings` draw a figure by its type."""
    for path in sorted((folder / "ann").glob("*.json")):
        video = folder / "video" / path.stem
        if wanted is None or video.stem in wanted:
            with notes.leaving_out("clip", video.stem):
                yield _clip(path, video, drawings, notes)


def _clip(path: Path, video: Path, drawings: Mapping[str, Drawing], notes: ReadNotes) -> AnnotatedClip:
    entry = read_json(path)
    if not isinstance(entry, dict) or not isinstance(entry.get("frames"), list):
        raise DatasetError("{path}: has no 'frames'.", path=path)
    if not video.is_file():
        raise DatasetError("{path}: there is no video '{name}' for it.", path=path, name=video.name)
    film = Film(video)
    count, size, names = film.describe()
    stated = entry.get("size")
    given = stated_size(stated.get("width"), stated.get("height")) if isinstance(stated, dict) else None
    if given not in (None, size) and given is not None:
        raise DatasetError("{path}: {reason}.", path=path, reason=size_mismatch(size, given))
    objects = entry.get("objects")
    classes = {
        one.get("key", one.get("id")): class_name(one.get("classTitle") or "")
        for one in (objects if isinstance(objects, list) else [])
        if isinstance(one, dict)
    }
    shapes: dict[int, list[Shape]] = {}
    for frame in (one for one in entry["frames"] if isinstance(one, dict)):
        number, figures = frame.get("index"), frame.get("figures")
        if not isinstance(number, int) or not 0 <= number < count or not isinstance(figures, list):
            notes.leave_out(path, "frame", Message("there is no picture of it"), number)
            continue
        shapes[number] = _shapes(figures, classes, drawings, (path, number), notes)
    if not any(shapes.values()):
        raise DatasetError("{path}: no shape in it is an area.", path=path)
    frames = [
        ShapeFrame(names[number], None, shapes.get(number, []), number in shapes, film.reader(number))
        for number in range(count)
    ]
    split = split_of(path.parent.parent.name)
    return annotated_clip(ShapeClip(video.stem, size, frames, path, split, source=video), notes)


def _shapes(
    figures: list[Any],
    classes: Mapping[Any, str],
    drawings: Mapping[str, Drawing],
    where: tuple[Path, int],
    notes: ReadNotes,
) -> list[Shape]:
    path, number = where
    found = []
    for position, figure in enumerate((one for one in figures if isinstance(one, dict)), start=1):
        item = Message("frame {frame}, figure {number}", frame=number, number=position)
        kind, geometry = str(figure.get("geometryType", "")), figure.get("geometry")
        drawing = drawings.get(kind)
        if drawing is None or not isinstance(geometry, dict):
            notes.leave_out(path, "object", Message("a {kind} is no area", kind=class_name(kind)), item)
            continue
        track = figure.get("objectKey", figure.get("objectId"))
        found.append(Shape(classes.get(track, class_name("")), partial(drawing, geometry), item, track))
    return found
