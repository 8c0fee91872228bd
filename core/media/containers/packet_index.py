"""The packet index: which presentation timestamp each frame has, found by demuxing once without decoding."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from typing import Any

import av

_VP8_SHOWN = 0x10


@dataclass(frozen=True)
class PacketIndex:
    """Timestamps in ticks of the stream's time base; entry i of `pts` is frame i's."""

    pts: tuple[int, ...]
    """Strictly increasing."""
    keyframes: tuple[int, ...]
    """Timestamps of the packets where decoding can start, sorted."""
    time_base: Fraction
    """Seconds a tick."""
    last_ticks: int | None = None
    """How long the last frame is shown, if its packet says."""
    discarded: int = 0
    """Packets that an edit list hides; they are no frames."""
    complete: bool = True
    """False if there were packets without timestamps: `pts` is not to be used then."""
    broken_off: bool = False
    """Demuxing ended with an error or a partial packet, as in a truncated file."""
    counted: bool = False
    """`pts` are frame numbers, counted from the start of the file, because its timestamps are of no use."""

    def keyframe_place(self, pts: int) -> int:
        """Index into `keyframes` of the last one shown at or before `pts`; -1 if there is none."""
        return bisect_right(self.keyframes, pts) - 1

    def keeping(self, pts: tuple[int, ...]) -> PacketIndex:
        """The index with other frames."""
        return replace(self, pts=pts)

    @property
    def step(self) -> Fraction | None:
        """The mean distance of frames in seconds; None for a single frame."""
        if len(self.pts) < 2:
            return None
        return (self.pts[-1] - self.pts[0]) * self.time_base / (len(self.pts) - 1)

    @property
    def variable(self) -> bool:
        """True if frames follow each other at unequal distances, more so than rounding to ticks explains."""
        if len(self.pts) < 3:
            return False
        steps = [after - before for before, after in pairwise(self.pts)]
        # with a coarse clock (one tick a frame, say) a single tick more is a frame that is missing
        allowed = max(1.0, 0.05 * min(steps)) if min(steps) >= 4 else 0.0
        return max(steps) - min(steps) > allowed


def scan_packets(container: Any, stream: Any) -> PacketIndex:
    """Demuxes an `av.InputContainer` from where it stands to its end."""
    pts: set[int] = set()
    keyframes: set[int] = set()
    ticks: dict[int, int] = {}
    discarded = 0
    complete = True
    corrupt = False
    hides_frames = stream.codec_context.codec.name in ("vp8", "libvpx")
    try:
        for packet in container.demux(stream):
            if packet.size == 0:
                continue
            # MPEG-TS marks packets that decode well; what counts is whether the file ends inside one
            corrupt = bool(packet.is_corrupt)
            if packet.is_discard:
                discarded += 1
            elif packet.pts is None:
                complete = False
            elif not (hides_frames and not bytes(packet)[0] & _VP8_SHOWN):
                pts.add(packet.pts)
                if packet.duration:
                    ticks[packet.pts] = packet.duration
            if packet.is_keyframe and packet.pts is not None:
                keyframes.add(packet.pts)
        broken = corrupt
    except av.FFmpegError:
        broken = True
    order = tuple(sorted(pts))
    return PacketIndex(
        pts=order,
        keyframes=tuple(sorted(keyframes)),
        time_base=Fraction(stream.time_base),
        last_ticks=ticks.get(order[-1]) if order else None,
        discarded=discarded,
        complete=complete,
        broken_off=broken,
    )
