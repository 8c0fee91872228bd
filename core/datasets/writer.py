"""What the writers of all layouts have in common."""

from __future__ import annotations

import shutil
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import PIL.Image

from core.datasets.clips import DEFAULT_CLASS, AnnotatedClip, DatasetObject
from core.datasets.layouts.davis import merge_objects
from core.datasets.polygons import Mask
from core.types import LabelMap

_JPEG_QUALITY = 95
_JPEG_SUFFIXES = (".jpg", ".jpeg")
_ORIENTATION = 0x0112


@dataclass(frozen=True)
class DatasetPlan:
    """What is to be written: the clips, the part of each by its name, and the classes in the order of their numbers.

    `tolerance` is how far, in pixels, polygons may be from the mask's edge.
    """

    clips: Sequence[AnnotatedClip]
    splits: Mapping[str, str]
    classes: Sequence[str]
    tolerance: float = 0.0

    @property
    def used_splits(self) -> list[str]:
        """The parts that have a clip, sorted as in the plan's clips."""
        return list(dict.fromkeys(self.splits[clip.name] for clip in self.clips))


@dataclass(frozen=True)
class WrittenFrame:
    """A frame on its way into a dataset: label map (H, W) uint8, its index in the clip and among those written."""

    clip: AnnotatedClip
    split: str
    frame_index: int
    position: int
    labels: LabelMap

    @property
    def name(self) -> str:
        """The stem of the names of the frame's files."""
        return self.clip.written_name(self.frame_index)

    def masks(self) -> dict[int, Mask]:
        """The mask, (H, W) bool, of each object that has a pixel here, by rising id."""
        present = np.unique(self.labels)
        return {int(object_id): self.labels == object_id for object_id in present if object_id}

    def save_picture(self, path: Path) -> None:
        """Writes the picture as JPEG; a JPEG file that holds it already is copied as it is."""
        path.parent.mkdir(parents=True, exist_ok=True)
        source = self.clip.picture_file(self.frame_index)
        if source is not None and source.suffix.lower() in _JPEG_SUFFIXES and _is_upright(source):
            shutil.copyfile(source, path)
            return
        picture = PIL.Image.fromarray(self.clip.picture(self.frame_index))
        picture.save(path, format="JPEG", quality=_JPEG_QUALITY, subsampling=0)


class DatasetWriter(ABC):
    """Writes one layout below `root`, an empty folder: each frame by `add`, clip by clip, then `finish` once.

    Both may raise OSError or MaskError; a writer cleans nothing up.
    """

    def __init__(self, root: Path, plan: DatasetPlan) -> None:
        self.root = root
        self.plan = plan

    @abstractmethod
    def add(self, frame: WrittenFrame) -> None:
        """Writes one frame's picture and annotation."""

    @abstractmethod
    def finish(self) -> None:
        """Writes what is known only at the end: lists and indices."""


def consecutive_ids(clip: AnnotatedClip) -> AnnotatedClip:
    """The clip with its objects' ids made 1, 2, 3 and so on, for layouts whose tools count up to the highest one."""
    ids = sorted(one.object_id for one in clip.objects)
    table = np.zeros(256, np.uint8)
    table[ids] = np.arange(1, len(ids) + 1)
    if ids == list(range(1, len(ids) + 1)):
        return clip
    return replace(
        clip,
        objects=tuple(replace(one, object_id=int(table[one.object_id])) for one in clip.objects),
        labels=lambda frame_index: table[clip.labels(frame_index)],
    )


def merged_objects(clip: AnnotatedClip) -> AnnotatedClip:
    """The clip with all objects as object 1; it keeps its class where they all have one."""
    labels = {one.class_label for one in clip.objects}
    return replace(
        clip,
        objects=(DatasetObject(1, labels.pop() if len(labels) == 1 else DEFAULT_CLASS),),
        labels=lambda frame_index: merge_objects(clip.labels(frame_index)),
    )


def _is_upright(path: Path) -> bool:
    with PIL.Image.open(path) as picture:
        return picture.format == "JPEG" and picture.getexif().get(_ORIENTATION, 1) == 1
