"""Whether a packet is whole, for codecs whose decoders return damaged frames without reporting it.

Uncompressed frames have a size that follows from their pixels. FFV1 from version 3 on ends each slice with its length,
a status byte and a check sum. Earlier versions have neither, and what is damaged there cannot be found.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence

Check = Callable[[bytes], bool]
"""Takes a packet's bytes and says whether they are whole."""

_FOOTER = 8
"""Bytes behind a slice: three of length, one of status, four of check sum."""
_INITIAL = {"version 3": 0, "version 4": 0x79408C7A}
"""What the check sum begins with, and ends with if all is well."""
_REVERSED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))
_ALL = 0xFFFFFFFF


def packet_check(codec: str, packets: Sequence[bytes], least: int = 0) -> Check | None:
    """The check for a stream of a codec (FFmpeg's name); None if its packets carry nothing that could be checked.

    `least` is how many bytes an uncompressed frame has at least.

    `packets` are some of the stream's. That one of them is right by chance has odds of one to four thousand million.
    """
    if codec == "rawvideo":
        return lambda packet: len(packet) >= least
    if codec != "ffv1":
        return None
    for initial in _INITIAL.values():
        if any(_slices_are_whole(packet, initial) for packet in packets):
            return lambda packet, initial=initial: _slices_are_whole(packet, initial)  # type: ignore[misc]
    return None


def _slices_are_whole(packet: bytes, initial: int) -> bool:
    end = len(packet)
    while end:
        if end < _FOOTER:
            return False
        start = end - _FOOTER - int.from_bytes(packet[end - _FOOTER : end - _FOOTER + 3], "big")
        if start < 0 or _residue(packet[start:end], initial) != initial:
            return False
        end = start
    return bool(packet)


def _residue(data: bytes, initial: int) -> int:
    """CRC-32 with the highest bit first, of which zlib has the mirror image."""
    mirrored = zlib.crc32(data.translate(_REVERSED), _mirror(initial) ^ _ALL) ^ _ALL
    return _mirror(mirrored)


def _mirror(number: int) -> int:
    return int(f"{number:032b}"[::-1], 2)
