"""Animated pictures (WebP and PNG) as clips."""

from __future__ import annotations

import threading
from fractions import Fraction
from itertools import accumulate
from pathlib import Path

import numpy as np
import PIL.Image
from numpy.typing import NDArray

from core.errors import MediaError, MediaFormatError
from core.media.info import VideoInfo
from core.media.source import VideoSource
from core.media.stills import pillow_files
from core.messages import Message
from core.types import Image

_USUAL_MILLISECONDS = 100
"""What browsers show a frame for that names no time, or next to none."""


class AnimatedPicture(VideoSource):
    """The frames of an animated WebP or PNG, put together as a browser shows them. Made by `open_video`.

    A frame may hold only what changed, so going back begins at the first. Raises MediaFormatError.
    """

    def __init__(self, path: Path, joined: int = 1) -> None:
        """`joined` is how many such pictures were put one after another into the file."""
        self._joined = joined
        self._lock = threading.Lock()
        self._closed = False
        try:
            self._picture = PIL.Image.open(path)
            frames = getattr(self._picture, "n_frames", 1)
            first = 1 if self._picture.info.get("default_image") else 0
            self._positions = range(first, frames)
            stated: list[Fraction] = []
            durations: list[Fraction] = []
            for position in self._positions:
                self._picture.seek(position)
                self._picture.load()
                stated.append(Fraction(self._picture.info.get("duration") or 0).limit_denominator(1000))
                durations.append(stated[-1] if stated[-1] > 10 else Fraction(_USUAL_MILLISECONDS))
        except pillow_files.ERRORS as error:
            raise _broken(path, error) from error
        self.stated_starts = [Fraction(0), *accumulate(one / 1000 for one in stated)][:-1]
        """When each frame begins in seconds as the file says, not as a browser shows it."""
        self._starts = [Fraction(0), *accumulate(one / 1000 for one in durations)]
        whole = self._starts[-1]
        width, height = self._picture.size
        has_alpha = "A" in self._picture.mode or "transparency" in self._picture.info
        notes: list[Message] = []
        if has_alpha:
            notes.append(Message("the pictures have transparency, which is ignored: it can be taken as a mask"))
        if joined > 1:
            notes.append(
                Message(
                    "the file is {joined} animated pictures that were put one after another: only the first is read",
                    joined=joined,
                )
            )
        super().__init__(
            VideoInfo(
                path=path,
                kind="video",
                width=width,
                height=height,
                frame_count=len(durations),
                rate=(len(durations) / whole).limit_denominator(1001),
                seconds=float(whole),
                variable_rate=len(set(durations)) > 1,
                codec=(self._picture.format or path.suffix.lstrip(".")).lower(),
                pixel_format=self._picture.mode,
                bit_depth=8,
                rotation=0,
                colour_matrix="rgb",
                colour_range="full",
                has_audio=False,
                notes=tuple(notes),
                has_alpha=has_alpha,
            )
        )

    def reopen(self) -> AnimatedPicture:
        return AnimatedPicture(self.path, self._joined)

    def read(self, frame_index: int) -> Image:
        with self._lock:
            return np.asarray(pillow_files.rgb_of(self._frame(frame_index)), np.uint8)

    def read_alpha(self, frame_index: int) -> NDArray[np.uint8] | None:
        if not self.info.has_alpha:
            return None
        with self._lock:
            return np.array(self._frame(frame_index).convert("RGBA"), np.uint8)[..., 3]

    def frame_name(self, frame_index: int) -> str:
        self._check(frame_index)
        return f"{frame_index:05d}"

    def seconds(self, frame_index: int) -> float:
        self._check(frame_index)
        return float(self._starts[frame_index])

    def close(self) -> None:
        with self._lock:
            self._closed = True
            self._picture.close()

    def _frame(self, frame_index: int) -> PIL.Image.Image:
        self._check(frame_index)
        if self._closed:
            raise MediaError("{path}: the clip was closed.", path=self.path)
        wanted = self._positions[frame_index]
        try:
            if wanted < self._picture.tell():
                self._picture.close()
                self._picture = PIL.Image.open(self.path)
            for position in range(self._picture.tell(), wanted + 1):
                self._picture.seek(position)
                self._picture.load()
        except pillow_files.ERRORS as error:
            raise _broken(self.path, error) from error
        return self._picture


def _broken(path: Path, error: Exception) -> MediaFormatError:
    return MediaFormatError(
        "{path}: the animated picture cannot be read ({error}). Replace it.", path=path, error=error
    )
