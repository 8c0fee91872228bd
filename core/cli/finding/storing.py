"""Storing what was found in a clip: the masks as of a propagation, and the classes next to them or in the project."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from core.cli.projects import open_project
from core.files import partial_path
from core.masks import present_ids
from core.masks.found import FoundObject, lay_out, names_of
from core.media import VideoSource
from core.types import PROJECT_SUFFIX, Anchor

CLASSES_FILE = "objects.json"
"""Next to the masks of a folder: what each id is."""


@dataclass(frozen=True)
class Found:
    """An object as it is stored."""

    object_id: int
    label: str
    score: float


def as_anchors(found: Sequence[FoundObject], video: VideoSource) -> tuple[list[Anchor], list[Found]]:
    """The masks as anchors, of all objects of which a pixel is seen, and these with their ids, the surest first."""
    width, height = video.size
    frames = sorted({frame_index for one in found for frame_index in one.masks})
    empty = np.zeros((height, width), np.uint8)
    laid = {frame_index: lay_out(found, frame_index, empty) for frame_index in frames}
    seen = sorted(set().union(*(present_ids(labels) for labels in laid.values())))
    table = np.zeros(256, np.uint8)
    table[seen] = np.arange(1, len(seen) + 1)
    kept = [Found(number + 1, found[key - 1].label, found[key - 1].score) for number, key in enumerate(seen)]
    anchors = []
    for frame_index, labels in laid.items():
        numbered = table[labels]
        if numbered.any():
            anchors.append(Anchor(frame_index, numbered, present_ids(numbered)))
    return anchors, kept


def store_classes(out: Path, objects: Sequence[Found]) -> None:
    """Names the objects of a project after their classes, or writes them next to the masks of a folder."""
    if out.suffix != PROJECT_SUFFIX:
        entries = [{"id": one.object_id, "class": one.label, "score": round(one.score, 4)} for one in objects]
        with partial_path(out) as part:
            part.write_text(json.dumps({"objects": entries}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
            part.replace(out / CLASSES_FILE)
        return
    with closing(open_project(out)) as project:
        there = {track.object_id: track for track in project.objects.all}
        known = [one for one in objects if one.object_id in there]
        for one, name in zip(known, names_of(one.label for one in known), strict=True):
            project.objects.update(replace(there[one.object_id], name=name, class_label=one.label))


def print_objects(objects: Sequence[Found], frames: Mapping[int, int]) -> None:
    """One line an object; `frames` are on how many it was found, by id."""
    for one in objects:
        count = frames.get(one.object_id, 0)
        print(f"{one.object_id:>4}  {one.label:<24} {one.score:>5.2f}  {count} frame{'' if count == 1 else 's'}")
