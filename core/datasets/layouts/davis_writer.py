"""Writing the folder layout of DAVIS 2016 and 2017, which `core.datasets.layouts.davis` reads."""

from __future__ import annotations

import json
from pathlib import Path

from core.datasets.writer import DatasetPlan, DatasetWriter, WrittenFrame
from core.masks import write_binary_mask, write_mask

SEMANTICS = "davis_semantics.json"
"""Class by object id by sequence, as in the semantic annotations of the 2017 release."""


class DavisWriter(DatasetWriter):
    """DAVIS 2017: the palette index is the object id, counted from 1 in each sequence."""

    year = "2017"

    def __init__(self, root: Path, plan: DatasetPlan) -> None:
        super().__init__(root, plan)
        # the two names that the benchmark's own tools know
        heights = {clip.size[1] for clip in plan.clips}
        self.resolution = "480p" if heights == {480} else "Full-Resolution"
        self._lists: dict[str, list[tuple[str, str]]] = {split: [] for split in plan.used_splits}

    def add(self, frame: WrittenFrame) -> None:
        relative = f"{self.resolution}/{frame.clip.name}/{frame.name}"
        frame.save_picture(self.root / "JPEGImages" / f"{relative}.jpg")
        annotation = self.root / "Annotations" / f"{relative}.png"
        annotation.parent.mkdir(parents=True, exist_ok=True)
        self._write(annotation, frame)
        self._lists[frame.split].append((frame.clip.name, relative))

    def finish(self) -> None:
        for split, frames in self._lists.items():
            self._list(split, list(dict.fromkeys(name for name, _ in frames)))
        classes = {clip.name: {str(one.object_id): one.class_label for one in clip.objects} for clip in self.plan.clips}
        path = self.root / SEMANTICS
        path.write_text(json.dumps(classes, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")

    def _write(self, path: Path, frame: WrittenFrame) -> None:
        write_mask(path, frame.labels)

    def _list(self, split: str, names: list[str]) -> None:
        path = self.root / "ImageSets" / self.year / f"{split}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(f"{name}\n" for name in names), encoding="utf-8")


class Davis2016Writer(DavisWriter):
    """DAVIS 2016: all objects are one, painted white; besides the list of names, one of pairs of paths."""

    year = "2016"

    def finish(self) -> None:
        super().finish()
        (self.root / SEMANTICS).unlink()
        for split, frames in self._lists.items():
            pairs = [f"/JPEGImages/{relative}.jpg /Annotations/{relative}.png\n" for _, relative in frames]
            path = self.root / "ImageSets" / self.resolution / f"{split}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("".join(pairs), encoding="utf-8")

    def _write(self, path: Path, frame: WrittenFrame) -> None:
        write_binary_mask(path, frame.labels > 0)
