"""What an export must know of the clip beyond its pictures: its clock, colour tags, pixel shape, and its full depth."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import av
from numpy.typing import NDArray

from core.delivery.timecode import later_timecode
from core.media import AnimatedPicture, JoinedFile, VideoFile, VideoSource
from core.media.colour import FULL_RANGE, LIMITED_RANGE, SCALER_MATRIX, colour_model, orientation
from core.media.containers.opening import choose_stream, open_container
from core.messages import Message, message_of, verbatim

Picture = NDArray[Any]
"""(H, W, 3) RGB, uint8 or uint16 over the whole range."""

UNSPECIFIED = 2
_PROGRESSIVE = 1
_TOP_FIRST = {2: True, 3: False, 4: True, 5: False}
"""FFmpeg's AVFieldOrder of woven frames: which field is shown first (3 and 5: the bottom one)."""
_MATRIX_TAGS = {"bt709": 1, "fcc": 4, "bt601": 6, "smpte240m": 7, "bt2020": 9}
_NOMINAL_RATE = Fraction(24)
_SHOWN_LONGER = 10
"""Milliseconds; browsers do not believe that a frame is shown for so short a time."""


@dataclass(frozen=True)
class ColourTags:
    """ITU-T H.273 code points, and the scaler's name of the matrix."""

    matrix_name: str = "bt709"
    matrix: int = 1
    primaries: int = 1
    transfer: int = 1
    full_range: bool = False

    @property
    def range_tag(self) -> int:
        """FFmpeg's number of the range, full or limited."""
        return FULL_RANGE if self.full_range else LIMITED_RANGE

    @property
    def scaler_matrix(self) -> int:
        """libswscale's number of the matrix between RGB and YCbCr."""
        return SCALER_MATRIX[self.matrix_name]


@dataclass(frozen=True)
class ClipProperties:
    """The clip's clock and tags. `timestamps` are in ticks of `time_base` seconds, one a frame."""

    timestamps: tuple[int, ...]
    time_base: Fraction
    rate: Fraction
    colours: ColourTags
    pixel_aspect: Fraction
    """Width over height of an upright pixel."""
    audio_path: Path | None
    """The file whose sound is exported; None without sound."""
    sound_rates: tuple[int, ...] = ()
    """Ticks a second of its sound."""
    timecode: str = ""
    """Time code of its first frame, as written; "" if it has none."""
    reel: str = ""
    interlaced: bool = False
    """Frames that go out are woven of two fields."""
    field_order: int = 0
    """FFmpeg's AVFieldOrder of a woven clip; 0 where nothing says it."""
    sound_apart: bool = False
    """The clip has sound, but its clock restarts on the way, so it is left out."""

    @property
    def hdr(self) -> str:
        """ "PQ" or "HLG" for a clip with such a transfer characteristic, else ""."""
        return {16: "PQ", 18: "HLG"}.get(self.colours.transfer, "")

    @property
    def top_field_first(self) -> bool | None:
        """Which field of woven frames is shown first; None where frames are whole, or nothing says it."""
        return _TOP_FIRST.get(self.field_order) if self.interlaced else None

    def preview_notes(self, frames: Sequence[int]) -> list[Message]:
        """What an animated picture of these frames lacks."""
        notes = [Message("this format has no sound: the clip's was left out")] if self.audio_path is not None else []
        times = [self.timestamps[frame] * self.time_base * 1000 for frame in frames]
        if any(round(after) - round(before) <= _SHOWN_LONGER for before, after in pairwise(times)):
            notes.append(
                Message("frames of 10 milliseconds or less: browsers show such frames for a tenth of a second each")
            )
        return notes

    def tags_from(self, frame_index: int) -> dict[str, str]:
        """What a file that begins at a frame is labelled with: time code and reel."""
        tags = {"timecode": later_timecode(self.timecode, frame_index, self.rate), "reel_name": self.reel}
        return {name: value for name, value in tags.items() if value}


def clip_properties(video: VideoSource) -> ClipProperties:
    """The properties of an open clip; pictures count as BT.709 and 24 frames a second. Raises MediaError."""
    rate = video.info.rate or _NOMINAL_RATE
    if isinstance(video, AnimatedPicture):
        ticks = tuple(round(video.seconds(frame) * 1000) for frame in range(video.frame_count))
        return ClipProperties(ticks, Fraction(1, 1000), Fraction(rate), ColourTags(), Fraction(1), None)
    if not isinstance(video, (VideoFile, JoinedFile)):
        ticks = tuple(range(video.frame_count))
        return ClipProperties(ticks, 1 / Fraction(rate), Fraction(rate), ColourTags(), Fraction(1), None)
    with open_container(video.path) as container:
        stream = choose_stream(container, video.path)
        context = stream.codec_context
        frame = next(container.decode(stream))
        model = colour_model(frame, context)
        aspect = Fraction(stream.sample_aspect_ratio or 1) or Fraction(1)
        if orientation(frame).transposed:
            aspect = 1 / aspect
        matrix_name = "bt709" if model.matrix == "rgb" else model.matrix
        stored = int(frame.colorspace)
        timecode, reel = _labels(container, stream)
        field_order = int(context.field_order)
        interlaced = bool(frame.interlaced_frame) or field_order > _PROGRESSIVE
        sound_rates = tuple(Fraction(sound.time_base).denominator for sound in container.streams.audio)
        tags = ColourTags(
            matrix_name,
            # an untagged clip is tagged with what it was taken for: scaled, a player would guess again
            stored if model.matrix != "rgb" and stored not in (0, UNSPECIFIED) else _MATRIX_TAGS[matrix_name],
            int(context.color_primaries),
            int(context.color_trc),
            model.full_range and model.matrix != "rgb",
        )
    return ClipProperties(
        video.timestamps,
        video.time_base,
        Fraction(rate),
        tags,
        aspect,
        video.path if video.info.has_audio and video.recordings == 1 else None,
        sound_rates,
        timecode,
        reel,
        interlaced and not video.options.deinterlace,
        field_order,
        video.info.has_audio and video.recordings > 1,
    )


def sampling(video: VideoSource) -> str:
    """The chroma subsampling of a video: "444", "422", or "420" for all else, such as pictures."""
    found = re.search(r"4(22|44)|nv16|nv24|gbr|rgb", video.info.pixel_format) if video.info.kind == "video" else None
    return "420" if found is None else "422" if found[0] in ("422", "nv16") else "444"


def _labels(container: Any, stream: Any) -> tuple[str, str]:
    """(time code, reel): of the pictures, of a track of its own, or of the whole file."""
    sources = [stream.metadata, *(other.metadata for other in container.streams), container.metadata]
    tags_of_sources = [{key.lower(): str(value) for key, value in source.items()} for source in sources]
    first = {
        key: next((tags[key] for tags in tags_of_sources if tags.get(key)), "") for key in ("timecode", "reel_name")
    }
    return first["timecode"], first["reel_name"]


def describe(error: BaseException) -> Message:
    """The reason in an error of FFmpeg or the system, in few words."""
    reason = getattr(error, "strerror", None)
    return verbatim(reason) if reason else message_of(error)


FFMPEG_ERRORS = (av.FFmpegError, OSError, ValueError)
"""What opening, encoding or writing may raise."""
