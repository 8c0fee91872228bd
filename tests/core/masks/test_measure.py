"""Areas and centres, against NumPy's own sums."""

from __future__ import annotations

import numpy as np
import pytest

from core.masks import areas, measure


def test_area_and_centre_of_each_object() -> None:
    generator = np.random.default_rng(3)
    labels = np.zeros((40, 60), np.uint8)
    labels[5:30, 10:50] = generator.choice(np.array([0, 3, 200], np.uint8), (25, 40))
    found = measure(labels)
    assert list(found) == [3, 200]
    for object_id, measured in found.items():
        ys, xs = np.nonzero(labels == object_id)
        assert measured.area == len(xs)
        assert (measured.x, measured.y) == pytest.approx((xs.mean(), ys.mean()))
    assert areas(labels) == {object_id: measured.area for object_id, measured in found.items()}


def test_an_empty_map_has_no_objects() -> None:
    labels = np.zeros((4, 4), np.uint8)
    assert areas(labels) == {}
    assert measure(labels) == {}
