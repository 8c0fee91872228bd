"""Datasets from the window: the dialog, and what it writes."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from core.datasets.formats import DATASET_FORMATS
from core.datasets.writing import DatasetSettings
from core.masks import read_mask, write_mask
from core.media import fingerprint
from core.project import Project, VideoReference, copy_project
from desktop.dialogs.dataset.dialog import DatasetDialog
from tests.desktop.conftest import Editor

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def masked(opened: Editor) -> Editor:
    """A dog and a ball on three of the twelve frames."""
    session = opened.window.session
    for frame in (0, 3, 7):
        opened.go(frame)
        opened.paint_box(10 + frame, 10, 40 + frame, 30, 1)
        opened.paint_box(60, 40, 80, 60, 2)
    session.change_object(1, class_label="dog")
    session.change_object(2, name="ball")
    return opened


def test_the_open_project_becomes_a_dataset_in_the_background(masked: Editor, tmp_path: Path) -> None:
    out = tmp_path / "out" / "set"
    masked.answers.folder, masked.answers.dataset_settings = out, DatasetSettings("davis")
    masked.do("export_dataset")
    masked.wait_idle()
    assert "3 frames of 1 clip: " in masked.window.notices.text
    clip = Path(masked.window.session.project.path).stem
    masks = sorted((out / "Annotations" / "480p" / clip).glob("*.png")) or sorted(out.rglob("*.png"))
    assert len(masks) == 3
    labels = read_mask(masks[1])
    assert labels[15, 20] == 1
    assert labels[50, 70] == 2
    assert (labels == masked.window.session.labels_at(3)).all()
    assert (out / "README.md").read_text().count("dog") >= 1


def test_other_projects_go_in_and_are_shared_out(masked: Editor, tmp_path: Path) -> None:
    own = Path(masked.window.session.project.path)
    masked.do("close")
    others = [tmp_path / "second.roto", tmp_path / "third.roto"]
    for other in others:
        copy_project(own, other)
    masked.open(own)
    out = tmp_path / "set"
    masked.answers.folder, masked.answers.projects = out, tuple(others)
    masked.answers.dataset_settings = DatasetSettings("coco", ratios=(0.4, 0.3, 0.3))
    masked.do("export_dataset")
    masked.wait_idle()
    assert "9 frames of 3 clips" in masked.window.notices.text
    written = [json.loads(path.read_text()) for path in sorted((out / "annotations").glob("*.json"))]
    assert [len(part["videos"]) for part in written] == [1, 1, 1]
    assert {one["name"] for one in written[0]["categories"]} == {"ball", "dog"}


def test_a_folder_that_was_not_made_here_is_never_replaced(masked: Editor, tmp_path: Path) -> None:
    out = tmp_path / "mine"
    out.mkdir()
    (out / "letter.txt").write_text("dear")
    masked.answers.folder = out
    masked.do("export_dataset")
    assert "not empty" in masked.window.notices.text
    assert [path.name for path in out.iterdir()] == ["letter.txt"]
    assert "overwrite" not in masked.answers.asked


def test_nothing_goes_into_the_pictures_of_another_project(masked: Editor, tmp_path: Path) -> None:
    theirs = tmp_path / "theirs" / "shot"
    theirs.mkdir(parents=True)
    for number in range(2):
        write_mask(theirs / f"{number}.png", np.zeros((8, 8), np.uint8))
    mark = fingerprint(theirs)
    Project.create(
        theirs.parent / "any.roto", VideoReference(theirs, mark.size_bytes, mark.head_hash), 2, (8, 8)
    ).close()
    masked.answers.folder = theirs / "set"
    masked.do("export_dataset")
    masked.wait_idle()
    assert "is the clip of" in masked.window.notices.text
    assert len(list(theirs.iterdir())) == 2


def test_a_dataset_is_replaced_only_if_the_person_reports_it(masked: Editor, tmp_path: Path) -> None:
    out = tmp_path / "set"
    masked.answers.folder = out
    masked.do("export_dataset")
    masked.wait_idle()
    (out / "README.md").write_text("old")
    masked.answers.yes = False
    masked.do("export_dataset")
    masked.wait_idle()
    assert (out / "README.md").read_text() == "old"
    masked.answers.yes = True
    masked.do("export_dataset")
    masked.wait_idle()
    assert (out / "README.md").read_text() != "old"


def test_a_persons_files_in_a_datasets_folder_stay(masked: Editor, tmp_path: Path) -> None:
    masked.answers.folder = tmp_path / "set"
    masked.do("export_dataset")
    masked.wait_idle()
    (tmp_path / "set" / "note.txt").write_text("mine")
    masked.do("export_dataset")
    masked.wait_idle()
    assert "note.txt: was not written with the dataset" in masked.window.notices.text
    assert (tmp_path / "set" / "note.txt").read_text() == "mine"


def test_cancelling_leaves_nothing(masked: Editor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    video = masked.window.session.video
    assert video is not None
    read = type(video).read

    def cancels(self: object, index: int) -> np.ndarray:
        masked.window.jobs.cancel()
        return read(self, index)  # type: ignore[arg-type]

    monkeypatch.setattr(type(video), "read", cancels)
    masked.answers.folder = tmp_path / "set"
    masked.do("export_dataset")
    masked.wait_idle()
    assert masked.window.notices.text.startswith("Cancelled")
    assert not (tmp_path / "set").exists()


def test_without_a_mask_there_is_nothing_to_write(opened: Editor) -> None:
    assert not opened.window.actions_["export_dataset"].isEnabled()


def test_the_dialog_states_what_was_chosen_and_remembers_it(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = DatasetDialog(tmp_path / "dog.roto")
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.format.count() == sum(kind.writer is not None for kind in DATASET_FORMATS.values())
    assert all(dialog.format.itemText(row) for row in range(dialog.format.count()))
    assert dialog.choice.folder == tmp_path / "dog_dataset"
    assert dialog.choice.settings.ratios is None, "one clip is not shared out"
    assert not dialog.ratios.isEnabled()
    dialog.projects.add([tmp_path / "cat.roto", tmp_path / "dog.roto"])
    assert dialog.projects.added == ((tmp_path / "cat.roto").resolve(),), "the open one is in it already"
    assert dialog.choice.settings.ratios == (0.8, 0.1, 0.1)
    assert dialog.ratios.counts.text() == "= 1 + 1 + 0 clips"
    for box in dialog.ratios.boxes:
        box.setValue(0)
    assert dialog.ratios.counts.text() == "= 0 + 0 + 0 clips"
    assert not dialog.write_button.isEnabled()
    assert dialog.missing.text()
    dialog.ratios.boxes[0].setValue(50)
    dialog.target.path_edit.clear()
    assert not dialog.write_button.isEnabled()
    qtbot.keyClicks(dialog.target.path_edit, str(tmp_path / "set"))
    dialog.format.setCurrentIndex(dialog.format.findData("yolo"))
    dialog.every.setValue(5)
    qtbot.keyClick(dialog.target.path_edit, Qt.Key.Key_Return)
    assert dialog.result() == QDialog.DialogCode.Accepted
    choice = dialog.choice
    assert (choice.folder, choice.settings.format, choice.settings.every) == (tmp_path / "set", "yolo", 5)
    qtbot.mouseClick(dialog.projects.remove_button, LEFT)
    assert dialog.projects.added == ()
    again = DatasetDialog(tmp_path / "dog.roto")
    qtbot.addWidget(again)
    assert (again.format.currentData(), again.every.value()) == ("yolo", 5)
