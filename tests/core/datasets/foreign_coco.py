"""COCO datasets as other programs write them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import PIL.Image

from core.datasets.layouts.coco_reader import read_coco
from core.datasets.reading.notes import ReadNotes
from tests.core.datasets.clips import SIZE


class Foreign:
    """A dataset as another program would write it."""

    def __init__(self, root: Path) -> None:
        self.path = root / "annotations" / "instances_val2017.json"
        self.index: dict[str, Any] = {
            "categories": [{"id": 18, "name": "dog"}, {"id": 3, "name": "car"}],
            "images": [],
            "annotations": [],
        }
        self.path.parent.mkdir(parents=True)
        (root / "val2017").mkdir()
        self.root = root

    def image(self, number: int, **fields: object) -> None:
        name = f"{number:012}.jpg"
        PIL.Image.new("RGB", SIZE).save(self.root / "val2017" / name)
        self.index["images"].append({"id": number, "file_name": name, "width": SIZE[0], "height": SIZE[1], **fields})

    def box(self, image: int, category: int, x: int, y: int, side: int, **fields: object) -> None:
        corners = [x, y, x + side, y, x + side, y + side, x, y + side]
        self.index["annotations"].append(
            {
                "id": len(self.index["annotations"]) + 1,
                "image_id": image,
                "category_id": category,
                "segmentation": [corners],
                "area": side * side,
                **fields,
            }
        )

    def read(self, notes: ReadNotes | None = None) -> list[Any]:
        self.path.write_text(json.dumps(self.index))
        return list(read_coco(self.root, notes=notes))
