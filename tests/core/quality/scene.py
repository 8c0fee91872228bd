"""Two things that move and breathe, and ways to spoil them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import cv2
import numpy as np

from core.jobs import CancelToken
from core.quality.check import check_masks
from core.quality.findings import Fault, Finding
from core.types import LabelMap

SIZE = (200, 120)
FRAMES = 40

Spoil = Callable[[int, LabelMap], LabelMap]


def labels(frame_index: int) -> LabelMap:
    """Object 1 goes right and grows a little, object 2 goes left below it; both tremble."""
    rng = np.random.default_rng(frame_index)
    found = np.zeros(SIZE[::-1], np.uint8)
    shake = rng.integers(-1, 2, 4).tolist()
    centre = (40 + 2 * frame_index + shake[0], 35 + shake[1])
    cv2.ellipse(found, centre, (20 + frame_index // 8, 14), 0, 0, 360, 1, -1)
    cv2.rectangle(found, (150 - 2 * frame_index + shake[2], 75), (175 - 2 * frame_index, 105 + shake[3]), 2, -1)
    return found


def check(spoil: Spoil = lambda _index, found: found, frames: Sequence[int] = range(FRAMES)) -> list[Finding]:
    """The findings of the scene with something done to its frames."""
    work = check_masks(lambda index: spoil(index, labels(index)), frames, [1, 2], CancelToken())
    while True:
        try:
            next(work)
        except StopIteration as stop:
            return list(stop.value)


def kinds(findings: Sequence[Finding]) -> list[tuple[Fault, int, int]]:
    """Kind, object and frame of each."""
    return [(one.fault, one.object_id, one.frame_index) for one in findings]
