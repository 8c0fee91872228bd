"""Detects interlaced frames (woven of two fields) by their pictures: files often do not declare them.

The lines of two frames, one after the other, are interleaved anew. Whole pictures look worse for it either way, and as
much worse. Of woven ones, one of the two ways gives fields that follow each other, as smooth as the frames themselves,
and the other gives fields that are three apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from core.media.containers.decoder import FrameDecoder
from core.media.containers.packets import OutOfStepError
from core.media.containers.trusted_index import TrustedIndex, glimpse

_LEAST_HEIGHT = 200
"""Nothing smaller is woven, and the small moving parts of small pictures look like anything."""
_EDGE = 12
"""Levels of 255 by which a line has to stand out from both its neighbours to count as combed."""
_LEAST_MOTION = 0.002
"""Share of pixels that have to be combed, beyond those of the frame itself, in what is interleaved worse."""
_WOVEN, _WHOLE = 0.3, 0.6
"""How much more combed the better interleaving is than the frame, of how much more the worse one is."""
_ENOUGH = 3
"""Pairs of frames that have to show it, and most of those that move. Film at television's rate has two woven frames in
five, next to whole ones: of such pairs, which are smoother interleaved anew, one of `_ONE_OF` will do."""
_MOST, _ONE_OF = 0.7, 4
_Vote = tuple[bool | None, bool]
"""Whether the upper field comes first, None for whole pictures; whether the frames are smoother interleaved anew."""
LOOKED_AT = 9
"""Frames that are looked at."""


def field_order(decoder: FrameDecoder, found: TrustedIndex) -> bool | None:
    """Whether the upper field (the first line) comes first in frames that are woven; None where they are whole
    pictures, or nothing moves.

    The clip's first frames are looked at, and where nothing moves in them some from its middle. Decoding has to be
    started again after that.
    """
    votes = _votes(found.glimpses[:LOOKED_AT])
    index = found.index
    if len(votes) < _ENOUGH and len(index) > 2 * LOOKED_AT and not index.counted and not found.damaged:
        decoder.start_at(int(index.starts[index.start_position(len(index) // 2), 0]), index.table)
        with suppress(OutOfStepError):
            later = (decoder.next() for _ in range(LOOKED_AT))
            votes += _votes([glimpse(decoded.frame) for decoded in later if decoded is not None])
    orders = [first for first, _ in votes]
    upper = orders.count(True) >= orders.count(False)
    most, smoother = orders.count(upper), votes.count((upper, True))
    woven = (most >= _ENOUGH and most >= _MOST * len(votes)) or (
        smoother >= _ENOUGH and smoother * _ONE_OF >= len(votes)
    )
    return upper if woven else None


def _votes(lumas: Sequence[NDArray[np.int16]]) -> list[_Vote]:
    votes: list[_Vote] = []
    for before, after in pairwise(lumas):
        if before.shape == after.shape and before.shape[0] >= _LEAST_HEIGHT:
            votes += _vote(before, after)
    return votes


def _vote(before: NDArray[np.int16], after: NDArray[np.int16]) -> list[_Vote]:
    """One vote, or none where too little moves."""
    own = max(_combed(before), _combed(after))
    lower_then_upper, upper_then_lower = after.copy(), before.copy()
    # fields that follow each other: the second of one frame and the first of the next
    lower_then_upper[1::2] = before[1::2]
    upper_then_lower[1::2] = after[1::2]
    top_first, bottom_first = _combed(lower_then_upper) - own, _combed(upper_then_lower) - own
    worse, better = max(top_first, bottom_first), min(top_first, bottom_first)
    if worse < _LEAST_MOTION:
        return []
    share = better / worse
    return [(top_first < bottom_first, better < 0)] if share < _WOVEN else [(None, False)] if share > _WHOLE else []


def _combed(luma: NDArray[np.int16]) -> float:
    """The share of pixels that stand out from the line above and the one below alike."""
    line, above, below = luma[1:-1], luma[:-2], luma[2:]
    brighter = line > np.maximum(above, below) + _EDGE
    darker = line < np.minimum(above, below) - _EDGE
    return float(np.count_nonzero(brighter) + np.count_nonzero(darker)) / line.size
