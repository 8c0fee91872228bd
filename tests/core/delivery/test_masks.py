"""Export of masks as pictures."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from core.delivery.masks import export_masks
from core.errors import CancelledError, DeliveryError
from core.jobs import CancelToken
from core.masks import read_mask
from core.types import LabelMap


def labels_at(frame_index: int) -> LabelMap:
    labels = np.zeros((20, 30), np.uint8)
    labels[2:8, frame_index : frame_index + 6] = 1
    labels[10:18, 12:20] = 2
    return labels


def name(frame_index: int) -> str:
    return f"shot_{frame_index:03}"


def test_one_palette_picture_a_frame(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "masks"
    steps = list(export_masks(labels_at, folder, name, [3, 4, 7], CancelToken()))
    assert [(step.done, step.total) for step in steps] == [(1, 3), (2, 3), (3, 3)]
    assert sorted(path.name for path in folder.iterdir()) == ["shot_003.png", "shot_004.png", "shot_007.png"]
    for frame_index in (3, 4, 7):
        np.testing.assert_array_equal(read_mask(folder / f"{name(frame_index)}.png"), labels_at(frame_index))
    with Image.open(folder / "shot_003.png") as picture:
        assert picture.mode == "P"


def test_some_objects_only(tmp_path: Path) -> None:
    list(export_masks(labels_at, tmp_path, name, [3], CancelToken(), object_ids=[2]))
    expected = np.where(labels_at(3) == 2, 2, 0)
    np.testing.assert_array_equal(read_mask(tmp_path / "shot_003.png"), expected)


@pytest.mark.parametrize("object_ids", [None, {1}])
def test_black_and_white(tmp_path: Path, object_ids: set[int] | None) -> None:
    list(export_masks(labels_at, tmp_path, name, [3], CancelToken(), binary=True, object_ids=object_ids))
    with Image.open(tmp_path / "shot_003.png") as picture:
        assert picture.mode == "L"
        wanted = labels_at(3) > 0 if object_ids is None else labels_at(3) == 1
        np.testing.assert_array_equal(np.array(picture), wanted * 255)


def test_other_files_are_left_alone_and_equal_names_replaced(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    (tmp_path / "shot_003.png").write_text("old")
    list(export_masks(labels_at, tmp_path, name, [3], CancelToken()))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine.txt", "shot_003.png"]
    assert read_mask(tmp_path / "shot_003.png").any()


def test_a_failed_export_leaves_the_folder_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "shot_003.png").write_text("old")

    def failing(frame_index: int) -> LabelMap:
        if frame_index == 5:
            raise DeliveryError("frame 5")
        return labels_at(frame_index)

    for folder in (tmp_path, tmp_path / "new" / "masks"):
        with pytest.raises(DeliveryError, match="frame 5"):
            list(export_masks(failing, folder, name, [3, 4, 5], CancelToken()))
    assert [path.name for path in tmp_path.iterdir()] == ["shot_003.png"]
    assert (tmp_path / "shot_003.png").read_text() == "old"


def test_a_cancelled_export_keeps_what_is_finished(tmp_path: Path) -> None:
    cancel = CancelToken()
    work = export_masks(labels_at, tmp_path / "masks", name, [3, 4, 5], cancel)
    next(work)
    next(work)
    cancel.cancel()
    with pytest.raises(CancelledError, match="2 of 3 masks"):
        next(work)
    assert sorted(path.name for path in (tmp_path / "masks").iterdir()) == ["shot_003.png", "shot_004.png"]


def test_an_export_that_nobody_goes_on_with_leaves_nothing(tmp_path: Path) -> None:
    work = export_masks(labels_at, tmp_path / "masks", name, [3, 4, 5], CancelToken())
    next(work)
    work.close()  # type: ignore[attr-defined]
    assert list(tmp_path.iterdir()) == []


def test_two_frames_of_one_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DeliveryError, match=r"Frames 3 and 5 would both become same\.png"):
        list(export_masks(labels_at, tmp_path / "masks", lambda _: "same", [3, 5], CancelToken()))
    with pytest.raises(DeliveryError, match="no frames"):
        list(export_masks(labels_at, tmp_path / "masks", name, [], CancelToken()))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    for folder in (tmp_path / "file", tmp_path / "file" / "masks"):
        with pytest.raises(DeliveryError, match="file"):
            list(export_masks(labels_at, folder, name, [3], CancelToken()))
    (tmp_path / "shot_003.png").mkdir()
    with pytest.raises(DeliveryError, match=r"shot_003\.png"):
        list(export_masks(labels_at, tmp_path, name, [3], CancelToken()))
    with pytest.raises(DeliveryError, match=r"shot_004\.png: the mask is int64"):
        list(export_masks(lambda _: np.zeros((4, 4), np.int64), tmp_path, name, [4], CancelToken()))  # type: ignore[arg-type,return-value]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "shot_003.png"]
