"""Changes of pictures take their masks along."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest

from core.learning.target_networks.augmentation import augmented
from core.learning.target_networks.examples import Example, examples_of, learned_ids
from core.learning.target_networks.mixing import copy_paste, cut_mix
from core.learning.target_networks.settings import Augmentation
from core.vos.targets.trained import MaskedFrame

NOTHING = Augmentation(**{field.name: False for field in fields(Augmentation)})
SIZE = (96, 64)


def scene(at: int, known: tuple[bool, bool] = (True, True)) -> Example:
    """A white square of object 0 on black; object 1 is nowhere."""
    image = np.zeros((64, 96, 3), np.uint8)
    image[20:40, at : at + 20] = 255
    masks = np.zeros((2, 64, 96), np.float32)
    masks[0, 20:40, at : at + 20] = 1
    return Example(image, masks, np.array(known))


@pytest.mark.parametrize("name", [field.name for field in fields(Augmentation)])
@pytest.mark.parametrize("seed", range(6))
def test_the_mask_stays_on_what_it_masks(name: str, seed: int) -> None:
    wanted = replace(NOTHING, **{name: True})
    changed = augmented(np.random.default_rng(seed), scene(10), scene(60), wanted, SIZE)
    assert changed.image.shape == (64, 96, 3)
    assert changed.image.dtype == np.uint8
    assert changed.masks.shape == (2, 64, 96)
    inside, outside = changed.masks[0] > 0.9, changed.masks[0] < 0.1
    if name not in ("colour", "rand_augment"):
        assert not inside.any() or changed.image[inside].mean() > 200
        assert changed.image[outside].mean() < 30


def test_nothing_wanted_leaves_everything_as_it_is() -> None:
    same = augmented(np.random.default_rng(0), scene(10), scene(60), NOTHING, SIZE)
    np.testing.assert_array_equal(same.image, scene(10).image)
    np.testing.assert_array_equal(same.masks, scene(10).masks)


def test_mixing_knows_only_what_both_know() -> None:
    for mix in (cut_mix, copy_paste):
        mixed = mix(np.random.default_rng(0), scene(10), scene(60, (True, False)))
        assert mixed.known.tolist() == [True, False]


def test_copying_from_a_picture_without_objects_changes_nothing() -> None:
    empty = Example(scene(0).image, np.zeros((2, 64, 96), np.float32), np.array([True, True]))
    example = scene(10)
    assert copy_paste(np.random.default_rng(0), example, empty) is example


def test_only_objects_with_a_pixel_are_learned() -> None:
    masks = np.zeros((2, 8, 8), np.uint8)
    masks[0, 3, 3] = 255
    frame = MaskedFrame(4, np.zeros((8, 8, 3), np.uint8), (3, 9), masks, True)
    other = MaskedFrame(5, np.zeros((8, 8, 3), np.uint8), (9,), masks[1:], True)
    assert learned_ids([frame, other]) == (3,)
    first, second = examples_of([frame, other], (3,))
    assert first.known.tolist() == [True]
    assert first.masks[0, 3, 3] == 1
    assert second.known.tolist() == [False]
