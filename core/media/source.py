"""What every clip is, whether a video file or a folder of pictures."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.closeable import Closeable
from core.errors import MediaError
from core.media.info import VideoInfo
from core.media.options import ClipOptions
from core.types import Image

GiveUp = Callable[[], bool]
"""Whether a frame that is being decoded is no longer wanted."""


class VideoSource(Closeable, ABC):
    """An open clip with exact random access by frame index. Made by `open_video`.

    `read` may be called from several threads; calls wait for each other. A context manager.
    """

    def __init__(self, info: VideoInfo) -> None:
        self._info = info

    @property
    def path(self) -> Path:
        """The file or folder."""
        return self._info.path

    @property
    def info(self) -> VideoInfo:
        """What is known about the clip; stays available after `close`."""
        return self._info

    @property
    def frame_count(self) -> int:
        """Number of frames that can be read, at least 1."""
        return self._info.frame_count

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) in pixels, upright (rotation applied)."""
        return self._info.width, self._info.height

    @property
    def options(self) -> ClipOptions:
        """What a person chose about reading it."""
        return ClipOptions()

    @abstractmethod
    def reopen(self) -> VideoSource:
        """The same clip opened once more, read in the same way, with a decoder of its own. Raises what opening does."""

    @abstractmethod
    def read(self, frame_index: int) -> Image:
        """The frame as a fresh (H, W, 3) uint8 RGB array, upright, full range.

        Raises MediaError if there is no such frame, if it cannot be read, or if the clip is closed.
        """

    def fetch(self, frame_index: int, draft: bool = False, give_up: GiveUp | None = None) -> Image:
        """The frame as `read` gives it, for callers that may give up.

        A `draft` is in colours that may be off by a few levels, where that is much faster: for pictures that are shown
        briefly. `give_up` is asked while frames on the way are decoded; once it is true, CancelledError is raised, and
        whoever reads on from there loses nothing. Raises what `read` does besides.
        """
        return self.read(frame_index)

    def reference(self, frame_index: int) -> NDArray[np.float32]:
        """The frame by another route than `read`, as far as there is one, for comparing: (H, W, 3) RGB in [0, 1]."""
        return np.asarray(self.read(frame_index), np.float32) / np.float32(255)

    def read_deep(self, frame_index: int) -> NDArray[np.uint16]:
        """The frame as `read` gives it, with 16 bits a channel: (H, W, 3) uint16. Raises what `read` does."""
        return np.asarray(self.read(frame_index).astype(np.uint16) * 257, np.uint16)

    def read_light(self, frame_index: int) -> NDArray[np.float32] | None:
        """The frame's light as it is stored, (H, W, 3) float32, where 1 is white and there may be more; None for a clip
        of encoded colours. Raises what `read` does.
        """
        self._check(frame_index)
        return None

    def read_alpha(self, frame_index: int) -> NDArray[np.uint8] | None:
        """The transparency stored with the frame, (H, W) uint8, 255 is opaque; None if there is none.

        Raises what `read` does.
        """
        self._check(frame_index)
        return None

    @abstractmethod
    def frame_name(self, frame_index: int) -> str:
        """What files made from this frame are called: the picture's name without ending, or the five-digit index."""

    def frame_number(self, frame_index: int) -> int:
        """The number a person knows the frame by: that in the picture's name (1001, ...), else the frame index."""
        self._check(frame_index)
        return frame_index

    @abstractmethod
    def seconds(self, frame_index: int) -> float:
        """When the frame is shown, in seconds after the first frame."""

    def quick_frame(self, frame_index: int) -> int:
        """The closest frame at or before this one that can be read without decoding others first.

        Raises MediaError if there is no such frame.
        """
        self._check(frame_index)
        return frame_index

    @abstractmethod
    def close(self) -> None:
        """Releases the files. Reading afterwards raises MediaError; closing twice does nothing."""

    def _check(self, frame_index: int) -> None:
        if not 0 <= frame_index < self.frame_count:
            raise MediaError(
                "{path}: there is no frame {frame_index}; the clip has {frame_count} (0 to {last}).",
                path=self.path,
                frame_index=frame_index,
                frame_count=self.frame_count,
                last=self.frame_count - 1,
            )
