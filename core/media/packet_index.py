"""The packet index: which presentation timestamp each frame has, found by demuxing once without decoding."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

import av
from av.container import InputContainer
from av.video.stream import VideoStream


@dataclass(frozen=True)
class PacketIndex:
    """Timestamps in the stream's time base, in order of presentation: entry i is frame i's."""

    pts: tuple[int, ...]
    keyframe_pts: tuple[int, ...]
    damaged: bool
    """Whether demuxing stopped at an error, as it does at the end of a truncated file."""

    @property
    def variable_rate(self) -> bool:
        """Whether frames are shown for unequal times (more than rounding in the time base explains)."""
        if len(self.pts) < 3:
            return False
        steps = [after - before for before, after in zip(self.pts, self.pts[1:], strict=False)]
        return max(steps) - min(steps) > max(1, round(0.02 * sorted(steps)[len(steps) // 2]))

    def keyframe_before(self, pts: int) -> int:
        """The timestamp of the last keyframe at or before `pts`, or the first frame's where there is none."""
        place = bisect_right(self.keyframe_pts, pts)
        return self.keyframe_pts[place - 1] if place else self.pts[0]


def build_index(container: InputContainer, stream: VideoStream) -> PacketIndex:
    """Demuxes the whole stream. Packets that an edit list discards are no frames; the container's count is not used."""
    shown: set[int] = set()
    keyframes: set[int] = set()
    damaged = False
    last_corrupt = False
    try:
        for packet in container.demux(stream):
            if packet.size == 0 or packet.is_discard:
                continue
            pts = packet.pts if packet.pts is not None else packet.dts
            if pts is None:
                continue
            # MPEG-TS flags whole packets that decode well; what counts is whether the file breaks off in its last one
            last_corrupt = bool(packet.is_corrupt)
            shown.add(pts)
            if packet.is_keyframe:
                keyframes.add(pts)
    except av.error.FFmpegError:
        damaged = True
    return PacketIndex(tuple(sorted(shown)), tuple(sorted(keyframes)), damaged or last_corrupt)
