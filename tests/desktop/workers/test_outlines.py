"""Outlines that are drawn over the picture: true to the mask, and few points."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from core.masks import Patch
from core.types import Box
from desktop.workers.outlines import outline_of


def test_a_large_outline_has_few_points_and_keeps_to_the_edge() -> None:
    y, x = np.mgrid[:401, :401]
    disc = (x - 200) ** 2 + (y - 200) ** 2 < 190**2
    (line,) = outline_of(Patch(Box(30, 20, 431, 421), disc))
    assert line[0] == line[-1] and len(line) < 300, "one for each pixel's side were 1,500"
    points = np.array(line)
    assert np.hypot(*(points - [230.5, 220.5]).T) == pytest.approx(190, abs=1)
    assert cv2.contourArea(points.astype(np.float32)) == pytest.approx(disc.sum(), rel=0.005)


@pytest.mark.parametrize("shape", [(1, 1), (1, 2), (2, 2)])
def test_specks_are_seen(shape: tuple[int, int]) -> None:
    (line,) = outline_of(Patch(Box(5, 5, 5 + shape[1], 5 + shape[0]), np.ones(shape, np.bool_)))
    assert len(set(line)) > 2
