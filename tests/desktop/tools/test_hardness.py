"""A soft brush in the window: it stops at the edges of the picture, is set in the tool bar, and is remembered."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QSlider

from desktop.wiring import make_window
from tests.desktop.conftest import Editor


@pytest.fixture
def halves(editor: Editor, tmp_path: Path) -> Editor:
    """Two frames that are dark on the left and bright on the right."""
    folder = tmp_path / "halves"
    folder.mkdir()
    image = np.full((64, 96, 3), 50, np.uint8)
    image[:, 48:] = 210
    for index in range(2):
        Image.fromarray(image).save(folder / f"{index}.png")
    editor.open(folder)
    return editor


def test_a_soft_stroke_stops_at_the_edge_and_is_what_was_shown(halves: Editor) -> None:
    halves.window.brush.set_size(30)
    halves.window.brush.set_hardness(20)
    halves.stroke((40, 20), (40, 44), let_go=False)
    shown = halves.view.mask_item.labels.copy()
    halves.qtbot.mouseRelease(
        halves.view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, halves.at(40, 44)
    )
    assert halves.labels[32, 30] == halves.labels[32, 47] == 1
    assert not halves.labels[:, 48:].any()
    assert (halves.labels == shown).all()
    assert halves.window.session.undo_text == "Paint"
    halves.do("undo")
    assert not halves.labels.any()


def test_a_soft_eraser_leaves_what_lies_beyond_the_edge(halves: Editor) -> None:
    halves.paint_box(20, 10, 76, 54)
    halves.do("eraser")
    halves.window.brush.set_size(30)
    halves.window.brush.set_hardness(20)
    halves.stroke((56, 20), (56, 44))
    assert not halves.labels[30, 48:70].any()
    assert (halves.labels[10:54, 20:48] == 1).all()
    assert halves.window.session.undo_text == "Erase"


def test_a_hard_brush_does_not_look_at_the_picture(halves: Editor) -> None:
    halves.window.brush.set_size(30)
    halves.stroke((40, 32))
    assert halves.labels[32, 52] == 1


def test_it_is_set_by_slider_and_keys_and_seen_at_the_ring(halves: Editor) -> None:
    window = halves.window
    slider: QSlider = window.tool_options.hardness_slider
    assert slider.isVisible()
    halves.qtbot.mouseClick(slider, Qt.MouseButton.LeftButton, pos=QPoint(3, slider.height() // 2))
    assert window.brush.hardness == slider.value() < 100
    window.brush.set_hardness(0)
    for _ in range(3):
        halves.do("harder")
    halves.do("softer")
    assert window.brush.hardness == slider.value() == 20
    assert window.tool_options.hardness_label.text() == "20 %"
    assert window.canvas.view.ring._core == pytest.approx(0.2 * window.brush.radius)
    halves.do("smart")
    assert not slider.isVisible(), "smart select knows no hardness"
    assert "{" in slider.toolTip()


def test_it_is_remembered(halves: Editor) -> None:
    halves.window.brush.set_hardness(70)
    halves.window.close()
    again = make_window()
    halves.qtbot.addWidget(again)
    assert again.brush.hardness == again.tool_options.hardness_slider.value() == 70
    again.close()
