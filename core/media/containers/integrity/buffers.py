"""Decoders that do not write all of a damaged frame, and do not say so: stale memory shows there.

Their buffers are used again and again. So a frame is copied and its buffer cleared: then what is not written is the
same however the frame was reached. And where it can be decoded over two backgrounds, what differs is not written.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import av
import numpy as np

_TICK = Fraction(1, 1000)
_SILENT = frozenset({"ffv1", "magicyuv", "speedhq", "cfhd"})
"""FFmpeg's names of such codecs; of FFV1 only what has no check sums."""
_IN_USE = 6
"""More buffers than one decoding thread ever holds at a time."""
_EMPTY, _FULL = 0, 255


def leaves_memory(codec: str) -> bool:
    """Whether the decoder (FFmpeg's name) may leave parts of a frame uninitialised without reporting it."""
    return codec in _SILENT


class FrameCopier:
    """Copies of frames; the buffers they came in are cleared. Not thread-safe."""

    def __init__(self) -> None:
        self._graph: Any = None
        self._kind: tuple[int, int, str] | None = None

    def copy(self, frame: Any) -> Any:
        """The `av.VideoFrame` with all that it says of itself, in memory of its own; `frame` is cleared."""
        kind = frame.width, frame.height, frame.format.name
        if kind != self._kind:
            self._graph, self._kind = _copying(*kind), kind
        pts = frame.pts
        frame.pts, frame.time_base = 0 if pts is None else pts, _TICK
        self._graph.push(frame)
        copied = self._graph.pull()
        copied.pts = pts
        _fill(frame, _EMPTY)
        return copied


def unwritten(context: Any, packets: Sequence[Any]) -> frozenset[int]:
    """Indices of the packets whose frames are not written whole.

    `context` is an `av.VideoCodecContext` that has not decoded yet, with one thread; packets get new stamps.
    """
    sums = _sums(context, packets, _EMPTY)
    held = [frame for _ in range(_IN_USE) for frame in _frames(context, packets[0])]
    for frame in held:
        _fill(frame, _FULL)
    del held
    context.flush_buffers()
    # decoders that keep parts of a picture in memory of their own meet others on the way back
    others = _sums(context, packets, _FULL, backwards=all(packet.is_keyframe for packet in packets))
    return frozenset(number for number, found in sums.items() if others.get(number, found) != found)


def _sums(context: Any, packets: Sequence[Any], background: int, backwards: bool = False) -> dict[int, int]:
    """A check sum of the frame of each packet; buffers are filled with the background after that."""
    sums: dict[int, int] = {}
    numbered = list(enumerate(packets))
    for number, packet in reversed(numbered) if backwards else numbered:
        packet.pts = packet.dts = number
        for frame in _frames(context, packet):
            if frame.pts is not None:
                sums[frame.pts] = _sum(frame)
            _fill(frame, background)
    context.flush_buffers()
    return sums


def _sum(frame: Any) -> int:
    """A check sum of what is shown; rows are longer than that, and nobody writes the rest."""
    found = 0
    for number, plane in enumerate(frame.planes):
        parts = [component for component in frame.format.components if component.plane == number]
        pixel = sum((component.bits + 7) // 8 for component in parts) or 1
        rows = np.frombuffer(plane, np.uint8)[: plane.height * plane.line_size].reshape(plane.height, plane.line_size)
        found = zlib.crc32(rows[:, : plane.width * pixel].tobytes(), found)
    return found


def _frames(context: Any, packet: Any) -> list[Any]:
    try:
        return list(context.decode(packet))
    except av.FFmpegError:
        return []


def _fill(frame: Any, value: int) -> None:
    for plane in frame.planes:
        plane.update(bytes((value,)) * plane.buffer_size)


def _copying(width: int, height: int, pixels: str) -> Any:
    graph = av.filter.Graph()
    source = graph.add_buffer(width=width, height=height, format=pixels, time_base=_TICK)
    copied, sink = graph.add("copy"), graph.add("buffersink")
    source.link_to(copied)
    copied.link_to(sink)
    graph.configure()
    return graph
