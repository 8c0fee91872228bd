"""Cityscapes: outlines in `gtFine/PART/CITY/NAME_gtFine_polygons.json`, pictures in `leftImg8bit`. Read only."""

from __future__ import annotations

from collections.abc import Container, Iterator
from pathlib import Path
from typing import Any

from core.datasets.annotators.annotated_pictures import AnnotatedPicture, clips_of_pictures, stated_size
from core.datasets.clips import AnnotatedClip, class_name
from core.datasets.files import read_json
from core.datasets.layouts.coco_reader import split_of
from core.datasets.reading.inner_paths import PictureFinder
from core.datasets.reading.json_kinds import files_of_kind
from core.datasets.reading.notes import ReadNotes
from core.datasets.reading.segmentation import draw_segmentation, segmentation_fault
from core.datasets.reading.shapes import Shape
from core.errors import DatasetError
from core.messages import Message

_NOT_ONE = ("group",)
"""The ending of class names for groups of objects that were not separated."""
_NO_OBJECT = frozenset({"out of roi", "ego vehicle", "rectification border", "license plate"})
"""Areas that Cityscapes does not score, most of them around the picture."""


def read_cityscapes(
    root: Path, wanted: Container[str] | None = None, notes: ReadNotes | None = None
) -> Iterator[AnnotatedClip]:
    """The pictures of a folder (or of one .json file), each a clip; `wanted` are the only names to read.

    What cannot be read is left out, and named in `notes`. Raises DatasetError if there is no such dataset.
    """
    notes = notes or ReadNotes()
    root = Path(root)
    files = files_of_kind(root, "cityscapes")
    if not files:
        raise DatasetError("{root}: no Cityscapes dataset; expected files NAME_polygons.json in it.", root=root)
    finder = PictureFinder(root.parent if root.is_file() else root)
    for path in files:
        stem = path.stem.removesuffix("_polygons").removesuffix("_gtFine").removesuffix("_gtCoarse")
        picture = finder.first((f"{stem}_leftImg8bit.png", f"{stem}.png", f"{stem}.jpg"))
        if picture is None:
            notes.leave_out(path.parent, "file", Message("there is no picture for it"), path.name)
            continue
        with notes.leaving_out("file", path.name):
            pictures = {picture: _picture(read_json(path), path, notes)}
            yield from clips_of_pictures(path, pictures, split_of(path.parent.parent.name), wanted, notes)


def _picture(index: Any, path: Path, notes: ReadNotes) -> AnnotatedPicture:
    entries = index.get("objects") if isinstance(index, dict) else None
    if not isinstance(entries, list):
        raise DatasetError("{path}: has no list of objects.", path=path)
    found = AnnotatedPicture(stated_size(index.get("imgWidth"), index.get("imgHeight")))
    for number, entry in enumerate((one for one in entries if isinstance(one, dict)), start=1):
        found.entries += 1
        label = class_name(entry.get("label") or "")
        item = Message("{name}, object {number}", name=path.name, number=number)
        reason = segmentation_fault(entry.get("polygon"), None)
        if label.endswith(_NOT_ONE):
            reason = Message("a crowd, which is not one object")
        elif label in _NO_OBJECT:
            reason = Message("'{label}' is not an object", label=label)
        if reason:
            notes.leave_out(path.parent, "object", reason, item)
        elif not entry.get("deleted"):
            # in the order of the file, each lies over those before it
            found.shapes.append(Shape(label, draw_segmentation(entry["polygon"]), item))
    return found
