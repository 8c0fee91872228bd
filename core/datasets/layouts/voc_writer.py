"""Writing the segmentation layout of PASCAL VOC, which `core.datasets.layouts.voc_reader` reads.

    ROOT/JPEGImages/CLIP_00000.jpg
    ROOT/SegmentationClass/CLIP_00000.png        palette index = number of the class, 255 is void
    ROOT/SegmentationObject/CLIP_00000.png       palette index = object, the same one on all frames of a clip
    ROOT/ImageSets/Segmentation/train.txt        a name a line
    ROOT/class_names.txt                         a class a line, the first one is the background

Everingham et al., "The PASCAL Visual Object Classes (VOC) Challenge", IJCV 2010. class_names.txt is what annotation
programs add, because the twenty classes of the challenge are not everyone's.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from core.datasets.layouts.flat import flat_name
from core.datasets.writer import DatasetPlan, DatasetWriter, WrittenFrame
from core.errors import DatasetError
from core.masks import write_mask

CLASS_NAMES = "class_names.txt"
BACKGROUND = "_background_"
_VOID = 255


class VocWriter(DatasetWriter):
    """One picture for the classes and one for the objects, in the palette of the challenge.

    Raises DatasetError for too many classes.
    """

    def __init__(self, root: Path, plan: DatasetPlan) -> None:
        super().__init__(root, plan)
        if len(plan.classes) >= _VOID:
            raise DatasetError(
                "There are {count} classes; PASCAL VOC pictures hold {most}.", count=len(plan.classes), most=_VOID - 1
            )
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
        lines = [BACKGROUND, *(" ".join(name.split()) for name in self._number)]
        (self.root / CLASS_NAMES).write_text("\n".join(lines) + "\n", encoding="utf-8")
