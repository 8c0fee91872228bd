"""Sequences made of clips without annotation: what is kept is what two engines agree on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from core.learning.samples.data import PSEUDO_LABELS, find_training_data
from core.types import Box, Floats, Image
from tests.core.media.clips import number_of, write_clip
from tools.pseudo_labels import FEWEST_FRAMES, Follow, Labelled, Mask, agreed, parts_of, proposals, write_sequence

HEIGHT, WIDTH = 120, 210
PICTURE = np.zeros((HEIGHT, WIDTH, 3), np.uint8)


def box(x0: int, y0: int, x1: int, y1: int) -> Mask:
    mask = np.zeros((HEIGHT, WIDTH), np.bool_)
    mask[y0:y1, x0:x1] = True
    return mask


class Selector:
    """Finds what contains the clicked point: of some masks the first. `unsteady` ones change with each click."""

    def __init__(self, masks: list[Mask], unsteady: Sequence[int] = ()) -> None:
        self._masks, self._unsteady, self._clicks = masks, unsteady, 0

    def prepare(self, image: Image) -> None:
        assert image is PICTURE

    def select(self, points: Floats, labels: np.ndarray, shown: Box | None, previous: Mask | None) -> Sequence[Mask]:
        self._clicks += 1
        x, y = points[0].astype(int)
        for number, mask in enumerate(self._masks):
            if mask[y, x]:
                return [np.roll(mask, 12 * self._clicks, axis=1) if number in self._unsteady else mask]
        return []

    def preview(self, points: Floats, labels: np.ndarray, previous: Mask | None) -> Sequence[Mask]:
        raise AssertionError("not asked for here")


def test_steady_masks_of_fitting_size_are_proposed_the_largest_first() -> None:
    small, large, unsteady = box(10, 10, 40, 40), box(60, 20, 130, 80), box(150, 10, 200, 60)
    tiny, wall = box(14, 74, 17, 77), box(0, 0, WIDTH, HEIGHT)
    found = proposals(PICTURE, Selector([small, large, unsteady, tiny, wall], unsteady=[2]), most=5)
    assert [mask.sum() for mask in found] == [large.sum(), small.sum()]
    assert len(proposals(PICTURE, Selector([small, large]), most=1)) == 1


def moving(lost_from: int = 99, wrong_back: bool = False) -> Follow:
    """Moves a mask by a pixel a frame, wherever it sets out from; elsewhere from a frame on, or on the way back."""

    def follow(pictures: Sequence[Image], mask: Mask) -> list[Mask]:
        step = 1 if pictures[0][0, 0, 0] <= pictures[-1][0, 0, 0] else -1
        off = 60 if step < 0 and wrong_back else 0
        return [
            np.roll(mask, step * index + (60 if index >= lost_from else off), axis=1) for index in range(len(pictures))
        ]

    return follow


@pytest.mark.parametrize(
    ("lost_from", "wrong_back", "kept"),
    [(99, False, 20), (12, False, 12), (FEWEST_FRAMES - 1, False, None), (99, True, None)],
    ids=["all", "up to where they disagree", "too short", "does not lead back"],
)
def test_an_object_is_kept_as_long_as_two_engines_agree(lost_from: int, wrong_back: bool, kept: int | None) -> None:
    pictures = [np.full((HEIGHT, WIDTH, 3), index, np.uint8) for index in range(20)]
    mask = box(20, 20, 60, 60)
    found = agreed(pictures, mask, moving(wrong_back=wrong_back), moving(lost_from))
    assert (None if found is None else len(found.masks)) == kept
    if found is not None:
        np.testing.assert_array_equal(found.masks[-1], np.roll(mask, len(found.masks) - 1, axis=1))


def test_a_clip_is_cut_into_parts(tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "clip.mkv", 50)
    parts = list(parts_of(clip, 2, 10, 2))
    assert [start for start, _ in parts] == [0, 30]
    for start, pictures in parts:
        assert [number_of(picture) for picture in pictures] == [start + 2 * step for step in range(10)]
    (short,) = parts_of(clip, 2, 99, 1)
    assert len(short[1]) == 50


def test_what_is_written_is_training_data(data_root: Path) -> None:
    masks = [box(20 + index, 20, 60 + index, 60) for index in range(4)]
    write_sequence(data_root / PSEUDO_LABELS, "clip-00000-1", Labelled([PICTURE] * 4, masks))
    data = find_training_data(data_root)
    examples = data.sequences[f"{PSEUDO_LABELS}/clip-00000-1"]
    assert len(examples) == 4
    content = data.read(examples[3])
    assert content is not None
    assert content[1].mean() == pytest.approx(masks[3].mean(), rel=0.02)
