"""Labelbox: an export of pictures as NDJSON, a row a picture. Read only.

Outlines are in the file. Masks are at addresses that ask for an account: nothing is downloaded.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from core.datasets.annotators.annotated_pictures import (
    AnnotatedPicture,
    Size,
    clips_of_pictures,
    corners_of,
    stated_size,
)
from core.datasets.clips import AnnotatedClip, class_name
from core.datasets.files import read_text
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


def read_labelbox(
    root: Path, wanted: Container[str] | None = None, notes: ReadNotes | None = None
) -> Iterator[AnnotatedClip]:
    """The clips among the pictures of a folder (or of one file); `wanted` are the only names to read.

    Masks, boxes, lines and points are left out, and named in `notes`. Raises DatasetError if there is no such dataset.
    """
    notes = notes or ReadNotes()
    root = Path(root)
    files = files_of_kind(root, "labelbox")
    if not files:
        raise DatasetError("{root}: no Labelbox export; expected an .ndjson with 'data_row' in it.", root=root)
    finder = PictureFinder(root.parent if root.is_file() else root)
    for path in files:
        found: dict[Path, AnnotatedPicture] = {}
        for row in _rows(path, notes):
            data = row.get("data_row")
            names = [str(data.get(key) or "") for key in ("external_id", "row_data")] if isinstance(data, dict) else []
            picture = finder.first(names)
            if picture is None:
                notes.leave_out(path, "picture", Message("it is not in the dataset"), names[0] if names else "")
            else:
                found[picture] = _picture(row, path, picture.name, notes)
        yield from clips_of_pictures(path, found, split_of(path.stem), wanted, notes)


def _rows(path: Path, notes: ReadNotes) -> Iterator[Entry]:
    """One a line, or in one list."""
    text = read_text(path)
    lines = enumerate(text.splitlines(), start=1) if not text.lstrip().startswith("[") else [(1, text)]
    for number, line in lines:
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            notes.leave_out(path, "line", Message("it is no JSON"), number)
            continue
        yield from (one for one in (row if isinstance(row, list) else [row]) if isinstance(one, dict))


def _picture(row: Entry, path: Path, name: str, notes: ReadNotes) -> AnnotatedPicture:
    media = row.get("media_attributes")
    found = AnnotatedPicture(stated_size(media.get("width"), media.get("height")) if isinstance(media, dict) else None)
    projects = row.get("projects")
    labels = [
        label
        for project in (projects.values() if isinstance(projects, dict) else ())
        for label in (project.get("labels") or [] if isinstance(project, dict) else ())
        if isinstance(label, dict)
    ]
    if len(labels) > 1:
        notes.happened(path, "picture", Message("with several annotations, of which the first is read"), name)
    annotations = labels[0].get("annotations") if labels else None
    objects = annotations.get("objects") if isinstance(annotations, dict) else None
    for one in (entry for entry in (objects if isinstance(objects, list) else []) if isinstance(entry, dict)):
        found.entries += 1
        item = Message("{name}, object {number}", name=name, number=found.entries)
        if one.get("polygon"):
            label = class_name(one.get("name") or one.get("value") or "")
            found.shapes.append(Shape(label, partial(_polygon, one["polygon"]), item))
        elif one.get("mask") or one.get("composite_mask"):
            reason = Message("its mask is at an address, and nothing is downloaded; export polygons, or COCO")
            notes.leave_out(path, "object", reason, item)
        else:
            kind = class_name(one.get("annotation_kind") or "")
            notes.leave_out(path, "object", Message("a {kind} is no area", kind=kind), item)
    if not labels:
        found.entries = 1
    return found


def _polygon(points: Any, size: Size) -> Patch:
    return polygon_patch(corners_of([(point["x"], point["y"]) for point in points]), size)
