"""Importing masks: what they are read as, and which object they are of."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from core.masks import write_binary_mask, write_mask
from core.types import Origin
from tests.desktop.conftest import Editor

SHAPE = (64, 96)


def box(x0: int, x1: int) -> np.ndarray:
    mask = np.zeros(SHAPE, bool)
    mask[10:50, x0:x1] = True
    return mask


def bring(editor: Editor, path: Path) -> None:
    editor.answers.path = path
    editor.do("import_mask")


def test_masks_of_one_object_add_up_each_to_the_chosen_object(opened: Editor, tmp_path: Path) -> None:
    write_binary_mask(tmp_path / "dog.png", box(10, 50))
    write_binary_mask(tmp_path / "cat.png", box(40, 80))
    bring(opened, tmp_path / "dog.png")
    opened.do("add_object")
    bring(opened, tmp_path / "cat.png")
    np.testing.assert_array_equal(opened.labels == 2, box(40, 80))
    np.testing.assert_array_equal(opened.labels == 1, box(10, 40))
    assert "took 400 pixels" in opened.window.notices.text
    assert [track.object_id for track in opened.window.session.tracks] == [1, 2]
    assert opened.window.session.undo_text == "Import cat.png"
    opened.do("undo")
    np.testing.assert_array_equal(opened.labels == 1, box(10, 50))


def test_files_that_call_their_object_1_are_of_the_chosen_ones(opened: Editor, tmp_path: Path) -> None:
    for name, mask in (("dog", box(10, 30)), ("cat", box(50, 80))):
        write_mask(tmp_path / f"{name}.png", mask.astype(np.uint8))
    bring(opened, tmp_path / "dog.png")
    opened.do("add_object")
    bring(opened, tmp_path / "cat.png")
    np.testing.assert_array_equal(opened.labels, box(10, 30).astype(np.uint8) + 2 * box(50, 80).astype(np.uint8))


def test_other_objects_of_the_frame_do_not_become_anchors(opened: Editor, tmp_path: Path) -> None:
    opened.paint_box(10, 10, 30, 40)
    opened.do("propagate_forward")
    opened.wait_idle()
    opened.go(5)
    opened.do("add_object")
    write_binary_mask(tmp_path / "cat.png", box(70, 90))
    bring(opened, tmp_path / "cat.png")
    assert opened.window.session.project.origins(5) == {1: Origin.PROPAGATED, 2: Origin.EDITED}


def test_a_soft_mask_is_reported_and_can_be_read_differently(opened: Editor, tmp_path: Path) -> None:
    soft = cv2.GaussianBlur(box(20, 70).astype(np.uint8) * 255, (0, 0), 1.5)
    Image.fromarray(soft).save(tmp_path / "soft.png")
    bring(opened, tmp_path / "soft.png")
    notices = opened.window.notices
    assert set(np.unique(opened.labels)) == {0, 1}
    assert "soft matte" in notices.text
    levels = np.where(box(20, 50), 128, 0) + np.where(box(50, 80), 255, 0)
    Image.fromarray(levels.astype(np.uint8)).save(tmp_path / "levels.png")
    opened.go(3)
    bring(opened, tmp_path / "levels.png")
    assert len(np.unique(opened.labels)) == 3
    opened.go(7)
    opened.answers.chosen = 1
    notices.button.click()
    assert opened.window.session.frame_index == 3
    assert len(np.unique(opened.labels)) == 2
    np.testing.assert_array_equal(opened.labels > 0, box(20, 80))
    assert "Read differently" in notices.button.text()


def test_a_picture_that_is_no_mask_can_be_read_as_a_matte(opened: Editor, tmp_path: Path) -> None:
    Image.fromarray(np.tile(np.linspace(0, 255, 96).astype(np.uint8), (64, 1))).save(tmp_path / "ramp.png")
    bring(opened, tmp_path / "ramp.png")
    assert "no flat areas" in opened.window.notices.text
    assert not opened.labels.any()
    opened.answers.chosen = 1
    opened.window.notices.button.click()
    assert opened.labels.any()


def test_a_colour_keeps_its_object_on_later_frames(opened: Editor, tmp_path: Path) -> None:
    both = np.zeros((*SHAPE, 3), np.uint8)
    both[box(10, 30)], both[box(50, 80)] = (255, 0, 0), (0, 0, 255)
    Image.fromarray(both).save(tmp_path / "both.png")
    bring(opened, tmp_path / "both.png")
    red = int(opened.labels[20, 20])
    opened.go(4)
    alone = np.zeros_like(both)
    alone[box(30, 60)] = (255, 0, 0)
    Image.fromarray(alone).save(tmp_path / "red.png")
    bring(opened, tmp_path / "red.png")
    np.testing.assert_array_equal(opened.labels == red, box(30, 60))


def test_the_json_of_labelme_is_a_mask(opened: Editor, tmp_path: Path) -> None:
    shapes = [
        {
            "label": "ball",
            "shape_type": "polygon",
            "group_id": number,
            "points": [[x, 10], [x + 20, 10], [x + 20, 30], [x, 30]],
        }
        for number, x in ((1, 10), (2, 60))
    ]
    entry = {"version": "5.4.1", "shapes": shapes, "imageWidth": 96, "imageHeight": 64, "imagePath": "x.jpg"}
    path = tmp_path / "frame.json"
    path.write_text(json.dumps(entry))
    bring(opened, path)
    assert (opened.labels[20, 20], opened.labels[20, 70], opened.labels[50, 50]) == (1, 2, 0)
    path.write_text(json.dumps({**entry, "imageWidth": 100}))
    bring(opened, path)
    assert "100 x 64" in opened.window.notices.text
    path.write_text("{}")
    bring(opened, path)
    assert "labelme" in opened.window.notices.text


def test_an_empty_file_clears_masks_only_after_a_question(opened: Editor, tmp_path: Path) -> None:
    write_mask(tmp_path / "black.png", np.zeros(SHAPE, np.uint8))
    bring(opened, tmp_path / "black.png")
    assert "would change nothing" in opened.window.notices.text and opened.answers.asked == ["mask"]
    opened.paint_box(10, 10, 30, 40)
    before = opened.labels.copy()
    opened.answers.yes = False
    bring(opened, tmp_path / "black.png")
    assert opened.answers.asked[-1] == "black.png is empty: no pixel of it is masked. Clear the mask on frame 0?"
    np.testing.assert_array_equal(opened.labels, before)
    opened.answers.yes = True
    bring(opened, tmp_path / "black.png")
    assert not opened.labels.any()
    assert opened.window.notices.text.startswith("black.png is empty: the masks of frame 0 are cleared.")
    opened.do("undo")
    np.testing.assert_array_equal(opened.labels, before)


def test_a_file_that_takes_an_object_from_the_frame_says_so(opened: Editor, tmp_path: Path) -> None:
    for object_id, x0 in ((1, 5), (2, 30), (3, 60)):
        opened.paint_box(x0, 10, x0 + 20, 40, object_id)
    write_mask(tmp_path / "two.png", box(10, 30).astype(np.uint8) + 2 * box(50, 80).astype(np.uint8))
    bring(opened, tmp_path / "two.png")
    assert "1 object that was masked here is not in it" in opened.window.notices.text
    assert 3 not in opened.labels
