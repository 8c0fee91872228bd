"""Colours that people can distinguish, and those that files carry."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray

from core.masks import davis_palette, object_colour, palette

Floats = NDArray[np.float64]

# Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color Vision Deficiency", 2009:
# linear RGB as seen without one kind of cone
_SEEN = {
    "normal": np.eye(3),
    "red-blind": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "green-blind": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
}
_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)


def lab(colour: tuple[int, int, int], seen: Floats) -> Floats:
    value = np.asarray(colour) / 255
    linear = np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)
    xyz = _XYZ @ np.clip(seen @ linear, 0, 1) / (0.95047, 1.0, 1.08883)
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("eyes", list(_SEEN))
def test_the_first_sixteen_can_be_distinguished(eyes: str) -> None:
    positions = [lab(object_colour(object_id), _SEEN[eyes]) for object_id in range(1, 17)]
    # a difference of 2.3 is just noticeable side by side
    assert min(float(np.linalg.norm(a - b)) for a, b in combinations(positions, 2)) > 15


def test_every_id_has_its_own_colour() -> None:
    colours = [object_colour(object_id) for object_id in range(256)]
    assert len(set(colours)) == 256
    assert colours[0] == (0, 0, 0)
    np.testing.assert_array_equal(palette(), colours)


def test_the_davis_palette_is_the_known_one() -> None:
    table = davis_palette().tolist()
    assert table[:9] == [
        [0, 0, 0],
        [128, 0, 0],
        [0, 128, 0],
        [128, 128, 0],
        [0, 0, 128],
        [128, 0, 128],
        [0, 128, 128],
        [128, 128, 128],
        [64, 0, 0],
    ]
    assert table[255] == [224, 224, 192]
    assert len({tuple(colour) for colour in table}) == 256


def test_palettes_cannot_be_written_to() -> None:
    for table in (palette(), davis_palette()):
        assert not table.flags.writeable
