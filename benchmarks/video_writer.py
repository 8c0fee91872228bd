"""Writing a video file through PyAV: to a temporary name first, moved in place when it is whole."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from contextlib import ExitStack
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import av
import numpy as np
from av.video.reformatter import VideoReformatter

from core.errors import MediaError, MediaFormatError
from core.files import partial_path
from core.media.colour import EXACT, FULL_RANGE, LIMITED_RANGE, SCALER_MATRIX, guessed_matrix
from core.outputs import check_name
from core.types import Image

_COLOUR_TAGS = {"bt601": (6, 6, 6), "bt709": (1, 1, 1), "bt2020": (9, 9, 14), "smpte240m": (7, 7, 7)}
"""(matrix, primaries, transfer) as ITU-T H.273 numbers."""
_DEFAULT_FORMATS = {"ffv1": "bgr0", "png": "rgb24", "qtrle": "rgb24", "libx264rgb": "rgb24", "prores_ks": "yuv422p10le"}
_EVEN_SIZES_ONLY = {"libx264", "libx265"}


class VideoWriter:
    """Encodes pictures into a video file. A context manager; leaving it by an exception removes what was written.

    The file appears under its name only when it is complete; a file of that name is replaced then.
    """

    def __init__(
        self,
        path: Path | str,
        size: tuple[int, int],
        rate: Fraction | int,
        codec: str = "libx264",
        options: Mapping[str, str] | None = None,
        *,
        pixel_format: str | None = None,
        colour_matrix: str | None = None,
        full_range: bool = False,
        time_base: Fraction | None = None,
        container_options: Mapping[str, str] | None = None,
    ) -> None:
        """Opens a file whose ending names the container (.mp4, .mov, .mkv, .webm, .avi, .ts).

        `size` is (width, height), `rate` frames a second. `codec` is an FFmpeg encoder, and `options` go to it as they
        are (crf, qp, preset, g, bf, x264-params). By default pixels are 8-bit 4:2:0, or 4:4:4 where the encoder wants
        even sizes and the size is not; lossless RGB codecs keep RGB. `colour_matrix` is "bt601", "bt709" or "bt2020",
        by default what players guess for the size; it is written into the file in any case. `time_base` is the unit of
        timestamps in seconds, by default one frame. `container_options` go to the container (movflags).

        Raises MediaError if the file cannot be written, MediaFormatError for an unknown container, codec or format.
        """
        self._path = Path(path)
        self._size = size
        self._codec = codec
        self._format = pixel_format or _default_format(codec, size)
        self._matrix = colour_matrix or guessed_matrix(*size)
        self._range = FULL_RANGE if full_range else LIMITED_RANGE
        self._tick = time_base or 1 / Fraction(rate)
        self._next_pts = 0
        self._frames = 0
        self._scaler = VideoReformatter()
        if not self._path.parent.is_dir():
            raise MediaError(f"{self._path}: there is no folder {self._path.parent}. Create it first.")
        check_name(self._path)
        self._stack = ExitStack()
        self._partial = self._stack.enter_context(partial_path(self._path.parent, self._path.suffix))
        self._container: Any = None
        try:
            self._open(Fraction(rate), dict(options or {}), dict(container_options or {}))
        except BaseException:
            self.discard()
            raise

    @property
    def path(self) -> Path:
        """Where the file will be."""
        return self._path

    def write(self, image: Image, pts: int | None = None) -> None:
        """Appends a frame, (H, W, 3) uint8 RGB, or (H, W, 4) RGBA if the pixel format has alpha.

        `pts` is when it is shown, in ticks of the time base, and must grow; by default one tick after the last frame.
        Raises MediaError if encoding or writing fails, ValueError for a picture of another shape.
        """
        height, width, channels = image.shape
        if (width, height) != self._size or channels not in (3, 4) or image.dtype != np.uint8:
            raise ValueError(f"{self._path}: a frame of shape {image.shape}, {image.dtype} in a video of {self._size}")
        if self._container is None:
            raise MediaError(f"{self._path}: the file is finished; nothing can be added.")
        stored = av.VideoFrame.from_ndarray(np.ascontiguousarray(image), format="rgb24" if channels == 3 else "rgba")
        frame = self._encodable(stored)
        frame.pts = self._next_pts if pts is None else pts
        frame.time_base = self._tick
        self._next_pts = frame.pts + 1
        self._encode(frame)
        self._frames += 1

    def close(self) -> None:
        """Finishes the file and moves it in place. Raises MediaError if that fails or no frame was written."""
        if self._container is None:
            return
        if not self._frames:
            self.discard()
            raise MediaError(f"{self._path}: not written, because there was no frame to write.")
        try:
            self._encode(None)
            container, self._container = self._container, None
            container.close()
            self._partial.replace(self._path)
        except (av.FFmpegError, OSError) as error:
            raise self._failed(error) from error
        finally:
            self.discard()

    def discard(self) -> None:
        """Drops what was written; a file that had the name before stays."""
        container, self._container = self._container, None
        if container is not None:
            # the file goes anyway, and the first error is the one worth telling
            with contextlib.suppress(av.FFmpegError, OSError, ValueError):
                container.close()
        self._stack.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()
        else:
            self.discard()

    @property
    def _has_matrix(self) -> bool:
        return not self._format.startswith(("rgb", "bgr", "gbr", "argb", "abgr", "pal", "gray", "mono"))

    def _open(self, rate: Fraction, options: dict[str, str], container_options: dict[str, str]) -> None:
        try:
            self._container = av.open(f"file:{self._partial}", "w", options=container_options)
        except ValueError as error:
            raise MediaFormatError(
                f"{self._path}: '{self._path.suffix}' is no video format. Name the file .mp4, .mov or .mkv."
            ) from error
        except (av.FFmpegError, OSError) as error:
            raise self._failed(error) from error
        try:
            self._stream = self._container.add_stream(self._codec, rate=rate, options=options)
            self._stream.width, self._stream.height = self._size
            self._stream.pix_fmt = self._format
        except (av.FFmpegError, ValueError) as error:
            raise MediaFormatError(
                f"{self._path}: cannot encode with '{self._codec}' in '{self._format}' here ({error}). "
                "Choose another codec or pixel format."
            ) from error
        context = self._stream.codec_context
        context.time_base = self._tick
        if self._has_matrix:
            context.color_range = self._range
            context.colorspace, context.color_primaries, context.color_trc = _COLOUR_TAGS[self._matrix]

    def _encodable(self, frame: Any) -> Any:
        if not self._has_matrix:
            return self._scaler.reformat(frame, format=self._format, interpolation=EXACT)
        matrix = SCALER_MATRIX[self._matrix]
        shown = self._scaler.reformat(
            frame,
            format=self._format,
            src_colorspace=matrix,
            dst_colorspace=matrix,
            src_color_range=FULL_RANGE,
            dst_color_range=self._range,
            interpolation=EXACT,
        )
        shown.colorspace, shown.color_range = _COLOUR_TAGS[self._matrix][0], self._range
        return shown

    def _encode(self, frame: Any) -> None:
        try:
            self._container.mux(self._stream.encode(frame))
        except (av.FFmpegError, OSError, ValueError) as error:
            raise self._failed(error) from error

    def _failed(self, error: Exception) -> MediaError:
        reason = getattr(error, "strerror", None) or str(error)
        return MediaError(
            f"{self._path}: the video could not be written with {self._codec} ({reason}). Check that the disk has "
            f"room, that the folder may be written to, and that the codec's options, {self._format} pixels and "
            f"the size {self._size[0]} x {self._size[1]} go together."
        )


def _default_format(codec: str, size: tuple[int, int]) -> str:
    if codec in _EVEN_SIZES_ONLY and (size[0] % 2 or size[1] % 2):
        return "yuv444p"
    return _DEFAULT_FORMATS.get(codec, "yuv420p")
