"""What a person should know about a clip's time stamps, its end and its damage, in words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from core.media.containers.frame_times import FrameTimes

_NAMED = 4
"""So many stretches of frames are named in a note."""


def stamp_notes(times: FrameTimes, frame_count: int) -> list[str]:
    """What is odd about the time stamps; empty if nothing is."""
    notes = []
    if times.mended and times.mended == frame_count:
        notes.append("the file has no usable timestamps: frames are counted, and pass at a constant rate")
    elif times.mended:
        notes.append(
            f"{times.mended} of {frame_count} frames have a timestamp that is missing, repeated or out of order: "
            "they are shown between their neighbours"
        )
    if times.restarts:
        notes.append(
            f"timestamps begin again {times.restarts} {'time' if times.restarts == 1 else 'times'}, as in recordings "
            "that were put one after another: the clip goes on there"
        )
    return notes


def truncation_note(frame_count: int, missing: int) -> str:
    """That the end of the file is not there; `missing` is about how many frames, 0 if that is not known."""
    total = frame_count + missing
    about = f"{frame_count} of about {total}" if missing > 0 else f"the first {frame_count}"
    return f"truncated: {about} frames can be read"


def damage_note(damaged: Sequence[int]) -> str:
    """Which frames, rising and at least one, are damaged."""
    named = stretches(damaged, _NAMED)
    return f"damaged: {named} cannot be decoded whole; frames up to the next keyframe may show traces of it"


def stretches(frames: Sequence[int], most: int) -> str:
    """Frames as words: "frames 3, 7 to 9 and 12 more"."""
    runs = [
        [frame for _, frame in group] for _, group in groupby(enumerate(frames), key=lambda pair: pair[1] - pair[0])
    ]
    words = [f"{run[0]} to {run[-1]}" if len(run) > 1 else str(run[0]) for run in runs[:most]]
    left = sum(len(run) for run in runs[most:])
    return ("frame " if len(frames) == 1 else "frames ") + ", ".join(words) + (f" and {left} more" if left else "")
