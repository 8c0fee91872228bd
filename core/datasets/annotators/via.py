"""VGG Image Annotator: regions by picture, in a project or an export as JSON. Read only."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from core.datasets.annotators.annotated_pictures import AnnotatedPicture, Size, clips_of_pictures, corners_of
from core.datasets.clips import AnnotatedClip, class_name
from core.datasets.files import read_json
from core.datasets.layouts.coco_reader import split_of
from core.datasets.polygons import polygon_patch
from core.datasets.reading.inner_paths import PictureFinder
from core.datasets.reading.json_kinds import files_of_kind
from core.datasets.reading.notes import ReadNotes
from core.datasets.reading.shapes import Shape
from core.errors import DatasetError
from core.masks import Patch
from core.messages import Message

Entry = dict[str, Any]

_CORNERS = 90
"""Of an ellipse."""
_CLASS_KEYS = ("class", "label", "name", "type", "category", "object", "object_name")
"""What people call the attribute that says what a region is, the first that is there."""


def read_via(
    root: Path, wanted: Container[str] | None = None, notes: ReadNotes | None = None
) -> Iterator[AnnotatedClip]:
    """The clips among the pictures of a folder (or of one .json file); `wanted` are the only names to read.

    Rectangles, lines and points are left out, and named in `notes`. Raises DatasetError if there is no such dataset.
    """
    notes = notes or ReadNotes()
    root = Path(root)
    files = files_of_kind(root, "via")
    if not files:
        raise DatasetError("{root}: no VIA annotations; expected a .json with 'regions' in it.", root=root)
    folder = root.parent if root.is_file() else root
    finder = PictureFinder(folder)
    for path in files:
        index = read_json(path)
        entries = index.get("_via_img_metadata", index) if isinstance(index, dict) else None
        found: dict[Path, AnnotatedPicture] = {}
        beside = path.parent.relative_to(folder).as_posix()
        for entry in entries.values() if isinstance(entries, dict) else ():
            if not isinstance(entry, dict) or "regions" not in entry:
                continue
            name = str(entry.get("filename") or "")
            picture = finder.find(name, (beside,))
            if picture is None:
                notes.leave_out(path, "picture", Message("it is not in the dataset"), name)
            else:
                found[picture] = _picture(entry, name, path, notes)
        yield from clips_of_pictures(path, found, split_of(path.stem) or split_of(path.parent.name), wanted, notes)


def _picture(entry: Entry, name: str, path: Path, notes: ReadNotes) -> AnnotatedPicture:
    found = AnnotatedPicture(None)
    regions = entry["regions"]
    # numbered by texts in files of the first version
    listed = list(regions.values()) if isinstance(regions, dict) else regions if isinstance(regions, list) else []
    for number, region in enumerate((one for one in listed if isinstance(one, dict)), start=1):
        found.entries += 1
        item = Message("{name}, region {number}", name=name, number=number)
        shape = region.get("shape_attributes")
        kind = str(shape.get("name", "")) if isinstance(shape, dict) else ""
        drawing = _DRAWINGS.get(kind)
        if drawing is None or not isinstance(shape, dict):
            notes.leave_out(path, "region", Message("a {kind} is no area", kind=class_name(kind)), item)
            continue
        found.shapes.append(Shape(_class(region.get("region_attributes")), partial(drawing, shape), item))
    return found


def _class(attributes: Any) -> str:
    """A text, or what is ticked of several."""
    named = {str(key).lower(): value for key, value in attributes.items()} if isinstance(attributes, Mapping) else {}
    for value in (*(named.get(key) for key in _CLASS_KEYS), *named.values()):
        if isinstance(value, Mapping):
            value = next((key for key, ticked in value.items() if ticked), None)
        if value:
            return class_name(value)
    return class_name("")


def _polygon(entry: Entry, size: Size) -> Patch:
    return polygon_patch(corners_of(list(zip(entry["all_points_x"], entry["all_points_y"], strict=True))), size)


def _ellipse(entry: Entry, size: Size) -> Patch:
    rx, ry = (float(entry[key if key in entry else "r"]) for key in ("rx", "ry"))
    turns = np.linspace(0, 2 * np.pi, _CORNERS, endpoint=False)
    along, across = rx * np.cos(turns), ry * np.sin(turns)
    turn = float(entry.get("theta", 0))
    x = float(entry["cx"]) + along * np.cos(turn) - across * np.sin(turn)
    y = float(entry["cy"]) + along * np.sin(turn) + across * np.cos(turn)
    return polygon_patch(np.stack([x, y], axis=1), size)


_DRAWINGS: dict[str, Callable[[Entry, Size], Patch]] = {"polygon": _polygon, "circle": _ellipse, "ellipse": _ellipse}
