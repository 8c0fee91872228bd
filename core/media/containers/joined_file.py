"""Several recordings in one file, put one after another, as one clip that continues from each to the next."""

from __future__ import annotations

import contextlib
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import accumulate
from math import lcm
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from core.errors import MediaError
from core.media.containers.frame_times import FrameTimes
from core.media.containers.index_notes import damage_notes
from core.media.containers.parts import FilePart
from core.media.containers.video_file import VideoFile
from core.media.info import VideoInfo
from core.media.options import ClipOptions
from core.media.source import GiveUp, VideoSource
from core.messages import Message
from core.types import Image

_FINEST = 1_000_000_000
"""Ticks a second beyond which the parts' clocks have no common one: then it is this."""


class JoinedFile(VideoSource):
    """Frames of all parts in their order, at the first one's size. Made by `open_video`.

    Each part has an index and a decoder of its own, so a frame is the same whichever way it is reached. Raises
    MediaFormatError if no part can be read; parts that cannot, behind others that can, are left out with a note.
    """

    def __init__(self, path: Path, options: ClipOptions, parts: Sequence[FilePart]) -> None:
        self._options, self._file_parts = options, parts
        self._clips: list[VideoFile] = []
        notes: list[Message] = []
        notes.append(
            Message(
                "the file is {count} recordings that were put one after another: the clip continues there",
                count=len(parts),
            )
        )
        first_error: MediaError | None = None
        try:
            for number, part in enumerate(parts, 1):
                try:
                    self._clips.append(VideoFile(path, options, part))
                except MediaError as error:
                    first_error = first_error or error
                    notes.append(
                        Message("recording {number} of the file cannot be read and is left out", number=number)
                    )
        except BaseException:
            self.close()
            raise
        if not self._clips:
            assert first_error is not None
            raise first_error
        counts = [clip.frame_count for clip in self._clips]
        self._firsts = [0, *accumulate(counts)]
        self._times = _one_clock(self._clips)
        infos = [clip.info for clip in self._clips]
        for number, info in enumerate(infos[1:], 1):
            if (info.width, info.height) != (infos[0].width, infos[0].height):
                at = self._firsts[number]
                before = infos[0]
                notes.append(
                    Message(
                        "the picture changes its size at frame {at} ({width} x {height} to {width2} x {height2}): all "
                        "are shown at the first size",
                        at=at,
                        width=before.width,
                        height=before.height,
                        width2=info.width,
                        height2=info.height,
                    )
                )
                break
        of_clips = [note for clip in self._clips for note in clip.notes_but_damage]
        super().__init__(_together(infos, self._firsts[-1], self._times, tuple(dict.fromkeys([*notes, *of_clips]))))

    @property
    def info(self) -> VideoInfo:
        damaged = [
            first + frame for first, clip in zip(self._firsts, self._clips, strict=False) for frame in clip.damaged
        ]
        return replace(self._info, notes=(*self._info.notes, *damage_notes(damaged)))

    @property
    def options(self) -> ClipOptions:
        return self._options

    def reopen(self) -> JoinedFile:
        return JoinedFile(self.path, self._options, self._file_parts)

    def read(self, frame_index: int) -> Image:
        return self.fetch(frame_index)

    def fetch(self, frame_index: int, draft: bool = False, give_up: GiveUp | None = None) -> Image:
        clip, frame = self._at(frame_index)
        return np.asarray(self._sized(clip.fetch(frame, draft, give_up)), np.uint8)

    def read_deep(self, frame_index: int) -> NDArray[np.uint16]:
        clip, frame = self._at(frame_index)
        return np.asarray(self._sized(clip.read_deep(frame)), np.uint16)

    def read_alpha(self, frame_index: int) -> NDArray[np.uint8] | None:
        clip, frame = self._at(frame_index)
        if not self._info.has_alpha:
            return None
        alpha = clip.read_alpha(frame)
        if alpha is None:
            # a recording without transparency among others that have it
            return np.full((self._info.height, self._info.width), 255, np.uint8)
        return np.asarray(self._sized(alpha), np.uint8)

    def reference(self, frame_index: int) -> NDArray[np.float32]:
        clip, frame = self._at(frame_index)
        return np.asarray(self._sized(clip.reference(frame)), np.float32)

    def frame_name(self, frame_index: int) -> str:
        self._check(frame_index)
        return f"{frame_index:05d}"

    def seconds(self, frame_index: int) -> float:
        self._check(frame_index)
        ticks = self._times.ticks
        return float((ticks[frame_index] - ticks[0]) * self._times.time_base)

    def quick_frame(self, frame_index: int) -> int:
        clip, frame = self._at(frame_index)
        return frame_index - frame + clip.quick_frame(frame)

    @property
    def timestamps(self) -> tuple[int, ...]:
        """When each frame is shown, in ticks of `time_base`: each part begins where the one before ends."""
        return self._times.ticks

    @property
    def time_base(self) -> Fraction:
        """Seconds a tick."""
        return self._times.time_base

    @property
    def recordings(self) -> int:
        """How many there are."""
        return sum(clip.recordings for clip in self._clips)

    @property
    def repeats(self) -> dict[int, int]:
        """Damaged frames met so far, each with the frame that is shown in its place."""
        return {
            first + frame: first + shown
            for first, clip in zip(self._firsts, self._clips, strict=False)
            for frame, shown in clip.repeats.items()
        }

    @property
    def seeks(self) -> int:
        """The number of seeks so far."""
        return sum(clip.seeks for clip in self._clips)

    def close(self) -> None:
        for clip in self._clips:
            with contextlib.suppress(MediaError):
                clip.close()

    def _at(self, frame_index: int) -> tuple[VideoFile, int]:
        self._check(frame_index)
        number = bisect_right(self._firsts, frame_index) - 1
        return self._clips[number], frame_index - self._firsts[number]

    def _sized(self, picture: NDArray[Any]) -> NDArray[Any]:
        size = self._info.width, self._info.height
        height, width = picture.shape[:2]
        if (width, height) == size:
            return picture
        smaller = size[0] * size[1] < width * height
        return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA if smaller else cv2.INTER_LINEAR))


def _one_clock(clips: Sequence[VideoFile]) -> FrameTimes:
    """The times of all frames: each clip begins where the one before it ends."""
    denominator = lcm(*(clip.time_base.denominator for clip in clips))
    base = Fraction(1, min(denominator, _FINEST))
    ticks: list[int] = []
    begin = clips[0].timestamps[0] * clips[0].time_base
    for clip in clips:
        stamps, own = clip.timestamps, clip.time_base
        for stamp in stamps:
            at = round((begin + (stamp - stamps[0]) * own) / base)
            ticks.append(max(at, ticks[-1] + 1) if ticks else at)
        seconds = clip.info.seconds
        begin += Fraction(seconds).limit_denominator(_FINEST) if seconds else Fraction(1, 25)
    return FrameTimes(tuple(ticks), base, max(1, round(begin / base) - ticks[-1]))


def _together(infos: Sequence[VideoInfo], frame_count: int, times: FrameTimes, notes: tuple[Message, ...]) -> VideoInfo:
    first = infos[0]
    seconds = float((times.ticks[-1] - times.ticks[0] + (times.last_ticks or 0)) * times.time_base)
    rates = {info.rate for info in infos}
    rate = first.rate if len(rates) == 1 else Fraction(frame_count / seconds).limit_denominator(1001)
    return replace(
        first,
        frame_count=frame_count,
        rate=rate,
        seconds=seconds,
        variable_rate=times.variable,
        bit_depth=max(info.bit_depth for info in infos),
        has_audio=any(info.has_audio for info in infos),
        has_alpha=any(info.has_alpha for info in infos),
        interlaced=any(info.interlaced for info in infos),
        notes=notes,
    )
