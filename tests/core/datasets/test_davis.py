"""The reader of the DAVIS folder layout, on tiny datasets made here."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import PIL.Image
import pytest

from core.datasets.formats import DATASET_FORMATS, detect_format
from core.datasets.layouts.davis import DavisDataset, merge_objects
from core.datasets.reading.notes import ReadNotes
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


def test_the_year_can_be_given(tmp_path: Path) -> None:
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


@pytest.mark.parametrize("ending", [".jpg", ".png", ".jpeg", ".webp"])
def test_sequences_directly_in_annotations_and_pictures_of_any_kind(tmp_path: Path, ending: str) -> None:
    """MOSE, LVOS and others have no folder of the resolution; some have PNG pictures."""
    for index in range(3):
        write_labels(tmp_path / f"Annotations/ball/{index:05}.png", two_objects())
        picture = tmp_path / f"JPEGImages/ball/{index:05}{ending}"
        picture.parent.mkdir(parents=True, exist_ok=True)
        PIL.Image.new("RGB", SIZE, (index, 90, 200)).save(picture)
    (tmp_path / "ImageSets").mkdir()
    (tmp_path / "ImageSets/val.txt").write_text("ball\n")
    dataset = DavisDataset(tmp_path, year=2017)
    assert (dataset.resolution, dataset.sequence_names, dataset.split("val")) == ("", ["ball"], ["ball"])
    assert dataset.sequence("ball").picture("00002").shape == (8, 12, 3)
    (found,) = DATASET_FORMATS["davis"].read(tmp_path)
    assert (found.name, len(found.frame_names), found.split) == ("ball", 3, "val")


def test_objects_that_come_in_late_are_known(tmp_path: Path) -> None:
    """DAVIS 2017 and YouTube-VOS annotate an object where it first appears, sometimes alone."""
    root = make_dataset(tmp_path, year="2017", labels=two_objects() * (two_objects() == 1), frames=5)
    write_labels(root / "Annotations/480p/ball/00003.png", two_objects() * (two_objects() == 2))
    sequence = DavisDataset(root).sequence("ball")
    assert sequence.given_frames() == ["00000", "00003"]
    (found,) = DATASET_FORMATS["davis"].read(root)
    assert [one.object_id for one in found.objects] == [1, 2]
    np.testing.assert_array_equal(found.labels(3), two_objects() * (two_objects() == 2))


def test_damaged_and_stray_masks_are_left_out(tmp_path: Path) -> None:
    root = make_dataset(tmp_path, year="2017", labels=two_objects(), frames=5)
    (root / "Annotations/480p/ball/00001.png").write_bytes(b"\x89PNG broken")
    write_labels(root / "Annotations/480p/ball/00002.png", two_objects()[:4])
    (root / "JPEGImages/480p/ball/00004.jpg").unlink()
    (root / "Annotations/480p/nothing").mkdir()
    (root / "ImageSets/2017/train.txt").write_bytes(b"\xff\xfe\x00")
    notes = ReadNotes()
    (found,) = DATASET_FORMATS["davis"].read(root, notes=notes)
    assert found.annotated == (0, 3)
    listed = "\n".join(notes.lines())
    for text in (
        "00001.png: ",
        "1 annotation left out: it is 12 x 4, but the clip is 12 x 8 (00002.png)",
        "1 annotation left out: there is no picture for it (00004.png)",
        "clip 'nothing' left out",
        "train.txt: cannot be read as text",
    ):
        assert text in listed, text


@pytest.mark.parametrize("index", ["", "meta.json", "train_meta.json", "../meta_train.json"])
def test_mose_and_lvos_are_read_as_youtube_vos(tmp_path: Path, index: str) -> None:
    part = tmp_path / "train"
    for number, labels in enumerate((two_objects() * (two_objects() == 1), two_objects())):
        write_labels(part / f"Annotations/ball/{number * 5:05}.png", labels)
    for number in range(6):
        (part / "JPEGImages/ball").mkdir(parents=True, exist_ok=True)
        PIL.Image.new("RGB", SIZE).save(part / f"JPEGImages/ball/{number:05}.jpg")
    if index:
        entry = {"videos": {"ball": {"objects": {"2": {"category": "toy"}, "x": {}, "300": {}}}}}
        (part / index).write_text(json.dumps(entry))
    assert detect_format(tmp_path) == "youtube-vos"
    (found,) = DATASET_FORMATS["youtube-vos"].read(tmp_path)
    assert (found.annotated, found.split, len(found.frame_names)) == ((0, 5), "train", 6)
    assert [one.class_label for one in found.objects] == ["object", "toy" if index else "object"]
    np.testing.assert_array_equal(found.labels(5), two_objects())


@pytest.mark.parametrize("layout", ["davis", "youtube-vos"])
def test_colour_coded_masks_keep_one_id_a_colour(tmp_path: Path, layout: str) -> None:
    """Whatever colours a frame holds, and over the clips of a dataset."""
    colours = np.array([(0, 0, 0), (250, 10, 10), (10, 250, 10)], np.uint8)
    root = tmp_path if layout == "davis" else tmp_path / "train"
    for clip, first in (("a", 2), ("b", 1)):
        for number in range(3):
            found = two_objects() if number else np.where(two_objects() == first, first, 0)
            for folder, picture in (
                ("Annotations", colours[found]),
                ("JPEGImages", np.zeros((*SIZE[::-1], 3), np.uint8)),
            ):
                path = root / folder / clip / f"{number:05}.png"
                path.parent.mkdir(parents=True, exist_ok=True)
                PIL.Image.fromarray(picture).save(path)
    ids = []
    for clip in DATASET_FORMATS[layout].read(tmp_path):  # type: ignore[assignment]
        assert len(clip.objects) == 2  # type: ignore[attr-defined]
        one = {int(clip.labels(index)[1, 1]) for index in (1, 2)}  # type: ignore[attr-defined]
        two = {int(clip.labels(index)[4, 6]) for index in (1, 2)}  # type: ignore[attr-defined]
        assert len(one) == len(two) == 1 and one != two
        ids.append((one, two))
    assert ids[0] == ids[1]
