"""The check sums of Matroska, which FFmpeg and OBS write into every cluster and no reader looks at.

Some decoders (VP9, AV1, HEVC in part) take anything for a picture: there is no other sign of damage.
"""

from __future__ import annotations

import mmap
import zlib
from pathlib import Path

from core.media.containers.parts import FilePart, ebml_number

_MAGIC = b"\x1a\x45\xdf\xa3"
_SEGMENT, _CLUSTER = 0x18538067, 0x1F43B675
_CHECK_SUM = b"\xbf\x84"
"""An element of four bytes that comes first in what it is the sum of."""
_HEAD = 6
_MOST = 256 * 1024 * 1024
"""Bytes that are read through in a moment. Of larger files nothing is checked."""


def broken_stretches(path: Path, part: FilePart | None = None) -> list[tuple[int, int]]:
    """(start, end) of each cluster of a Matroska file whose check sum is not that of its bytes. Raises OSError."""
    with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data:
        start, end = (part.start, part.end) if part else (0, len(data))
        if end - start > _MOST or data[start : start + len(_MAGIC)] != _MAGIC:
            return []
        return _broken(data, start, end)


def _broken(data: mmap.mmap, at: int, end: int) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    while at < end:
        kind, after = ebml_number(data, at, marked=True)
        length, content = ebml_number(data, after, marked=False)
        if kind == _SEGMENT:
            at = content
            continue
        if kind < 0 or length < 0 or content + length > end:
            break
        after = content + length
        if kind == _CLUSTER and data[content : content + 2] == _CHECK_SUM:
            sum_of_bytes = zlib.crc32(memoryview(data[content + _HEAD : after]))
            if sum_of_bytes != int.from_bytes(data[content + 2 : content + _HEAD], "little"):
                found.append((at, after))
        at = after
    return found
