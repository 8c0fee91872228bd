"""Decoding one stream frame after frame; each frame comes with the number of the packet that holds it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import av

from core.media.containers.integrity import Check, FrameCopier, leaves_memory, packet_check, unwritten
from core.media.containers.opening import THREAD_LIMIT
from core.media.containers.packets import PacketReader, PacketTable
from core.media.containers.parts import FilePart


class Decoded(NamedTuple):
    """A frame as it came out of the decoder."""

    number: int | None
    """Number of the packet that holds it; None from decoders that do not say."""
    frame: Any
    """The `av.VideoFrame`. Its time stamp is the number, not its time."""


class FrameDecoder:
    """Owns the file. Not thread-safe. Raises MediaFormatError if the file has no video that can be decoded.

    At first it is strict: what the decoder finds to be damaged is no frame. With `tolerant` set, from the next start
    on, damage is concealed as players do. What is made up then depends on all that the decoder holds, so each start is
    made with a new one, in one thread.

    Some decoders conceal nothing: a damaged frame shows what memory happened to hold. That is no frame either way, in
    codecs whose frames stand alone, and where packets carry check sums (`integrity`), nor are those that build on it.
    """

    def __init__(self, path: Path, part: FilePart | None = None) -> None:
        self._reader = PacketReader(path, part)
        self.part = part
        """The stretch of the file that is read; None is all of it."""
        self._frames: Iterator[Decoded] = iter(())
        self.tolerant = False
        self.breaks: frozenset[int] = frozenset()
        """Numbers of packets that begin another recording: the decoder gives out what it holds, and begins afresh."""
        self.damaged: list[int] = []
        """Numbers of the packets that could not be decoded since the last start."""
        self._whole: Check | None = None
        """Whether a packet is whole, once the file was scanned, if its packets can be checked."""
        self.left_out: frozenset[int] = frozenset()
        """Numbers of packets that are known to give no whole frame: they are not decoded, and count as damaged."""
        self._copier: FrameCopier | None = None
        """For decoders that leave parts of a frame uninitialised; set once the file was scanned."""
        self._broken = False
        """A packet was left out: those up to the next keyframe build on it."""
        self._setup: Any | None = None
        """Goes to the decoder with the first packet, since what set it last lies before."""
        self.begun_at = 0
        """The number of the packet that decoding began with."""
        self.count = 0
        """How many frames came since."""
        self._begin()

    @property
    def container(self) -> Any:
        """The open `av.InputContainer`."""
        return self._reader.container

    @property
    def stream(self) -> Any:
        """The `av.VideoStream` that is decoded."""
        return self._reader.stream

    def scan(self) -> PacketTable:
        """All packets of the file; decoding has to be started again after that."""
        table = self._reader.scan()
        context = self.stream.codec_context
        # QuickTime says 24 bits of all that has colours, also where a pixel takes 16 or 12
        sizes = (int(context.bits_per_coded_sample or 0), context.format.bits_per_pixel if context.format else 0)
        least = context.width * context.height * min((bits for bits in sizes if bits), default=0) // 8
        self._whole = packet_check(context.codec.name, self._reader.samples, least)
        if self._whole is None and leaves_memory(context.codec.name):
            self._copier = FrameCopier()
        return table

    def unwritten(self, table: PacketTable) -> frozenset[int]:
        """Numbers of packets whose frames are not whole, though the decoder gives them out; empty if it is careful.

        Decodes everything twice. Decoding has to be started again after that.
        """
        if self._copier is None:
            return frozenset()
        self.close()
        self._reader.open()
        packets: list[Any] = []
        while (found := self._reader.next()) is not None:
            packets.append(found[1])
        self.stream.thread_type = "NONE"
        context = self.stream.codec_context
        context.thread_count = 1
        damaged = unwritten(context, packets) if packets else frozenset()
        if context.codec.intra_only:
            return damaged
        # those up to the next keyframe build on it
        following: set[int] = set()
        for number in sorted(damaged):
            later = table.keys[table.keys > number]
            following |= set(range(number, int(later[0]) if len(later) else len(packets)))
        return frozenset(following)

    def restart(self) -> None:
        """Begins again at the first packet."""
        self.close()
        self._reader.open()
        self.begun_at = 0
        self._begin()

    def start_at(self, number: int, table: PacketTable) -> None:
        """Begins at the packet of a given number, with a decoder that knows of nothing before it."""
        if number == 0 or self.tolerant or table.setups:
            self.restart()
        elif self.breaks and not self.stream.codec_context.is_open:
            # some decoders take the first picture's size for granted later
            self.next()
        if number:
            self._reader.begin_at(number, table)
            if self.stream.codec_context.is_open:
                self.stream.codec_context.flush_buffers()
        self.begun_at = number
        self._begin()
        self._setup = next((setup for at, setup in reversed(table.setups) if at <= number), None)

    def next(self) -> Decoded | None:
        """The next frame, or None at the end."""
        decoded = next(self._frames, None)
        self.count += decoded is not None
        return decoded

    def close(self) -> None:
        """Closes the file."""
        self._frames = iter(())
        self._reader.close()

    def _begin(self) -> None:
        context = self.stream.codec_context
        if not context.is_open:
            # with FFV1 a thread may look at the frame before while its buffer is cleared
            careful = "SLICE" if self._copier is not None and context.codec.name == "ffv1" else "AUTO"
            self.stream.thread_type = "NONE" if self.tolerant else careful
            context.thread_count = 1 if self.tolerant else min(THREAD_LIMIT, os.cpu_count() or 1)
            if not self.tolerant:
                context.options = {"err_detect": "crccheck+explode"}
        self.damaged = []
        self.count = 0
        self._broken = False
        self._setup = None
        self._frames = self._decode()

    def _decode(self) -> Iterator[Decoded]:
        while True:
            found = self._reader.next()
            number = None if found is None else found[0]
            if number in self.breaks and number != self.begun_at:
                yield from self._fed(None, number)
                self.stream.codec_context.flush_buffers()
            yield from self._fed(found and found[1], number)
            if found is None:
                return

    def _fed(self, packet: Any | None, number: int | None) -> list[Decoded]:
        """What comes out for a packet, or for None, at the end; `number` is to blame for damage."""
        if packet is not None and number is not None and (number in self.left_out or self._is_broken(packet)):
            self.damaged.append(number)
            return []
        if packet is not None:
            # decoders hand a packet's stamp on to its frame, in whatever order they give out frames
            packet.pts = packet.dts = number
            if self._setup is not None:
                packet.set_sidedata(self._setup)
                self._setup = None
        try:
            frames = self.stream.codec_context.decode(packet)
        except av.FFmpegError:
            if number is not None:
                self.damaged.append(number)
            return []
        if self._copier is not None:
            frames = [self._copier.copy(frame) for frame in frames]
        corrupt = [frame.pts for frame in frames if frame.is_corrupt and self.stream.codec_context.codec.intra_only]
        self.damaged += [pts for pts in corrupt if pts is not None]
        return [Decoded(frame.pts, frame) for frame in frames if frame.pts is None or frame.pts not in corrupt]

    def _is_broken(self, packet: Any) -> bool:
        if self._whole is not None and (not self._broken or packet.is_keyframe):
            self._broken = not self._whole(bytes(packet))
        return self._broken
