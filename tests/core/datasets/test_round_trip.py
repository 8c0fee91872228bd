"""Every layout gives back what was written to it."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import PIL.Image
import pytest

from core.datasets.formats import DATASET_FORMATS, detect_format
from core.datasets.mark import MARK
from tests.core.datasets.clips import FRAMES, SIZE, clip, clips, labels, picture, write

WRITTEN = [name for name, kind in DATASET_FORMATS.items() if kind.writer is not None]
EXACT = [name for name in WRITTEN if name != "davis-2016"]
KEEPS_IDS = [name for name in EXACT if not DATASET_FORMATS[name].consecutive_ids and name != "yolo"]


@pytest.mark.parametrize("name", EXACT)
def test_masks_classes_and_parts_come_back(name: str, tmp_path: Path) -> None:
    write(clips(4), tmp_path / "set", name, ratios=(0.5, 0.25, 0.25), seed=3)
    found = list(DATASET_FORMATS[name].read(tmp_path / "set", None))
    assert sorted(one.name for one in found) == ["a", "b", "c", "d"]
    assert sorted(one.split for one in found) == ["test", "train", "train", "val"]
    for one in found:
        assert one.size == SIZE
        assert [(thing.object_id, thing.class_label) for thing in one.objects] == [
            (1, "ring"),
            (2, "bar: long, thin"),
            (3, "ring"),
        ]
        assert one.annotated == tuple(range(FRAMES))
        for frame_index in one.annotated:
            np.testing.assert_array_equal(one.labels(frame_index), labels(frame_index))


@pytest.mark.parametrize("name", WRITTEN)
def test_pictures_come_back(name: str, tmp_path: Path) -> None:
    write([clip()], tmp_path / "set", name)
    (found,) = DATASET_FORMATS[name].read(tmp_path / "set", None)
    assert len(found.frame_names) == FRAMES
    for frame_index in range(FRAMES):
        difference = found.picture(frame_index).astype(int) - picture(frame_index)
        assert np.abs(difference).max() <= 6, "JPEG at high quality"


@pytest.mark.parametrize("name", WRITTEN)
def test_jpeg_files_are_copied_as_they_are(name: str, tmp_path: Path) -> None:
    write([clip()], tmp_path / "first", name)
    (found,) = DATASET_FORMATS[name].read(tmp_path / "first", None)
    write([found], tmp_path / "second", name)
    first = sorted((tmp_path / "first").rglob("*.jpg"))
    assert len(first) == FRAMES
    for path in first:
        assert (tmp_path / "second" / path.relative_to(tmp_path / "first")).read_bytes() == path.read_bytes()


@pytest.mark.parametrize("name", KEEPS_IDS)
def test_ids_with_gaps_are_kept(name: str, tmp_path: Path) -> None:
    write([clip(ids=(4, 9, 200))], tmp_path / "set", name)
    (found,) = DATASET_FORMATS[name].read(tmp_path / "set", None)
    assert [one.object_id for one in found.objects] == [4, 9, 200]
    np.testing.assert_array_equal(found.labels(2), labels(2, (4, 9, 200)))


@pytest.mark.parametrize("name", [key for key, kind in DATASET_FORMATS.items() if kind.consecutive_ids])
def test_ids_with_gaps_are_closed_up_where_tools_count(name: str, tmp_path: Path) -> None:
    write([clip(ids=(4, 9, 200))], tmp_path / "set", name)
    (found,) = DATASET_FORMATS[name].read(tmp_path / "set", None)
    assert [one.object_id for one in found.objects] == [1, 2, 3]
    np.testing.assert_array_equal(found.labels(2), labels(2))


@pytest.mark.parametrize("name", EXACT)
def test_every_second_frame(name: str, tmp_path: Path) -> None:
    write([clip()], tmp_path / "set", name, every=2)
    (found,) = DATASET_FORMATS[name].read(tmp_path / "set", None)
    assert len(found.annotated) == 3
    for index, frame_index in enumerate((0, 2, 4)):
        np.testing.assert_array_equal(found.labels(found.annotated[index]), labels(frame_index))


@pytest.mark.parametrize("name", WRITTEN)
def test_only_the_clips_asked_for_are_read(name: str, tmp_path: Path) -> None:
    write(clips(3), tmp_path / "set", name)
    assert [one.name for one in DATASET_FORMATS[name].read(tmp_path / "set", {"b"})] == ["b"]


def test_davis_2016_has_one_object_painted_white(tmp_path: Path) -> None:
    write([clip()], tmp_path / "set", "davis-2016", ratios=(0, 1))
    (found,) = DATASET_FORMATS["davis-2016"].read(tmp_path / "set", None)
    assert [one.object_id for one in found.objects] == [1]
    assert found.split == "val"
    np.testing.assert_array_equal(found.labels(2), labels(2) > 0)
    with PIL.Image.open(tmp_path / "set/Annotations/Full-Resolution/ring/00002.png") as stored:
        assert set(np.unique(np.asarray(stored))) == {0, 255}
    pairs = (tmp_path / "set/ImageSets/Full-Resolution/val.txt").read_text().splitlines()
    assert pairs[1] == ("/JPEGImages/Full-Resolution/ring/00001.jpg /Annotations/Full-Resolution/ring/00001.png")


def test_youtube_vos_states_on_which_frames_an_object_is(tmp_path: Path) -> None:
    write([clip()], tmp_path / "set", "youtube-vos")
    meta = json.loads((tmp_path / "set/train/meta.json").read_text())
    objects = meta["videos"]["ring"]["objects"]
    assert objects["2"] == {"category": "bar: long, thin", "frames": ["00001", "00002", "00003", "00005"]}
    assert objects["3"]["frames"] == ["00000", "00001", "00002", "00005"]


@pytest.mark.parametrize("name", WRITTEN)
def test_the_layout_of_a_folder_is_recognised(name: str, tmp_path: Path) -> None:
    write([clip()], tmp_path / "set", name)
    assert detect_format(tmp_path / "set") == name
    (tmp_path / "set" / MARK).unlink()
    assert (detect_format(tmp_path / "set") or "").split("-")[0] == name.split("-")[0]
    (tmp_path / "empty").mkdir()
    assert detect_format(tmp_path / "empty") is None
