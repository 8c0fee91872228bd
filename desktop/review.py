"""Which frames a person should look at next: the least certain ones, spread over the clip."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.types import Origin

_APART = 8
_SURE = 0.9


@dataclass(frozen=True)
class Doubt:
    """A frame on which the engine is unsure of an object."""

    frame_index: int
    object_id: int
    confidence: float


def frames_to_check(lanes: Mapping[int, tuple[NDArray[np.uint8], NDArray[np.float32]]], limit: int = 20) -> list[Doubt]:
    """The least certain propagated frames of all objects, worst first.

    Neighbours of a frame already listed for the same object are left out: correcting one corrects them too.
    """
    found: list[Doubt] = []
    for object_id, (origins, confidence) in lanes.items():
        engine_made = (origins == Origin.PROPAGATED) | (origins == Origin.STALE)
        value = np.where(engine_made & ~np.isnan(confidence), confidence, np.inf)
        candidates = np.flatnonzero(value < _SURE)
        taken = np.zeros(len(value), bool)
        listed = 0
        for frame in candidates[np.argsort(value[candidates], kind="stable")]:
            if taken[frame]:
                continue
            found.append(Doubt(int(frame), object_id, float(value[frame])))
            taken[max(0, frame - _APART) : frame + _APART + 1] = True
            listed += 1
            if listed == limit:
                break
    return sorted(found, key=lambda doubt: doubt.confidence)[:limit]
