"""The reader of the DAVIS folder layout, on tiny datasets made here."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import PIL.Image
import pytest

from core.datasets.layouts.davis import DavisDataset, merge_objects
from core.errors import DatasetError

SIZE = (12, 8)


def write_labels(path: Path, labels: np.ndarray, mode: str = "P") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    picture = PIL.Image.fromarray(labels)
    if mode == "P":
        picture.putpalette([0, 0, 0, 128, 0, 0, 0, 128, 0, *(253 * [128, 128, 0])])
    picture.save(path)


def two_objects() -> np.ndarray:
    labels = np.zeros(SIZE[::-1], np.uint8)
    labels[1:3, 1:3] = 1
    labels[4:6, 5:9] = 2
    return labels


def make_dataset(root: Path, *, year: str | None, labels: np.ndarray, mode: str = "P", frames: int = 3) -> Path:
    for index in range(frames):
        write_labels(root / f"Annotations/480p/ball/{index:05}.png", labels, mode)
        picture = root / f"JPEGImages/480p/ball/{index:05}.jpg"
        picture.parent.mkdir(parents=True, exist_ok=True)
        PIL.Image.new("RGB", SIZE, (index, 90, 200)).save(picture, quality=95)
    if year:
        (root / "ImageSets" / year).mkdir(parents=True)
        (root / "ImageSets" / year / "val.txt").write_text("ball\n\nball\n")
    return root


def test_2017_keeps_objects_apart(tmp_path: Path) -> None:
    dataset = DavisDataset(make_dataset(tmp_path, year="2017", labels=two_objects()))
    sequence = dataset.sequence("ball")
    assert dataset.sequence_names == dataset.split("val") == ["ball"]
    assert sequence.frame_names == ["00000", "00001", "00002"]
    assert sequence.object_ids() == [1, 2]
    np.testing.assert_array_equal(sequence.labels("00001"), two_objects())
    assert sequence.picture("00002").shape == (8, 12, 3)


def test_2016_merges_objects(tmp_path: Path) -> None:
    sequence = DavisDataset(make_dataset(tmp_path, year="2016", labels=two_objects())).sequence("ball")
    assert sequence.object_ids() == [1]
    np.testing.assert_array_equal(sequence.labels("00000"), merge_objects(two_objects()))


def test_the_year_can_be_said(tmp_path: Path) -> None:
    root = make_dataset(tmp_path, year="2016", labels=two_objects())
    assert DavisDataset(root, year=2017).sequence("ball").object_ids() == [1, 2]


def test_black_and_white_annotations_are_one_object(tmp_path: Path) -> None:
    white = np.where(two_objects() > 0, 255, 0).astype(np.uint8)
    sequence = DavisDataset(make_dataset(tmp_path, year=None, labels=white, mode="L")).sequence("ball")
    assert sequence.object_ids() == [1]


def test_void_pixels_of_several_objects_are_background(tmp_path: Path) -> None:
    labels = two_objects()
    labels[7, :] = 255
    sequence = DavisDataset(make_dataset(tmp_path, year="2017", labels=labels)).sequence("ball")
    np.testing.assert_array_equal(sequence.labels("00000"), two_objects())


def test_lists_of_the_2016_release_are_pairs_of_paths(tmp_path: Path) -> None:
    root = make_dataset(tmp_path, year=None, labels=two_objects())
    listed = root / "ImageSets" / "480p" / "val.txt"
    listed.parent.mkdir(parents=True)
    listed.write_text("/JPEGImages/480p/ball/00000.jpg /Annotations/480p/ball/00000.png\n" * 2)
    assert DavisDataset(root).split("val") == ["ball"]
    assert DavisDataset(root).sequence("ball").single_object


def test_resolution_is_chosen_or_named(tmp_path: Path) -> None:
    root = make_dataset(tmp_path, year="2017", labels=two_objects())
    write_labels(root / "Annotations/1080p/cat/00000.png", two_objects())
    assert DavisDataset(root).resolution == "480p"
    assert DavisDataset(root, resolution="1080p").sequence_names == ["cat"]
    with pytest.raises(DatasetError, match="no resolution '360p'; there are: 1080p, 480p"):
        DavisDataset(root, resolution="360p")


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="nowhere: there is no such folder"):
        DavisDataset(tmp_path / "nowhere")
    with pytest.raises(DatasetError, match="expected a folder 'Annotations'"):
        DavisDataset(tmp_path)
    (tmp_path / "Annotations").mkdir()
    with pytest.raises(DatasetError, match="empty; expected a folder such as '480p'"):
        DavisDataset(tmp_path)
    dataset = DavisDataset(make_dataset(tmp_path, year="2017", labels=two_objects()))
    with pytest.raises(DatasetError, match="no sequence 'bell'; there are: ball"):
        dataset.sequence("bell")
    with pytest.raises(DatasetError, match=r"no list 'test.txt' below ImageSets"):
        dataset.split("test")
    with pytest.raises(DatasetError, match="no annotation for frame '00009'"):
        dataset.sequence("ball").labels("00009")
    (tmp_path / "Annotations/480p/empty").mkdir()
    with pytest.raises(DatasetError, match=r"no annotation \(\*\.png\)"):
        dataset.sequence("empty")
