"""A video file as a clip."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from av.video.reformatter import VideoReformatter
from numpy.typing import NDArray

from core.errors import MediaError
from core.media.colour import (
    RgbConverter,
    colour_model,
    conflict_notes,
    orientation,
    require_readable,
    rgb_pixels,
    tilt,
)
from core.media.containers.combing import field_order
from core.media.containers.cropping import shown_size
from core.media.containers.decoder import FrameDecoder
from core.media.containers.deinterlace import deinterlaced
from core.media.containers.frame_times import FrameTimes
from core.media.containers.index_notes import damage_notes
from core.media.containers.parts import FilePart
from core.media.containers.random_access import RandomAccess
from core.media.containers.trusted_index import trusted_index
from core.media.info import VideoInfo
from core.media.options import ClipOptions
from core.media.reference import reference_rgb
from core.media.side_alpha import SideAlpha, has_side_alpha
from core.media.source import GiveUp, VideoSource
from core.messages import Message
from core.types import Image

_NEIGHBOURS = 4
"""Decoded frames that are kept for deinterlacing, which looks at the one before and after, too."""
_SQUARE = 0.005
"""A share: pixels whose sides differ by less are square. A picture resized to whole pixels may say 1281:1280."""


class VideoFile(VideoSource):
    """The video stream of a file. Made by `open_video`. Raises MediaFormatError if there is none that can be read.

    A damaged frame in the middle shows the one before it, as players do; `repeats` says which ones were met.
    """

    def __init__(
        self,
        path: Path,
        options: ClipOptions = ClipOptions(),  # noqa: B008  (frozen)
        part: FilePart | None = None,
    ) -> None:
        """`part` is a stretch of the file that is a file of its own; None is all of it."""
        self._options, self._part = options, part
        self._recent: OrderedDict[int, Any] = OrderedDict()
        self._side_alpha: SideAlpha | None = None
        self._lock = threading.Lock()
        self._closed = False
        decoder = FrameDecoder(path, part)
        # decoders replace it by what the stream says
        declared = int(decoder.stream.codec_context.colorspace)
        try:
            found = trusted_index(decoder, path)
            require_readable(found.first_frame, path)
            model = colour_model(found.first_frame, decoder.stream.codec_context)
            upright = orientation(found.first_frame)
            stored = found.first_frame.width, found.first_frame.height
            self._upright, self._first_size = upright, stored
            self._converter = RgbConverter(model, upright, stored)
            self._deep_scaler, self._alpha_scaler = VideoReformatter(), VideoReformatter()
            self._index = found.index
            self._damaged, self._whole = found.damaged, found.whole
            woven = is_interlaced(decoder, found.first_frame)
            self._upper_first = None if woven else field_order(decoder, found)
            rate, seconds = _clock(found.index.times, decoder.stream)
            width, height = upright.size(*stored)
            pixel_format = found.first_frame.format
            info = VideoInfo(
                path=path,
                kind="video",
                width=width,
                height=height,
                frame_count=len(found.index),
                rate=rate,
                seconds=seconds,
                variable_rate=found.index.times.variable,
                codec=_codec_name(decoder.stream),
                pixel_format=pixel_format.name,
                bit_depth=max(component.bits for component in pixel_format.components),
                rotation=upright.rotation,
                colour_matrix=model.matrix,
                colour_range=model.range_name,
                has_audio=bool(decoder.container.streams.audio),
                notes=found.notes
                + _crop_notes(path, part, stored)
                + _weaving_notes(woven, self._upper_first, options)
                + _stream_notes(decoder, found.first_frame)
                + conflict_notes(declared, model)
                + model.notes,
                transfer=model.transfer,
                has_alpha=_has_alpha(decoder, found.first_frame),
                interlaced=woven,
            )
            self._access = RandomAccess(path, decoder, found.index)
        except BaseException:
            decoder.close()
            raise
        super().__init__(info)

    @property
    def info(self) -> VideoInfo:
        """What is known about the clip, with a note of damage that was met while reading."""
        damaged = self.damaged
        # asked for on every frame that is played: a clip without damage is described once
        return replace(self._info, notes=(*self._info.notes, *damage_notes(damaged))) if damaged else self._info

    @property
    def notes_but_damage(self) -> tuple[Message, ...]:
        """What is known about the clip, without damage."""
        return self._info.notes

    @property
    def damaged(self) -> tuple[int, ...]:
        """Frames that are known not to decode whole, or the first one met."""
        # decoding that begins at an open group of pictures misses references, in a whole clip as well
        met = None if self._whole else self._access.damage
        return self._damaged or (() if met is None else (met,))

    @property
    def options(self) -> ClipOptions:
        return self._options

    def reopen(self) -> VideoFile:
        return VideoFile(self.path, self._options, self._part)

    def read(self, frame_index: int) -> Image:
        return self.fetch(frame_index)

    def fetch(self, frame_index: int, draft: bool = False, give_up: GiveUp | None = None) -> Image:
        self._check(frame_index)
        with self._lock:
            if self._closed:
                raise MediaError("{path}: the clip was closed.", path=self.path)
            return self._converter.convert(self._shown(frame_index, give_up), draft)

    def read_deep(self, frame_index: int) -> NDArray[np.uint16]:
        frame, context = self.stored(frame_index)
        pixels = rgb_pixels(self._deep_scaler, frame, colour_model(frame, context), self._first_size, deep=True)
        return np.asarray(self._upright.apply(pixels), np.uint16)

    def read_alpha(self, frame_index: int) -> NDArray[np.uint8] | None:
        if not self._info.has_alpha:
            return None
        frame, context = self.stored(frame_index)
        if not any(component.is_alpha for component in frame.format.components):
            return self._alpha_beside(frame_index, context.name)
        pixels = self._alpha_scaler.reformat(frame, *self._first_size, format="rgba").to_ndarray()
        return np.ascontiguousarray(self._upright.apply(pixels)[..., 3])

    def _alpha_beside(self, frame_index: int, codec: str) -> NDArray[np.uint8] | None:
        with self._lock:
            if self._side_alpha is None:
                self._side_alpha = SideAlpha(self.path, self._part, codec)
            found = self._side_alpha.read(int(self._index.numbers[frame_index]))
        if found is None:
            return None
        if found.shape[::-1] != self._first_size:
            found = np.asarray(cv2.resize(found, self._first_size, interpolation=cv2.INTER_AREA), np.uint8)
        return self._upright.apply(found[..., None])[..., 0]

    def stored(self, frame_index: int) -> tuple[Any, Any]:
        """The frame as it is stored, an `av.VideoFrame`, and its codec context, for callers that want more than 8 bits
        of it.

        Raises what `read` does.
        """
        self._check(frame_index)
        with self._lock:
            if self._closed:
                raise MediaError("{path}: the clip was closed.", path=self.path)
            return self._shown(frame_index), self._access.context

    def _shown(self, frame_index: int, give_up: GiveUp | None = None) -> Any:
        """The `av.VideoFrame`, deinterlaced if that is chosen."""
        if not self._options.deinterlace:
            return self._access.frame(frame_index, give_up)
        before, frame, after = (
            self._kept(near, give_up) if 0 <= near < self.frame_count else None
            for near in range(frame_index - 1, frame_index + 2)
        )
        return deinterlaced(before, frame, after, self._upper_first)

    def _kept(self, frame_index: int, give_up: GiveUp | None) -> Any:
        if frame_index not in self._recent:
            self._recent[frame_index] = self._access.frame(frame_index, give_up)
        self._recent.move_to_end(frame_index)
        while len(self._recent) > _NEIGHBOURS:
            self._recent.popitem(last=False)
        return self._recent[frame_index]

    def reference(self, frame_index: int) -> NDArray[np.float32]:
        frame, context = self.stored(frame_index)
        shown = reference_rgb(frame, colour_model(frame, context))
        if (shown.shape[1], shown.shape[0]) != self._first_size:
            shown = np.asarray(cv2.resize(shown, self._first_size, interpolation=cv2.INTER_AREA), np.float32)
        return self._upright.apply(shown)

    def frame_name(self, frame_index: int) -> str:
        self._check(frame_index)
        return f"{frame_index:05d}"

    def seconds(self, frame_index: int) -> float:
        self._check(frame_index)
        times = self._index.times
        return float((times.ticks[frame_index] - times.ticks[0]) * times.time_base)

    def quick_frame(self, frame_index: int) -> int:
        self._check(frame_index)
        index = self._index
        if index.counted:
            return frame_index
        found = int(index.frame_of_packet[index.starts[index.start_position(frame_index), 0]])
        # a keyframe's packet may be hidden by an edit list, and then is no frame
        return found if 0 <= found <= frame_index else frame_index

    @property
    def timestamps(self) -> tuple[int, ...]:
        """When each frame is shown, in ticks of `time_base`; what an export needs to keep the clip's timing."""
        return self._index.times.ticks

    @property
    def time_base(self) -> Fraction:
        """Seconds a tick."""
        return self._index.times.time_base

    @property
    def recordings(self) -> int:
        """How many were put one after another, known by time stamps that begin again."""
        return self._index.times.restarts + 1

    @property
    def repeats(self) -> dict[int, int]:
        """Damaged frames met so far, each with the frame that is shown in its place."""
        with self._lock:
            return self._access.repeats

    @property
    def seeks(self) -> int:
        """The number of seeks so far; reading in order needs none."""
        return self._access.seeks

    def close(self) -> None:
        with self._lock:
            if not self._closed:
                self._closed = True
                self._access.close()
                if self._side_alpha is not None:
                    self._side_alpha.close()


def _clock(times: FrameTimes, stream: Any) -> tuple[Fraction | None, float | None]:
    """(frames a second, seconds): measured, with the container's own figure where it says the same more cleanly."""
    declared = stream.guessed_rate or stream.average_rate
    step = times.step
    if not step:
        rate = Fraction(declared) if declared else None
        ticks = times.last_ticks
        seconds = float(ticks * times.time_base) if ticks else float(1 / rate) if rate else None
        return rate, seconds
    rate = (1 / step).limit_denominator(1001)
    if declared and abs(declared * step - 1) < Fraction(1, 100) and not times.variable:
        rate = Fraction(declared)
    last = times.last_ticks * times.time_base if times.last_ticks else step
    return rate, float((times.ticks[-1] - times.ticks[0]) * times.time_base + last)


def _codec_name(stream: Any) -> str:
    """What the format is called, not the decoder that happens to read it (av1, not libdav1d)."""
    codec = stream.codec_context.codec
    return str(getattr(codec, "canonical_name", None) or codec.name)


def is_interlaced(decoder: FrameDecoder, first_frame: Any) -> bool:
    """Whether frames are woven of two fields, by what the first one or the stream says."""
    return bool(first_frame.interlaced_frame) or int(decoder.stream.codec_context.field_order) > 1


def _has_alpha(decoder: FrameDecoder, frame: Any) -> bool:
    """Whether transparency is in the frames or next to them."""
    return any(component.is_alpha for component in frame.format.components) or has_side_alpha(decoder.stream)


def _crop_notes(path: Path, part: FilePart | None, stored: tuple[int, int]) -> tuple[Message, ...]:
    try:
        shown = shown_size(path, part)
    except (OSError, ValueError):
        return ()
    if shown is None or (shown[0] >= stored[0] and shown[1] >= stored[1]):
        return ()
    return (
        Message(
            "the file asks for its picture to be cropped to {width} x {height}; all of it is shown and exported",
            width=shown[0],
            height=shown[1],
        ),
    )


def _weaving_notes(woven: bool, upper_first: bool | None, options: ClipOptions) -> tuple[Message, ...]:
    if options.deinterlace or not (woven or upper_first is not None):
        return ()
    if woven:
        return (
            Message(
                "interlaced: each frame is woven of two fields of different times, so moving edges look like combs; "
                "deinterlacing makes whole pictures"
            ),
        )
    return (
        Message(
            "looks interlaced, though the file does not say so: moving edges look like combs; deinterlacing makes "
            "whole pictures"
        ),
    )


def _stream_notes(decoder: FrameDecoder, frame: Any) -> tuple[Message, ...]:
    notes: list[Message] = []
    if _has_alpha(decoder, frame):
        notes.append(Message("the clip has transparency, which is ignored: it can be taken as a mask"))
    if frame.side_data.get("SPHERICAL") is not None:
        notes.append(
            Message("spherical (360 degrees): shown flat, as stored; objects break at the left and right edge")
        )
    if frame.side_data.get("STEREO3D") is not None:
        notes.append(Message("stereoscopic (3D): the pictures of both eyes are shown as stored"))
    aspect = decoder.stream.sample_aspect_ratio
    if aspect and abs(aspect - 1) > _SQUARE:
        notes.append(
            Message(
                "pixels are not square ({numerator}:{denominator}); they are shown as stored",
                numerator=aspect.numerator,
                denominator=aspect.denominator,
            )
        )
    if len(decoder.container.streams.video) > 1:
        notes.append(Message("the file has several video streams; number {index} is used", index=decoder.stream.index))
    if orientation(frame).mirrors:
        notes.append(Message("the stored picture is mirrored; it is shown as the file asks"))
    if degrees := tilt(frame):
        notes.append(
            Message(
                "the file asks for a turn that is no quarter turn: the picture is shown and exported {degrees} degrees "
                "off",
                degrees=abs(degrees),
            )
        )
    return tuple(notes)
