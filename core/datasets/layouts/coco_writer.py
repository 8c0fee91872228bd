"""Writing COCO instances, with the video's part of it as YouTube-VIS and TAO have it.

    ROOT/images/CLIP/00000.jpg
    ROOT/annotations/instances_train.json

An image has video_id, frame_index (in the clip) and frame_id (among those written); an annotation has video_id and
track_id; `videos` and `tracks` list both. Lin et al., "Microsoft COCO: Common Objects in Context", ECCV 2014.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from core.boxes import bounding_box
from core.datasets.clips import AnnotatedClip, class_name
from core.datasets.json_streams import JsonLists
from core.datasets.polygons import Mask, mask_polygons
from core.datasets.writer import DatasetPlan, DatasetWriter, WrittenFrame


class CocoIndexWriter(DatasetWriter):
    """Writes one index a part, each a JSON file of lists with a head: what COCO and YouTube-VIS have in common.

    What else the index that the clips were read from holds of the dataset is written again.
    """

    def __init__(self, root: Path, plan: DatasetPlan, file_of: Callable[[str], Path], lists: tuple[str, ...]) -> None:
        """`file_of` gives the index file of a part such as "train"; `lists` are the names of the lists in it."""
        super().__init__(root, plan)
        self._kept = source_fields(plan.clips)
        self._categories = coco_categories(plan.classes, self._kept.get("categories"))
        self.category = {str(one["name"]): one["id"] for one in reversed(self._categories)}
        """The category's id by class name."""
        self.indices = {split: JsonLists(file_of(split), lists) for split in plan.used_splits}
        """The indices by part."""

    def finish(self) -> None:
        head = {
            "info": self._kept.get("info") or {"description": "Written by Rotoflow"},
            "licenses": self._kept.get("licenses") or [],
            "categories": self._categories,
        }
        for index in self.indices.values():
            index.finish(head)


class CocoWriter(CocoIndexWriter):
    """Masks as run lengths, exact to the pixel. What else a COCO index holds of the clips is written again."""

    def __init__(self, root: Path, plan: DatasetPlan) -> None:
        super().__init__(
            root,
            plan,
            lambda split: root / "annotations" / f"instances_{split}.json",
            ("videos", "tracks", "images", "annotations"),
        )
        self._clip = ""
        self._tracks: dict[int, int] = {}
        self._videos = self._all_tracks = self._images = self._annotations = 0

    def add(self, frame: WrittenFrame) -> None:
        clip, index = frame.clip, self.indices[frame.split]
        if clip.name != self._clip:
            self._begin(clip, index)
        name = f"{clip.name}/{frame.name}.jpg"
        frame.save_picture(self.root / "images" / name)
        self._images += 1
        index.append(
            "images",
            {
                **clip.fields.frames.get(frame.frame_index, {}),
                "id": self._images,
                "file_name": name,
                "width": clip.size[0],
                "height": clip.size[1],
                "video_id": self._videos,
                "frame_index": frame.frame_index,
                "frame_id": frame.position,
            },
        )
        classes = {one.object_id: one.class_label for one in clip.objects}
        entries = []
        for object_id, mask in frame.masks().items():
            self._annotations += 1
            box, area = box_and_area(mask)
            entries.append(
                {
                    **clip.fields.masks.get((frame.frame_index, object_id), {}),
                    "id": self._annotations,
                    "image_id": self._images,
                    "category_id": self.category[classes[object_id]],
                    "segmentation": self._segmentation(mask),
                    "area": area,
                    "bbox": box,
                    "iscrowd": 0,
                    "video_id": self._videos,
                    "track_id": self._tracks[object_id],
                }
            )
        index.append("annotations", *entries)

    def _segmentation(self, mask: Mask) -> Any:
        return run_lengths(mask)

    def _begin(self, clip: AnnotatedClip, index: JsonLists) -> None:
        self._clip = clip.name
        self._videos += 1
        index.append(
            "videos",
            {**clip.fields.clip, "id": self._videos, "name": clip.name, "width": clip.size[0], "height": clip.size[1]},
        )
        self._tracks = {one.object_id: self._all_tracks + number for number, one in enumerate(clip.objects, start=1)}
        self._all_tracks += len(clip.objects)
        index.append(
            "tracks",
            *(
                {
                    "id": self._tracks[one.object_id],
                    "category_id": self.category[one.class_label],
                    "video_id": self._videos,
                    "object_id": one.object_id,
                }
                for one in clip.objects
            ),
        )


def run_lengths(mask: Mask) -> dict[str, Any]:
    """A (H, W) bool mask as COCO's compressed run lengths."""
    from pycocotools import mask as runs

    found = runs.encode(np.asfortranarray(mask.view(np.uint8)))
    return {"size": [int(side) for side in found["size"]], "counts": found["counts"].decode("ascii")}


def box_and_area(mask: Mask) -> tuple[list[int], int]:
    """[x, y, width, height] of a (H, W) bool mask, and its number of pixels."""
    box = bounding_box(mask.view(np.uint8))
    return [box.x0, box.y0, box.width, box.height], int(np.count_nonzero(mask))


def source_fields(clips: Sequence[AnnotatedClip]) -> Mapping[str, Any]:
    """What the index of all clips holds of the dataset; nothing if they are of several."""
    found = [clip.fields.dataset for clip in clips]
    return found[0] if all(one is found[0] or one == found[0] for one in found) else {}


def coco_categories(classes: Sequence[str], kept: object) -> list[dict[str, Any]]:
    """A category for each class: the ones that the dataset had, with their ids, and after them new ones."""
    found: list[dict[str, Any]] = [
        one
        for one in (kept if isinstance(kept, list) else [])
        if isinstance(one, dict) and isinstance(one.get("id"), int) and isinstance(one.get("name"), str)
    ]
    known = {class_name(one["name"]) for one in found}
    first = max((one["id"] for one in found), default=0) + 1
    fresh = [name for name in classes if name not in known]
    return [
        *({**one, "name": class_name(one["name"])} for one in found),
        *({"id": number, "name": name, "supercategory": ""} for number, name in enumerate(fresh, start=first)),
    ]


class CocoPolygonWriter(CocoWriter):
    """Masks as polygons within the plan's tolerance; holes are reached by a line there and back."""

    def _segmentation(self, mask: Mask) -> Any:
        # what is too small for the tolerance is kept as it is: an annotation without an outline cannot be read
        found = mask_polygons(mask, self.plan.tolerance) or mask_polygons(mask)
        return [[int(value) for value in polygon.ravel()] for polygon in found]
