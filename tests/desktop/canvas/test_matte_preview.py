"""Soft edges on the canvas: what is seen is what an export gives."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from core.delivery.settings import ExportSettings
from core.matting import MatteSettings, soft_alpha
from desktop.canvas.edge_preview import EdgePreview
from desktop.canvas.overlay import Overlay
from desktop.dialogs.ask import Ask
from desktop.dialogs.export_dialog import ExportDialog
from desktop.settings.presets import Preset, Presets
from tests.desktop.conftest import Editor


@pytest.fixture
def masked(editor: Editor, tmp_path: Path) -> Editor:
    """Two frames of a bright disc on dark ground with a blurred edge, masked roughly; edges are feathered."""
    Presets().remember(Preset(ExportSettings("rgba", matte=MatteSettings(band=0, feather=3)), ""))
    folder = tmp_path / "disc"
    folder.mkdir()
    rows, columns = np.mgrid[:64, :96]
    inside = np.clip((18 - np.hypot(columns - 48, rows - 32)) / 6 + 0.5, 0, 1)[..., None]
    shown = inside * np.array([220, 180, 60]) + (1 - inside) * np.array([20, 40, 90])
    for index in range(2):
        Image.fromarray(shown.astype(np.uint8)).save(folder / f"{index}.png")
    editor.open(folder)
    editor.paint_box(32, 16, 64, 48)
    editor.view.ring.setVisible(False)
    return editor


def wait(editor: Editor) -> None:
    editor.qtbot.waitUntil(lambda: not editor.window.canvas.matte.busy and editor.view.matte_item.matte is not None)


def test_the_matte_is_that_of_the_last_export(masked: Editor) -> None:
    masked.do("overlay_matte")
    masked.view.zoom_to(8.0)
    wait(masked)
    picture = masked.window.canvas.bench.picture
    assert picture is not None
    wanted = soft_alpha(picture, masked.labels > 0, MatteSettings(band=0, feather=3))
    for x, y in ((48, 32), (33, 32), (31, 32), (29, 32), (10, 10)):
        assert masked.pixel(x + 0.5, y + 0.5) == (pytest.approx(255 * wanted[y, x], abs=1),) * 3
    assert 20 < 255 * wanted[32, 31] < 235


def test_a_cut_out_mixes_object_and_backdrop_at_its_edge(masked: Editor) -> None:
    masked.do("overlay_green")
    masked.view.zoom_to(8.0)
    wait(masked)
    assert masked.pixel(10, 10) == (0, 177, 64)
    assert masked.pixel(48.5, 32.5) == (220, 180, 60)
    red, _, blue = masked.pixel(32.5, 32.5)
    # half the object's warm colour, half green; nothing of the blue ground
    assert 60 < red < 170
    assert blue < 70


def test_hard_edges_are_a_key_away(masked: Editor) -> None:
    masked.do("overlay_black")
    wait(masked)
    masked.key(Qt.Key.Key_Y, Qt.KeyboardModifier.ShiftModifier)
    assert not masked.window.actions_["soft_edges"].isChecked()
    assert not masked.view.matte_item.isVisible()
    assert masked.pixel(30.5, 32.5) == (0, 0, 0)
    masked.do("soft_edges")
    wait(masked)
    assert masked.view.matte_item.isVisible()


def test_other_ways_to_look_have_no_matte(masked: Editor) -> None:
    masked.do("overlay_white")
    wait(masked)
    for name in ("colours", "outlines", "masks"):
        masked.do(f"overlay_{name}")
        assert not masked.view.matte_item.isVisible()
        assert not masked.window.canvas.matte.busy
    masked.do("overlay_white")
    masked.do("show_masks")
    assert not masked.view.matte_item.isVisible()


def test_a_stroke_is_seen_at_once_and_softly_when_the_hand_rests(masked: Editor) -> None:
    masked.do("overlay_black")
    wait(masked)
    masked.do("brush")
    masked.stroke((70, 32), (90, 32), let_go=False)
    assert not masked.view.matte_item.isVisible()
    assert masked.pixel(80, 32) != (0, 0, 0)
    wait(masked)
    matte = masked.view.matte_item.matte
    assert matte is not None
    assert matte.box.x1 > 80
    masked.qtbot.mouseRelease(masked.view.viewport(), Qt.MouseButton.LeftButton, pos=masked.at(90, 32))
    wait(masked)
    masked.do("undo")
    wait(masked)
    matte = masked.view.matte_item.matte
    assert matte is not None
    assert matte.box.x1 < 80


def test_hidden_objects_and_other_frames(masked: Editor) -> None:
    masked.do("overlay_matte")
    wait(masked)
    masked.window.session.change_object(1, visible=False)
    wait(masked)
    matte = masked.view.matte_item.matte
    assert matte is not None
    assert matte.box.empty
    masked.window.session.change_object(1, visible=True)
    masked.go(1)
    wait(masked)
    assert masked.pixel(48, 32) == (0, 0, 0)
    masked.go(0)
    wait(masked)
    assert masked.pixel(48, 32) == (255, 255, 255)


def test_an_edge_can_be_tried(masked: Editor) -> None:
    masked.do("overlay_matte")
    wait(masked)
    masked.window.canvas.matte.set_settings(MatteSettings(band=0, choke=6))
    wait(masked)
    assert masked.pixel(36.5, 32.5) == (0, 0, 0)
    masked.window.canvas.matte.set_settings(MatteSettings(refinement="fine"))
    wait(masked)
    masked.window.canvas.matte.set_settings(None)
    wait(masked)
    assert masked.pixel(36.5, 32.5) != (0, 0, 0)


def test_without_a_clip_nothing_is_asked(editor: Editor) -> None:
    editor.window.canvas.set_overlay(Overlay.MATTE)
    assert not editor.window.canvas.matte.busy


def test_the_export_dialog_shows_its_edge_on_the_canvas(masked: Editor, monkeypatch: pytest.MonkeyPatch) -> None:
    window, canvas = masked.window, masked.window.canvas
    masked.do("export")
    subject = masked.answers.subject
    assert subject is not None
    masked.do("soft_edges")
    seen: list[tuple[int, int, int]] = []

    def try_edges(dialog: ExportDialog) -> QDialog.DialogCode:
        dialog.show()
        dialog.format.choose("rgba", "")
        masked.qtbot.mouseClick(dialog.edge.try_button, Qt.MouseButton.LeftButton)
        dialog.edge.feather.setValue(0)
        for choke in (0, 6):
            dialog.edge.choke.setValue(choke)
            wait(masked)
            seen.append(masked.pixel(36.5, 32.5))
        dialog.format.choose("masks", "")
        assert canvas.overlay is Overlay.COLOURS
        dialog.format.choose("rgba", "")
        assert canvas.overlay is Overlay.ON_CHECKER
        return QDialog.DialogCode.Rejected

    monkeypatch.setattr(ExportDialog, "exec", try_edges)
    ask = Ask(window)
    assert ask.export(subject, EdgePreview(canvas).show_edge) is None
    assert seen[0] not in ((153,) * 3, (204,) * 3)
    assert seen[1] in ((153,) * 3, (204,) * 3), "the edge was moved inwards: the checkerboard is seen"
    assert canvas.overlay is Overlay.COLOURS
    assert not canvas.matte.wanted
    assert not masked.view.matte_item.isVisible()
