"""What every kind of clip offers, whatever it is stored as."""

from __future__ import annotations

from abc import ABC, abstractmethod
from pathlib import Path
from types import TracebackType
from typing import Self

from core.errors import MediaError
from core.media.info import VideoInfo
from core.types import Image


class VideoSource(ABC):
    """A clip that is open for reading. `read` may be called from any thread, one frame at a time."""

    def __init__(self, info: VideoInfo) -> None:
        self.info = info

    @property
    def path(self) -> Path:
        return self.info.path

    @property
    def frame_count(self) -> int:
        return self.info.frame_count

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) in upright pixels."""
        return self.info.width, self.info.height

    @abstractmethod
    def read(self, frame_index: int) -> Image:
        """The frame as (H, W, 3) uint8 RGB. Raises MediaError if there is no such frame or it cannot be decoded."""

    @abstractmethod
    def frame_name(self, frame_index: int) -> str:
        """The name that files made from this frame get: the picture's stem, or a five-digit frame index."""

    @abstractmethod
    def seconds(self, frame_index: int) -> float:
        """When the frame is shown, in seconds from the first frame."""

    @abstractmethod
    def close(self) -> None:
        """Closes files. Calling it twice is harmless."""

    def _check(self, frame_index: int) -> None:
        if not 0 <= frame_index < self.frame_count:
            raise MediaError(
                f"{self.path}: there is no frame {frame_index}; the clip has {self.frame_count} "
                f"(0 to {self.frame_count - 1})."
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
