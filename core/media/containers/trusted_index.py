"""From a packet index to one that can be trusted: what the packets promise is compared with what decodes.

Timestamps in AVI and raw streams may be missing or in decoding order, the first frames of a recording may refer to ones
that were cut away, and a truncated file ends in frames that are not whole. Checking takes the first frames only, unless
something is wrong.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

from core.errors import MediaFormatError
from core.media.containers.decoder import FrameDecoder
from core.media.containers.packet_index import PacketIndex, scan_packets

_CHECKED = 12
"""Frames at the start whose timestamps are compared: more than any codec reorders."""
_FALLBACK_RATE = Fraction(25)


@dataclass(frozen=True)
class TrustedIndex:
    """The index, the first frame that decodes, and what a person should know about the two."""

    index: PacketIndex
    first_frame: Any
    notes: tuple[str, ...]


def trusted_index(decoder: FrameDecoder, path: Path) -> TrustedIndex:
    """Reads a stream's packets and its first frames. Raises MediaFormatError if there is no frame."""
    index = scan_packets(decoder.container, decoder.stream)
    if index.broken_off:
        decoder.frame_threads = False
    decoder.restart()
    notes: list[str] = []
    frames = _first_frames(decoder, _CHECKED)
    if not frames:
        raise MediaFormatError(
            f"{path}: the video stream has no frame that can be decoded. The file is empty or damaged; copy it again."
        )
    times = [frame.pts for frame in frames]
    lost = index.pts.index(times[0]) if times[0] in index.pts else -1
    if not index.complete or lost < 0 or index.pts[lost : lost + len(times)] != tuple(times):
        index = _decoded_index(decoder, index)
        if index.counted:
            notes.append("the file has no usable timestamps: frames are counted from its start, so going back is slow")
    elif lost:
        index = index.keeping(index.pts[lost:])
        notes.append(f"the first {lost} frames are left out: they refer to frames that were cut away")
    if index.broken_off or _missing(decoder, index) > 0:
        if not index.counted:
            index = _without_broken_end(decoder, index)
        total = len(index.pts) + _missing(decoder, index)
        about = f"{len(index.pts)} of about {total}" if total > len(index.pts) else f"the first {len(index.pts)}"
        notes.append(f"truncated: {about} frames can be read")
    return TrustedIndex(index, frames[0], tuple(notes))


def _first_frames(decoder: FrameDecoder, count: int) -> list[Any]:
    frames: list[Any] = []
    while len(frames) < count and (frame := decoder.next()) is not None:
        frames.append(frame)
    return frames


def _decoded_index(decoder: FrameDecoder, index: PacketIndex) -> PacketIndex:
    """An index made by decoding everything: slow, but right whatever the packets say."""
    decoder.restart()
    times: list[int | None] = []
    while (frame := decoder.next()) is not None:
        times.append(frame.pts)
    known = [pts for pts in times if pts is not None]
    if len(known) == len(times) and all(before < after for before, after in pairwise(known)):
        return replace(index, pts=tuple(known), last_ticks=None)
    rate = decoder.stream.guessed_rate or decoder.stream.average_rate or _FALLBACK_RATE
    return replace(
        index, pts=tuple(range(len(times))), keyframes=(), time_base=1 / Fraction(rate), last_ticks=1, counted=True
    )


def _without_broken_end(decoder: FrameDecoder, index: PacketIndex) -> PacketIndex:
    """Leaves out the frames at the end that do not decode, going back a keyframe at a time until some do."""
    decoder.frame_threads = False
    decoder.restart()
    for key_pts in reversed(index.keyframes):
        if not decoder.seek(key_pts):
            break
        decoded = set()
        while (frame := decoder.next()) is not None:
            decoded.add(frame.pts)
        if any(pts >= key_pts for pts in decoded):
            kept = tuple(pts for pts in index.pts if pts < key_pts or pts in decoded)
            return index.keeping(kept)
    return index


def _missing(decoder: FrameDecoder, index: PacketIndex) -> int:
    """About how many frames the file says it has beyond those in the index; 0 if it says nothing of use."""
    stream, step = decoder.stream, index.step
    if step is None or index.counted:
        return 0
    if "mp4" in decoder.container.format.name.split(",") and stream.frames:
        return max(0, int(stream.frames) - index.discarded - len(index.pts))
    told = _told_seconds(decoder)
    if told is None:
        return 0
    # what is told may include a start delay or the sound's last bit
    missing = told - step * len(index.pts) - max(0, index.pts[0]) * index.time_base
    return round(missing / step) if missing > max(told / 20, 3 * step) else 0


def _told_seconds(decoder: FrameDecoder) -> Fraction | None:
    """The stream's length according to the container; with sound, the file's length says nothing of the pictures'."""
    stream = decoder.stream
    if stream.duration:
        return Fraction(stream.duration * stream.time_base)
    tag = re.fullmatch(r"(\d+):(\d+):(\d+(?:\.\d+)?)", stream.metadata.get("DURATION", ""))
    if tag:
        hours, minutes, seconds = tag.groups()
        return int(hours) * 3600 + int(minutes) * 60 + Fraction(seconds)
    if decoder.container.duration and not decoder.container.streams.audio:
        return Fraction(decoder.container.duration, 1_000_000)
    return None
