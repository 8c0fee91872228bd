"""Speakers of a sound track: which there are, in which order, and how they go to those of another layout."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

DEFAULT_LAYOUTS = ("mono", "stereo", "2.1", "4.0", "5.0", "5.1", "6.1", "7.1")
"""What players take so many channels for that do not say where they belong."""
_HALF = math.sqrt(0.5)
_NEIGHBOURS: dict[str, tuple[tuple[str, float], ...]] = {
    "SL": (("BL", 1.0), ("FL", _HALF)),
    "SR": (("BR", 1.0), ("FR", _HALF)),
    "BL": (("SL", 1.0), ("FL", _HALF)),
    "BR": (("SR", 1.0), ("FR", _HALF)),
    "FLC": (("FL", 1.0),),
    "FRC": (("FR", 1.0),),
    "DL": (("FL", 1.0),),
    "DR": (("FR", 1.0),),
    "WL": (("SL", 1.0), ("FL", 1.0)),
    "WR": (("SR", 1.0), ("FR", 1.0)),
    "TFL": (("FL", _HALF),),
    "TFR": (("FR", _HALF),),
    "TBL": (("BL", _HALF), ("SL", _HALF), ("FL", _HALF)),
    "TBR": (("BR", _HALF), ("SR", _HALF), ("FR", _HALF)),
    "LFE2": (("LFE", 1.0),),
}
"""Where a speaker's sound goes where there is no such speaker: the first of these that there is, and how loud."""
_PAIRS: dict[str, tuple[tuple[str, str], ...]] = {
    "FC": (("FL", "FR"),),
    "BC": (("BL", "BR"), ("SL", "SR"), ("FL", "FR")),
    "TFC": (("FL", "FR"),),
    "TC": (("FL", "FR"),),
    "TBC": (("BL", "BR"), ("SL", "SR"), ("FL", "FR")),
}


@lru_cache(maxsize=64)
def speakers(layout: str) -> tuple[str, ...]:
    """The speakers of a layout that FFmpeg has a name for, in order."""
    return tuple(channel.name for channel in av.AudioLayout(layout).channels)


def pin_layout(context: Any) -> tuple[str, ...]:
    """The speakers a track is stored for, in the order of its samples; call it before anything is decoded.

    PyAV frees an order that a file defines itself twice, which ends the process, as often as a frame has it. So such an
    order is taken out of the codec context here, and a common one of as many channels is put in instead.
    """
    layout = context.layout
    names = tuple(channel.name for channel in layout.channels)
    if "+" in layout.name or "NONE" in names:
        context.layout = common_layout(len(names))
    return names if "NONE" not in names else ()


def common_layout(count: int) -> str:
    """A layout of `count` channels."""
    return DEFAULT_LAYOUTS[count - 1] if count <= len(DEFAULT_LAYOUTS) else f"{count} channels"


def frame_speakers(frame: Any, pinned: Sequence[str]) -> tuple[str, ...]:
    """The speakers of a decoded frame's channels; `pinned` is what `pin_layout` gave for its track."""
    names = tuple(channel.name for channel in frame.layout.channels)
    known = "NONE" not in names
    if len(pinned) == len(names) and (not known or set(names) == set(pinned) or names == _common(len(names))):
        return tuple(pinned)
    return names if known else _common(len(names))


def _common(count: int) -> tuple[str, ...]:
    return speakers(common_layout(count))


def fitting_layout(names: Sequence[str], layouts: Sequence[str]) -> str:
    """The smallest of `layouts` that has a channel for every speaker; the largest if none has."""
    for layout in layouts:
        if set(speakers(layout)) == set(names):
            return layout
    wanted = len(names)
    fitting = [layout for layout in layouts if len(speakers(layout)) >= wanted and _lossless(names, speakers(layout))]
    by_size = sorted(fitting or layouts, key=lambda layout: len(speakers(layout)))
    return by_size[0] if fitting else by_size[-1]


def _lossless(names: Sequence[str], target: Sequence[str]) -> bool:
    """Whether every speaker has one of the target to itself."""
    weights = mixing(names, target)
    return bool(((weights == 1).sum(axis=0) == 1).all() and ((weights > 0).sum(axis=1) <= 1).all())


def mixing(names: Sequence[str], target: Sequence[str]) -> NDArray[np.float32]:
    """The mixing matrix from the channels `names` to those of `target`: (target, names) float32; sums never clip."""
    weights = np.zeros((len(target), len(names)), np.float32)
    if len(target) == 1 and len(names) == 1:
        return np.ones((1, 1), np.float32)
    position = {name: number for number, name in enumerate(target)}
    for column, name in enumerate(names):
        if name in position:
            weights[position[name], column] = 1
            continue
        taken = set(names)
        choices = [choice for choice in _NEIGHBOURS.get(name, ()) if choice[0] in position]
        # a speaker of its own, rather than one that another one plays
        free = [choice for choice in choices if choice[0] not in taken]
        pairs = [pair for pair in _PAIRS.get(name, ()) if pair[0] in position]
        if free or choices:
            other, loudness = (free or choices)[0]
            weights[position[other], column] = loudness
        elif pairs:
            for other in pairs[0]:
                weights[position[other], column] = _HALF
        elif "FC" in position and len(target) == 1:
            weights[0, column] = 1 / len(names)
    loudest = float(weights.sum(axis=1).max(initial=1.0))
    return weights / np.float32(max(1.0, loudest))
