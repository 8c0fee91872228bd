"""Masks as lengths of runs, background first, as COCO and its descendants store them. Every length is checked first."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.datasets.polygons import Mask
from core.messages import Message

_MORE = 0x20
_SIGN = 0x10


def decode_counts(text: str | bytes) -> NDArray[np.int64]:
    """The run lengths, (N,) int64, in COCO's compressed text: groups of five bits from the lowest on, each length from
    the third on stored as the difference to the one two before it. Raises ValueError if it is invalid.
    """
    data = text.encode("ascii", "replace") if isinstance(text, str) else text
    codes = np.frombuffer(data, np.uint8).astype(np.int64) - 48
    if codes.size and (codes.min() < 0 or codes.max() > 63 or codes[-1] & _MORE):
        raise ValueError(Message("its run lengths are damaged"))
    ends = np.flatnonzero(codes & _MORE == 0)
    starts = np.concatenate([[0], ends[:-1] + 1]) if ends.size else ends
    lengths = ends - starts + 1
    if lengths.size and lengths.max() > 8:
        raise ValueError(Message("its run lengths are damaged"))
    digit = np.arange(codes.size) - np.repeat(starts, lengths)
    values = np.add.reduceat((codes & 0x1F) << (5 * digit), starts) if ends.size else codes
    values = np.where(codes[ends] & _SIGN, values - (1 << (5 * lengths)), values)
    # the lengths at even and at odd positions are each a running sum; the very first one stands alone
    counts = values.copy()
    if counts.size > 2:
        counts[1::2] = np.cumsum(values[1::2])
        counts[2::2] = np.cumsum(values[2::2])
    return counts


def mask_of_runs(counts: Sequence[int] | NDArray[np.int64], size: tuple[int, int], by_row: bool = False) -> Mask:
    """The (H, W) bool mask of `size` (width, height) whose pixels the runs count, column by column or row by row.

    Raises ValueError if they are not as many.
    """
    try:
        lengths = np.asarray(counts, np.int64).reshape(-1)
    except OverflowError as error:
        raise ValueError(Message("its run lengths make no sense")) from error
    width, height = size
    if lengths.size and (lengths.min() < 0 or lengths.max() > width * height):
        raise ValueError(Message("its run lengths make no sense"))
    if int(lengths.sum()) != width * height:
        raise ValueError(
            Message(
                "its runs count {count} pixels, the picture has {pixels}",
                count=int(lengths.sum()),
                pixels=width * height,
            )
        )
    flat = np.repeat(np.arange(lengths.size) % 2 == 1, lengths)
    return flat.reshape(height, width) if by_row else np.ascontiguousarray(flat.reshape(width, height).T)


def runs_of_mask(mask: Mask, by_row: bool = False) -> list[int]:
    """The run lengths of a (H, W) bool mask, background first, column by column or row by row."""
    flat = mask.reshape(-1) if by_row else mask.T.reshape(-1)
    changes = np.flatnonzero(np.diff(flat.view(np.uint8), prepend=np.uint8(0)))
    return [int(length) for length in np.diff(np.concatenate([[0], changes, [flat.size]]))]
