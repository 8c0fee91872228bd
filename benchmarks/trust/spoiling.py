"""Damages files, at random or with malicious values."""

from __future__ import annotations

import numpy as np

_HOSTILE = (
    b"-1", b"0", b"1e999", b"NaN", b"Infinity", b"99999999999999999999999", b"null", b"true", b"{}", b"[]",
    b"[" * 2000, b"\"../../../escaped\"", b"\"/escaped\"", b"\"\\u0000\"", b"\"=1+1\"", b"\x1b[2J", b"\xff\xfe", b"",
    b"1" * 5000, b"&a [*a, *a]", b"!!python/object/apply:os.system [true]", b"\"\"", b",", b"'",
)  # fmt: skip
"""Malicious values that replace others."""


def spoil(data: bytes, rng: np.random.Generator) -> bytes:
    """Bytes with some bits flipped, a piece cut out, doubled or zeroed, or the end cut off."""
    spoiled = bytearray(data)
    size = max(1, len(spoiled))
    way = int(rng.integers(6))
    offset = int(rng.integers(size))
    length = int(rng.integers(1, max(2, size // 8)))
    if way == 0:
        del spoiled[offset:]
    elif way == 1:
        del spoiled[offset : offset + length]
    elif way == 2:
        spoiled[offset:offset] = spoiled[offset : offset + length]
    elif way == 3:
        spoiled[offset : offset + length] = bytes(len(spoiled[offset : offset + length]))
    # most of what a file is lies in its first bytes
    reach = min(len(spoiled), 600) if rng.random() < 0.5 else len(spoiled)
    if reach and way >= 2:
        for flipped in rng.integers(0, reach, int(rng.integers(1, 40))):
            spoiled[flipped] ^= 1 << int(rng.integers(8))
    return bytes(spoiled)


def spoil_text(data: bytes, rng: np.random.Generator) -> bytes:
    """A text some of whose values are others', or hostile ones; now and then it is spoiled as bytes are."""
    if rng.random() < 0.25:
        return spoil(data, rng)
    signs = b" ,:=\n[]{}<>"
    borders = [offset for offset, sign in enumerate(data) if sign in signs]
    if len(borders) < 2:
        return spoil(data, rng)
    spoiled = data
    for _ in range(int(rng.integers(1, 4))):
        start = int(rng.integers(len(borders) - 1))
        other = int(rng.integers(len(borders) - 1))
        if rng.random() < 0.7:
            value = _HOSTILE[int(rng.integers(len(_HOSTILE)))]
        else:
            value = data[borders[other] + 1 : borders[other + 1]]
        spoiled = spoiled[: borders[start] + 1] + value + spoiled[borders[start + 1] :]
    return spoiled
