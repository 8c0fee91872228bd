"""Time code: the clock of a recording, carried along to the frame at which an export begins."""

from __future__ import annotations

import re
from fractions import Fraction

_WRITTEN = re.compile(r"(\d\d):(\d\d):(\d\d)([:;.])(\d\d\d?)")
RATES = frozenset(
    {
        *(Fraction(rate) for rate in (24, 25, 30, 48, 50, 60)),
        *(Fraction(1000 * rate, 1001) for rate in (24, 30, 48, 60)),
    }
)
"""Frames a second that time code counts; at others there is none."""


def later_timecode(written: str, frames: int, rate: Fraction) -> str:
    """The time code `frames` frames after one such as "01:00:00:00", or "01:00:00;00" where frame numbers are dropped.

    "" for a time code or rate that cannot be counted with.
    """
    counted = _counted(written, rate)
    if counted is None:
        return ""
    number, dropped = counted
    number += frames
    base = round(rate)
    a_minute, ten_minutes = 60 * base - dropped, 600 * base - 9 * dropped
    number %= 144 * ten_minutes
    if dropped:
        tens, rest = divmod(number, ten_minutes)
        number += 9 * dropped * tens
        if rest >= 60 * base:
            number += dropped * ((rest - 60 * base) // a_minute + 1)
    hours, minutes, seconds = number // (3600 * base), number // (60 * base) % 60, number // base % 60
    return f"{hours:02}:{minutes:02}:{seconds:02}{';' if dropped else ':'}{number % base:02}"


def timecode_frames(written: str, rate: Fraction) -> int | None:
    """The number of frames from midnight to a time code; None if the time code or the rate is invalid."""
    counted = _counted(written, rate)
    return None if counted is None else counted[0]


def _counted(written: str, rate: Fraction) -> tuple[int, int] | None:
    """Frames since midnight, and how many numbers are dropped a minute."""
    found = _WRITTEN.fullmatch(written.strip())
    if not found or rate not in RATES:
        return None
    hours, minutes, seconds, count = (int(found[number]) for number in (1, 2, 3, 5))
    base = round(rate)
    dropped = 2 * (base // 30) if found[4] in ";." and base % 30 == 0 and rate.denominator == 1001 else 0
    minute = 60 * hours + minutes
    return (60 * minute + seconds) * base + count - dropped * (minute - minute // 10), dropped
