"""Transparency as WebM has it for VP8 and VP9: a second stream, of grey pictures, next to each packet of the first."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

from core.media.containers.packets import PacketReader
from core.media.containers.parts import FilePart

_KIND = "matroska_block_additional"
_ID = (1).to_bytes(8, "big")
"""What an addition with transparency begins with."""
_SHOWS_AGAIN, _BUILDS_ON = 0x08, 0x04
"""Bits of a VP9 frame's first byte."""


def has_side_alpha(stream: Any) -> bool:
    """Whether an `av.VideoStream` says that its packets have transparency next to them."""
    declared = any(key.lower() == "alpha_mode" and value == "1" for key, value in stream.metadata.items())
    return declared and stream.codec_context.name in ("vp8", "vp9")


class SideAlpha:
    """The transparency of a file by the numbers of its packets. Not thread-safe; owns a reading of the file."""

    def __init__(self, path: Path, part: FilePart | None, codec: str) -> None:
        """`codec` is "vp8" or "vp9". Raises MediaFormatError if the file cannot be opened any more."""
        self._codec = codec
        self._reader = PacketReader(path, part)
        self._reached = -1
        self._last: NDArray[np.uint8] | None = None
        self._decoder: Any = av.CodecContext.create(codec, "r")

    def read(self, number: int) -> NDArray[np.uint8] | None:
        """(H, W) uint8, 255 is opaque, as it is stored next to the packet of a number; None if there is none."""
        if number < self._reached:
            self._reader.close()
            self._reader.open()
            self._reached, self._last = -1, None
        waiting: list[bytes] = []
        while self._reached < number and (found := self._reader.next()) is not None:
            self._reached, packet = found
            addition = _addition(packet)
            if addition is None:
                self._last = None
                continue
            if _is_key(addition, self._codec):
                # what builds on nothing before it: all that waits is not wanted
                waiting.clear()
                self._decoder = av.CodecContext.create(self._codec, "r")
            waiting.append(addition)
        for addition in waiting:
            self._last = self._decode(addition)
        return self._last

    def close(self) -> None:
        """Closes the file."""
        self._reader.close()

    def _decode(self, addition: bytes) -> NDArray[np.uint8] | None:
        try:
            frames = self._decoder.decode(av.Packet(addition))
        except av.FFmpegError:
            return self._last
        if not frames:
            return self._last
        plane = frames[-1].planes[0]
        rows = np.frombuffer(plane, np.uint8).reshape(plane.height, -1)
        return np.ascontiguousarray(rows[:, : plane.width])


def _addition(packet: Any) -> bytes | None:
    for data in packet.iter_sidedata():
        if data.data_type == _KIND:
            content = bytes(data)
            return content[len(_ID) :] if content.startswith(_ID) and len(content) > len(_ID) else None
    return None


def _is_key(content: bytes, codec: str) -> bool:
    """Whether a frame stands alone."""
    first = content[0]
    return not first & 1 if codec == "vp8" else not first & (_SHOWS_AGAIN | _BUILDS_ON)
