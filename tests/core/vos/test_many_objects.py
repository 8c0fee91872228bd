"""Many small objects: each is worked on in the box around it, with the result of working on the whole frame."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from core.boxes import bounding_box
from core.types import Box, Floats
from core.vos.aggregation import exclusive_labels, soft_aggregate
from core.vos.flow.warping import Flow, warp_masks
from core.vos.targets.regions import grouped

COUNT, HEIGHT, WIDTH = 60, 60, 100


def scene() -> Floats:
    """Soft discs that touch and overlap here and there."""
    generator = np.random.default_rng(0)
    masks = np.zeros((COUNT, HEIGHT, WIDTH), np.float32)
    for mask in masks:
        cv2.circle(mask, (int(generator.integers(5, 95)), int(generator.integers(5, 55))), 4, 1.0, -1)
        mask[:] = cv2.GaussianBlur(mask, (5, 5), 0) * np.float32(generator.uniform(0.6, 1))
    return masks


def test_aggregating_in_boxes_is_aggregating() -> None:
    masks = scene()
    bounded = np.clip(masks, 1e-6, 1 - 1e-6)
    background = np.clip(np.prod(1 - bounded, axis=0), 1e-6, 1 - 1e-6)
    odds = bounded / (1 - bounded)
    former = odds / (odds.sum(axis=0) + background / (1 - background))
    found = soft_aggregate(masks)
    np.testing.assert_allclose(found, former, atol=1e-5)
    ids = range(1, COUNT + 1)
    winner = np.where(former.max(axis=0) > 1 - former.sum(axis=0), 1 + former.argmax(axis=0), 0)
    np.testing.assert_array_equal(exclusive_labels(found, ids), winner)
    # a haze over the whole frame would make everything afterwards work on the whole frame
    assert [bounding_box(plane) for plane in found] == [bounding_box(mask) for mask in masks]


def test_warping_looks_where_a_mask_may_go_and_nowhere_else(monkeypatch: pytest.MonkeyPatch) -> None:
    masks, box = scene(), Box(3, 2, 97, 58)
    generator = np.random.default_rng(1)
    backward = generator.uniform(-3, 3, (box.height, box.width, 2)).astype(np.float32)
    x, y = (backward[..., 0] + np.arange(3, 97)).astype(np.float32), backward[..., 1] + np.arange(2, 58)[:, None]
    former = np.zeros_like(masks)
    for mask, target in zip(masks, former, strict=True):
        target[box.slices] = cv2.remap(mask, x, y.astype(np.float32), cv2.INTER_LINEAR)
    areas = []
    remap = cv2.remap

    def counted(mask: Floats, x: Floats, *rest: object, **named: object) -> Floats:
        areas.append(x.size)
        return np.asarray(remap(mask, x, *rest, **named), np.float32)  # type: ignore[call-overload]

    monkeypatch.setattr(cv2, "remap", counted)
    np.testing.assert_allclose(
        warp_masks(masks, Flow((HEIGHT, WIDTH), box, backward, lambda: -backward)), former, atol=1e-5
    )
    assert sum(areas) < 0.2 * COUNT * box.width * box.height


def test_objects_are_grouped_as_by_comparing_all_pairs_after_each_merge() -> None:
    generator = np.random.default_rng(3)
    for most, fixed in ((1, 0), (3, 0), (3, 2), (40, 1)):
        boxes = {0: Box(0, 0, 0, 0)}
        for one in range(1, 14):
            x, y = (int(value) for value in generator.integers(0, 90, 2))
            boxes[one] = Box(x, y, x + 9, y + 9)
        singles = [{one} for one in boxes]
        assert grouped(boxes, singles, fixed, (100, 100), most) == former_groups(boxes, singles, fixed, most)


def former_groups(boxes: dict[int, Box], groups: list[set[int]], fixed: int, most: int) -> list[set[int]]:
    def span(members: set[int]) -> float:
        box = Box(0, 0, 0, 0)
        for one in members:
            box = box.union(boxes[one])
        return max(box.width / 100, box.height / 100)

    def side(members: set[int]) -> float:
        return min(1.0, max(0.4, 2.3 * span(members)))

    found = [set(group) for group in groups]
    while len(found) > 1:
        pairs = [
            (side(one | other) / min(side(one), side(other)), span(one | other), first, second)
            for first, one in enumerate(found)
            for second, other in enumerate(found[first + 1 :], start=first + 1)
            if second >= fixed
        ]
        if not pairs or (min(pairs)[0] > 1.4 and len(found) <= most):
            break
        _, _, first, second = min(pairs)
        found[first] |= found.pop(second)
    return found
