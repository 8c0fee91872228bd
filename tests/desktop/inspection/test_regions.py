"""Regions and proposals under a real mouse."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt

from tests.desktop.conftest import Editor

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def tiles(editor: Editor, tmp_path: Path) -> Editor:
    """A window with two pictures of coloured tiles of 32 pixels."""
    folder = tmp_path / "tiles"
    folder.mkdir()
    colours = np.random.default_rng(5).integers(30, 220, (4, 6, 3)).astype(np.uint8)
    for index in range(2):
        Image.fromarray(colours.repeat(32, 0).repeat(32, 1)).save(folder / f"{index}.png")
    editor.open(folder)
    return editor


def cut(editor: Editor) -> None:
    """Waits until the picture is cut into regions."""
    tool = editor.view.tool
    editor.qtbot.waitUntil(lambda: tool._regions is not None and not tool._cutter.busy, timeout=20_000)


def test_a_drag_adds_regions_as_one_step_and_alt_takes_them_away(tiles: Editor) -> None:
    tiles.do("regions")
    tiles.window.canvas.regions.set_side(32)
    assert tiles.window.tool_options.region_method.isVisible()
    cut(tiles)
    tiles.qtbot.mouseMove(tiles.view.viewport(), tiles.at(20, 16))
    tiles.qtbot.mouseMove(tiles.view.viewport(), tiles.at(16, 16))
    assert tiles.view.sketch.boundingRect().isValid(), "the region under the pointer is outlined"
    tiles.stroke((16, 16), (48, 16), (80, 16))
    made = tiles.labels == 1
    assert made[4:28, 4:92].all() and not made[40:].any() and not made[:, 104:].any()
    assert tiles.window.session.undo_text == "Regions"
    tiles.stroke((48, 16), modifiers=ALT)
    left = tiles.labels == 1
    assert not left[4:28, 36:60].any() and left[4:28, 4:28].all() and left[4:28, 68:92].all()
    tiles.do("undo")
    assert ((tiles.labels == 1) == made).all()


def test_what_is_clicked_before_the_picture_is_cut_becomes_mask_when_it_is(tiles: Editor) -> None:
    tiles.do("regions")
    tiles.window.canvas.regions.set_side(32)
    tiles.stroke((16, 16))
    tiles.qtbot.waitUntil(lambda: bool((tiles.labels == 1).any()), timeout=20_000)
    assert (tiles.labels == 1)[4:28, 4:28].all()


def test_leaving_the_frame_takes_what_was_clicked_along(tiles: Editor) -> None:
    tiles.do("regions")
    tiles.stroke((16, 16))
    tiles.go(1)
    assert not tiles.labels.any()
    tiles.go(0)
    assert (tiles.labels == 1)[8:24, 8:24].any()
    tiles.do("brush")
    assert not tiles.view.sketch.boundingRect().isValid()


def test_another_way_or_size_cuts_anew_and_a_locked_object_is_left_alone(tiles: Editor) -> None:
    tiles.do("regions")
    cut(tiles)
    first = tiles.view.tool._regions
    tiles.window.tool_options.region_method.activated.emit(2)
    tiles.qtbot.waitUntil(lambda: tiles.view.tool._regions not in (None, first), timeout=20_000)
    tiles.window.tool_options.region_slider.setValue(64)
    cut(tiles)
    assert tiles.view.tool._made_of[2] == 64
    tiles.paint_box(0, 0, 8, 8)
    tiles.do("toggle_locked")
    tiles.stroke((80, 80))
    assert (tiles.labels == 1).sum() == 64
    assert "locked" in tiles.window.notices.text


def test_proposals_are_listed_outlined_and_added(tiles: Editor) -> None:
    panel = tiles.window.proposals
    tiles.do("propose_objects")
    tiles.qtbot.waitUntil(lambda: panel.list.count() > 0, timeout=20_000)
    assert panel.list.isVisible()
    panel.list.setCurrentRow(0)
    assert tiles.view.sketch.boundingRect().isValid()
    patch = panel._proposals[0].patch
    panel.add_button.click()
    assert ((tiles.labels == 1).sum()) == patch.mask.sum()
    assert tiles.window.session.undo_text == "Proposal"
    panel.subtract_button.click()
    assert not tiles.labels.any()
    tiles.go(1)
    assert panel.list.count() == 0 and not tiles.view.sketch.boundingRect().isValid()


def test_a_search_reports_its_progress_and_is_called_off(tiles: Editor) -> None:
    panel, reported = tiles.window.proposals, list[int]()
    panel.bar.valueChanged.connect(reported.append)
    tiles.do("propose_objects")
    assert panel.bar.isVisible() and panel.cancel_button.isVisible() and not panel.find_button.isVisible()
    panel.cancel_button.click()
    assert panel.cancel_button.isHidden() and panel.bar.isHidden() and panel.find_button.isVisible()
    assert "Cancelled" in panel.hint.text()
    tiles.qtbot.waitUntil(lambda: not panel.proposer.busy, timeout=20_000)
    assert panel.list.count() == 0
    reported.clear()
    panel.find_button.click()
    tiles.qtbot.waitUntil(lambda: panel.list.count() > 0, timeout=20_000)
    assert len(reported) > 3 and max(reported) > 50
    assert panel.bar.isHidden() and panel.find_button.isVisible()


def test_a_picture_without_anything_reports_it(editor: Editor, tmp_path: Path) -> None:
    Image.new("RGB", (60, 40), (90, 90, 90)).save(tmp_path / "grey.png")
    editor.open(tmp_path / "grey.png")
    editor.do("propose_objects")
    panel = editor.window.proposals
    editor.qtbot.waitUntil(lambda: not panel.proposer.busy, timeout=20_000)
    assert "Nothing stands out" in panel.hint.text()


def test_the_panel_of_proposals_gets_room_also_by_its_key(tiles: Editor) -> None:
    window = tiles.window
    window.resize(1400, 900)
    tiles.qtbot.waitUntil(lambda: window.height() == 900)
    share = window.review.height()
    tiles.do("propose_objects")
    tiles.qtbot.waitUntil(lambda: window.proposals.height() > 1.2 * share, timeout=20_000)
    tiles.qtbot.waitUntil(lambda: window.proposals.list.count() > 0, timeout=20_000)
