"""Writing a video file through PyAV: to a temporary name first, moved in place when it is whole."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Self

import av
import numpy as np

from core.errors import MediaError
from core.types import Image


class VideoWriter:
    """A context manager; leaving it by an exception removes what was written.

    `options` go to the encoder as they are (crf, preset, g, bf, x264-params ...). Timestamps are counted from the rate
    unless `write` is given them.
    """

    def __init__(
        self,
        path: Path | str,
        size: tuple[int, int],
        rate: Fraction | int,
        codec: str = "libx264",
        pixel_format: str = "yuv420p",
        options: Mapping[str, str] | None = None,
        time_base: Fraction | None = None,
        colour_matrix: int = 1,
        full_range: bool = False,
    ) -> None:
        """`size` is (width, height); `colour_matrix` is ITU-T H.273's number (1 BT.709, 5 BT.601).

        Raises MediaError if the folder cannot be written to or the encoder refuses.
        """
        self._path = Path(path)
        self._partial = self._path.with_name(f".{self._path.stem}.partial{self._path.suffix}")
        self._size = size
        self._next_pts = 0
        self._matrix, self._range = colour_matrix, 2 if full_range else 1
        self._tick = time_base or 1 / Fraction(rate)
        try:
            self._container = av.open(str(self._partial), "w")
            self._stream = self._container.add_stream(codec, rate=Fraction(rate), options=dict(options or {}))
        except (av.error.FFmpegError, OSError, ValueError) as error:
            self._partial.unlink(missing_ok=True)
            raise MediaError(f"{self._path}: cannot be written ({error}).") from error
        self._stream.width, self._stream.height = size
        self._stream.pix_fmt = pixel_format
        context = self._stream.codec_context
        context.time_base = self._tick
        context.colorspace, context.color_range = self._matrix, self._range

    def write(self, image: Image, pts: int | None = None) -> None:
        """Appends an (H, W, 3) uint8 RGB frame, shown at `pts` ticks of the time base. Raises MediaError."""
        if image.shape != (self._size[1], self._size[0], 3):
            raise MediaError(f"{self._path}: a frame of shape {image.shape} in a video of {self._size}.")
        rgb = av.VideoFrame.from_ndarray(np.ascontiguousarray(image), format="rgb24")
        frame = rgb.reformat(
            format=self._stream.pix_fmt,
            dst_colorspace=self._matrix,
            src_color_range=2,
            dst_color_range=self._range,
            interpolation=av.video.reformatter.Interpolation.BICUBIC
            | av.video.reformatter.Interpolation.FULL_CHR_H_INP
            | av.video.reformatter.Interpolation.ACCURATE_RND,
        )
        frame.pts = self._next_pts if pts is None else pts
        frame.time_base = self._tick
        self._next_pts = frame.pts + 1
        try:
            self._container.mux(self._stream.encode(frame))
        except av.error.FFmpegError as error:
            raise MediaError(f"{self._path}: writing failed ({error}).") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._container.mux(self._stream.encode(None))
            self._container.close()
            if kind is None:
                self._partial.replace(self._path)
        except (av.error.FFmpegError, OSError) as failure:
            raise MediaError(f"{self._path}: writing failed ({failure}).") from failure
        finally:
            self._partial.unlink(missing_ok=True)
