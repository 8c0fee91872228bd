"""Decoding one stream frame after frame; each frame comes with the number of the packet that holds it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import av

from core.media.containers.opening import THREAD_LIMIT
from core.media.containers.packets import PacketReader, PacketTable
from core.media.containers.parts import FilePart


class Decoded(NamedTuple):
    """A frame as it came out of the decoder."""

    number: int | None
    """Of the packet that holds it; None from decoders that do not say."""
    frame: Any
    """The `av.VideoFrame`. Its time stamp is the number, not its time."""


class FrameDecoder:
    """Owns the file. Not thread-safe. Raises MediaFormatError if the file has no video that can be decoded.

    At first it is strict: what the decoder finds to be damaged is no frame. With `tolerant` set, from the next start
    on, damage is concealed as players do. What is made up then depends on all that the decoder holds, so each start is
    made with a new one, in one thread.
    """

    def __init__(self, path: Path, part: FilePart | None = None) -> None:
        self._reader = PacketReader(path, part)
        self._frames: Iterator[Decoded] = iter(())
        self.tolerant = False
        self.breaks: frozenset[int] = frozenset()
        """Numbers of packets that begin another recording: the decoder gives out what it holds, and begins afresh."""
        self.damaged: list[int] = []
        """Numbers of the packets that could not be decoded since the last start."""
        self._setup: Any | None = None
        """Goes to the decoder with the first packet, since what told it last lies before."""
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
        """All packets of the file; decoding has to be started anew after that."""
        return self._reader.scan()

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
            self.stream.thread_type = "NONE" if self.tolerant else "AUTO"
            context.thread_count = 1 if self.tolerant else min(THREAD_LIMIT, os.cpu_count() or 1)
            if not self.tolerant:
                context.options = {"err_detect": "explode"}
        self.damaged = []
        self.count = 0
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
        if packet is not None:
            # decoders hand a packet's stamp on to its frame, in whatever order they give out frames
            packet.pts = packet.dts = number
            if self._setup is not None:
                packet.set_sidedata(self._setup)
                self._setup = None
        try:
            return [Decoded(frame.pts, frame) for frame in self.stream.codec_context.decode(packet)]
        except av.FFmpegError:
            if number is not None:
                self.damaged.append(number)
            return []
