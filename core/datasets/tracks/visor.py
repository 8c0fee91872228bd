"""EPIC-KITCHENS VISOR: outlines by frame, in a JSON a video. Read only.

Within a part of a video (its subsequence) what has one name is one object, so each part is a clip.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from core.datasets.clips import AnnotatedClip, class_name
from core.datasets.files import read_json
from core.datasets.layouts.coco_reader import frames_size, split_of
from core.datasets.reading.inner_paths import PictureFinder
from core.datasets.reading.json_kinds import files_of_kind
from core.datasets.reading.notes import ReadNotes
from core.datasets.reading.segmentation import draw_segmentation, segmentation_fault
from core.datasets.reading.shapes import Shape, ShapeClip, ShapeFrame, annotated_clip, with_pictures
from core.errors import DatasetError
from core.messages import Message

Entry = dict[str, Any]


def read_visor(
    root: Path, wanted: Container[str] | None = None, notes: ReadNotes | None = None
) -> Iterator[AnnotatedClip]:
    """The parts of videos of a folder (or of one .json file); `wanted` are the only names to read.

    What cannot be read is left out, and named in `notes`. Raises DatasetError if there is no such dataset.
    """
    notes = notes or ReadNotes()
    root = Path(root)
    files = files_of_kind(root, "visor")
    if not files:
        raise DatasetError("{root}: no VISOR dataset; expected a .json with 'video_annotations' in it.", root=root)
    finder = PictureFinder(root.parent if root.is_file() else root, ("", "rgb_frames", "images"))
    for path in files:
        index = read_json(path)
        entries = index.get("video_annotations") if isinstance(index, dict) else None
        clips: defaultdict[str, list[Entry]] = defaultdict(list)
        for entry in entries if isinstance(entries, list) else []:
            image = entry.get("image") if isinstance(entry, dict) else None
            if isinstance(image, dict):
                clips[str(image.get("subsequence") or image.get("video") or path.stem)].append(entry)
        for name, found in clips.items():
            if wanted is None or name in wanted:
                with notes.leaving_out("clip", name):
                    yield _clip(path, name, found, finder, notes)


def _clip(path: Path, name: str, entries: list[Entry], finder: PictureFinder, notes: ReadNotes) -> AnnotatedClip:
    frames = []
    for entry in entries:
        image = entry["image"]
        file_name = str(image.get("image_path") or image.get("name") or "")
        file = finder.find(str(image.get("name") or file_name)) or finder.find(file_name)
        if file is None:
            notes.leave_out(path, "frame", Message("there is no such picture in the dataset"), file_name)
            continue
        shapes = [shape for one in _annotations(entry) if (shape := _shape(one, path, file.name, notes)) is not None]
        frames.append(ShapeFrame(file.stem, file, shapes))
    frames = sorted(with_pictures(frames, None, path, notes), key=lambda frame: frame.name)
    if not any(frame.shapes for frame in frames):
        raise DatasetError("{path}: nothing of '{name}' can be read.", path=path, name=name)
    size = frames_size(frames)
    x, y = np.max([_reach(one) for entry in entries for one in _annotations(entry)], axis=0)
    if x > size[0] + 1 or y > size[1] + 1:
        # sparse outlines are of full size, those interpolated between them of 854 x 480
        raise DatasetError(
            "{path}: outlines of '{name}' reach to {x:.0f}, {y:.0f}, but its pictures are {width} x {height}; put the "
            "pictures there that were annotated.",
            path=path,
            name=name,
            x=float(x),
            y=float(y),
            width=size[0],
            height=size[1],
        )
    return annotated_clip(ShapeClip(name, size, frames, path, split_of(path.parent.name), True), notes)


def _annotations(entry: Entry) -> list[Entry]:
    found = entry.get("annotations")
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _shape(entry: Entry, path: Path, file_name: str, notes: ReadNotes) -> Shape | None:
    item = Message("{name}, frame {frame}", name=str(entry.get("name") or entry.get("id")), frame=file_name)
    segments = entry.get("segments")
    if fault := segmentation_fault(segments, None):
        notes.leave_out(path, "annotation", fault, item)
        return None
    label = class_name(entry.get("name") or "")
    return Shape(label, draw_segmentation(segments), item, label)


def _reach(entry: Entry) -> tuple[float, float]:
    """The largest x and y of an annotation's outlines."""
    try:
        corners = np.concatenate([np.array(ring, np.float64).reshape(-1, 2) for ring in entry["segments"]])
        return float(corners[:, 0].max()), float(corners[:, 1].max())
    except (KeyError, TypeError, ValueError):
        return 0.0, 0.0
