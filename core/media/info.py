"""What is known of a clip without reading its frames."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Literal


@dataclass(frozen=True)
class VideoInfo:
    """A clip's facts. `width` and `height` are upright pixels; `rotation` is what was applied, in degrees clockwise."""

    path: Path
    kind: Literal["video", "images"]
    width: int
    height: int
    frame_count: int
    rate: Fraction | None
    """Average frames a second; None where there is no clock, as in a folder of pictures."""
    seconds: float | None
    variable_rate: bool
    codec: str
    pixel_format: str
    bit_depth: int
    rotation: int
    colour_matrix: str
    colour_range: str
    has_audio: bool
    notes: tuple[str, ...] = ()
    """What a person should know, such as how many frames of a truncated file can be read."""
