"""Pictures to put behind the objects."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import cv2
import numpy as np

from core.delivery.settings import Background
from core.media import open_video
from core.types import Image

Backdrop = Callable[[int, Image], Image]
"""(position in the export, the clip's picture) -> the picture behind, (H, W, 3) uint8 RGB of the same size."""


@contextmanager
def backdrop(background: Background, size: tuple[int, int]) -> Iterator[Backdrop]:
    """The backdrop for pictures of `size` (width, height). Raises MediaError if its file cannot be read."""
    width, height = size
    if background.kind == "blur":
        yield lambda _position, image: np.asarray(
            cv2.GaussianBlur(image, (0, 0), max(0.1, background.radius), borderType=cv2.BORDER_REPLICATE), np.uint8
        )
    elif background.kind == "file":
        assert background.path is not None
        with open_video(background.path) as video:
            last: list[tuple[int, Image]] = []

            def show(position: int, _image: Image) -> Image:
                frame_index = position % video.frame_count
                if not last or last[0][0] != frame_index:
                    last[:] = [(frame_index, cover(video.read(frame_index), size))]
                return last[0][1]

            yield show
    else:
        colour = background.colour if background.kind == "colour" else (0, 0, 0)
        plain = np.empty((height, width, 3), np.uint8)
        plain[...] = colour
        yield lambda _position, _image: plain


def cover(image: Image, size: tuple[int, int]) -> Image:
    """The picture scaled to cover `size` (width, height) without distortion, its middle kept."""
    height, width = image.shape[:2]
    scale = max(size[0] / width, size[1] / height)
    shown = max(size[0], round(width * scale)), max(size[1], round(height * scale))
    if shown != (width, height):
        image = np.asarray(cv2.resize(image, shown, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC))
    left, top = (shown[0] - size[0]) // 2, (shown[1] - size[1]) // 2
    return np.ascontiguousarray(image[top : top + size[1], left : left + size[0]])
