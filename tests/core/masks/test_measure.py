"""Areas and centres, against NumPy's own sums."""

from __future__ import annotations

import numpy as np
import pytest

from core.masks import areas, measure
from core.types import LabelMap


def counted(labels: LabelMap, object_id: int) -> tuple[int, float, float]:
    ys, xs = np.nonzero(labels == object_id)
    return len(xs), float(xs.mean()), float(ys.mean())


def test_a_small_map_is_measured_exactly() -> None:
    generator = np.random.default_rng(3)
    labels = np.zeros((40, 60), np.uint8)
    labels[5:30, 10:50] = generator.choice(np.array([0, 3, 200], np.uint8), (25, 40))
    found = measure(labels)
    assert list(found) == [3, 200]
    for object_id, measured in found.items():
        assert (measured.area, measured.x, measured.y) == pytest.approx(counted(labels, object_id))
    assert areas(labels) == {object_id: measured.area for object_id, measured in found.items()}


@pytest.mark.parametrize("size", [(1080, 1920), (2160, 3840), (721, 1283)])
def test_a_large_map_is_measured_closely_and_its_small_objects_exactly(size: tuple[int, int]) -> None:
    height, width = size
    ys, xs = np.mgrid[0:height, 0:width]
    labels = np.zeros(size, np.uint8)
    labels[((xs - width * 0.3) / 211) ** 2 + ((ys - height * 0.45) / 93) ** 2 < 1] = 1
    labels[height - 27 :, width - 31 :] = 2
    labels[:19, :23] = 3
    found = measure(labels)
    assert list(found) == [1, 2, 3]
    area, x, y = counted(labels, 1)
    assert found[1].area == pytest.approx(area, rel=0.01)
    assert (found[1].x, found[1].y) == pytest.approx((x, y), abs=1)
    for object_id in (2, 3):
        assert (found[object_id].area, found[object_id].x, found[object_id].y) == pytest.approx(
            counted(labels, object_id)
        )


def test_an_empty_map_has_no_objects() -> None:
    labels = np.zeros((4, 4), np.uint8)
    assert areas(labels) == {}
    assert measure(labels) == {}
