"""A soft brush stops at edges, keeps its core, and covers the same whether it is drawn in one piece or in many."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from core.masks import SoftStroke, rasterise_stroke
from core.types import Image

SIZE = (80, 60)


def halves(left: int = 60, right: int = 200) -> Image:
    """Dark to the left of column 40, bright from there on."""
    image = np.full((SIZE[1], SIZE[0], 3), left, np.uint8)
    image[:, 40:] = right
    return image


def covered(stroke: SoftStroke) -> np.ndarray:
    whole = np.zeros((SIZE[1], SIZE[0]), bool)
    whole[stroke.patch.box.slices] = stroke.patch.mask
    return whole


def hard(points: list[tuple[float, float]], radius: float) -> np.ndarray:
    patch = rasterise_stroke(points, radius, SIZE)
    whole = np.zeros((SIZE[1], SIZE[0]), bool)
    whole[patch.box.slices] = patch.mask
    return whole


def test_the_rim_stops_at_an_edge_and_the_core_does_not() -> None:
    stroke = SoftStroke(halves(), 16, 0.5)
    points = [(34.0, 10.0), (34.0, 50.0)]
    stroke.add(points)
    got = covered(stroke)
    assert (got[:, :40] == hard(points, 16)[:, :40]).all(), "on its own side it is the whole brush"
    assert (got[:, 40:] == hard(points, 8)[:, 40:]).all(), "beyond the edge only the core"
    assert got[30, 41] and not got[30, 44]


def test_a_stroke_across_an_edge_takes_both_sides_where_it_was() -> None:
    stroke = SoftStroke(halves(), 12, 0.0)
    stroke.add([(20.0, 30.0)])
    assert not covered(stroke)[:, 40:].any()
    stroke.add([(20.0, 30.0), (60.0, 30.0)])
    assert covered(stroke)[30, 62]


def test_colours_must_be_the_more_alike_the_further_out_they_lie() -> None:
    image = halves(100, 130)
    stroke = SoftStroke(image, 20, 0.0)
    stroke.add([(38.0, 30.0)])
    row = covered(stroke)[30]
    assert row[19:40].all(), "all of the like side"
    taken = np.flatnonzero(row[40:])
    # 30 of 64 levels: similar enough in the inner half of the brush only
    assert taken.tolist() == list(range(len(taken)))
    assert 7 <= len(taken) <= 9


def test_a_hard_stroke_and_pieces_are_as_one() -> None:
    generator = np.random.default_rng(2)
    image = generator.integers(0, 256, (SIZE[1], SIZE[0], 3), np.uint8)
    way = [(10.0, 10.0), (50.0, 14.0), (62.0, 50.0)]
    all_hard = SoftStroke(image, 9, 1.0)
    pieces = SoftStroke(image, 9, 0.4)
    shown = np.zeros((SIZE[1], SIZE[0]), bool)
    for start, end in itertools.pairwise(way):
        all_hard.add([start, end])
        piece = pieces.add([start, end])
        shown[piece.box.slices] |= piece.mask
    assert (covered(all_hard) == hard(way, 9)).all()
    assert (covered(pieces) == shown).all(), "what was shown on the way is what becomes of it"
    assert covered(pieces).sum() < hard(way, 9).sum()


@pytest.mark.parametrize("point", [(-5.0, 30.0), (79.9, 59.9), (84.0, -3.0)])
def test_the_rim_of_the_frame_is_no_obstacle(point: tuple[float, float]) -> None:
    stroke = SoftStroke(halves(90, 90), 10, 0.3)
    stroke.add([point])
    assert (covered(stroke) == hard([point], 10)).all()


def test_outside_the_frame_nothing_is_covered() -> None:
    stroke = SoftStroke(halves(), 5, 0.3)
    assert stroke.add([(-20.0, -20.0)]).empty
    assert stroke.patch.empty
