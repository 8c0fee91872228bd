"""A detector for tests: every piece of bright pixels is a "thing", and needs no weights."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from core.engines.detectors.detection import Detection, DetectorInfo, by_score
from core.masks import Patch
from core.types import Box, Image

_BRIGHT = 200


class FakeDetector:
    """See `core.engines.detectors.detection.Detector`. The larger a piece, the surer it is."""

    def detect(self, image: Image, least: float) -> list[Detection]:
        bright = (image.max(axis=2) > _BRIGHT).astype(np.uint8)
        count, pieces, stats, _centres = cv2.connectedComponentsWithStats(bright, connectivity=8)
        found = []
        largest = max((int(stats[number][4]) for number in range(1, count)), default=1)
        for number in range(1, count):
            x, y, width, height, area = (int(value) for value in stats[number])
            box = Box(x, y, x + width, y + height)
            score = 0.5 + 0.5 * area / largest
            if score >= least:
                found.append(Detection("thing", score, box, Patch(box, pieces[box.slices] == number)))
        return by_score(found)


def open_detector(_info: DetectorInfo, _weights: Path | None, _device: str, _short_side: int | None) -> FakeDetector:
    """The detector; it takes no weights."""
    return FakeDetector()
