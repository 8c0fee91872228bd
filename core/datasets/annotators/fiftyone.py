"""FiftyOne's own layout, of pictures: `samples.json` with `data`. Read only; its COCO export is read as COCO."""

from __future__ import annotations

import base64
import io
import zlib
from collections.abc import Container, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from core.datasets.annotators.annotated_pictures import AnnotatedPicture, Size, clips_of_pictures, corners_of
from core.datasets.clips import AnnotatedClip, class_name
from core.datasets.files import read_json
from core.datasets.polygons import polygon_patch, union_patch
from core.datasets.reading.inner_paths import PictureFinder
from core.datasets.reading.json_kinds import files_of_kind
from core.datasets.reading.notes import ReadNotes
from core.datasets.reading.shapes import MOST_PIXELS, Shape
from core.errors import DatasetError
from core.masks import Patch
from core.messages import Message
from core.types import Box

Entry = dict[str, Any]

_LISTS = {"Detections": "detections", "Polylines": "polylines"}
_HEAD = 4096
"""Bytes of NumPy's head before the pixels, and more."""


def read_fiftyone(
    root: Path, wanted: Container[str] | None = None, notes: ReadNotes | None = None
) -> Iterator[AnnotatedClip]:
    """The clips among the pictures of a folder; `wanted` are the only names to read.

    Boxes without masks and lines are left out, and named in `notes`. Raises DatasetError if there is no such dataset.
    """
    notes = notes or ReadNotes()
    root = Path(root)
    files = files_of_kind(root, "fiftyone")
    if not files:
        raise DatasetError("{root}: no FiftyOne dataset; expected a samples.json in it.", root=root)
    for path in files:
        index = read_json(path)
        samples = index.get("samples") if isinstance(index, dict) else None
        finder = PictureFinder(path.parent)
        found: dict[Path, AnnotatedPicture] = {}
        for sample in samples if isinstance(samples, list) else []:
            name = str(sample.get("filepath") or "") if isinstance(sample, dict) else ""
            picture = finder.find(name)
            if picture is None:
                notes.leave_out(path, "picture", Message("it is not in the dataset"), name)
            else:
                found[picture] = _picture(sample, path, name, notes)
        yield from clips_of_pictures(path, found, "", wanted, notes)


def _picture(sample: Entry, path: Path, name: str, notes: ReadNotes) -> AnnotatedPicture:
    found = AnnotatedPicture(None)
    fields = [value for value in sample.values() if isinstance(value, dict) and value.get("_cls") in _LISTS]
    if len(fields) > 1:
        notes.happened(path, "picture", Message("with several fields of annotations, all of which are read"), name)
    for field in fields:
        entries = field.get(_LISTS[field["_cls"]])
        for one in (entry for entry in (entries if isinstance(entries, list) else []) if isinstance(entry, dict)):
            found.entries += 1
            item = Message("{name}, object {number}", name=name, number=found.entries)
            is_mask, is_area = bool(one.get("mask")), bool(one.get("points")) and bool(one.get("closed"))
            if not is_mask and not is_area:
                reason = Message("it has no mask") if field["_cls"] == "Detections" else Message("a line is no area")
                notes.leave_out(path, "object", reason, item)
                continue
            draw = partial(_mask if is_mask else _outlines, one)
            track = one.get("index")
            found.shapes.append(
                Shape(class_name(one.get("label") or ""), draw, item, track if isinstance(track, int) else None)
            )
    return found


def _mask(entry: Entry, size: Size) -> Patch:
    """A mask of the box alone, which is given in shares of the picture."""
    x, y, width, height = (float(value) for value in entry["bounding_box"])
    left, top = round(x * size[0]), round(y * size[1])
    right, bottom = max(left + 1, round((x + width) * size[0])), max(top + 1, round((y + height) * size[1]))
    if left < 0 or top < 0 or right > size[0] or bottom > size[1]:
        raise ValueError(Message("its box lies outside of the picture"))
    mask = _unpacked(entry["mask"])
    if mask.shape != (bottom - top, right - left):
        mask = cv2.resize(mask.astype(np.uint8), (right - left, bottom - top), interpolation=cv2.INTER_NEAREST) > 0
    return Patch(Box(left, top, right, bottom), np.asarray(mask, np.bool_))


def _unpacked(value: Any) -> NDArray[np.bool_]:
    """NumPy's file of a (H, W) array, packed and written as text. Raises ValueError."""
    text = value.get("$binary") if isinstance(value, dict) else value
    text = text.get("base64") if isinstance(text, dict) else text
    try:
        data = zlib.decompressobj().decompress(base64.b64decode(str(text)), MOST_PIXELS + _HEAD)
        mask = np.load(io.BytesIO(data), allow_pickle=False)
    except (zlib.error, ValueError, OSError, EOFError) as error:
        raise ValueError(Message("its mask cannot be read")) from error
    if not isinstance(mask, np.ndarray) or mask.ndim != 2:
        raise ValueError(Message("its mask cannot be read"))
    return np.asarray(mask > 0, np.bool_)


def _outlines(entry: Entry, size: Size) -> Patch:
    return union_patch(polygon_patch(corners_of(ring) * size, size) for ring in entry["points"])
