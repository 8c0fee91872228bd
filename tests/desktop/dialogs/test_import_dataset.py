"""Importing a dataset: what is in it is shown by part first, then projects are made of what was chosen."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from core.masks import write_mask
from core.project import Project
from desktop.dialogs.dataset.import_dialog import ImportDialog
from tests.desktop.conftest import Editor


@pytest.fixture
def davis(tmp_path: Path) -> Path:
    """Two clips for training and one for validation, three frames each."""
    root = tmp_path / "set"
    for part, clips in (("train", ("dog", "cat")), ("val", ("boat",))):
        lists = root / "ImageSets" / "2017" / f"{part}.txt"
        lists.parent.mkdir(parents=True, exist_ok=True)
        lists.write_text("\n".join(clips))
        for clip in clips:
            pictures, masks = (root / kind / "480p" / clip for kind in ("JPEGImages", "Annotations"))
            pictures.mkdir(parents=True)
            masks.mkdir(parents=True)
            for frame in range(3):
                Image.fromarray(np.full((40, 60, 3), 90, np.uint8)).save(pictures / f"{frame:05}.jpg")
                labels = np.zeros((40, 60), np.uint8)
                labels[5:20, 5 : 20 + frame] = 1
                labels[25:35, 30:50] = 2
                write_mask(masks / f"{frame:05}.png", labels)
    return root


def shown(dialog: ImportDialog) -> list[list[str]]:
    rows = [dialog.parts.topLevelItem(row) for row in range(dialog.parts.topLevelItemCount())]
    return [[row.text(column) for column in range(5)] for row in rows if row]


def test_counts_by_part_are_shown_and_the_chosen_part_becomes_projects(
    editor: Editor, davis: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, again = tmp_path / "set_projects", False

    def person(dialog: ImportDialog) -> int:
        assert dialog.choice is None and not dialog.import_button.isEnabled()
        dialog.source.set_path(davis)
        editor.qtbot.waitUntil(lambda: dialog.choice is not None, timeout=20_000)
        assert sorted(shown(dialog)) == [["train", "2", "6", "6", "4"], ["val", "1", "3", "3", "2"]]
        assert dialog.target.path == out and (again or not out.exists()), "nothing is written before Import"
        for row in range(2):
            part = dialog.parts.topLevelItem(row)
            if part and part.text(0) == "val":
                part.setCheckState(0, Qt.CheckState.Unchecked)
        dialog.accept()
        return int(QDialog.DialogCode.Accepted)

    monkeypatch.setattr(ImportDialog, "exec", person)
    editor.do("import_dataset")
    editor.wait_idle()
    assert sorted(path.name for path in out.glob("*.roto")) == ["cat.roto", "dog.roto"]
    editor.qtbot.waitUntil(lambda: "2 projects were made" in editor.window.notices.text, timeout=5_000)
    with Project.open(out / "dog.roto") as project:
        assert project.anchor_frames() == [0, 1, 2] and len(project.objects.all) == 2
    again = True
    editor.do("import_dataset")
    editor.wait_idle()
    # projects are never replaced
    editor.qtbot.waitUntil(lambda: "exists" in editor.window.notices.text, timeout=5_000)


def test_what_is_no_dataset_is_reported_at_once(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = ImportDialog()
    qtbot.addWidget(dialog)
    for path in (tmp_path, tmp_path / "nothing"):
        dialog.source.set_path(path)
        qtbot.waitUntil(lambda: not dialog._rest.isActive() and not dialog.survey.busy, timeout=20_000)
        assert str(path) in dialog.message.text() and not dialog.import_button.isEnabled()
    dialog.reject()
