"""The dataset card: what is in a dataset, counted while it was written, as a README for people."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from core.datasets.clips import AnnotatedClip
from core.datasets.writer import WrittenFrame

CARD = "README.md"


@dataclass
class SplitCounts:
    """One part: clips, frames, objects and masks (objects on frames) by class, and the sizes of its clips."""

    clips: list[str] = field(default_factory=list)
    frames: int = 0
    empty_frames: int = 0
    objects: Counter[str] = field(default_factory=Counter)
    masks: Counter[str] = field(default_factory=Counter)
    pixels: Counter[str] = field(default_factory=Counter)
    sizes: Counter[tuple[int, int]] = field(default_factory=Counter)


class DatasetCounts:
    """Counts a dataset while it is written: `begin` each clip, then `add` its frames."""

    def __init__(self) -> None:
        self.splits: defaultdict[str, SplitCounts] = defaultdict(SplitCounts)

    def begin(self, clip: AnnotatedClip, split: str) -> None:
        """Counts a clip and its objects."""
        counts = self.splits[split]
        counts.clips.append(clip.name)
        counts.objects.update(one.class_label for one in clip.objects)
        counts.sizes[clip.size] += 1

    def add(self, frame: WrittenFrame) -> None:
        """Counts a frame and the objects on it."""
        counts = self.splits[frame.split]
        counts.frames += 1
        pixels = np.bincount(frame.labels.ravel(), minlength=256)
        seen = [one for one in frame.clip.objects if pixels[one.object_id]]
        counts.empty_frames += not seen
        for one in seen:
            counts.masks[one.class_label] += 1
            counts.pixels[one.class_label] += int(pixels[one.object_id])

    @property
    def frames(self) -> int:
        """Frames in all parts."""
        return sum(counts.frames for counts in self.splits.values())


@dataclass(frozen=True)
class CardText:
    """What the counts do not know. `layout` is the format's title, `classes` are in the order of their numbers."""

    title: str
    layout: str
    classes: Sequence[str]
    licence: str
    seed: int | None
    every: int


def dataset_card(text: CardText, counts: DatasetCounts) -> str:
    """The card in Markdown."""
    lines = [
        f"# {_plain(text.title)}",
        "",
        f"Format: {text.layout}. Written by Rotoflow.",
        "",
        f"Licence: {_plain(text.licence) if text.licence else 'not stated; ask who made the clips before sharing.'}",
        "",
        _frames_line(text.every),
        _split_line(text.seed),
        "",
        "## Parts",
        "",
        "| part | clips | frames | frames without an object | objects | masks | sizes |",
        "|---|---:|---:|---:|---:|---:|---|",
    ]
    for split, one in counts.splits.items():
        sizes = ", ".join(f"{width} x {height}" for width, height in sorted(one.sizes))
        lines.append(
            f"| {split} | {len(one.clips)} | {one.frames} | {one.empty_frames} | {one.objects.total()} "
            f"| {one.masks.total()} | {sizes} |"
        )
    lines += [
        "",
        "## Classes",
        "",
        "| class | part | objects | masks | mean pixels of a mask |",
        "|---|---|---:|---:|---:|",
    ]
    for name in text.classes:
        for split, one in counts.splits.items():
            if one.objects[name]:
                mean = one.pixels[name] / one.masks[name] if one.masks[name] else 0
                lines.append(f"| {_plain(name)} | {split} | {one.objects[name]} | {one.masks[name]} | {mean:.0f} |")
    lines += ["", "## Clips", ""]
    lines += [f"- {split}: {', '.join(map(_plain, one.clips))}" for split, one in counts.splits.items()]
    return "\n".join(lines) + "\n"


def _frames_line(every: int) -> str:
    chosen = (
        "Every annotated frame of each clip is in it." if every == 1 else f"One annotated frame in {every} is in it."
    )
    return f"{chosen} A mask is one object on one frame."


def _split_line(seed: int | None) -> str:
    drawn = "as they came with the clips" if seed is None else f"drawn with seed {seed}"
    return f"A clip is in one part only; the parts are {drawn}."


def _plain(text: str) -> str:
    """The text without what Markdown would take for a table or a new line."""
    return " ".join(text.split()).replace("|", r"\|")
