"""Other views of a masked frame, and how many of them the memory reads."""

from __future__ import annotations

import numpy as np

from core.types import Floats, Image
from core.vos.targets.anchor_views import VIEWS, views_of
from core.vos.targets.memory import MemoryFrame, MemoryLimits, SpaceTimeMemory


def scene() -> tuple[Image, Floats]:
    image = np.zeros((60, 80, 3), np.uint8)
    image[20:40, 10:30] = 200
    mask = np.zeros((1, 60, 80), np.float32)
    mask[0, 20:40, 10:30] = 1
    return image, mask


def test_masks_move_with_the_picture() -> None:
    image, masks = scene()
    views = list(views_of(image, masks))
    assert len(views) == VIEWS
    for seen, moved in views:
        assert seen.shape == image.shape and moved.shape == masks.shape
        inside = moved[0] > 0.5
        assert inside.any() and (seen[inside] > 90).all() and (seen[moved[0] < 0.01] == 0).all()


def test_a_mirrored_view_then_a_smaller_and_a_larger_one_about_the_middle_of_the_masks() -> None:
    image, masks = scene()
    (mirrored, _), (_, smaller), (_, larger) = views_of(image, masks)
    assert np.array_equal(mirrored, image[:, ::-1])
    areas = [moved.sum() / masks.sum() for moved in (smaller, larger)]
    assert np.allclose(areas, [0.7**2, 1.4**2], rtol=0.05)
    for moved in (smaller, larger):
        rows, columns = np.nonzero(moved[0] > 0.5)
        assert abs(rows.mean() - 29.5) < 1.5 and abs(columns.mean() - 39.5) < 1.5


def test_nothing_masked_has_no_views() -> None:
    image, masks = scene()
    assert not list(views_of(image, masks * 0)) and not list(views_of(image, masks[:0]))


def frame(value: float) -> MemoryFrame:
    return MemoryFrame(np.full((2, 1), value, np.float32), {1: np.full((2, 1), value, np.float32)})


def read(memory: SpaceTimeMemory) -> list[float]:
    ((_, keys, _),) = memory.groups([1])
    return [round(float(value), 1) for value in keys[0] if value]


def test_memory_reads_the_first_view_of_each_anchor_before_the_second_of_any() -> None:
    memory = SpaceTimeMemory(MemoryLimits(anchors=2, views=3, ring=1, prototypes=0))
    assert memory.views_wanted == 3
    memory.add_anchor(0, frame(1), [frame(1.1), frame(1.2), frame(1.3)])
    assert read(memory) == [1.0, 1.1, 1.2, 1.3] and memory.views_wanted == 2
    memory.add_anchor(5, frame(2), [frame(2.1), frame(2.2)])
    assert read(memory) == [1.0, 2.0, 1.1, 2.1, 1.2] and memory.views_wanted == 1
    assert memory.cells == 5


def test_an_anchor_that_leaves_the_memory_takes_its_views_along() -> None:
    memory = SpaceTimeMemory(MemoryLimits(anchors=2, views=3, ring=1, prototypes=0))
    for index in range(3):
        memory.add_anchor(index, frame(index + 1), [frame(index + 1.1)])
    assert read(memory) == [1.0, 3.0, 1.1, 3.1]


def test_no_views_where_none_are_allowed() -> None:
    memory = SpaceTimeMemory(MemoryLimits(views=0))
    assert memory.views_wanted == 0
    memory.add_anchor(0, frame(1), [frame(1.1)])
    assert read(memory) == [1.0]
