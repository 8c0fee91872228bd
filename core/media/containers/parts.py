"""Files that were put one after another, as `cat` does: where each of them begins.

Hardly any format is made for it, and FFmpeg reads on in few of them: most often what comes behind the first file is
passed over, or decoded with the first one's tables. So the file is walked by its structure, element by element, from
one header to the next. Streams that are made to be joined (MPEG-TS, MPEG-PS, elementary streams, DV) have no such
header, and are one part.
"""

from __future__ import annotations

import mmap
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

_MOST_PARTS = 1000
"""A file of more is taken for damaged: it stays one part."""
_EBML, _SEGMENT, _CLUSTER = 0x1A45DFA3, 0x18538067, 0x1F43B675
MOST_TINY = 100_000
"""Elements of next to no bytes that are walked over; no program writes as many, and millions take minutes."""
_TINY = 16
_MATROSKA = frozenset(
    {
        *(
            _EBML,
            _SEGMENT,
            _CLUSTER,
            0x114D9B74,
            0x1549A966,
            0x1654AE6B,
            0x1C53BB6B,
            0x1941A469,
            0x1043A770,
            0x1254C367,
        ),
        *(0xE7, 0x5854, 0xA7, 0xAB, 0xA3, 0xA0, 0xAF, 0xEC, 0xBF),
    }
)
"""What there is next to clusters and in them: recordings whose length is not known are walked through."""
_FLV = re.compile(rb"FLV\x01[\x00-\x05]\0\0\0\x09\0\0\0\0", re.DOTALL)
_ASF_HEADER = bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c")
_WTV_HEADER = bytes.fromhex("b7d800203749da11a64e0007e95ead8d")
_NUT_HEADER = b"nut/multimedia container\0"
_MXF_START = bytes.fromhex("060e2b34020501010d01020101")
_BOX = re.compile(rb"[ -~]{4}")
_OLD_QUICKTIME = (b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot")


@dataclass(frozen=True)
class FilePart:
    """A stretch of a file that is a file of its own; `end` is the byte after its last."""

    start: int
    end: int


def file_parts(path: Path) -> tuple[FilePart, ...]:
    """The parts of a file in their order, one if it was not put together. Raises OSError."""
    with path.open("rb") as stream:
        try:
            data = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
        except ValueError:
            # an empty file
            return (FilePart(0, 0),)
        with data:
            return _parts(data)


def _parts(data: mmap.mmap) -> tuple[FilePart, ...]:
    size, start = len(data), 0
    starts = [0]
    while (walk := _walker(data, start)) is not None:
        end = walk(data, start)
        if end >= size or end <= start or _walker(data, end) is None:
            break
        starts.append(start := end)
        if len(starts) > _MOST_PARTS:
            return (FilePart(0, size),)
    return tuple(FilePart(begin, end) for begin, end in zip(starts, [*starts[1:], size], strict=True))


def _walker(data: mmap.mmap, at: int) -> Callable[[mmap.mmap, int], int] | None:
    """What finds the end of a file that begins here; None if none does that is known."""
    head = data[at : at + 32]
    for magic, walk in _WALKERS.items():
        if head.startswith(magic):
            return walk
    if head[4:8] == b"ftyp":
        return _iso_end
    if head.startswith(b"RIFF") and head[8:12] in (b"AVI ", b"WEBP"):
        return _riff_end
    if head[4:8] in _OLD_QUICKTIME:
        return _quicktime_end
    return None


def boxes(data: mmap.mmap, at: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Kind, start and end of each box of MP4, MOV and their kin that begins before `end`."""
    while at + 8 <= end:
        length, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        if not _BOX.fullmatch(kind):
            # of another format, perhaps
            break
        if length == 1:
            length = int.from_bytes(data[at + 8 : at + 16], "big")
        # none: to the end of the file
        after = min(at + length, end) if length >= 8 else end
        yield kind, at, after
        at = after


def _iso_end(data: mmap.mmap, at: int) -> int:
    found = list(boxes(data, at, len(data)))
    return next((start for kind, start, _ in found[1:] if kind == b"ftyp"), found[-1][2] if found else len(data))


def _quicktime_end(data: mmap.mmap, at: int) -> int:
    """Files of the time before they named themselves: each has one table of contents, behind its data or before."""
    found = list(boxes(data, at, len(data)))
    tables = [number for number, (kind, *_) in enumerate(found) if kind == b"moov"]
    if len(tables) < 2:
        return found[-1][2] if found else len(data)
    behind = any(kind == b"mdat" for kind, *_ in found[: tables[0]])
    return found[tables[0]][2] if behind else found[tables[1]][1]


def ebml_number(data: mmap.mmap, at: int, marked: bool) -> tuple[int, int]:
    """(value, where it ends) of a number of variable length; the value is -1 for none or an unknown size."""
    first = data[at] if at < len(data) else 0
    length = 9 - first.bit_length()
    if not first or at + length > len(data):
        return -1, at
    value = int.from_bytes(data[at : at + length], "big")
    if marked:
        return value, at + length
    bits = 7 * length
    value &= (1 << bits) - 1
    return (-1 if value == (1 << bits) - 1 else value), at + length


def _matroska_end(data: mmap.mmap, at: int) -> int:
    begin, size, tiny = at, len(data), 0
    while at < size:
        kind, after = ebml_number(data, at, marked=True)
        if kind == _EBML and at > begin:
            return at
        if kind not in _MATROSKA:
            # damaged, or of another format: what is sure to be a header is looked for
            return at if _walker(data, at) is not None else _next_matroska(data, begin + 1)
        length, content = ebml_number(data, after, marked=False)
        tiny += content + length - at < _TINY
        if tiny > MOST_TINY:
            return size
        if length >= 0:
            at = content + length
        elif kind in (_SEGMENT, _CLUSTER):
            # of a live recording: it ends where something begins that is not of it
            at = content
        else:
            break
    return size if at == size else _next_matroska(data, begin + 1)


def _next_matroska(data: mmap.mmap, at: int) -> int:
    while (at := data.find(b"\x1a\x45\xdf\xa3", at)) >= 0:
        if re.search(rb"\x42\x82.(matroska|webm)", data[at : at + 64], re.DOTALL):
            return at
        at += 4
    return len(data)


def _flv_end(data: mmap.mmap, at: int) -> int:
    size = len(data)
    at += int.from_bytes(data[at + 5 : at + 9], "big") + 4
    while at + 11 <= size and _walker(data, at) is None:
        length = 11 + int.from_bytes(data[at + 1 : at + 4], "big")
        if data[at] & 0x1F not in (8, 9, 18) or data[at + length : at + length + 4] != length.to_bytes(4, "big"):
            # broken off, or lengths that programs got wrong
            following = _FLV.search(data, at)
            return following.start() if following else size
        at += length + 4
    return min(at, size)


def _ivf_end(data: mmap.mmap, at: int) -> int:
    begin, size = at, len(data)
    at += int.from_bytes(data[at + 6 : at + 8], "little") or 32
    while at + 12 <= size:
        if data[at : at + 6] == b"DKIF\0\0":
            return at
        at += 12 + int.from_bytes(data[at : at + 4], "little")
    if at <= size:
        return at
    # a frame that says it is longer than the file: broken off, and another one put behind it, perhaps
    following = data.find(b"DKIF\0\0\x20\0", begin + 1)
    return following if following >= 0 else size


def _asf_end(data: mmap.mmap, at: int) -> int:
    size = len(data)
    begin = at
    while at + 24 <= size:
        length = int.from_bytes(data[at + 16 : at + 24], "little")
        if at > begin and (length < 24 or _walker(data, at) is not None):
            break
        at += max(24, length)
    if begin < at < size and _walker(data, at) is not None:
        return at
    following = data.find(_ASF_HEADER, begin + 1)
    return following if following >= 0 else size


def _riff_end(data: mmap.mmap, at: int) -> int:
    """AVI, which continues in chunks of its own beyond a gigabyte, and WebP."""
    size = len(data)
    while True:
        length = int.from_bytes(data[at + 4 : at + 8], "little")
        at += 8 + length + length % 2
        if not length or at >= size:
            return size
        if data[at : at + 4] != b"RIFF" or data[at + 8 : at + 12] != b"AVIX":
            return at


def _ogg_end(data: mmap.mmap, at: int) -> int:
    """Up to a page that begins a stream, after one that does not."""
    size, begun, page = len(data), False, at
    while at + 27 <= size:
        if data[at : at + 4] != b"OggS":
            if _walker(data, at) is not None:
                return at
            # the page before is broken off
            at = data.find(b"OggS\0", page + 1)
            if at < 0:
                return size
        page = at
        begins = bool(data[at + 5] & 2)
        if begins and begun:
            return at
        begun = begun or not begins
        segments = data[at + 26]
        at += 27 + segments + sum(data[at + 27 : at + 27 + segments])
    return size


def _mxf_end(data: mmap.mmap, at: int) -> int:
    """Triplets of key, length and value, up to another header partition."""
    begin, size = at, len(data)
    while at + 17 <= size and data[at : at + 4] == b"\x06\x0e\x2b\x34":
        key = data[at : at + 16]
        if at > begin and key[:13] == _MXF_START and key[13] == 2:
            return at
        length, at = data[at + 16], at + 17
        if length & 0x80:
            count = length & 0x7F
            length, at = int.from_bytes(data[at : at + count], "big"), at + count
        at += length
    return min(at, size)


def _found(magic: bytes, step: int = 1) -> Callable[[mmap.mmap, int], int]:
    """A walker for formats without structure to follow: up to the next offset at which the header stands again."""

    def end(data: mmap.mmap, at: int) -> int:
        following = data.find(magic, at + 1)
        while following >= 0 and (following - at) % step:
            following = data.find(magic, following + 1)
        return following if following >= 0 else len(data)

    return end


def _gif_end(data: mmap.mmap, at: int) -> int:
    size = len(data)

    def table(flags: int) -> int:
        return 3 << (flags & 7) + 1 if flags & 0x80 else 0

    def blocks(at: int) -> int:
        while at < size and data[at]:
            at += 1 + data[at]
        return at + 1

    at += 13 + table(data[at + 10])
    while at + 10 < size:
        if data[at] == 0x21:
            at = blocks(at + 2)
        elif data[at] == 0x2C:
            at = blocks(at + 11 + table(data[at + 9]))
        else:
            break
    if at < size and data[at] == 0x3B:
        return at + 1
    return size


def _png_end(data: mmap.mmap, at: int) -> int:
    size = len(data)
    at += 8
    while at + 12 <= size:
        kind = data[at + 4 : at + 8]
        at += 12 + int.from_bytes(data[at : at + 4], "big")
        if kind == b"IEND":
            return at
    return size


def _realmedia_end(data: mmap.mmap, at: int) -> int:
    begin, size = at, len(data)
    while at + 10 <= size:
        kind, length = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "big")
        if at > begin and (kind == b".RMF" or length < 10):
            break
        at += length
    if begin < at < size and data[at : at + 4] == b".RMF":
        return at
    return _found(b".RMF\0\0\0\x12")(data, begin)


def _swf_end(data: mmap.mmap, at: int) -> int:
    return at + int.from_bytes(data[at + 4 : at + 8], "little")


_WALKERS: dict[bytes, Callable[[mmap.mmap, int], int]] = {
    b"\x1a\x45\xdf\xa3": _matroska_end,
    b"FLV\x01": _flv_end,
    b"DKIF\0\0": _ivf_end,
    _ASF_HEADER: _asf_end,
    b"OggS\0\x02": _ogg_end,
    _NUT_HEADER: _found(_NUT_HEADER),
    _WTV_HEADER: _found(_WTV_HEADER, 512),
    _MXF_START + b"\x02": _mxf_end,
    b"GIF87a": _gif_end,
    b"GIF89a": _gif_end,
    b"\x89PNG\r\n\x1a\n": _png_end,
    b".RMF\0\0\0": _realmedia_end,
    b"YUV4MPEG2 ": _found(b"YUV4MPEG2 W"),
    # compressed ones say only how long they would be without
    b"FWS": _swf_end,
}
"""The walkers by what a file of the format begins with."""
