"""What is found below a data root, and what is never touched."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from core.errors import DatasetError
from core.jobs import CancelToken
from core.learning.samples.data import PSEUDO_LABELS, VALIDATION_SEQUENCES, find_training_data
from core.learning.samples.examples import SHORT_SIDE
from core.learning.samples.packing import pack
from core.learning.trainer import fold_names


def test_sequences_and_pictures_are_found_with_their_masks(data_root: Path) -> None:
    data = find_training_data(data_root)
    assert list(data.sequences) == ["boat", "goat"]
    assert [len(examples) for examples in data.sequences.values()] == [6, 6]
    assert len(data.pictures) == 12 + 3
    assert all(example.picture.stem == example.mask.stem for example in data.pictures)


def test_region_maps_count_more_often(data_root: Path) -> None:
    (data_root / "images" / "ccp_fashion").rename(data_root / "images" / "bsds500_regions")
    assert len(find_training_data(data_root).pictures) == 12 + 3 * 3


def test_a_held_out_sequence_is_really_left_out(data_root: Path) -> None:
    data = find_training_data(data_root, ["goat"])
    assert list(data.sequences) == ["boat"]
    assert not [
        example for example in data.pictures if "goat" in (example.picture.parent.name, example.mask.parent.name)
    ]


def test_validation_sequences_are_never_read_wherever_they_lie(data_root: Path) -> None:
    data = find_training_data(data_root)
    assert not VALIDATION_SEQUENCES & {example.picture.parent.name for example in data.pictures}


def test_the_validation_data_is_refused(data_root: Path) -> None:
    renamed = (data_root / "davis-train").rename(data_root / "davis-dev")
    for root in (renamed, renamed / "JPEGImages"):
        with pytest.raises(DatasetError, match="never to be trained on"):
            find_training_data(root)


def test_validation_sequences_under_another_name_are_refused(data_root: Path) -> None:
    with pytest.raises(DatasetError, match="validation sequences"):
        for sequence in ("boat", "goat"):
            for kind in ("JPEGImages", "Annotations"):
                (data_root / "davis-train" / kind / "360p" / sequence).rename(data_root / f"{kind}-{sequence}")
        find_training_data(data_root)


def test_pseudo_labels_are_learned_from_unless_something_is_held_out(data_root: Path, tmp_path: Path) -> None:
    shutil.copytree(data_root / "davis-train", data_root / PSEUDO_LABELS)
    data = find_training_data(data_root)
    names = ["boat", "goat", f"{PSEUDO_LABELS}/boat", f"{PSEUDO_LABELS}/goat"]
    assert list(data.sequences) == names
    assert len(data.pictures) == 24 + 3
    assert fold_names(data.sequences, 2) == [{"boat", *names[2:]}, {"goat", *names[2:]}]
    packed = tmp_path / "data.pack"
    for _ in pack(data, packed, 2**30, CancelToken()):
        pass
    for source in (data_root, packed):
        # an engine made them that may have seen the goat
        assert list(find_training_data(source, ["goat"]).sequences) == ["boat"]
        assert list(find_training_data(source).sequences) == names


def test_an_unknown_held_out_name_is_an_error(data_root: Path) -> None:
    with pytest.raises(DatasetError, match="'gaot'"):
        find_training_data(data_root, ["gaot"])


def test_a_root_with_nothing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="nothing to learn from"):
        find_training_data(tmp_path)
    with pytest.raises(DatasetError, match="no such folder"):
        find_training_data(tmp_path / "missing")


def test_pictures_are_scaled_kept_and_passed_over_if_damaged(data_root: Path) -> None:
    data = find_training_data(data_root)
    read = data.read(data.pictures[0])
    assert read is not None
    picture, labels = read
    assert picture.shape == (SHORT_SIDE, SHORT_SIDE * 5 // 4, 3)
    assert labels.shape == picture.shape[:2]
    assert set(labels.ravel().tolist()) == {0, 1}
    assert data.read(data.pictures[0]) is read
    assert data.read(data.pictures[-1]) is None
