"""The clip that the window is measured with: 1080p, 30 frames a second, H.264 with few keyframes."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import islice
from pathlib import Path

import cv2
import numpy as np

from benchmarks.common import moving_scene
from benchmarks.video_writer import VideoWriter
from core.media import open_video
from core.types import Image

SIZE, RATE, FRAMES = (1920, 1080), Fraction(30), 600
KEYFRAME_EVERY = 60
"""Two seconds. Cameras write a keyframe every half to two seconds, and frames between that depend on both sides."""
_BITS_A_SECOND = 16_000_000
_GRAIN = 4
"""What a sensor adds, in levels; without it an enlarged clip is far easier to decode than a recording."""


def write_film(path: Path, clip: Path | None = None, keyframe_every: int = KEYFRAME_EVERY) -> None:
    """Makes the film of a clip, enlarged and run there and back until it is long enough, or of a made scene."""
    options = {
        "preset": "veryfast",
        "bf": "2",
        "g": str(keyframe_every),
        "b": str(_BITS_A_SECOND),
        # no keyframes at cuts: the distance is to be known
        "sc_threshold": "0",
    }
    generator = np.random.default_rng(3)
    width, height = SIZE
    grain = generator.integers(-_GRAIN, _GRAIN + 1, (height + 64, width + 64, 3), np.int16)
    with VideoWriter(path, SIZE, RATE, options=options) as writer:
        for image in islice(_there_and_back(clip) if clip else _scene(), FRAMES):
            x, y = generator.integers(0, 64, 2)
            noisy = cv2.add(image, grain[y : y + height, x : x + width], dtype=cv2.CV_8U)
            writer.write(noisy)


def _scene() -> Iterator[Image]:
    return (image for image, _labels in moving_scene(SIZE, FRAMES, 2))


def _there_and_back(clip: Path) -> Iterator[Image]:
    with open_video(clip) as video:
        last = video.frame_count - 1
        for position in range(FRAMES):
            index = position % (2 * last) if last else 0
            picture = video.read(min(index, 2 * last - index))
            yield cv2.resize(picture, SIZE, interpolation=cv2.INTER_CUBIC)
