"""Folders of pictures and masks that no index describes, as many data sets come; see `benchmarks.dataset_kinds`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from benchmarks.dataset_kinds import CLASSES, FRAMES, Kind, labels, picture, save

_NAMES = (
    ("images", "labels"),
    ("frames", "masks"),
    ("rgb", "mask"),
    ("images", "annotations"),
    ("original", "ground_truth"),
    ("Imgs", "GT"),
    ("images", "masks_png"),
    ("train", "trainannot"),
    ("JPEGImages", "Annotations"),
)
"""Folders of pictures, and of their masks."""


def _folders(pictures: str, masks: str, mark: str = "", ending: str = ".png") -> Callable[[Path], None]:
    def make(root: Path) -> None:
        for frame in range(FRAMES):
            save(root / pictures / f"a_{frame}.png", picture(frame))
            path = root / masks / f"a_{frame}{mark}{ending}"
            if ending == ".npy":
                path.parent.mkdir(parents=True, exist_ok=True)
                np.save(path, labels(frame))
            else:
                save(path, labels(frame))

    return make


def _videos(pictures: str, masks: str, every: int = 1, by_object: bool = False) -> Callable[[Path], None]:
    """A folder for each video, and in that of the masks one for each object."""

    def make(root: Path) -> None:
        for frame in range(FRAMES):
            save(root / pictures / f"walk/{frame:05}.png", picture(frame))
            if frame % every == 0 and by_object:
                for key in CLASSES:
                    mask = ((labels(frame) == key) * 255).astype(np.uint8)
                    save(root / masks / f"walk/{key:03}/{frame:05}.png", mask)
            elif frame % every == 0:
                save(root / masks / f"walk/{frame:05}.png", labels(frame).astype(np.uint16) * 100)

    return make


def _kinds() -> Iterator[Kind]:
    for pictures, masks in _NAMES:
        yield Kind("object-folders", f"{pictures} and {masks}", _folders(pictures, masks))
    yield Kind("object-folders", "parts in both", _folders("img_dir/train", "ann_dir/train"))
    yield Kind("object-folders", "NAME_gt", _folders("images", "gt", "_gt"))
    yield Kind("object-folders", "NAME.png.png", _folders("img", "seg", ".png"))
    yield Kind("object-folders", "arrays", _folders("images", "masks", ending=".npy"))
    yield Kind("object-folders", "a folder a video, 16 bits", _videos("imgs", "panomasks"))
    yield Kind("object-folders", "a folder a video, some frames", _videos("frames", "masks", every=3))
    yield Kind("object-folders", "SAM 2: by object", _videos("JPEGImages", "Annotations", by_object=True))
    yield Kind("object-folders", "SegTrack: by object", _videos("JPEGImages", "GroundTruth", by_object=True))


KINDS: tuple[Kind, ...] = tuple(_kinds())
"""All inputs of these kinds."""
