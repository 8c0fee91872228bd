"""What a person should know about a clip's time stamps, its end and its damage, in words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median_low

from core.media.containers.frame_times import FrameTimes
from core.media.stills.series import in_words
from core.messages import Message

_FEW = 8
_MOST_UNEVEN = 0.1
"""Share of frames; where times leap more often, the clip has no constant rate."""


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
    if lost := _missing_frames(times):
        notes.append(
            Message(
                "timestamps leap over {count} frames, after {frames}: they were lost, or never recorded, and the "
                "frame before is shown longer",
                count=sum(lost.values()),
                frames=in_words(sorted(lost)),
            )
        )
    if times.restarts:
        notes.append(
            Message(
                "timestamps begin again ({restarts} x), as in recordings that were put one after another: the "
                "clip continues there",
                restarts=times.restarts,
            )
        )
    return notes


def _missing_frames(times: FrameTimes) -> dict[int, int]:
    """How many frames are missing after each frame, by the times of a clip whose frames pass evenly otherwise."""
    steps = [after - before for before, after in pairwise(times.ticks)]
    if len(steps) < _FEW or times.mended or times.restarts:
        return {}
    usual = median_low(steps)
    allowed = max(1, usual // 20)
    if usual <= allowed:
        return {}
    odd = {index: step for index, step in enumerate(steps) if abs(step - usual) > allowed}
    missing = {index: round(step / usual) - 1 for index, step in odd.items()}
    even = all(
        count > 0 and abs(odd[index] - (count + 1) * usual) <= allowed * (count + 1) for index, count in missing.items()
    )
    return missing if even and len(odd) <= len(steps) * _MOST_UNEVEN else {}


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


def check_sum_notes(frames: Sequence[int]) -> list[Message]:
    """That frames, rising, lie where check sums do not add up; empty if there are none."""
    if not frames:
        return []
    return [
        Message(
            "damaged: the file's check sums do not add up; pictures may be wrong among these: {frames}",
            frames=in_words(frames),
        )
    ]


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
