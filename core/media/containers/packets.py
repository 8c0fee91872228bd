"""Packets by their number: the n-th of the stream as the file stores it, whatever time it claims to be shown at.

Time stamps may be missing, repeated, out of order or begin again; what a packet holds does not change. So one pass
over the file writes down length and check sum of every packet, and after a seek the packets that come are recognised.
"""

from __future__ import annotations

import zlib
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

from core.media.containers.opening import choose_stream, open_container
from core.media.containers.parameter_sets import parameters
from core.media.containers.parts import FilePart

NONE = np.iinfo(np.int64).min
"""A time stamp or file position that is not there."""

_BY_POSITION = frozenset({"mpegts", "mpeg", "h264", "hevc", "vvc", "m4v", "mpegvideo", "mjpeg", "obu", "dirac", "vc1"})
"""Formats in which FFmpeg guesses where a time is, but goes to a position in the file exactly."""
_CANNOT_GO_ON = (av.FFmpegError, IndexError)
"""What demuxing raises in a damaged file; an IndexError where a stream is announced and not there."""
_SAMPLES = 4
"""Packets that are kept to find out whether those of the stream can be checked."""
_DOUBTFUL = 64
"""So many packets are examined to find out which ones they are: still pictures look the same for a while."""


class OutOfStepError(Exception):
    """After a seek the format leaves packets out: decoding has to be started again."""


@dataclass(frozen=True)
class PacketTable:
    """What demuxing finds, an entry a packet, in stored order. Stamps are in ticks of `time_base` seconds or NONE."""

    content: NDArray[np.uint64]
    """Length and check sum."""
    pts: NDArray[np.int64]
    dts: NDArray[np.int64]
    position: NDArray[np.int64]
    """Where in the file it begins."""
    keys: NDArray[np.int64]
    """Numbers of the packets where decoding can start, rising."""
    shown: NDArray[np.bool_]
    """False where an edit list hides the packet or it only holds what others refer to."""
    discarded: int
    """Packets that an edit list hides."""
    last_ticks: int | None
    """How long the packet with the latest stamp is shown, if it says so."""
    time_base: Fraction
    broken_off: bool
    """Demuxing ended with an error or a partial packet, as in a truncated file."""
    corrupt: tuple[int, ...]
    """Numbers of the packets that the format marks as having lost some of their data."""

    setups: tuple[tuple[int, Any], ...] = ()
    """What the decoder is given again on the way, as side data of packets, by their numbers: another size, say."""

    changes: tuple[int, ...] = ()
    """Keyframes whose packets say otherwise of the stream than those before."""

    def __len__(self) -> int:
        return len(self.content)

    def matching(self, content: int) -> NDArray[np.int64]:
        """Numbers, (N,) int64, of the packets of this length and check sum."""
        order = self._order
        first, last = np.searchsorted(self.content[order], [np.uint64(content), np.uint64(content + 1)])
        return np.asarray(order[first:last], np.int64)

    @property
    def _order(self) -> NDArray[np.int64]:
        order: NDArray[np.int64] | None = self.__dict__.get("_sorted")
        if order is None:
            order = np.argsort(self.content, kind="stable")
            object.__setattr__(self, "_sorted", order)
        return order


class PacketReader:
    """Owns the container. Not thread-safe. Raises MediaFormatError if the file has no video that can be decoded."""

    def __init__(self, path: Path, part: FilePart | None = None) -> None:
        self._path, self._part = path, part
        self._queue: deque[tuple[int, Any]] = deque()
        self._next_number = 0
        self._table: PacketTable | None = None
        self._seeks = True
        self.samples: list[bytes] = []
        """Some of the first packets' bytes, since the last scan."""
        self.open()

    @property
    def container(self) -> Any:
        """The open `av.InputContainer`."""
        return self._container

    @property
    def stream(self) -> Any:
        """The `av.VideoStream` whose packets come."""
        return self._stream

    def open(self) -> None:
        """Opens the file again and stands before its first packet; not every format can seek there."""
        self._container = open_container(self._path, self._part)
        try:
            self._stream = choose_stream(self._container, self._path)
        except BaseException:
            self._container.close()
            raise
        self._stand_at(0)

    def close(self) -> None:
        """Closes the file."""
        self._packets: Iterator[Any] = iter(())
        self._queue.clear()
        self._container.close()

    def next(self) -> tuple[int, Any] | None:
        """The next packet and its number; None at the end, or where the file is too damaged to go on.

        Raises OutOfStepError if packets are missing since a seek, as in some formats; from then on nothing seeks.
        """
        if self._queue:
            return self._queue.popleft()
        packet = self._demux()
        if packet is not None and self._seeking and not self._in_step(packet):
            self._seeks = False
            raise OutOfStepError
        if packet is None:
            return None
        number, self._next_number = self._next_number, self._next_number + 1
        return number, packet

    def scan(self) -> PacketTable:
        """Reads all packets from where it stands, the start, to the end."""
        holds_frame = _HOLDS_FRAME.get(self._stream.codec_context.codec.name, _any)
        starts_anew = _STARTS_ANEW.get(self._stream.codec_context.codec.name, _any)
        columns: list[tuple[int, int, int, int]] = []
        keys: list[int] = []
        hidden: list[int] = []
        discarded = 0
        latest, last_ticks = NONE, None
        corrupt = broken = False
        marked: list[int] = []
        setups: list[tuple[int, Any]] = []
        changes: list[int] = []
        self.samples = []
        known_parameters, find_parameters = b"", parameters(self._stream.codec_context.codec.name)
        while True:
            try:
                packet = next(self._packets, None)
            except _CANNOT_GO_ON:
                broken = True
                break
            if packet is None:
                break
            if packet.size == 0:
                continue
            # MPEG-TS marks packets that decode well; whether the file ends inside one is what counts
            corrupt = bool(packet.is_corrupt)
            number = len(columns)
            if number < _SAMPLES:
                self.samples.append(bytes(packet))
            if corrupt:
                marked.append(number)
            pts, dts, position = packet.pts, packet.dts, packet.pos
            columns.append(
                (
                    _content(packet),
                    NONE if pts is None else pts,
                    NONE if dts is None else dts,
                    NONE if position is None or position < 0 else position,
                )
            )
            if packet.has_sidedata("new_extradata"):
                setups.append((number, packet.get_sidedata("new_extradata")))
            if packet.is_keyframe and starts_anew(memoryview(packet)):
                keys.append(number)
                if find_parameters is not None and (found_parameters := find_parameters(memoryview(packet))):
                    if known_parameters not in (b"", found_parameters):
                        changes.append(number)
                    known_parameters = found_parameters
            if packet.is_discard:
                discarded += 1
                hidden.append(number)
            elif not holds_frame(memoryview(packet)[0]):
                hidden.append(number)
            elif pts is not None and pts >= latest:
                latest, last_ticks = pts, packet.duration or None
        content, pts_column, dts_column, positions = zip(*columns, strict=True) if columns else ((), (), (), ())
        shown = np.ones(len(columns), np.bool_)
        shown[hidden] = False
        return PacketTable(
            np.array(content, np.uint64),
            np.array(pts_column, np.int64),
            np.array(dts_column, np.int64),
            np.array(positions, np.int64),
            np.array(keys, np.int64),
            shown,
            discarded,
            last_ticks,
            Fraction(self._stream.time_base),
            broken or corrupt,
            tuple(marked),
            tuple(setups),
            tuple(changes),
        )

    def begin_at(self, number: int, table: PacketTable) -> None:
        """Stands before a packet of a given number, by the quickest way that is found to lead there.

        A format that seeks to another packet is noticed, since packets are recognised; at worst the file is read from
        its start without decoding.
        """
        self._table = table
        if (
            number == 0
            or not self._seeks
            or not any(self._land(way, target, number, table) for way, target in self._ways(number, table))
        ):
            self.close()
            self.open()
        while self._queue and self._queue[0][0] < number:
            self._queue.popleft()
        while not self._queue and self._next_number < number and self._demux() is not None:
            self._next_number += 1

    def _in_step(self, packet: Any) -> bool:
        table, number = self._table, self._next_number
        return table is None or number >= len(table) or _content(packet) == table.content[number]

    def _ways(self, number: int, table: PacketTable) -> Iterator[tuple[str, int]]:
        if self._container.format.name in _BY_POSITION:
            known = np.flatnonzero(table.position[: number + 1] != NONE)[-3:][::-1]
            yield from (("position", int(table.position[index])) for index in known)
        index = int(np.searchsorted(table.keys, number, "right")) - 1
        back = 0
        while back <= index:
            key = int(table.keys[index - back])
            stamp = int(table.pts[key]) if table.pts[key] != NONE else int(table.dts[key])
            if stamp != NONE:
                yield "time", stamp
            back = back * 4 or 1

    def _land(self, way: str, target: int, number: int, table: PacketTable) -> bool:
        """Seeks and finds out where that led to; True if it is not past the packet of this number."""
        try:
            if way == "time":
                self._container.seek(target, stream=self._stream, backward=True)
            else:
                self._container.seek(target, unsupported_byte_offset=True)
        except av.FFmpegError:
            return False
        self._stand_at(0)
        self._seeking = True
        waiting: list[Any] = []
        matches = np.empty(0, np.int64)
        for _ in range(_DOUBTFUL):
            packet = self._demux()
            if packet is None:
                return False
            found = table.matching(_content(packet))
            if packet.pos is not None and packet.pos >= 0:
                found = found[(table.position[found] == packet.pos) | (table.position[found] == NONE)]
            elif packet.pts is not None and len(found) > 1 and way == "time":
                stamped = found[table.pts[found] == packet.pts]
                found = stamped if len(stamped) else found
            matches = found if not waiting else np.intersect1d(matches + 1, found)
            # what comes first after a seek may be the rest of a packet
            waiting = [*waiting, packet] if len(matches) else []
            if len(matches) == 1:
                first = int(matches[0]) - len(waiting) + 1
                self._queue.extend((first + offset, packet) for offset, packet in enumerate(waiting))
                self._next_number = first + len(waiting)
                return first <= number
        return False

    def _stand_at(self, number: int) -> None:
        self._packets = self._container.demux(self._stream)
        self._seeking = False
        self._queue.clear()
        self._next_number = number

    def _demux(self) -> Any | None:
        try:
            while (packet := next(self._packets, None)) is not None:
                if packet.size:
                    return packet
        except _CANNOT_GO_ON:
            # the file ends here
            pass
        return None


def _any(seen: object) -> bool:
    return True


def _apng_starts(packet: memoryview) -> bool:
    """False for a frame that gives way to the one before it again, on which later ones may build."""
    return bytes(packet[4:8]) != b"fcTL" or packet[32] != 2


def _never(packet: memoryview) -> bool:
    return False


_STARTS_ANEW: dict[str, Callable[[memoryview], bool]] = {
    "apng": _apng_starts,
    # every frame is called a keyframe, and builds on the one before
    "rpza": _never,
    # the palette comes with the first packet only
    "smc": _never,
}
"""Whether a keyframe's packet is one on which those after it can be decoded, for codecs where that is not sure."""


_HOLDS_FRAME: dict[str, Callable[[int], bool]] = {
    # a frame that others refer to, and that is not shown
    "vp8": lambda first_byte: bool(first_byte & 0x10),
    "libvpx": lambda first_byte: bool(first_byte & 0x10),
    # the head of another stream that was put behind this one
    "theora": lambda first_byte: not first_byte & 0x80,
}
"""Whether a packet that begins with some byte holds a frame, for codecs that have other packets, too."""


def _content(packet: Any) -> int:
    return int(packet.size) << 32 | zlib.crc32(packet)
