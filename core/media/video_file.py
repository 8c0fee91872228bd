"""Frame-exact reading of video files through PyAV and a packet index."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import cast

import av
from av.container import InputContainer
from av.video.stream import VideoStream

from core.errors import MediaFormatError
from core.media.colour import matrix_name, range_name, to_rgb
from core.media.info import VideoInfo
from core.media.packet_index import PacketIndex, build_index
from core.media.source import VideoSource
from core.types import Image

# The decoders' own remarks about damaged files go nowhere: what a person needs to know is in notes and errors. None, and
# not PANIC: any level routes their threads' remarks through Python, which deadlocks when the program ends.
av.logging.set_level(None)

_NEAR = 48
"""Frames ahead that are decoded through rather than sought to."""


def open_container(path: Path) -> InputContainer:
    """Opens a file's container. Raises MediaFormatError saying what would help."""
    if path.stat().st_size == 0:
        raise MediaFormatError(f"{path}: the file is empty; copy it again from where it came.")
    try:
        return cast(InputContainer, av.open(str(path)))
    except (av.error.FFmpegError, UnicodeError) as error:
        reason = str(getattr(error, "strerror", "") or error)
        raise MediaFormatError(
            f"{path}: not a video that can be read ({reason}). If it should be one, it may be cut off or still being "
            "written: copy or export it again."
        ) from error


class VideoFile(VideoSource):
    """One video stream, read by frame index in order of presentation.

    After a seek the frame's own timestamp must be the wanted one; if the decoder is already past it, the seek is
    repeated from further back with a doubling step, which open GOPs and MPEG-TS need.
    """

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        self._container = open_container(path)
        try:
            super().__init__(self._probe(path))
        except BaseException:
            self._container.close()
            raise
        self._frames: Iterator[av.VideoFrame] = iter(())
        self._last_pts: int | None = None

    def _probe(self, path: Path) -> VideoInfo:
        if not self._container.streams.video:
            what = "sound only" if self._container.streams.audio else "no pictures"
            raise MediaFormatError(f"{path}: the file has {what}, no video stream; open one that has a picture.")
        self._stream: VideoStream = self._container.streams.video[0]
        self._stream.thread_type = "AUTO"
        self._ticks = self._stream.time_base or Fraction(1, 1000)
        self._index: PacketIndex = build_index(self._container, self._stream)
        first = self._first_frame(path)
        if self._index.damaged:
            self._drop_undecodable_end()
        self._rotation = first.rotation % 360
        context = self._stream.codec_context
        width, height = (first.height, first.width) if self._rotation % 180 else (first.width, first.height)
        rate, seconds = self._clock()
        return VideoInfo(
            path=path,
            kind="video",
            width=width,
            height=height,
            frame_count=len(self._index.pts),
            rate=rate,
            seconds=seconds,
            variable_rate=self._index.variable_rate,
            codec=context.name,
            pixel_format=first.format.name,
            bit_depth=max(component.bits for component in first.format.components),
            rotation=(-self._rotation) % 360,
            colour_matrix="rgb" if first.format.is_rgb else matrix_name(first.colorspace, first.height),
            colour_range=range_name(first.color_range, first.format.name),
            has_audio=bool(self._container.streams.audio),
            notes=self._notes(),
        )

    def _first_frame(self, path: Path) -> av.VideoFrame:
        if not self._index.pts:
            raise MediaFormatError(f"{path}: the video stream has no frames; export the clip again.")
        # Frames at the start that refer to pictures cut away never come out of the decoder: they are no frames.
        for place, pts in enumerate(self._index.pts):
            frame = self._decode_at(pts)
            if frame is not None:
                if place:
                    kept = self._index.pts[place:]
                    self._index = PacketIndex(kept, self._index.keyframe_pts, damaged=True)
                return frame
            if place >= _NEAR:
                break
        raise MediaFormatError(f"{path}: none of the first frames can be decoded; the file may be damaged.")

    def _drop_undecodable_end(self) -> None:
        """Takes the last frames out of the index as long as they do not decode: their packets are not whole."""
        pts = self._index.pts
        for _ in range(_NEAR):
            if len(pts) == 1 or self._decode_at(pts[-1]) is not None:
                break
            pts = pts[:-1]
        self._index = PacketIndex(pts, self._index.keyframe_pts, damaged=True)

    def _clock(self) -> tuple[Fraction | None, float | None]:
        """(average frames a second, seconds) from the timestamps; the last frame is taken to last the average."""
        span = (self._index.pts[-1] - self._index.pts[0]) * self._ticks
        steps = len(self._index.pts) - 1
        if steps and span:
            exact = steps / span
            told = self._stream.average_rate
            # the container's own figure is the cleaner fraction where it agrees
            rate = Fraction(told) if told and abs(told - exact) < exact / 500 else exact.limit_denominator(1001)
            return rate, float(span + 1 / exact)
        told = self._stream.average_rate
        return (Fraction(told), float(1 / told)) if told else (None, None)

    def _notes(self) -> tuple[str, ...]:
        notes = []
        found, told = len(self._index.pts), self._stream.frames
        if self._index.damaged and told > found:
            notes.append(f"truncated or damaged: {found} of about {told} frames can be read")
        elif self._index.damaged:
            notes.append(f"truncated or damaged: {found} frames can be read")
        ratio = self._stream.sample_aspect_ratio
        if ratio and ratio != 1:
            notes.append(f"pixels are not square ({ratio.numerator}:{ratio.denominator}); shown as stored")
        if len(self._container.streams.video) > 1:
            notes.append("the file has several video streams; the first is used")
        return tuple(notes)

    def read(self, frame_index: int) -> Image:
        self._check(frame_index)
        pts = self._index.pts[frame_index]
        with self._lock:
            frame = self._decode_near(frame_index, pts)
            if frame is None:
                raise MediaFormatError(
                    f"{self.path}: frame {frame_index} cannot be decoded; the file may be damaged there. "
                    "The other frames can still be used."
                )
            pixels = to_rgb(frame, self._rotation)
        if (pixels.shape[1], pixels.shape[0]) != self.size:
            raise MediaFormatError(
                f"{self.path}: frame {frame_index} is {pixels.shape[1]}x{pixels.shape[0]}, the first one "
                f"{self.size[0]}x{self.size[1]}; clips that change their size cannot be used. Export the clip again."
            )
        return pixels

    def _decode_near(self, frame_index: int, pts: int) -> av.VideoFrame | None:
        """The frame, decoded on from the last one where it lies a little ahead and no keyframe is nearer."""
        last = self._last_pts
        if last is not None and frame_index:
            is_next = last == self._index.pts[frame_index - 1]
            near = self._index.pts[max(0, frame_index - _NEAR)] <= last < pts
            if is_next or (near and self._index.keyframe_before(pts) <= last):
                frame = self._run_to(pts)
                if frame is not None:
                    return frame
        return self._decode_at(pts)

    def _decode_at(self, pts: int) -> av.VideoFrame | None:
        """Seeks to the keyframe before `pts` and decodes up to it, from further back as long as that misses it."""
        start = self._index.keyframe_before(pts)
        second = round(1 / self._ticks)
        # seeking goes by decoding time in some containers, which lies before the first presentation timestamp
        earliest = self._index.pts[0] - 10 * second
        back_off = 0
        while True:
            target = max(start - back_off, earliest)
            with contextlib.suppress(av.error.FFmpegError):
                self._container.seek(target, stream=self._stream, backward=True)
            self._frames = self._container.decode(self._stream)
            frame = self._run_to(pts)
            if frame is not None or target == earliest:
                return frame
            back_off = back_off * 2 or max(1, second // 2)

    def _run_to(self, pts: int) -> av.VideoFrame | None:
        """Decodes on until the frame at `pts`; None if it is not ahead. Frames that are damaged are passed over."""
        failures = 0
        while failures < _NEAR:
            try:
                frame = next(self._frames)
            except StopIteration:
                break
            except av.error.FFmpegError:
                failures += 1
                self._frames = self._container.decode(self._stream)
                continue
            at = frame.pts if frame.pts is not None else frame.dts
            if at is None or at < pts:
                continue
            if at == pts:
                self._last_pts = pts
                return frame
            break
        self._last_pts = None
        return None

    def frame_name(self, frame_index: int) -> str:
        self._check(frame_index)
        return f"{frame_index:05d}"

    def seconds(self, frame_index: int) -> float:
        self._check(frame_index)
        return float((self._index.pts[frame_index] - self._index.pts[0]) * self._ticks)

    @property
    def timestamps(self) -> tuple[int, ...]:
        """Presentation timestamps in units of `time_base`, one a frame: what an export keeps."""
        return self._index.pts

    @property
    def time_base(self) -> Fraction:
        """Seconds in one tick of `timestamps`."""
        return self._ticks

    def close(self) -> None:
        with self._lock:
            self._frames = iter(())
            self._container.close()
