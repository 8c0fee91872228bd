"""Copies or encodes a clip's sound tracks into the file that is written, as planned, in step with its pictures."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av

from core.delivery.sound.encoding import SoundEncoder, SoundProbe
from core.delivery.sound.packets import PacketCollector, SoundPacket, payload
from core.delivery.sound.planning import TrackPlan
from core.media.containers.opening import open_container

_HIDDEN = Fraction(1, 10)
"""Seconds of sound that an edit list hides and that are copied all the same: decoders need a start. Containers without
such lists would let all of it play before the first picture."""
_RUN_UP = Fraction(2)
"""Seconds before the range from which on an encoded track is decoded: decoders need a start."""


@dataclass(frozen=True)
class SoundSpan:
    """Which sound belongs to the pictures, in seconds of the clip's own time; None is no limit. `shift` is taken off
    its times.
    """

    start: Fraction | None
    end: Fraction | None
    shift: Fraction


class SoundTracks:
    """Feeds a clip's sound into an output container. Copied are packets that begin in the span, encoded is what is
    played in it, to the sample.
    """

    def __init__(self, path: Path, output: Any, plans: Sequence[TrackPlan], span: SoundSpan) -> None:
        self._input = open_container(path)
        self._output, self._span = output, span
        self._copies: dict[int, tuple[TrackPlan, Any]] = {}
        self._encoders: dict[int, tuple[TrackPlan, SoundEncoder]] = {}
        self._gathered = PacketCollector()
        try:
            for plan in plans:
                source = self._input.streams[plan.stream]
                if plan.encoding is not None:
                    start = span.start if span.start is not None else span.shift
                    encoder = SoundEncoder(output, source, plan.encoding, start, span.end, plan.tags)
                    self._encoders[plan.stream] = plan, encoder
                    continue
                copy = output.add_stream_from_template(source)
                copy.metadata.update(plan.tags)
                self._copies[plan.stream] = plan, copy
        except BaseException:
            self._input.close()
            raise
        self._packets = self._wanted()
        self._ahead: deque[Any] = deque()

    @property
    def sent(self) -> list[SoundPacket]:
        """The packets passed through unchanged."""
        return self._gathered.packets

    @property
    def probes(self) -> dict[int, SoundProbe]:
        """A piece of each track that was encoded."""
        return {plan.number: encoder.probe for plan, encoder in self._encoders.values()}

    def _wanted(self) -> Iterator[Any]:
        chosen = [self._input.streams[index] for index in (*self._copies, *self._encoders)]
        packets = self._input.demux(chosen) if chosen else iter(())
        while True:
            try:
                packet = next(packets, None)
            except av.FFmpegError:
                return  # the file breaks off here, and its pictures do, too
            if packet is None:
                return
            if packet.size == 0:
                continue
            encoded = packet.stream.index in self._encoders
            if packet.pts is None:
                if encoded:
                    self._encoders[packet.stream.index][1].write(packet)
                continue
            seconds = packet.pts * packet.time_base
            start, end = self._span.start, self._span.end
            if start is not None and seconds < (start - _RUN_UP if encoded else start):
                continue
            if end is not None and seconds >= end:
                continue
            if packet.is_discard and not encoded and seconds < self._span.shift - _HIDDEN:
                continue
            yield packet

    def advance(self, seconds: Fraction | None) -> None:
        """Writes all sound that begins before `seconds` of the output's time; None writes the rest."""
        while True:
            packet = self._ahead.popleft() if self._ahead else next(self._packets, None)
            if packet is None:
                break
            begins = packet.pts * packet.time_base - self._span.shift
            if seconds is not None and begins >= seconds:
                self._ahead.append(packet)
                return
            self._write(packet, begins)
        if seconds is None:
            for _plan, encoder in self._encoders.values():
                encoder.finish()

    def _write(self, packet: Any, begins: Fraction) -> None:
        index = packet.stream.index
        if index in self._encoders:
            self._encoders[index][1].write(packet)
            return
        plan, target = self._copies[index]
        self._gathered.add(plan.codec, plan.number, begins, payload(packet, plan.codec))
        ticks = round(self._span.shift / packet.time_base)
        packet.pts -= ticks
        packet.dts = packet.pts if packet.dts is None else packet.dts - ticks
        packet.stream = target
        self._output.mux(packet)

    def close(self) -> None:
        """Closes the clip."""
        self._input.close()
