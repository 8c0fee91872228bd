"""The colour of a new object is seen on its picture and differs from the others, for colour-blind eyes too."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from core.masks import Patch, contrasting_colour, is_light, object_colour
from core.masks.colours import COLOURS
from core.masks.contrast import _EYES, seen_lab
from core.types import Box, Image

WHOLE = Patch(Box(20, 20, 60, 60), np.ones((40, 40), np.bool_))


def plain(inside: tuple[int, int, int], around: tuple[int, int, int]) -> Image:
    picture = np.empty((80, 80, 3), np.uint8)
    picture[:] = around
    picture[20:60, 20:60] = inside
    return np.clip(picture + np.random.default_rng(1).normal(0, 6, picture.shape), 0, 255).astype(np.uint8)


def nearest(colour: tuple[int, int, int], others: list[tuple[int, int, int]]) -> float:
    """The least distance to others, to the eyes that see it as least."""
    return min(
        float(np.linalg.norm(seen_lab(np.array([colour]), eyes) - seen_lab(np.array(others), eyes), axis=1).min())
        for eyes in _EYES
    )


@pytest.mark.parametrize("inside", COLOURS)
@pytest.mark.parametrize("around", [(30, 30, 30), (225, 200, 150), (60, 110, 50)])
def test_it_is_seen_on_its_pixels_and_beside_them(inside: tuple[int, int, int], around: tuple[int, int, int]) -> None:
    colour = contrasting_colour(plain(inside, around), WHOLE, [], inside)
    assert nearest(colour, [inside]) > 25
    assert nearest(colour, [around]) > 25


def test_the_usual_colour_is_kept_where_it_is_seen() -> None:
    assert contrasting_colour(plain((40, 40, 40), (40, 45, 40)), WHOLE, [], object_colour(1)) == object_colour(1)


def test_eight_objects_on_one_picture_are_distinguished() -> None:
    picture = plain((120, 90, 60), (70, 110, 60))
    chosen: list[tuple[int, int, int]] = []
    for number in range(1, 9):
        chosen.append(contrasting_colour(picture, WHOLE, chosen, object_colour(number)))
    assert len(set(chosen)) == 8
    for number, colour in enumerate(chosen):
        if number:
            assert nearest(colour, chosen[:number]) > 12


def test_a_thin_line_on_a_large_picture_is_judged_by_its_own_pixels() -> None:
    picture = np.full((1501, 2003, 3), 70, np.uint8)
    line = np.zeros((1200, 1600), np.bool_)
    # thin enough to lie between the samples of a picture of this size
    line[:, 11:13] = True
    picture[130:1330, 147:155] = (230, 60, 40)
    below = contrasting_colour(picture, Patch(Box(140, 130, 1740, 1330), line), [], (230, 60, 40))
    assert nearest(below, [(230, 60, 40)]) > 25 and nearest(below, [(70, 70, 70)]) > 15


def test_nothing_below_is_no_reason_to_change() -> None:
    assert contrasting_colour(plain((0, 0, 0), (0, 0, 0)), Patch.nothing(), [], (1, 2, 3)) == (1, 2, 3)


def test_lab_is_lab() -> None:
    white, black, red = seen_lab(np.array([(255, 255, 255), (0, 0, 0), (255, 0, 0)]))
    np.testing.assert_allclose(white, (100, 0, 0), atol=0.1)
    np.testing.assert_allclose(black, (0, 0, 0), atol=0.1)
    np.testing.assert_allclose(red, (53.2, 80.1, 67.2), atol=0.3)
    assert is_light((240, 228, 66)) and not is_light((51, 85, 119))


def test_a_red_blind_eye_cannot_tell_red_from_dark_green() -> None:
    colours = np.array([(150, 40, 30), (70, 75, 30)])
    normal, red_blind = (float(np.linalg.norm(np.subtract(*seen_lab(colours, eyes)))) for eyes in _EYES[:2])
    assert red_blind < 0.6 * normal
    assert all(before != after for before, after in pairwise((normal, red_blind)))
