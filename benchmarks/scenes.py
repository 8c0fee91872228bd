"""Frames with masks to measure on: the sample clip or a dataset, at any height, with any number of objects."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import cv2
import numpy as np

from core.boxes import bounding_box
from core.masks import present_ids, read_mask
from core.types import Image, LabelMap

_SAMPLE = Path(__file__).resolve().parents[1] / "resources" / "sample"


def sample_frames(count: int) -> Iterator[tuple[Image, LabelMap]]:
    """The first frames of the sample clip with their true masks. Raises ImportError where PyAV is not installed."""
    from core.media import open_video

    with closing(open_video(_SAMPLE / "clip.mp4")) as video:
        for index in range(min(count, video.frame_count)):
            yield video.read(index), read_mask(_SAMPLE / "truth" / f"{index:05}.png")


def made_frames(count: int) -> Iterator[tuple[Image, LabelMap]]:
    """The same masks on a made texture that moves as they do: sizes and shapes are real, and no video is decoded."""
    texture: Image | None = None
    for path in sorted((_SAMPLE / "truth").glob("*.png"))[:count]:
        labels = read_mask(path)
        if texture is None:
            texture = np.random.default_rng(5).integers(0, 256, (*labels.shape, 3), dtype=np.uint8)
            texture = cv2.GaussianBlur(texture, (9, 9), 0)
        box = bounding_box(labels)
        image = cv2.add(texture // 2, 20)
        moved = np.roll(texture, (box.y0, box.x0), axis=(0, 1))
        image[labels > 0] = moved[labels > 0]
        yield image, labels


def davis_frames(folder: Path, count: int) -> Iterator[tuple[Image, LabelMap]]:
    """The first frames of a dataset's first sequence."""
    from core.datasets.layouts.davis import DavisDataset

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
