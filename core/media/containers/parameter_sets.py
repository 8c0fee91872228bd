"""Changes of a stream's parameters, above all its size, in the parameter sets of keyframes.

Decoders find it, but not without decoding everything, which long clips do not.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_WITHIN = 4096
"""They come first in a packet, after little else."""
_START = re.compile(rb"\x00\x00\x01", re.DOTALL)
_MPEG_SEQUENCE = re.compile(rb"\x00\x00\x01\xb3(....)", re.DOTALL)


def parameters(codec: str) -> Callable[[memoryview], bytes] | None:
    """What finds the parameters in a keyframe's packet; None for codecs whose decoders need no help. b"" is none."""
    return _FINDERS.get(codec)


def _mpeg(packet: memoryview) -> bytes:
    # width, height, shape and rate; what follows may differ from one to the next
    found = _MPEG_SEQUENCE.search(packet[:_WITHIN])
    return found[1] if found else b""


def _unit(packet: memoryview, wanted: Callable[[int], bool]) -> bytes:
    head = bytes(packet[:_WITHIN])
    starts = [found.end() for found in _START.finditer(head)]
    for start, following in zip(starts, [*starts[1:], len(head)], strict=False):
        if start < len(head) and wanted(head[start]):
            return head[start:following].removesuffix(b"\0\0\1").rstrip(b"\0")
    return b""


_FINDERS: dict[str, Callable[[memoryview], bytes]] = {
    "mpeg2video": _mpeg,
    "mpeg1video": _mpeg,
    "h264": lambda packet: _unit(packet, lambda first: first & 0x1F == 7),
    "hevc": lambda packet: _unit(packet, lambda first: first >> 1 & 0x3F == 33),
}
