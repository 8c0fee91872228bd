"""Input at the edge of what makes sense: what comes out is defined for every engine."""

from __future__ import annotations

import numpy as np
import pytest

from core.types import Anchor, Image
from tests.contract.conftest import NAMES, UNTAUGHT, Follow
from tests.contract.scenes import Scene, iou
from tests.contract.test_engines import check

ONE = Scene()

pytestmark = pytest.mark.parametrize(
    # of video models one: what is around the network is the same for all of them
    "name",
    [name for name in NAMES if name not in UNTAUGHT or name == "tiny-sam2_video"],
    indirect=True,
)


def test_an_empty_anchor_gives_empty_masks(follow: Follow) -> None:
    """The object is known to be absent, and nobody knows what it looks like."""
    results = follow(ONE, [Anchor(0, np.zeros(ONE.size[::-1], np.uint8), frozenset({3}))])
    assert len(results) == ONE.frame_count
    assert not any(result.labels.any() for result in results)


def test_an_object_of_four_pixels(follow: Follow, taught: bool) -> None:
    labels = np.zeros(ONE.size[::-1], np.uint8)
    labels[20:22, 30:32] = 3
    results = follow(ONE, [Anchor(0, labels, frozenset({3}))])
    check(results, ONE.size, {3})
    np.testing.assert_array_equal(results[0].labels, labels)
    assert not taught or all((result.labels == 3).sum() < 400 for result in results), "it does not take the frame over"


def test_a_mask_that_covers_the_frame_goes_on_covering_most_of_it(follow: Follow, taught: bool) -> None:
    results = follow(ONE, [Anchor(0, np.full(ONE.size[::-1], 3, np.uint8), frozenset({3}))])
    assert len(results) == ONE.frame_count
    assert not taught or all((result.labels == 3).mean() > 0.8 for result in results)


def test_a_cut(follow: Follow, taught: bool) -> None:
    """After the cut another scene is on: results stay well-formed, and the new scene is not flooded."""
    other = np.random.default_rng(9).integers(0, 256, (ONE.size[1], ONE.size[0], 3), dtype=np.uint8)

    def read(frame_index: int) -> Image:
        return ONE.read(frame_index) if frame_index < 4 else other

    results = follow(ONE, [ONE.anchor(0)], read=read)
    assert len(results) == ONE.frame_count
    check(results, ONE.size, {3})
    assert not taught or (results[-1].labels == 3).mean() < 0.5


def test_a_cut_and_back_again_keeps_running_to_the_next_anchor(follow: Follow, taught: bool) -> None:
    black = np.zeros((ONE.size[1], ONE.size[0], 3), np.uint8)

    def read(frame_index: int) -> Image:
        return black if frame_index in (3, 4) else ONE.read(frame_index)

    results = follow(ONE, [ONE.anchor(0), ONE.anchor(6)], read=read)
    check(results, ONE.size, {3})
    np.testing.assert_array_equal(results[6].labels, ONE.labels(6))
    assert not taught or iou(results[7].labels, ONE.labels(7), 3) > 0.6


def test_all_black_frames(follow: Follow) -> None:
    black = np.zeros((ONE.size[1], ONE.size[0], 3), np.uint8)
    results = follow(ONE, [ONE.anchor(0)], read=lambda frame_index: black)
    check(results, ONE.size, {3})
    np.testing.assert_array_equal(results[0].labels, ONE.labels(0))


def test_an_object_that_leaves_and_returns(follow: Follow, taught: bool) -> None:
    """Every frame has a result with the object's confidence, whether it is there or not."""
    away = Scene(object_ids=())

    def read(frame_index: int) -> Image:
        return away.read(frame_index) if 3 <= frame_index < 5 else ONE.read(frame_index)

    results = follow(ONE, [ONE.anchor(0)], read=read)
    check(results, ONE.size, {3})
    assert all(set(result.confidence) == {3} for result in results)
    assert not taught or all((result.labels == 3).mean() < 0.3 for result in results)


def test_touching_objects_stay_apart(follow: Follow, taught: bool) -> None:
    """The two halves of one disc, of the same looks and moving together: they differ in position only."""
    scene = Scene(size=(320, 220), radius=40, speed=3)
    disc = scene.labels(0) > 0
    right = np.arange(scene.size[0]) > np.flatnonzero(disc.any(axis=0)).mean()
    labels = np.where(disc, np.where(right, 200, 3), 0).astype(np.uint8)
    results = follow(scene, [Anchor(0, labels, frozenset({3, 200}))])
    check(results, scene.size, {3, 200})
    for result in results if taught else ():
        sizes = [int((result.labels == one).sum()) for one in (3, 200)]
        assert min(sizes) > 0.35 * disc.sum(), result.frame_index
        left_of, right_of = (np.nonzero(result.labels == one)[1].mean() for one in (3, 200))
        assert left_of + 20 < right_of
