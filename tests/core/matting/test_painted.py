"""Painted zones and the alpha of imported mattes."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.mattes import scene
from core.matting import EdgeReader, MatteSettings, PaintedEdges, mask_mark, pack_plane, soft_alpha, unpack_plane


def disc(x: int, y: int, radius: int, size: int = 64) -> np.ndarray:
    rows, columns = np.mgrid[:size, :size]
    inside: np.ndarray = (columns - x) ** 2 + (rows - y) ** 2 < radius**2
    return inside


def test_layers_come_back_and_damage_is_noticed() -> None:
    plane = np.random.default_rng(1).integers(0, 255, (5, 7)).astype(np.uint8)
    data = pack_plane(plane, 77)
    read = unpack_plane(data, (7, 5))
    assert read is not None and (read[0] == plane).all() and read[1] == 77
    for damaged in (b"", data[:10], data[:-4], data[:12] + b"none", pack_plane(np.zeros((50, 70), np.uint8))):
        assert unpack_plane(damaged, (7, 5)) is None


def test_a_zone_goes_with_the_object_beside_it() -> None:
    positions = {0: 20, 1: 24, 2: 30, 3: None}

    def labels(frame: int) -> np.ndarray:
        position = positions[frame]
        found = disc(45, 50, 4).astype(np.uint8) * 2
        if position is not None:
            found[disc(position, 20, 10)] = 1
        return found

    zone = disc(30, 20, 4)
    reader = EdgeReader(PaintedEdges({0: pack_plane(zone.astype(np.uint8))}), labels, (64, 64))
    own, moved = reader.zone(0), reader.zone(2)
    assert own is not None and (own == zone).all()
    assert moved is not None and (moved == disc(40, 20, 4)).all(), "by the object's way, not the other one's"
    assert reader.zone(3) is None, "the object is gone"
    nothing = EdgeReader(
        PaintedEdges({0: pack_plane(zone.astype(np.uint8)), 2: pack_plane(np.zeros((64, 64), np.uint8))}),
        labels,
        (64, 64),
    )
    assert nothing.zone(2) is None, "taken away there"


def test_alpha_counts_as_long_as_the_mask_is_the_one_it_came_with() -> None:
    mask = disc(30, 30, 9)
    alpha = (mask * 200).astype(np.uint8)
    edges = PaintedEdges({}, {(4, 2): pack_plane(alpha, mask_mark(mask))})
    reader = EdgeReader(edges, lambda _: mask.astype(np.uint8), (64, 64))
    labels = mask.astype(np.uint8) * 2
    assert reader.mattes(4, labels)[2] == pytest.approx(alpha / 255)
    assert not reader.mattes(3, labels)
    labels[30, 30] = 0
    assert not reader.mattes(4, labels), "it was painted"


@pytest.mark.parametrize("settings", [MatteSettings(), MatteSettings(band=0), MatteSettings(refinement="fine", band=2)])
def test_in_a_painted_zone_hair_is_found(settings: MatteSettings) -> None:
    image, alpha, _, _ = scene("hair", 96)
    rows, columns = np.mgrid[:96, :96]
    mask = np.hypot(columns - 48, rows - 48) < 24
    zone = (np.hypot(columns - 48, rows - 48) > 21) & (np.hypot(columns - 48, rows - 48) < 38)
    plain = soft_alpha(image, mask, settings)
    refined = soft_alpha(image, mask, settings, zone=zone)
    errors = [float(np.abs(found - alpha).sum()) for found in (plain, refined)]
    assert errors[1] < 0.5 * errors[0], errors
    assert (refined[~zone] == plain[~zone]).mean() > 0.97, "beside it all is as before"
    nothing = np.zeros_like(mask)
    assert not soft_alpha(image, nothing, settings, zone=zone).any(), "an edge of nothing is nothing"
