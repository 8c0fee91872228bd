"""What is known about a clip once it is open."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Literal

from core.messages import Message

ClipKind = Literal["video", "images"]


@dataclass(frozen=True)
class VideoInfo:
    """Properties of a clip. Sizes are upright, as `read` returns pictures; everything else is as stored."""

    path: Path
    kind: ClipKind
    """"video" is a file with a time line, "images" a folder of pictures (or one picture)."""
    width: int
    height: int
    frame_count: int
    """Frames that can be read: of a truncated file only those that are there."""
    rate: Fraction | None
    """Frames a second, the mean where the rate varies; None for pictures and for a single frame of unknown length."""
    seconds: float | None
    """Seconds from the start of the first frame to the end of the last; None where `rate` is."""
    variable_rate: bool
    codec: str
    pixel_format: str
    bit_depth: int
    """Bits a channel as stored; `read` always gives 8."""
    rotation: int
    """Degrees clockwise (0, 90, 180 or 270) by which stored pictures are turned to stand upright."""
    colour_matrix: str
    """"bt601", "bt709", "bt2020", "smpte240m", "fcc" or "rgb": what `read` converts from, a guess included."""
    colour_range: str
    """"limited" or "full"."""
    has_audio: bool
    notes: tuple[Message, ...] = ()
    """What a person should know before working on the clip, a sentence each."""
    linear_light: bool = False
    """Stored numbers are proportional to light; `read` encodes them as sRGB."""
    transfer: str = ""
    """"PQ" or "HLG" of HDR video, whose numbers `read` gives as they are; else empty."""
    has_alpha: bool = False
    """Stored pictures have transparency, which `read_alpha` gives."""
    interlaced: bool = False
    """Frames are woven from two fields of different times."""
