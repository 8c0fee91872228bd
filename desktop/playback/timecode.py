"""Time code, as editors read it."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from PySide6.QtCore import QCoreApplication


# the ruler asks for the same few on every frame that is played
@lru_cache(maxsize=4096)
def timecode(frame_index: int, rate: Fraction | None) -> str:
    """HH:MM:SS:FF at the nominal rate; without a rate (pictures) the frame number alone."""
    if not rate:
        return str(frame_index)
    frames_a_second = max(1, round(rate))
    seconds = int(frame_index / rate)
    # frames since the second began, counted from the first frame at or after it
    first_of_second = -(-seconds * rate.numerator // rate.denominator)
    frame = min(frame_index - first_of_second, frames_a_second - 1)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}:{max(0, frame):02}"


def clock(seconds: float) -> str:
    """A duration in words short enough for a progress bar: 0:07, 12:30, 1:02:03."""
    whole = max(0, round(seconds))
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def duration(seconds: float) -> str:
    """A duration in a sentence: 4.2 s, 12:30, 1:02:03."""
    if seconds >= 60:
        return clock(seconds)
    return QCoreApplication.translate("Timecode", "{seconds} s").format(seconds=f"{seconds:.1f}")
