"""Exports from the window that are not mask pictures: clips with alpha, each object alone, cancelling, errors."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import PIL.Image
import pytest

from core.delivery.settings import ExportSettings
from core.own_folders import models_folder
from desktop.dialogs.ask import Ask
from tests.desktop.conftest import Editor


def test_a_clip_with_alpha(editor: Editor, make_clip: Callable[[int], Path], tmp_path: Path) -> None:
    editor.open(make_clip(6))
    editor.paint_box(20, 10, 60, 50)
    editor.answers.folder = tmp_path / "cut.mkv"
    editor.answers.settings = ExportSettings("ffv1")
    editor.do("export")
    editor.wait_idle()
    assert "Exported and checked" in editor.window.notices.text
    with av.open(str(tmp_path / "cut.mkv")) as container:
        frames = [frame.to_ndarray(format="rgba") for frame in container.decode(video=0)]
    assert len(frames) == 6
    assert frames[0][30, 40, 3] == 255
    assert frames[0][2, 2, 3] == 0
    assert not frames[3][..., 3].any()


def test_each_object_alone_and_the_places_that_are_taken(opened: Editor, tmp_path: Path) -> None:
    opened.paint_box(10, 10, 30, 40)
    opened.paint_box(50, 10, 70, 40, object_id=2)
    taken = tmp_path / "two_2"
    taken.mkdir()
    (taken / "frame_00.png").write_bytes(b"mine")
    opened.answers.folder = tmp_path / "two"
    opened.answers.settings = ExportSettings("matte", combined=False)
    opened.answers.yes = False
    opened.do("export")
    opened.wait_idle()
    assert opened.answers.asked[-1] == "overwrite"
    assert not (tmp_path / "two_1").exists()
    assert (taken / "frame_00.png").read_bytes() == b"mine"
    opened.answers.yes = True
    opened.do("export")
    opened.wait_idle()
    assert "2 results" in opened.window.notices.text
    for number, x in ((1, 20), (2, 60)):
        with PIL.Image.open(tmp_path / f"two_{number}" / "frame_00.png") as picture:
            alpha = np.array(picture)
        assert alpha[25, x] == 255
        assert alpha[25, 80 - x] == 0


def test_a_cancelled_export_leaves_nothing(opened: Editor, tmp_path: Path) -> None:
    opened.paint_box(10, 10, 30, 40)
    opened.answers.folder = tmp_path / "deep" / "masks"
    opened.do("export")
    opened.do("cancel")
    opened.wait_idle()
    assert "Cancelled" in opened.window.notices.text
    assert not (tmp_path / "deep").exists()


def test_what_the_program_keeps_is_never_the_target(opened: Editor) -> None:
    opened.paint_box(10, 10, 30, 40)
    opened.answers.folder = models_folder() / "masks"
    opened.do("export")
    opened.wait_idle()
    assert "where the program keeps models" in opened.window.notices.text
    assert not models_folder().exists()


def test_the_clip_itself_is_never_the_target(editor: Editor, make_clip: Callable[[int], Path]) -> None:
    clip = make_clip(4)
    data = clip.read_bytes()
    editor.open(clip)
    editor.paint_box(20, 10, 60, 50)
    editor.answers.folder = clip
    editor.answers.settings = ExportSettings("h264")
    editor.do("export")
    editor.wait_idle()
    assert "is read here, so nothing is written to it" in editor.window.notices.text
    assert clip.read_bytes() == data


def test_what_was_chosen_is_remembered_only_if_accepted(opened: Editor, monkeypatch: pytest.MonkeyPatch) -> None:
    from PySide6.QtWidgets import QDialog

    from desktop.dialogs.export_dialog import ExportDialog
    from desktop.settings.presets import Presets

    opened.paint_box(10, 10, 30, 40)
    opened.do("export")
    subject = opened.answers.subject
    assert subject is not None
    code = QDialog.DialogCode.Rejected

    def answer(dialog: ExportDialog) -> QDialog.DialogCode:
        dialog.format.choose("rgba", "")
        return code

    monkeypatch.setattr(ExportDialog, "exec", answer)
    ask = Ask(opened.window)
    assert ask.export(subject, lambda _edge: None) is None
    assert Presets().last.settings.format == "masks"
    code = QDialog.DialogCode.Accepted
    choice = ask.export(subject, lambda _edge: None)
    assert choice is not None
    assert choice.settings.format == "rgba"
    assert Presets().last.settings.format == "rgba"
