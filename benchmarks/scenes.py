"""Frames with masks to measure on: the sample clip or a dataset, at any height, with any number of objects."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import cv2

from core.boxes import bounding_box
from core.datasets.layouts.davis import DavisDataset
from core.masks import present_ids, read_mask
from core.media import open_video
from core.types import Image, LabelMap

_SAMPLE = Path(__file__).resolve().parents[1] / "resources" / "sample"


def sample_frames(count: int) -> Iterator[tuple[Image, LabelMap]]:
    """The first frames of the sample clip with their true masks."""
    with closing(open_video(_SAMPLE / "clip.mp4")) as video:
        for index in range(min(count, video.frame_count)):
            yield video.read(index), read_mask(_SAMPLE / "truth" / f"{index:05}.png")


def davis_frames(folder: Path, count: int) -> Iterator[tuple[Image, LabelMap]]:
    """The first frames of a dataset's first sequence."""
    sequence = next(iter(DavisDataset(folder)))
    for name in sequence.frame_names[:count]:
        yield sequence.picture(name), sequence.labels(name)


def resized(frames: Iterator[tuple[Image, LabelMap]], height: int) -> Iterator[tuple[Image, LabelMap]]:
    """Frames brought to a height, with an even width."""
    for image, labels in frames:
        width = round(image.shape[1] * height / image.shape[0] / 2) * 2
        yield (
            cv2.resize(image, (width, height), interpolation=cv2.INTER_CUBIC),
            cv2.resize(labels, (width, height), interpolation=cv2.INTER_NEAREST),
        )


def with_objects(labels: LabelMap, count: int) -> LabelMap:
    """Exactly `count` objects: the first ones there are, the last of them cut in two as long as there are too few."""
    result = labels * (labels <= count)
    while len(ids := sorted(present_ids(result))) < count:
        box = bounding_box(result == ids[-1])
        half = result[:, box.x0 + box.width // 2 :]
        half[half == ids[-1]] = ids[-1] + 1
    return result
