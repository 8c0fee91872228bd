"""The JSON of YouTube-VIS and OVIS: an annotation is one object on all frames of its video.

    ROOT/train/JPEGImages/CLIP/00000.jpg
    ROOT/train/instances.json        {"videos": [{"file_names": [...]}], "annotations": [{"segmentations": [...]}], ...}

and the same below valid and test. Yang et al., "Video Instance Segmentation", ICCV 2019; Qi et al., "Occluded Video
Instance Segmentation: A Benchmark", IJCV 2022.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator
from pathlib import Path
from typing import Any

from core.datasets.clips import AnnotatedClip, class_name
from core.datasets.files import flagged, read_json
from core.datasets.layouts.coco_reader import (
    DATASET_KEYS,
    Entry,
    frames_size,
    id_of,
    index_files,
    index_folders,
    size_of,
    split_of,
)
from core.datasets.layouts.coco_writer import CocoIndexWriter, box_and_area, run_lengths
from core.datasets.reading.inner_paths import PictureFinder, inner_parts
from core.datasets.reading.notes import ReadNotes
from core.datasets.reading.segmentation import draw_segmentation, segmentation_fault
from core.datasets.reading.shapes import Shape, ShapeClip, ShapeFrame, annotated_clip, check_size, with_pictures
from core.datasets.writer import DatasetPlan, WrittenFrame
from core.errors import DatasetError
from core.messages import Message

_FOLDERS = {"train": "train", "val": "valid", "test": "test"}


class YouTubeVisWriter(CocoIndexWriter):
    """Masks as run lengths, exact to the pixel."""

    def __init__(self, root: Path, plan: DatasetPlan) -> None:
        super().__init__(root, plan, lambda split: root / _FOLDERS[split] / "instances.json", ("videos", "annotations"))
        self._clip: AnnotatedClip | None = None
        self._split = ""
        self._frames: list[tuple[str, dict[int, Any]]] = []
        self._videos = self._annotations = 0

    def add(self, frame: WrittenFrame) -> None:
        if self._clip is None or frame.clip.name != self._clip.name:
            self._end_clip()
            self._clip, self._split = frame.clip, frame.split
        name = f"{frame.clip.name}/{frame.name}.jpg"
        frame.save_picture(self.root / _FOLDERS[frame.split] / "JPEGImages" / name)
        found = {}
        for object_id, mask in frame.masks().items():
            found[object_id] = (run_lengths(mask), *box_and_area(mask))
        self._frames.append((name, found))

    def finish(self) -> None:
        self._end_clip()
        super().finish()

    def _end_clip(self) -> None:
        clip = self._clip
        if clip is None:
            return
        size = {"width": clip.size[0], "height": clip.size[1], "length": len(self._frames)}
        self._videos += 1
        index = self.indices[self._split]
        index.append(
            "videos",
            {
                **clip.fields.clip,
                "id": self._videos,
                "name": clip.name,
                **size,
                "file_names": [name for name, _ in self._frames],
            },
        )
        for one in clip.objects:
            found = [masks.get(one.object_id, (None, None, None)) for _, masks in self._frames]
            self._annotations += 1
            index.append(
                "annotations",
                {
                    "id": self._annotations,
                    "video_id": self._videos,
                    "category_id": self.category[one.class_label],
                    "object_id": one.object_id,
                    "iscrowd": 0,
                    **size,
                    "segmentations": [mask for mask, _, _ in found],
                    "bboxes": [box for _, box, _ in found],
                    "areas": [area for _, _, area in found],
                },
            )
        self._clip, self._frames = None, []


def read_youtube_vis(
    root: Path, wanted: Container[str] | None = None, notes: ReadNotes | None = None
) -> Iterator[AnnotatedClip]:
    """The videos of a folder (or of one .json file in it); `wanted` are the only names to read.

    What cannot be read is left out, and named in `notes`. Raises DatasetError if there is no such dataset.
    """
    notes = notes or ReadNotes()
    root = Path(root)
    files = [root] if root.is_file() else index_files(root)
    root = root.parent if root.is_file() else root
    finder = PictureFinder(root, ("", "JPEGImages", "images"))
    faults: list[DatasetError] = []
    read = 0
    for path in files:
        index = read_json(path)
        videos = index.get("videos") if isinstance(index, dict) else None
        if not isinstance(videos, list) or not any(isinstance(one, dict) and "file_names" in one for one in videos):
            faults.append(
                DatasetError("{path}: no YouTube-VIS index; expected 'videos' with 'file_names' in it.", path=path)
            )
            continue
        read += 1
        yield from _Index(root, path, index, finder, notes).clips(wanted)
    if not read:
        if faults:
            raise faults[0]
        raise DatasetError("{root}: no YouTube-VIS dataset; expected a .json index in it.", root=root)
    for fault in faults:
        notes.remark(Message("index left out: {fault}", fault=fault))


class _Index:
    """One .json file."""

    def __init__(self, root: Path, path: Path, index: Entry, finder: PictureFinder, notes: ReadNotes) -> None:
        self._path, self._finder, self._notes, self._index = path, finder, notes, index
        self._split = split_of(path.stem) or split_of(path.parent.name)
        folders = index_folders(root, path)
        self._hints = [*(f"{folder}/JPEGImages" for folder in folders), *folders]
        self._classes = {id_of(one.get("id")): class_name(one.get("name", "")) for one in self._entries("categories")}
        self._annotations: defaultdict[Any, list[Entry]] = defaultdict(list)
        for entry in self._entries("annotations"):
            self._annotations[id_of(entry.get("video_id"))].append(entry)

    def clips(self, wanted: Container[str] | None) -> Iterator[AnnotatedClip]:
        for video in self._entries("videos"):
            names = [name for name in _list(video.get("file_names")) if isinstance(name, str)]
            name = "_".join(inner_parts(str(video.get("name") or (Path(names[0]).parent if names else ""))))
            name = name or str(video.get("id"))
            if wanted is None or name in wanted:
                with self._notes.leaving_out("clip", name):
                    yield self._clip(name, video, names)

    def _entries(self, key: str) -> list[Entry]:
        return [one for one in _list(self._index.get(key)) if isinstance(one, dict)]

    def _clip(self, name: str, video: Entry, names: list[str]) -> AnnotatedClip:
        annotations = [one for one in self._annotations[id_of(video.get("id"))] if self._is_object(one)]
        if not annotations:
            raise DatasetError("{path}: video '{name}' has no masks.", path=self._path, name=name)
        size = size_of(video)
        if size is not None:
            check_size(size, Message("{path}: the frames of '{name}'", path=self._path, name=name))
        frames = []
        for position, file_name in enumerate(names):
            file = self._finder.find(file_name, self._hints)
            if file is None:
                self._notes.leave_out(
                    self._path, "frame", Message("there is no such picture in the dataset"), file_name
                )
                continue
            shapes = [shape for one in annotations if (shape := self._shape(one, position, size)) is not None]
            frames.append(ShapeFrame(file.stem, file, shapes))
        frames = with_pictures(frames, size, self._path, self._notes)
        if not any(frame.shapes for frame in frames):
            raise DatasetError("{path}: nothing of video '{name}' can be read.", path=self._path, name=name)
        fields = {key: self._index[key] for key in DATASET_KEYS if self._index.get(key)}
        clip = ShapeClip(
            name, size or frames_size(frames), frames, self._path, self._split, True, dataset_fields=fields
        )
        return annotated_clip(clip, self._notes)

    def _is_object(self, entry: Entry) -> bool:
        if flagged(entry.get("iscrowd")):
            reason = Message("a crowd, which is not one object")
            self._notes.leave_out(self._path, "annotation", reason, Message("annotation {id}", id=entry.get("id")))
        return not flagged(entry.get("iscrowd"))

    def _shape(self, entry: Entry, position: int, size: tuple[int, int] | None) -> Shape | None:
        segmentations = _list(entry.get("segmentations"))
        segmentation = segmentations[position] if position < len(segmentations) else None
        if not segmentation:  # not on this frame
            return None
        item = Message("annotation {id}, frame {frame}", id=entry.get("id"), frame=position)
        if fault := segmentation_fault(segmentation, size):
            self._notes.leave_out(self._path, "mask", fault, item)
            return None
        category, object_id = id_of(entry.get("category_id")), entry.get("object_id")
        return Shape(
            self._classes.get(category, f"category {category}"),
            draw_segmentation(segmentation),
            item,
            id_of(entry.get("id")),
            object_id if isinstance(object_id, int) else None,
        )


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
