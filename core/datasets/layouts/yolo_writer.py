"""Writing the segmentation layout of YOLO trainers, which `core.datasets.layouts.yolo_reader` reads.

    ROOT/images/train/CLIP_00000.jpg
    ROOT/labels/train/CLIP_00000.txt     a line an object: class from 0, then x y of its outline's corners in 0..1
    ROOT/data.yaml                       the parts' folders and the names of the classes
    ROOT/tracks.json                     ours: which object of its clip each line is, which the layout cannot say

An object in several parts, or with holes, is one outline with lines there and back, as trainers join them themselves.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml

from core.datasets.layouts.flat import flat_name
from core.datasets.polygons import join_polygons, mask_polygons
from core.datasets.writer import DatasetPlan, DatasetWriter, WrittenFrame

TRACKS = "tracks.json"
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
        (self.root / TRACKS).write_text(json.dumps(self._tracks) + "\n", encoding="utf-8")
