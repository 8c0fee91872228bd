"""Writing COCO instances, with the video's part of it as YouTube-VIS and TAO have it.

    ROOT/images/CLIP/00000.jpg
    ROOT/annotations/instances_train.json

An image has video_id, frame_index (in the clip) and frame_id (among those written); an annotation has video_id and
track_id; `videos` and `tracks` list both. Lin et al., "Microsoft COCO: Common Objects in Context", ECCV 2014.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from core.datasets.clips import AnnotatedClip
from core.datasets.polygons import Mask, mask_polygons
from core.datasets.writer import DatasetPlan, DatasetWriter, WrittenFrame
from core.masks import label_box


class CocoWriter(DatasetWriter):
    """Masks as run lengths, exact to the pixel."""

    def __init__(self, root: Path, plan: DatasetPlan) -> None:
        super().__init__(root, plan)
        self._category = {name: number for number, name in enumerate(plan.classes, start=1)}
        self._indices: dict[str, dict[str, Any]] = {split: self._empty_index() for split in plan.used_splits}
        self._videos: dict[str, int] = {}
        self._tracks: dict[tuple[str, int], int] = {}
        for clip in plan.clips:
            self._add_clip(clip)
        self._images = self._annotations = 0

    def add(self, frame: WrittenFrame) -> None:
        clip, index = frame.clip, self._indices[frame.split]
        name = f"{clip.name}/{frame.name}.jpg"
        frame.save_picture(self.root / "images" / name)
        self._images += 1
        index["images"].append(
            {
                "id": self._images,
                "file_name": name,
                "width": clip.size[0],
                "height": clip.size[1],
                "video_id": self._videos[clip.name],
                "frame_index": frame.frame_index,
                "frame_id": frame.position,
            }
        )
        classes = {one.object_id: one.class_label for one in clip.objects}
        for object_id, mask in frame.masks().items():
            self._annotations += 1
            box = label_box(mask.view(np.uint8))
            index["annotations"].append(
                {
                    "id": self._annotations,
                    "image_id": self._images,
                    "category_id": self._category[classes[object_id]],
                    "segmentation": self._segmentation(mask),
                    "area": int(np.count_nonzero(mask)),
                    "bbox": [box.x0, box.y0, box.width, box.height],
                    "iscrowd": 0,
                    "video_id": self._videos[clip.name],
                    "track_id": self._tracks[clip.name, object_id],
                }
            )

    def finish(self) -> None:
        for split, index in self._indices.items():
            path = self.root / "annotations" / f"instances_{split}.json"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(index, ensure_ascii=False) + "\n", encoding="utf-8")

    def _segmentation(self, mask: Mask) -> Any:
        from pycocotools import mask as runs

        found = runs.encode(np.asfortranarray(mask.view(np.uint8)))
        return {"size": [int(side) for side in found["size"]], "counts": found["counts"].decode("ascii")}

    def _empty_index(self) -> dict[str, Any]:
        categories = [{"id": number, "name": name, "supercategory": ""} for name, number in self._category.items()]
        empty: dict[str, Any] = {key: [] for key in ("videos", "tracks", "images", "annotations")}
        return {"info": {"description": "Written by Rotoflow"}, "licenses": [], "categories": categories, **empty}

    def _add_clip(self, clip: AnnotatedClip) -> None:
        name = clip.name
        index = self._indices[self.plan.splits[name]]
        video_id = self._videos[name] = len(self._videos) + 1
        index["videos"].append({"id": video_id, "name": name, "width": clip.size[0], "height": clip.size[1]})
        for one in clip.objects:
            track_id = self._tracks[name, one.object_id] = len(self._tracks) + 1
            index["tracks"].append(
                {
                    "id": track_id,
                    "category_id": self._category[one.class_label],
                    "video_id": video_id,
                    "object_id": one.object_id,
                }
            )


class CocoPolygonWriter(CocoWriter):
    """Masks as polygons within the plan's tolerance; holes are reached by a line there and back."""

    def _segmentation(self, mask: Mask) -> Any:
        # what is too small for the tolerance is kept as it is: an annotation without an outline cannot be read
        found = mask_polygons(mask, self.plan.tolerance) or mask_polygons(mask)
        return [[int(value) for value in polygon.ravel()] for polygon in found]
