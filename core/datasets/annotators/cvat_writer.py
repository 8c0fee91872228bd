"""Writing "CVAT for video 1.1", which `core.datasets.annotators.cvat_reader` reads.

    ROOT/CLIP/annotations.xml            a track an object: a mask on each frame, or a polygon, or that it is outside
    ROOT/CLIP/images/frame_000000.jpg

One folder is what CVAT imports into one task. A mask's run lengths go row by row through its own box.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO
from xml.sax.saxutils import escape, quoteattr

import numpy as np

from core.boxes import bounding_box
from core.datasets.clips import AnnotatedClip
from core.datasets.polygons import Mask
from core.datasets.run_lengths import runs_of_mask
from core.datasets.writer import DatasetPlan, DatasetWriter, WrittenFrame

_SUBSETS = {"train": "Train", "val": "Validation", "test": "Test"}


class CvatVideoWriter(DatasetWriter):
    """Masks as run lengths, exact to the pixel."""

    def __init__(self, root: Path, plan: DatasetPlan) -> None:
        super().__init__(root, plan)
        self._clip: AnnotatedClip | None = None
        self._split = ""
        self._names: list[str] = []
        self._masks: defaultdict[int, dict[int, str]] = defaultdict(dict)

    def add(self, frame: WrittenFrame) -> None:
        if self._clip is None or frame.clip.name != self._clip.name:
            self._end_clip()
            self._clip, self._split = frame.clip, frame.split
        name = f"frame_{frame.position:06}.jpg"
        frame.save_picture(self.root / frame.clip.name / "images" / name)
        for object_id, mask in frame.masks().items():
            self._masks[object_id][len(self._names)] = _attributes(mask)
        self._names.append(frame.name)

    def finish(self) -> None:
        self._end_clip()

    def _end_clip(self) -> None:
        clip = self._clip
        if clip is None:
            return
        path = self.root / clip.name / "annotations.xml"
        with path.open("w", encoding="utf-8") as file:
            file.writelines(self._head(clip))
            for one in clip.objects:
                self._write_track(file, one.object_id, one.class_label)
            file.write("</annotations>\n")
        self._clip, self._names = None, []
        self._masks.clear()

    def _head(self, clip: AnnotatedClip) -> Iterator[str]:
        labels = sorted({one.class_label for one in clip.objects})
        yield '<?xml version="1.0" encoding="utf-8"?>\n<annotations>\n  <version>1.1</version>\n  <meta>\n    <task>\n'
        yield f"      <name>{_text(clip.name)}</name>\n      <size>{len(self._names)}</size>\n"
        yield f"      <mode>interpolation</mode>\n      <subset>{_SUBSETS[self._split]}</subset>\n"
        last = len(self._names) - 1
        yield f"      <start_frame>0</start_frame>\n      <stop_frame>{last}</stop_frame>\n      <labels>\n"
        for label in labels:
            yield f"        <label><name>{_text(label)}</name><attributes></attributes></label>\n"
        width, height = clip.size
        yield f"      </labels>\n      <original_size><width>{width}</width><height>{height}</height></original_size>\n"
        yield "    </task>\n  </meta>\n"

    def _write_track(self, file: TextIO, object_id: int, label: str) -> None:
        masks = self._masks.get(object_id, {})
        # away before it came, too: a frame without an entry is one of which nothing is known
        shape = masks[min(masks)] if masks else 'rle="0, 1" left="0" top="0" width="1" height="1"'
        file.write(f'  <track id="{object_id}" label={_attribute(label)} source="manual">\n')
        for frame in range(len(self._names)):
            shape = masks.get(frame, shape)
            outside = int(frame not in masks)
            file.write(
                f'    <mask frame="{frame}" outside="{outside}" occluded="0" keyframe="1" {shape} z_order="0"></mask>\n'
            )
        file.write("  </track>\n")


def _attributes(mask: Mask) -> str:
    box = bounding_box(mask.view(np.uint8))
    runs = ", ".join(map(str, runs_of_mask(np.ascontiguousarray(mask[box.slices]), by_row=True)))
    return f'rle="{runs}" left="{box.x0}" top="{box.y0}" width="{box.width}" height="{box.height}"'


def _text(text: str) -> str:
    return escape(_plain(text))


def _attribute(text: str) -> str:
    return quoteattr(_plain(text))


def _plain(text: str) -> str:
    """The text without what no XML can hold."""
    return "".join(one for one in text if one.isprintable())
