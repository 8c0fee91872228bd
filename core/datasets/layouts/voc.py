"""The segmentation layout of PASCAL VOC.

    ROOT/JPEGImages/CLIP_00000.jpg
    ROOT/SegmentationClass/CLIP_00000.png        palette index = number of the class, 255 is void
    ROOT/SegmentationObject/CLIP_00000.png       palette index = object, the same one on all frames of a clip
    ROOT/ImageSets/Segmentation/train.txt        a name a line
    ROOT/class_names.txt                         a class a line, the first one is the background

Everingham et al., "The PASCAL Visual Object Classes (VOC) Challenge", IJCV 2010. class_names.txt is what annotation
programs add, because the twenty classes of the challenge are not everyone's.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from pathlib import Path

import numpy as np

from core.datasets.clips import SPLITS, AnnotatedClip, DatasetObject, clip_of_files
from core.datasets.files import files_by_stem, read_text
from core.datasets.layouts.flat import clips_of_files, flat_name
from core.datasets.writer import DatasetPlan, DatasetWriter, WrittenFrame
from core.errors import DatasetError
from core.masks import read_mask, write_mask
from core.types import LabelMap

VOC_CLASSES = (
    *("aeroplane", "bicycle", "bird", "boat", "bottle", "bus", "car", "cat", "chair", "cow", "diningtable", "dog"),
    *("horse", "motorbike", "person", "pottedplant", "sheep", "sofa", "train", "tvmonitor"),
)
"""The classes of the challenge, from 1 on."""

_NAMES = "class_names.txt"
_BACKGROUND = "_background_"
_VOID = 255


class VocWriter(DatasetWriter):
    """One picture for the classes and one for the objects, in the palette of the challenge."""

    def __init__(self, root: Path, plan: DatasetPlan) -> None:
        super().__init__(root, plan)
        if len(plan.classes) >= _VOID:
            raise DatasetError(f"There are {len(plan.classes)} classes; PASCAL VOC pictures hold {_VOID - 1}.")
        self._number = {name: number for number, name in enumerate(plan.classes, start=1)}
        self._names: dict[str, list[str]] = {split: [] for split in plan.used_splits}
        for folder in ("SegmentationClass", "SegmentationObject", "ImageSets/Segmentation"):
            (root / folder).mkdir(parents=True)

    def add(self, frame: WrittenFrame) -> None:
        name = flat_name(frame)
        frame.save_picture(self.root / "JPEGImages" / f"{name}.jpg")
        table = np.zeros(256, np.uint8)
        for one in frame.clip.objects:
            table[one.object_id] = self._number[one.class_label]
        write_mask(self.root / "SegmentationClass" / f"{name}.png", table[frame.labels])
        write_mask(self.root / "SegmentationObject" / f"{name}.png", frame.labels)
        self._names[frame.split].append(name)

    def finish(self) -> None:
        lists = dict(self._names)
        lists["trainval"] = [*lists.get("train", []), *lists.get("val", [])]
        for split, names in lists.items():
            text = "".join(f"{name}\n" for name in names)
            (self.root / "ImageSets" / "Segmentation" / f"{split}.txt").write_text(text, encoding="utf-8")
        lines = [_BACKGROUND, *(" ".join(name.split()) for name in self._number)]
        (self.root / _NAMES).write_text("\n".join(lines) + "\n", encoding="utf-8")


def read_voc(root: Path, wanted: Container[str] | None = None) -> Iterator[AnnotatedClip]:
    """The clips of the folder; `wanted` are the only names to read.

    Without SegmentationObject each class is one object. Raises DatasetError, naming the file, for what is missing.
    """
    class_files = files_by_stem(root / "SegmentationClass", ".png")
    if not class_files:
        raise DatasetError(f"{root}: no PASCAL VOC dataset; expected a folder 'SegmentationClass' with .png in it.")
    object_files = files_by_stem(root / "SegmentationObject", ".png")
    pictures = files_by_stem(root / "JPEGImages", ".jpg", ".jpeg", ".png")
    lacking = sorted(set(class_files) - set(pictures))
    if lacking:
        raise DatasetError(f"{class_files[lacking[0]]}: there is no picture for it in {root / 'JPEGImages'}.")
    names = _class_names(root)
    splits = _splits(root)
    annotated = {name: pictures[name] for name in class_files}
    for clip, frames in clips_of_files(annotated.values()).items():
        if wanted is not None and clip not in wanted:
            continue
        files = {frame: (object_files or class_files).get(path.stem) for frame, path in frames.items()}
        missing = [path for frame, path in frames.items() if files[frame] is None]
        if missing:
            raise DatasetError(f"{root / 'SegmentationObject' / missing[0].stem}.png: there is no such file.")
        annotations = {frame: path for frame, path in files.items() if path is not None}
        objects = _objects([(path, class_files[path.stem]) for path in annotations.values()], names)
        split = splits.get(next(iter(frames.values())).stem, "")
        yield clip_of_files(clip, frames, annotations, objects, _read, split)


def _read(path: Path) -> LabelMap:
    """The label map of a file, void as background."""
    labels = read_mask(path)
    labels[labels == _VOID] = 0
    return labels


def _objects(files: list[tuple[Path, Path]], names: list[str]) -> tuple[DatasetObject, ...]:
    """Each object with the class that most of its pixels have, over all frames."""
    votes = np.zeros((256, 256), np.int64)
    for object_file, class_file in files:
        labels, classes = _read(object_file), _read(class_file)
        if labels.shape != classes.shape:
            raise DatasetError(f"{object_file}: is not of the size of {class_file}.")
        pairs = labels.astype(np.uint16) << 8 | classes
        votes += np.bincount(pairs.ravel(), minlength=1 << 16).reshape(256, 256)
    found = []
    for object_id in range(1, 256):
        if votes[object_id].any():
            number = int(np.argmax(votes[object_id, 1:])) + 1
            if not votes[object_id, 1:].any() or number > len(names):
                raise DatasetError(f"{files[0][1]}: object {object_id} has class {number}, which has no name.")
            found.append(DatasetObject(object_id, names[number - 1]))
    return tuple(found)


def _class_names(root: Path) -> list[str]:
    path = root / _NAMES
    if not path.is_file():
        return list(VOC_CLASSES)
    lines = [line.strip() for line in read_text(path).splitlines()]
    return [line for line in lines if line not in ("", _BACKGROUND, "__ignore__")]


def _splits(root: Path) -> dict[str, str]:
    found: dict[str, str] = {}
    for split in SPLITS:
        path = root / "ImageSets" / "Segmentation" / f"{split}.txt"
        if path.is_file():
            found.update(dict.fromkeys(read_text(path).split(), split))
    return found
