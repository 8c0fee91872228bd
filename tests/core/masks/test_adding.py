"""Several mask files of one clip."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from core.errors import MaskError
from core.masks import MaskFile, MaskKind, ReadMask, add_masks
from core.types import LabelMap


def mask(*parts: tuple[int, int]) -> LabelMap:
    """A row of pixels: (id, count) after each other."""
    return np.concatenate([np.full((1, count), object_id, np.uint8) for object_id, count in parts], axis=1)


DOG, CAT = mask((1, 4), (0, 8)), mask((0, 3), (1, 5), (0, 4))


def file(frame_index: int, name: str, labels: LabelMap, object_id: int | None = None) -> MaskFile:
    return MaskFile(frame_index, Path(name), ReadMask(labels, MaskKind.MATTE), object_id)


def test_files_of_one_frame_add_up_each_to_an_object_and_the_later_wins() -> None:
    added = add_masks([file(0, "dog.png", DOG), file(0, "cat.png", CAT)])
    np.testing.assert_array_equal(added.labels[0], mask((1, 3), (2, 5), (0, 4)))
    assert any("cat.png: lies over object 1 on frame 0 and takes 1 pixels" in note for note in added.notes)


def test_names_identify_objects_on_other_frames() -> None:
    files = [
        file(40, "cat40.png", CAT),
        file(0, "dog.png", DOG),
        file(0, "cat.png", CAT),
        file(60, "dog_0060.png", CAT),
    ]
    added = add_masks(files)
    assert list(added.labels) == [0, 40, 60]
    assert added.labels[40].max() == 2
    assert added.labels[60].max() == 1


def test_other_names_keep_their_own_ids() -> None:
    added = add_masks([file(0, "first.png", DOG), file(120, "later.png", CAT)])
    assert (added.labels[0].max(), added.labels[120].max(), added.notes) == (1, 1, ())


def test_a_person_states_which_object() -> None:
    added = add_masks([file(0, "a.png", DOG, 7), file(0, "b.png", CAT), file(9, "b.png", DOG, 3)])
    assert set(np.unique(added.labels[0])) == {0, 1, 7}
    assert added.labels[9].max() == 3


def test_several_objects_keep_their_ids_beside_single_ones() -> None:
    added = add_masks([file(0, "both.png", mask((1, 2), (2, 2), (0, 8))), file(0, "one.png", mask((0, 10), (1, 2)))])
    np.testing.assert_array_equal(added.labels[0], mask((1, 2), (2, 2), (0, 6), (3, 2)))


def test_what_makes_no_sense_is_refused() -> None:
    with pytest.raises(MaskError, match=r"b\.png.*empty"):
        add_masks([file(0, "b.png", mask((0, 12)))])
    with pytest.raises(MaskError, match=r"a\.png: object 1 is wholly covered"):
        add_masks([file(0, "a.png", DOG), file(0, "b.png", mask((1, 12)))])
    with pytest.raises(MaskError, match=r"both\.png: object 5 is requested"):
        add_masks([file(0, "both.png", mask((1, 6), (2, 6)), 5)])
