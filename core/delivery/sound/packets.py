"""What a file's sound consists of, packet by packet, so that a copy can be compared with the original."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from core.media.containers.opening import open_container


@dataclass(frozen=True)
class SoundPacket:
    """What identifies a packet of sound: track, start in seconds, checksum and number of its bytes."""

    track: int
    seconds: Fraction
    checksum: int
    size: int = 0


def payload(packet: Any, codec: str) -> bytes:
    """A packet's bytes without the header that MPEG-TS puts before each one of AAC, and MP4 does not."""
    data = bytes(packet)
    if codec == "aac" and len(data) > 7 and data[0] == 0xFF and data[1] & 0xF6 == 0xF0:
        return data[7 if data[1] & 1 else 9 :]
    return data


def codec_name(stream: Any) -> str:
    """What the kind of sound is called, not the decoder that happens to read it; "" if it is unknown."""
    context = stream.codec_context
    if context is None:
        return ""
    return str(getattr(context.codec, "canonical_name", None) or context.codec.name)


def sound_packets(path: Path) -> list[SoundPacket]:
    """All packets of sound in a file, in the order they are stored; uncompressed sound as one packet a track, since
    every container cuts it up as it likes.
    """
    with open_container(path) as container:
        streams = list(container.streams.audio)
        tracks = {stream.index: number for number, stream in enumerate(streams)}
        names = {stream.index: codec_name(stream) for stream in streams}
        found = [
            (names[packet.stream.index], tracks[packet.stream.index], packet.pts * packet.time_base, data)
            for packet in (container.demux(streams) if streams else ())
            if packet.size and packet.pts is not None
            for data in [payload(packet, names[packet.stream.index])]
        ]
    gathered = PacketCollector()
    for name, track, seconds, data in found:
        gathered.add(name, track, seconds, data)
    return gathered.packets


class PacketCollector:
    """Packets as they come, those of uncompressed sound joined to one a track."""

    def __init__(self) -> None:
        self._packets: list[SoundPacket] = []
        self._joined: dict[int, SoundPacket] = {}

    def add(self, codec: str, track: int, seconds: Fraction, data: bytes) -> None:
        """Notes a packet's payload."""
        if not codec.startswith("pcm_"):
            self._packets.append(SoundPacket(track, seconds, zlib.crc32(data), len(data)))
            return
        before = self._joined.get(track, SoundPacket(track, seconds, 0))
        self._joined[track] = SoundPacket(
            track, before.seconds, zlib.crc32(data, before.checksum), before.size + len(data)
        )

    @property
    def packets(self) -> list[SoundPacket]:
        """All of them, in the order they came."""
        return [*self._packets, *self._joined.values()]
