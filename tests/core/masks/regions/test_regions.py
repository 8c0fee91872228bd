"""Superpixels and selective search: regions follow edges, proposals find what stands out, bad input is reported."""

from __future__ import annotations

import numpy as np
import pytest

from core.errors import CancelledError, MaskError
from core.jobs import CancelToken
from core.masks.regions import METHODS, Regions, find_regions, propose_objects

SIZE = (64, 96)


def disc() -> np.ndarray:
    y, x = np.mgrid[: SIZE[0], : SIZE[1]]
    inside: np.ndarray = (x - 40) ** 2 + (y - 30) ** 2 < 16**2
    return inside


@pytest.fixture(scope="module")
def picture() -> np.ndarray:
    """A red disc on green noise."""
    image = np.random.default_rng(3).normal((70, 120, 80), 6, (*SIZE, 3))
    image[disc()] = np.random.default_rng(4).normal((200, 60, 50), 6, (int(disc().sum()), 3))
    return image.clip(0, 255).astype(np.uint8)


@pytest.mark.parametrize("method", METHODS)
def test_regions_cover_the_picture_and_follow_its_edges(picture: np.ndarray, method: str) -> None:
    regions = find_regions(picture, method, 10)
    assert regions.ids.shape == SIZE and regions.ids.min() == 0 and regions.ids.max() == regions.count - 1
    assert len(np.unique(regions.ids)) == regions.count
    total = np.bincount(regions.ids.ravel())
    inside = np.bincount(regions.ids.ravel(), disc().ravel().astype(float))
    patch = regions.patch(np.flatnonzero(inside > total / 2).tolist())
    made = np.zeros(SIZE, bool)
    made[patch.box.slices] = patch.mask
    assert (made & disc()).sum() / (made | disc()).sum() > 0.9


def test_larger_regions_are_fewer(picture: np.ndarray) -> None:
    assert find_regions(picture, "slic", 8).count > 2 * find_regions(picture, "slic", 24).count


def test_a_large_picture_is_cut_in_a_smaller_copy() -> None:
    image = np.zeros((900, 1200, 3), np.uint8)
    image[:, 600:] = 200
    regions = find_regions(image, "watershed", 200)
    assert regions.ids.shape == (900, 1200)
    assert set(np.unique(regions.ids[:, :595])).isdisjoint(np.unique(regions.ids[:, 605:]))


def test_what_a_line_passes_is_found_in_order_and_beside_the_picture_is_nothing() -> None:
    regions = Regions(np.repeat(np.arange(4, dtype=np.int32), 5)[None].repeat(3, 0), 4)
    assert regions.on_way((1.5, 1.5), (18.5, 1.5)) == [0, 1, 2, 3]
    assert regions.on_way((-9.0, 1.5), (2.5, 1.5)) == [0]
    assert regions.at(-0.1, 0) is None and regions.at(0, 3) is None and regions.at(19.9, 2.9) == 3
    assert regions.patch([]).empty and regions.patch([2]).box.x0 == 10


@pytest.mark.parametrize("shape", [(1, 1), (2, 50), (7, 3)])
def test_the_smallest_pictures_have_regions(shape: tuple[int, int]) -> None:
    for method in METHODS:
        assert find_regions(np.zeros((*shape, 3), np.uint8), method, 4).ids.shape == shape


def test_bad_input_is_reported_in_a_sentence(picture: np.ndarray) -> None:
    with pytest.raises(MaskError, match=r"no way 'snake' to cut regions; expected one of slic, "):
        find_regions(picture, "snake")
    with pytest.raises(MaskError, match="Regions of 1 pixels cannot be made; expected 4 to 256"):
        find_regions(picture, "slic", 1)
    for work in (find_regions, propose_objects):
        with pytest.raises(MaskError, match="no picture"):
            work(np.zeros((0, 9, 3), np.uint8))


def test_what_stands_out_is_proposed_first_and_each_once(picture: np.ndarray) -> None:
    proposals = propose_objects(picture)
    patch = proposals[0].patch
    made = np.zeros(SIZE, bool)
    made[patch.box.slices] = patch.mask
    assert (made & disc()).sum() / (made | disc()).sum() > 0.85
    assert all(0 <= one.contrast <= 1 and not one.patch.empty for one in proposals)
    assert len(propose_objects(picture, limit=1)) == 1


def test_a_picture_of_one_colour_has_none_and_a_search_can_be_stopped(picture: np.ndarray) -> None:
    assert propose_objects(np.full((40, 60, 3), 90, np.uint8)) == []
    token = CancelToken()
    token.cancel()
    with pytest.raises(CancelledError):
        propose_objects(picture, cancel=token)
