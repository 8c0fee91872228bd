"""The folder layout of YouTube-VOS.

    ROOT/train/JPEGImages/CLIP/00000.jpg
    ROOT/train/Annotations/CLIP/00000.png        palette index = object id; not every picture need have one
    ROOT/train/meta.json                 {"videos": {CLIP: {"objects": {ID: {"category": "dog", "frames": ["00000"]}}}}}

and the same below valid and test. Xu et al., "YouTube-VOS: A Large-Scale Video Object Segmentation Benchmark", 2018.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from core.datasets.clips import (
    DEFAULT_CLASS,
    MASK_ENDINGS,
    PICTURE_ENDINGS,
    AnnotatedClip,
    DatasetObject,
    class_name,
    clip_of_files,
)
from core.datasets.files import files_by_stem, read_json, subfolders
from core.datasets.reading.inner_paths import is_plain_name
from core.datasets.reading.notes import ReadNotes
from core.datasets.writer import DatasetPlan, DatasetWriter, WrittenFrame
from core.errors import DatasetError, MaskError
from core.masks import IdTable, MaskReader, present_ids, write_mask
from core.messages import Message
from core.types import MAX_OBJECT_ID, LabelMap

_FOLDERS = {"train": "train", "val": "valid", "test": "test"}
_VOID = 255


class YouTubeVosWriter(DatasetWriter):
    """Writes the layout; every frame that is written has an annotation."""

    def __init__(self, root: Path, plan: DatasetPlan) -> None:
        super().__init__(root, plan)
        self._videos: dict[str, dict[str, Any]] = {split: {} for split in plan.used_splits}
        for clip in plan.clips:
            objects = {str(one.object_id): {"category": one.class_label, "frames": list[str]()} for one in clip.objects}
            self._videos[plan.splits[clip.name]][clip.name] = {"objects": objects}

    def add(self, frame: WrittenFrame) -> None:
        folder = self.root / _FOLDERS[frame.split]
        frame.save_picture(folder / "JPEGImages" / frame.clip.name / f"{frame.name}.jpg")
        annotation = folder / "Annotations" / frame.clip.name / f"{frame.name}.png"
        annotation.parent.mkdir(parents=True, exist_ok=True)
        write_mask(annotation, frame.labels)
        objects = self._videos[frame.split][frame.clip.name]["objects"]
        for object_id in frame.masks():
            objects[str(object_id)]["frames"].append(frame.name)

    def finish(self) -> None:
        for split, videos in self._videos.items():
            path = self.root / _FOLDERS[split] / "meta.json"
            path.write_text(json.dumps({"videos": videos}, ensure_ascii=False) + "\n", encoding="utf-8")


def read_youtube_vos(
    root: Path, wanted: Container[str] | None = None, notes: ReadNotes | None = None
) -> Iterator[AnnotatedClip]:
    """The clips of the folder, or of one part of it; `wanted` are the only names to read.

    Classes come from the index, objects from it or else from the masks; MOSE and LVOS, whose index has another name or
    none, are read the same way. What cannot be read is left out, and named in `notes`. Raises DatasetError if there is
    no such dataset.
    """
    notes = notes or ReadNotes()
    parts = {split: root / name for split, name in _FOLDERS.items() if (root / name / "Annotations").is_dir()}
    if not parts and (root / "Annotations").is_dir():
        parts = {next((split for split, name in _FOLDERS.items() if name == root.name), ""): root}
    if not parts:
        raise DatasetError(
            "{root}: no YouTube-VOS dataset; expected a folder 'train' with a file 'meta.json' in it.", root=root
        )
    for split, folder in parts.items():
        videos = _videos(folder, notes)
        colours = IdTable()
        for name in sorted({*videos, *(path.name for path in subfolders(folder / "Annotations"))}):
            if wanted is not None and name not in wanted:
                continue
            if not is_plain_name(name):
                notes.leave_out(folder, "clip", Message("its name is a path; a clip is a folder in the dataset"), name)
                continue
            with notes.leaving_out("clip", name):
                yield _clip(folder, name, videos.get(name), split, notes, MaskReader(shared=colours))


def _videos(folder: Path, notes: ReadNotes) -> dict[str, Any]:
    """The entry of each clip in the part's index, or in one of the dataset for this part; none without an index."""
    path = next((path for path in _indices(folder) if path.is_file()), None)
    if path is None:
        return {}
    meta = read_json(path)
    videos = meta.get("videos") if isinstance(meta, dict) else None
    if isinstance(videos, dict):
        return videos
    notes.remark(
        Message("{path}: has no entry 'videos' with one entry a clip; objects are taken from the masks.", path=path)
    )
    return {}


def _indices(folder: Path) -> list[Path]:
    name = folder.name
    return [
        folder / "meta.json",
        *(folder / f"{stem}.json" for stem in (f"{name}_meta", f"meta_{name}", "meta_expressions")),
        *(folder.parent / f"{stem}.json" for stem in (f"{name}_meta", f"meta_{name}", f"meta_{name}.v2")),
    ]


def _clip(folder: Path, name: str, entry: Any, split: str, notes: ReadNotes, reader: MaskReader) -> AnnotatedClip:
    # the release keeps the frames between the annotated ones in a folder of its own
    pictures = files_by_stem(folder / "JPEGImages" / name, *PICTURE_ENDINGS) | files_by_stem(
        folder / "JPEGImages_AllFrames" / name, *PICTURE_ENDINGS
    )
    annotations = files_by_stem(folder / "Annotations" / name, *MASK_ENDINGS)
    classes = _classes(folder, name, entry, notes)

    def read(path: Path) -> LabelMap:
        """The label map of a file, with void as background."""
        labels = reader.labels(path)
        if _VOID not in classes:
            labels[labels == _VOID] = 0
        return labels

    # masks hold objects that the index does not name
    ids = {key for key in classes if key}
    for stem, path in list(annotations.items()):
        try:
            ids |= present_ids(read(path))
        except MaskError as error:
            notes.remark(Message("annotation left out: {error}", error=error))
            del annotations[stem]
    objects = tuple(DatasetObject(key, classes.get(key, DEFAULT_CLASS)) for key in sorted(ids))
    return replace(clip_of_files(name, pictures, annotations, objects, read, split, notes), colours=reader.counted)


def _classes(folder: Path, name: str, entry: Any, notes: ReadNotes) -> dict[int, str]:
    """The class of each object that the index names."""
    listed = entry.get("objects") if isinstance(entry, dict) else None
    found: dict[int, str] = {}
    for key, value in listed.items() if isinstance(listed, dict) else ():
        category = value.get("category") if isinstance(value, dict) else None
        if key.isdecimal() and 1 <= int(key[:9]) <= MAX_OBJECT_ID:
            found[int(key)] = class_name(category or DEFAULT_CLASS)
        else:
            notes.leave_out(
                folder / "meta.json", "object", Message("its number is none from 1 to 255"), f"{name}: {key}"
            )
    return found
