"""Sound carried along: packets as they are, or encoded anew where the container cannot hold the codec."""

from __future__ import annotations

import zlib
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av

from core.media.containers.opening import open_container

_OPUS_RATE = 48000


@dataclass(frozen=True)
class SoundPacket:
    """What a packet of sound is told by: track, start in seconds, checksum of its bytes."""

    track: int
    seconds: Fraction
    checksum: int


class AudioTracks:
    """Feeds a clip's sound into an output container, in step with its pictures.

    `start` and `end` are seconds in the clip's own time: packets that begin in between are kept (None: no limit), and
    `shift` is taken off their times. Both containers' own track order is kept.
    """

    def __init__(
        self, path: Path, output: Any, start: Fraction | None, end: Fraction | None, shift: Fraction, notes: list[str]
    ) -> None:
        self._input = open_container(path)
        self._start, self._end, self._shift = start, end, shift
        self._output = output
        self.sent: list[SoundPacket] = []
        """The packets passed through unchanged."""
        self._tracks: dict[int, tuple[int, Any, Any]] = {}
        for stream in self._input.streams.audio:
            number, codec = len(self._tracks), stream.codec_context
            if codec is None:
                notes.append(f"sound track {number} is of an unknown kind and was left out")
                continue
            name = getattr(codec.codec, "canonical_name", None) or codec.name
            if name in output.supported_codecs or codec.name in output.supported_codecs:
                self._tracks[stream.index] = (number, output.add_stream_from_template(stream), None)
            else:
                encoder = "libopus" if "opus" in output.supported_codecs else "aac"
                rate = _OPUS_RATE if encoder == "libopus" else codec.sample_rate
                target = output.add_stream(encoder, rate=rate, layout=codec.layout.name)
                resampler = av.AudioResampler(target.codec_context.format, codec.layout.name, rate)
                self._tracks[stream.index] = (number, target, resampler)
                notes.append(f"the sound was encoded as {encoder.removeprefix('lib')}: {name} cannot be in this file")
        self._packets = self._wanted()
        self._ahead: deque[Any] = deque()

    def _wanted(self) -> Iterator[Any]:
        chosen = [self._input.streams[index] for index in self._tracks]
        for packet in self._input.demux(chosen) if chosen else ():
            if packet.size == 0 or packet.pts is None:
                continue
            seconds = packet.pts * packet.time_base
            if self._start is not None and seconds < self._start:
                continue
            if self._end is not None and seconds >= self._end:
                continue
            yield packet

    def advance(self, seconds: Fraction | None) -> None:
        """Writes all sound that begins before `seconds` of the output's time; None writes the rest."""
        while True:
            packet = self._ahead.popleft() if self._ahead else next(self._packets, None)
            if packet is None:
                break
            begins = packet.pts * packet.time_base - self._shift
            if seconds is not None and begins >= seconds:
                self._ahead.append(packet)
                return
            self._write(packet, begins)
        if seconds is None:
            for _, target, resampler in self._tracks.values():
                if resampler is not None:
                    self._encode(target, resampler.resample(None))
                    self._output.mux(target.encode(None))

    def _write(self, packet: Any, begins: Fraction) -> None:
        number, target, resampler = self._tracks[packet.stream.index]
        if resampler is not None:
            for frame in packet.decode():
                frame.pts = None if frame.pts is None else frame.pts - round(self._shift / frame.time_base)
                self._encode(target, resampler.resample(frame))
            return
        self.sent.append(SoundPacket(number, begins, zlib.crc32(bytes(packet))))
        ticks = round(self._shift / packet.time_base)
        packet.pts -= ticks
        packet.dts = packet.pts if packet.dts is None else packet.dts - ticks
        packet.stream = target
        self._output.mux(packet)

    def _encode(self, target: Any, frames: list[Any]) -> None:
        for frame in frames:
            self._output.mux(target.encode(frame))

    def close(self) -> None:
        """Closes the clip."""
        self._input.close()


def sound_packets(path: Path) -> list[SoundPacket]:
    """All packets of sound in a file, in the order they are stored."""
    with open_container(path) as container:
        tracks = {stream.index: number for number, stream in enumerate(container.streams.audio)}
        streams = list(container.streams.audio)
        return [
            SoundPacket(tracks[packet.stream.index], packet.pts * packet.time_base, zlib.crc32(bytes(packet)))
            for packet in (container.demux(streams) if streams else ())
            if packet.size and packet.pts is not None
        ]
