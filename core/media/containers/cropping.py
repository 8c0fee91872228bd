"""What part of the stored picture a file asks to be shown: `clap` of MP4 and MOV, `PixelCrop` of Matroska.

Read from the container itself, since FFmpeg leaves it to the player, and few do it.
"""

from __future__ import annotations

import mmap
from fractions import Fraction
from pathlib import Path

from core.media.containers.parts import MOST_TINY, FilePart, boxes, ebml_number

_MOVE_INTO = (b"moov", b"trak", b"mdia", b"minf", b"stbl")
_ENTRY_HEAD, _VISUAL_HEAD = 16, 86
"""Bytes before the entries of `stsd`, and of a visual entry before the boxes in it."""
_SEGMENT, _CLUSTER, _TRACKS, _TRACK, _VIDEO = 0x18538067, 0x1F43B675, 0x1654AE6B, 0xAE, 0xE0
_WIDTH, _HEIGHT = 0xB0, 0xBA
_LEFT, _TOP, _RIGHT, _BOTTOM = 0x54CC, 0x54BB, 0x54DD, 0x54AA


def shown_size(path: Path, part: FilePart | None = None) -> tuple[int, int] | None:
    """(width, height) that the file asks for; None if it says nothing. Raises OSError."""
    with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data:
        start, end = (part.start, part.end) if part else (0, len(data))
        if data[start : start + 4] == b"\x1a\x45\xdf\xa3":
            return _matroska(data, start, end)
        return _clap(data, start, end)


def _clap(data: mmap.mmap, start: int, end: int) -> tuple[int, int] | None:
    for kind, at, after in boxes(data, start, end):
        if kind in _MOVE_INTO:
            found = _clap(data, at + 8, after)
        elif kind == b"stsd":
            found = _clap(data, at + _ENTRY_HEAD, after)
        elif kind == b"clap" and after - at >= 40:
            numbers = [int.from_bytes(data[offset : offset + 4], "big") for offset in range(at + 8, at + 40, 4)]
            width, height = (Fraction(*numbers[offset : offset + 2]) if numbers[offset + 1] else 0 for offset in (0, 2))
            return round(width), round(height)
        elif start > 0 and data[at - _ENTRY_HEAD + 4 : at - _ENTRY_HEAD + 8] == b"stsd" and after - at > _VISUAL_HEAD:
            found = _clap(data, at + _VISUAL_HEAD, after)
        else:
            continue
        if found is not None:
            return found
    return None


def _matroska(data: mmap.mmap, at: int, end: int) -> tuple[int, int] | None:
    values: dict[int, int] = {}
    for _ in range(MOST_TINY):
        if at >= end:
            break
        kind, after = ebml_number(data, at, marked=True)
        length, content = ebml_number(data, after, marked=False)
        if kind < 0 or kind == _CLUSTER or (length < 0 and kind != _SEGMENT):
            break
        if kind in (_SEGMENT, _TRACKS, _TRACK, _VIDEO):
            if kind == _TRACK and values:
                break
            at = content
            continue
        if kind in (_WIDTH, _HEIGHT, _LEFT, _TOP, _RIGHT, _BOTTOM):
            values[kind] = int.from_bytes(data[content : content + length], "big")
        at = content + length
    if not {_LEFT, _TOP, _RIGHT, _BOTTOM} & set(values) or _WIDTH not in values or _HEIGHT not in values:
        return None
    width = values[_WIDTH] - values.get(_LEFT, 0) - values.get(_RIGHT, 0)
    height = values[_HEIGHT] - values.get(_TOP, 0) - values.get(_BOTTOM, 0)
    return width, height
