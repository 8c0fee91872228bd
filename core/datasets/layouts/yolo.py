"""The segmentation layout of YOLO trainers.

    ROOT/images/train/CLIP_00000.jpg
    ROOT/labels/train/CLIP_00000.txt     a line an object: class from 0, then x y of its outline's corners in 0..1
    ROOT/data.yaml                       the parts' folders and the names of the classes
    ROOT/tracks.json                     ours: which object of its clip each line is, which the layout cannot say

An object in several parts, or with holes, is one outline with lines there and back, as trainers join them themselves.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from core.datasets.clips import SPLITS, AnnotatedClip, DatasetObject, picture_size
from core.datasets.files import files_by_stem, read_json, read_text
from core.datasets.layouts.flat import clips_of_files, flat_name
from core.datasets.linking import Instance, link_instances
from core.datasets.polygons import Polygon, fill_polygons, join_polygons, mask_polygons
from core.datasets.writer import DatasetPlan, DatasetWriter, WrittenFrame
from core.errors import DatasetError
from core.media import read_image
from core.types import MAX_OBJECT_ID, LabelMap

_TRACKS = "tracks.json"
_SUFFIXES = (".jpg", ".jpeg", ".png", ".bmp", ".webp")
_DIGITS = 7
"""Decimals of a corner: a thousandth of a pixel at any size."""


class YoloWriter(DatasetWriter):
    """Outlines within the plan's tolerance."""

    def __init__(self, root: Path, plan: DatasetPlan) -> None:
        super().__init__(root, plan)
        self._number = {name: number for number, name in enumerate(plan.classes)}
        self._tracks: dict[str, list[int]] = {}

    def add(self, frame: WrittenFrame) -> None:
        name = flat_name(frame)
        frame.save_picture(self.root / "images" / frame.split / f"{name}.jpg")
        classes = {one.object_id: one.class_label for one in frame.clip.objects}
        lines = []
        for object_id, mask in frame.masks().items():
            outline = join_polygons(mask_polygons(mask, self.plan.tolerance) or mask_polygons(mask))
            corners = (outline / frame.clip.size).ravel()
            values = " ".join(f"{value:.{_DIGITS}f}".rstrip("0").rstrip(".") for value in corners)
            lines.append(f"{self._number[classes[object_id]]} {values}\n")
        path = self.root / "labels" / frame.split / f"{name}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(lines), encoding="utf-8")
        self._tracks[name] = list(frame.masks())

    def finish(self) -> None:
        # no 'path': trainers then take the folders as relative to this file
        index: dict[str, Any] = {split: f"images/{split}" for split in self.plan.used_splits}
        index["names"] = {number: name for name, number in self._number.items()}
        text = yaml.safe_dump(index, sort_keys=False, allow_unicode=True)
        (self.root / "data.yaml").write_text(text, encoding="utf-8")
        (self.root / _TRACKS).write_text(json.dumps(self._tracks) + "\n", encoding="utf-8")


def read_yolo(root: Path, wanted: Container[str] | None = None) -> Iterator[AnnotatedClip]:
    """The clips of the folder; `wanted` are the only names to read.

    Lines that tracks.json does not speak of are linked from frame to frame by overlap. Raises DatasetError, naming the
    file, for what is missing or cannot be understood.
    """
    index, names = _index(root)
    tracks = _read_tracks(root / _TRACKS)
    for split in SPLITS:
        if not isinstance(index.get(split), str):
            continue
        images = _images_folder(root, index, split)
        labels = Path(*("labels" if part == "images" else part for part in images.relative_to(root).parts))
        for name, pictures in clips_of_files(files_by_stem(images, *_SUFFIXES).values()).items():
            if wanted is None or name in wanted:
                yield _clip(name, pictures, root / labels, names, tracks, split)


def _index(root: Path) -> tuple[dict[str, Any], dict[int, str]]:
    path = root / "data.yaml"
    if not path.is_file():
        raise DatasetError(f"{root}: no YOLO dataset; expected a file 'data.yaml' in it.")
    try:
        index = yaml.safe_load(read_text(path))
    except yaml.YAMLError as error:
        raise DatasetError(f"{path}: is no YAML ({error}).".replace("\n", " ")) from error
    names = index.get("names") if isinstance(index, dict) else None
    if isinstance(names, list):
        names = dict(enumerate(names))
    if not isinstance(names, dict) or not all(isinstance(key, int) for key in names):
        raise DatasetError(f"{path}: expected 'names' with a name for each class number.")
    return index, {key: str(value) for key, value in names.items()}


def _read_tracks(path: Path) -> dict[str, list[int]]:
    """The object ids of each file's lines; nothing if there is no such index."""
    if not path.is_file():
        return {}
    tracks = read_json(path)
    if not isinstance(tracks, dict) or not all(
        isinstance(ids, list) and all(isinstance(one, int) for one in ids) for ids in tracks.values()
    ):
        raise DatasetError(
            f"{path}: expected a list of object ids for each picture's name. Without it, ids are linked."
        )
    return tracks


def _images_folder(root: Path, index: dict[str, Any], split: str) -> Path:
    folder = root / str(index[split])
    if not folder.is_dir():
        raise DatasetError(f"{folder}: there is no such folder; data.yaml names it for '{split}'.")
    if not folder.is_relative_to(root):
        raise DatasetError(f"{folder}: the pictures must be below {root}.")
    return folder


def _clip(
    name: str,
    pictures: dict[str, Path],
    folder: Path,
    names: dict[int, str],
    tracks: Mapping[str, list[int]],
    split: str,
) -> AnnotatedClip:
    files = list(pictures.values())
    size = picture_size(files[0])
    lines = [_read_lines(folder / f"{file.stem}.txt", names, size) for file in files]
    ids = [tracks.get(file.stem, []) for file in files]
    if any(len(frame) != len(found) for frame, found in zip(ids, lines, strict=True)):
        ids = link_instances(
            [Instance(label, fill_polygons([outline], size)) for label, outline in found] for found in lines
        )
    classes = {
        object_id: label
        for found, frame in zip(lines, ids, strict=True)
        for (label, _), object_id in zip(found, frame, strict=True)
    }
    if max(classes, default=1) > MAX_OBJECT_ID:
        raise DatasetError(f"{folder}: clip '{name}' has more than {MAX_OBJECT_ID} objects.")
    return AnnotatedClip(
        name,
        size,
        tuple(DatasetObject(object_id, classes[object_id]) for object_id in sorted(classes)),
        tuple(pictures),
        tuple(range(len(files))),
        partial(_labels, lines, ids, size),
        lambda frame_index: read_image(files[frame_index]),
        files.__getitem__,
        split,
    )


def _labels(
    lines: list[list[tuple[str, Polygon]]], ids: list[list[int]], size: tuple[int, int], frame_index: int
) -> LabelMap:
    found = np.zeros(size[::-1], np.uint8)
    for (_, outline), object_id in zip(lines[frame_index], ids[frame_index], strict=True):
        found[fill_polygons([outline], size)] = object_id
    return found


def _read_lines(path: Path, names: dict[int, str], size: tuple[int, int]) -> list[tuple[str, Polygon]]:
    """Class and outline in pixels of each line; none if there is no file, as the layout has it for empty pictures."""
    if not path.is_file():
        return []
    found = []
    for number, line in enumerate(read_text(path).splitlines(), start=1):
        words = line.split()
        if not words:
            continue
        try:
            label, values = names[int(words[0])], np.array(words[1:], np.float64)
        except (KeyError, ValueError) as error:
            raise DatasetError(
                f"{path}, line {number}: expected the number of a class, then corners in 0..1."
            ) from error
        if len(values) < 6 or len(values) % 2:
            kind = "a box; expected an outline" if len(values) == 4 else "no outline; expected three corners or more"
            raise DatasetError(f"{path}, line {number}: {kind}, x and y of each corner.")
        found.append((label, values.reshape(-1, 2) * size))
    return found
