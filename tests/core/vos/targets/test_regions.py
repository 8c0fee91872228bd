"""Objects far apart are examined through regions of their own, a few at most."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from core.types import Box, Floats, Image
from core.vos.flow.warping import Flow
from core.vos.targets.regions import GroupedRegions, grouped

SIZE = (160, 90)
IMAGE: Image = np.zeros((SIZE[1], SIZE[0], 3), np.uint8)


class Model:
    """Answers with ten times the object's id for every pixel, and writes down what it is shown."""

    def __init__(self) -> None:
        self.observed: list[list[int]] = []

    def observe(
        self,
        frame_index: int,
        image: Image,
        object_ids: Sequence[int],
        probabilities: Floats,
        confidence: Floats,
        permanent: bool,
    ) -> None:
        assert len(probabilities) == len(confidence) == len(object_ids)
        self.observed.append(list(object_ids))

    def predict(
        self,
        frame_index: int,
        image: Image,
        previous_image: Image | None,
        object_ids: Sequence[int],
        warped: Floats,
        flow: Flow | None,
    ) -> Floats:
        assert len(warped) == len(object_ids)
        return np.stack([np.full(image.shape[:2], 10.0 * one, np.float32) for one in object_ids])


class Models:
    def __init__(self, most: int) -> None:
        self.made: list[Model] = []
        self.target = GroupedRegions(self._make, most)

    def _make(self) -> Model:
        self.made.append(Model())
        return self.made[-1]

    def observe(self, *placed: tuple[int, int, int]) -> None:
        """An anchor with objects (id, x, y) of ten pixels."""
        masks = np.zeros((len(placed), SIZE[1], SIZE[0]), np.float32)
        for mask, (_, x, y) in zip(masks, placed, strict=True):
            mask[y : y + 10, x : x + 10] = 1
        ids = [object_id for object_id, _, _ in placed]
        self.target.observe(0, IMAGE, ids, masks, np.ones(len(ids), np.float32), True)

    @property
    def groups(self) -> list[set[int]]:
        return [set().union(*map(set, one.observed)) for one in self.made]


def test_neighbours_share_a_region_and_distant_ones_do_not() -> None:
    models = Models(3)
    models.observe((1, 5, 5), (2, 17, 6), (3, 140, 70))
    assert models.groups == [{1, 2}, {3}]
    found = models.target.predict(1, IMAGE, None, [3, 1, 2], np.zeros((3, SIZE[1], SIZE[0]), np.float32), None)
    assert [plane[0, 0] for plane in found] == [30, 10, 20], "every object in the row that was asked for"


@pytest.mark.parametrize("most", [1, 2, 3, 9])
def test_there_are_no_more_regions_than_may_be(most: int) -> None:
    models = Models(most)
    corners = [(1, 2, 2), (2, 148, 2), (3, 2, 78), (4, 148, 78), (5, 75, 40)]
    models.observe(*corners)
    assert len(models.made) <= most and set().union(*models.groups) == {1, 2, 3, 4, 5}
    assert most < 3 or len(models.made) > 1


def test_what_comes_later_joins_or_begins_a_group_and_nobody_moves() -> None:
    models = Models(2)
    models.observe((1, 5, 5))
    models.observe((2, 17, 6))
    models.observe((3, 140, 70))
    models.observe((4, 140, 40))
    assert models.groups[0] == {1, 2} and 3 in models.groups[1] and len(models.made) == 2
    models.observe((1, 140, 70))
    assert 1 in models.groups[0] and 1 not in models.groups[1], "an object that has moved keeps its memory"


def test_an_object_that_is_not_seen_fits_in_anywhere() -> None:
    boxes = {1: Box(5, 5, 15, 15), 2: Box(0, 0, 0, 0), 3: Box(140, 70, 150, 80)}
    assert len(grouped(boxes, [{1}, {2}, {3}], 0, SIZE, 3)) == 2


def test_a_large_object_gains_nothing_by_itself() -> None:
    boxes = {1: Box(10, 5, 120, 85), 2: Box(125, 70, 140, 80)}
    assert len(grouped(boxes, [{1}, {2}], 0, SIZE, 3)) == 2, "the small one is seen larger by itself"
    boxes[2] = Box(90, 10, 155, 85)
    assert len(grouped(boxes, [{1}, {2}], 0, SIZE, 3)) == 1
