"""What a person should know about a clip's time stamps, its end and its damage, in words."""

from __future__ import annotations

from collections.abc import Sequence

from core.media.containers.frame_times import FrameTimes
from core.media.stills.series import in_words


def stamp_notes(times: FrameTimes, frame_count: int) -> list[str]:
    """What is odd about the time stamps; empty if nothing is."""
    notes: list[str] = []
    if times.mended and times.mended == frame_count:
        notes.append("the file has no usable timestamps: frames are counted, and pass at a constant rate")
    elif times.mended:
        notes.append(
            f"{times.mended} of {frame_count} frames have a timestamp that is missing, repeated or out of order: "
            "they are shown between their neighbours"
        )
    if times.restarts:
        notes.append(
            f"timestamps begin again ({times.restarts} x), as in recordings that were put one after another: the clip "
            "goes on there"
        )
    return notes


def truncation_notes(frame_count: int, missing: int) -> list[str]:
    """That the end of the file is not there; `missing` is about how many frames, 0 if that is not known."""
    notes: list[str] = []
    if missing > 0:
        notes.append(f"truncated: {frame_count} of about {frame_count + missing} frames can be read")
    else:
        notes.append(f"truncated: the first {frame_count} frames can be read")
    return notes


def damage_notes(damaged: Sequence[int]) -> list[str]:
    """Which frames, rising, are damaged; empty if none is."""
    notes: list[str] = []
    if damaged:
        notes.append(
            f"damaged: frames that cannot be decoded whole: {in_words(damaged)}. Those up to the next keyframe may "
            "show traces of it"
        )
    return notes
