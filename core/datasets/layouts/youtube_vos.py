"""The folder layout of YouTube-VOS.

    ROOT/train/JPEGImages/CLIP/00000.jpg
    ROOT/train/Annotations/CLIP/00000.png        palette index = object id; not every picture need have one
    ROOT/train/meta.json                 {"videos": {CLIP: {"objects": {ID: {"category": "dog", "frames": ["00000"]}}}}}

and the same below valid and test. Xu et al., "YouTube-VOS: A Large-Scale Video Object Segmentation Benchmark", 2018.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterator
from pathlib import Path
from typing import Any

from core.datasets.clips import DEFAULT_CLASS, AnnotatedClip, DatasetObject, clip_of_files
from core.datasets.files import files_by_stem, read_json
from core.datasets.writer import DatasetPlan, DatasetWriter, WrittenFrame
from core.errors import DatasetError
from core.masks import read_mask, write_mask

_FOLDERS = {"train": "train", "val": "valid", "test": "test"}


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


def read_youtube_vos(root: Path, wanted: Container[str] | None = None) -> Iterator[AnnotatedClip]:
    """The clips of the folder, or of one part of it; `wanted` are the only names to read.

    Raises DatasetError, naming the file, for what is missing or cannot be understood.
    """
    parts = {split: root / name for split, name in _FOLDERS.items() if (root / name / "meta.json").is_file()}
    if not parts and (root / "meta.json").is_file():
        parts = {next((split for split, name in _FOLDERS.items() if name == root.name), ""): root}
    if not parts:
        raise DatasetError(f"{root}: no YouTube-VOS dataset; expected a folder 'train' with a file 'meta.json' in it.")
    for split, folder in parts.items():
        meta = read_json(folder / "meta.json")
        videos = meta.get("videos") if isinstance(meta, dict) else None
        if not isinstance(videos, dict):
            raise DatasetError(f"{folder / 'meta.json'}: expected an entry 'videos' with one entry a clip.")
        for name in sorted(videos):
            if wanted is None or name in wanted:
                yield _clip(folder, name, videos[name], split)


def _clip(folder: Path, name: str, entry: Any, split: str) -> AnnotatedClip:
    try:
        objects = tuple(
            DatasetObject(int(key), str(value.get("category") or DEFAULT_CLASS))
            for key, value in sorted(entry["objects"].items(), key=lambda item: int(item[0]))
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise DatasetError(
            f"{folder / 'meta.json'}: the entry of clip '{name}' cannot be understood; expected 'objects' by id."
        ) from error
    # the release keeps the frames between the annotated ones in a folder of its own
    pictures = files_by_stem(folder / "JPEGImages" / name, ".jpg") | files_by_stem(
        folder / "JPEGImages_AllFrames" / name, ".jpg"
    )
    return clip_of_files(
        name, pictures, files_by_stem(folder / "Annotations" / name, ".png"), objects, read_mask, split
    )
