"""A video file as the pictures of a dataset's clip."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from core.datasets.reading.shapes import check_size
from core.errors import DatasetError, MediaError
from core.media import VideoSource, open_video
from core.messages import Message
from core.types import Image

Size = tuple[int, int]


class Film:
    """A video that is opened when its first picture is wanted."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._video: VideoSource | None = None

    def describe(self) -> tuple[int, Size, list[str]]:
        """How many frames it has, their size and their names. Raises DatasetError if it cannot be read."""
        try:
            with open_video(self._path) as video:
                check_size(video.size, Message("{path}: the frames", path=self._path))
                return video.frame_count, video.size, [video.frame_name(index) for index in range(video.frame_count)]
        except MediaError as error:
            raise DatasetError(error.message) from error

    def reader(self, frame_index: int) -> Callable[[], Image]:
        """The function that reads a frame, (H, W, 3) uint8 RGB."""

        def read() -> Image:
            if self._video is None:
                self._video = open_video(self._path)
            return self._video.read(frame_index)

        return read
