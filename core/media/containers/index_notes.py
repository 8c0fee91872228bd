"""What a person should know about a clip's time stamps, its end and its damage, in words."""

from __future__ import annotations

from collections.abc import Sequence

from core.media.containers.frame_times import FrameTimes
from core.media.stills.series import in_words
from core.messages import Message


def stamp_notes(times: FrameTimes, frame_count: int) -> list[Message]:
    """What is odd about the time stamps; empty if nothing is."""
    notes: list[Message] = []
    if times.mended and times.mended == frame_count:
        notes.append(Message("the file has no usable timestamps: frames are counted, and pass at a constant rate"))
    elif times.mended:
        notes.append(
            Message(
                "{mended} of {frame_count} frames have a timestamp that is missing, repeated or out of order: "
                "they are shown between their neighbours",
                mended=times.mended,
                frame_count=frame_count,
            )
        )
    if times.restarts:
        notes.append(
            Message(
                "timestamps begin again ({restarts} x), as in recordings that were put one after another: the "
                "clip goes on there",
                restarts=times.restarts,
            )
        )
    return notes


def truncation_notes(frame_count: int, missing: int) -> list[Message]:
    """That the end of the file is not there; `missing` is about how many frames, 0 if that is not known."""
    notes: list[Message] = []
    if missing > 0:
        notes.append(
            Message(
                "truncated: {frame_count} of about {total} frames can be read",
                frame_count=frame_count,
                total=frame_count + missing,
            )
        )
    else:
        notes.append(Message("truncated: the first {frame_count} frames can be read", frame_count=frame_count))
    return notes


def damage_notes(damaged: Sequence[int]) -> list[Message]:
    """Which frames, rising, are damaged; empty if none is."""
    notes: list[Message] = []
    if damaged:
        notes.append(
            Message(
                "damaged: frames that cannot be decoded whole: {frames}. Those up to the next keyframe may "
                "show traces of it",
                frames=in_words(damaged),
            )
        )
    return notes
