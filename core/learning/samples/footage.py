"""Clips without annotation: real motion, crowds and clutter for objects to move in front of."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from core.errors import MediaError
from core.media import VideoFile
from core.media.suffixes import VIDEO_SUFFIXES
from core.types import Image

_EVERY = 2
"""One frame in so many is kept: samples skip frames anyway."""
_QUALITY = 90


def find_footage(folder: Path) -> list[Path]:
    """The video files of a folder, sorted; none if there is no such folder."""
    return sorted(path for path in folder.glob("*") if path.suffix.lower() in VIDEO_SUFFIXES)


class Footage:
    """The frames of some clips, read at first use and then kept in memory, compressed: dozens of clips fit.

    `short_side`: what frames are scaled down to, in pixels.
    """

    def __init__(self, paths: list[Path], short_side: int) -> None:
        self._paths = paths
        self._short_side = short_side
        self._kept: dict[Path, list[Image]] = {}

    def __len__(self) -> int:
        return len(self._paths)

    @property
    def paths(self) -> list[Path]:
        """The clips' files."""
        return self._paths

    def draw(self, rng: np.random.Generator, frames: int, longest_gap: int) -> list[Image]:
        """So many frames (h, w, 3) uint8 RGB of one clip in order, or in reverse; none if the clip drawn is too short
        or cannot be read.
        """
        kept = self.compressed(self._paths[rng.integers(len(self._paths))])
        if len(kept) < frames:
            return []
        gap = int(rng.integers(1, max(1, min(longest_gap // _EVERY, len(kept) // frames)) + 1))
        start = int(rng.integers(0, len(kept) - gap * (frames - 1)))
        chosen = kept[start : start + gap * (frames - 1) + 1 : gap]
        pictures = [cv2.cvtColor(cv2.imdecode(one, cv2.IMREAD_COLOR), cv2.COLOR_BGR2RGB) for one in chosen]
        shown: list[Image] = [np.asarray(picture, np.uint8) for picture in pictures]
        return shown[::-1] if rng.random() < 0.5 else shown

    def compressed(self, path: Path) -> list[Image]:
        """The frames of one of the clips as JPEG files, (bytes,) uint8 each; none if it cannot be read."""
        if path not in self._kept:
            try:
                self._kept[path] = self._frames(path)
            except MediaError:
                # as with damaged pictures: not worth stopping a training for
                self._kept[path] = []
        return self._kept[path]

    def _frames(self, path: Path) -> list[Image]:
        return _compressed_frames(path, self._short_side)


def _compressed_frames(path: Path, short_side: int) -> list[Image]:
    frames = []
    with VideoFile(path) as clip:
        width, height = clip.size
        scale = short_side / min(width, height)
        size = max(short_side, round(width * scale)), max(short_side, round(height * scale))
        for index in range(0, clip.frame_count, _EVERY):
            small = cv2.resize(clip.read(index), size, interpolation=cv2.INTER_AREA)
            _, data = cv2.imencode(".jpg", cv2.cvtColor(small, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
            frames.append(np.asarray(data, np.uint8))
    return frames
