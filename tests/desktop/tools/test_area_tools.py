"""Lasso, polygon, rectangle, ellipse, bucket and wand under a real mouse: what is stored, shown and undone."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, Qt

from core.masks import rasterise_ellipse, rasterise_polygon
from core.types import Combine, Origin
from tests.desktop.conftest import Editor

SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
CTRL, NO_KEYS = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
SIZE = (96, 64)


def seen(editor: Editor, *points: tuple[float, float]) -> list[tuple[float, float]]:
    """Points of the picture as the mouse can hit them: to a pixel of the screen."""
    positions = [editor.view.mapToScene(editor.at(*point)) for point in points]
    return [QPointF(position).toTuple() for position in positions]


def mask(editor: Editor, object_id: int = 1) -> np.ndarray:
    return editor.labels == object_id


def filled(patch) -> np.ndarray:  # type: ignore[no-untyped-def]
    frame = np.zeros(SIZE[::-1], np.bool_)
    frame[patch.box.slices] = patch.mask
    return frame


def click(editor: Editor, x: float, y: float, modifiers: Qt.KeyboardModifier = NO_KEYS) -> None:
    editor.stroke((x, y), modifiers=modifiers)


def one_undo_takes_it_back(editor: Editor) -> None:
    after = editor.labels.copy()
    assert after.any()
    editor.do("undo")
    assert not editor.labels.any()
    editor.do("redo")
    assert (editor.labels == after).all()


def test_the_lasso_takes_what_it_goes_around(opened: Editor) -> None:
    opened.do("lasso")
    way = [(20, 10), (60, 12), (70, 40), (40, 50), (22, 30)]
    opened.stroke(*way)
    assert (mask(opened) == filled(rasterise_polygon(seen(opened, *way), SIZE))).all()
    assert mask(opened).sum() > 1000
    assert opened.window.session.undo_text == "Lasso"
    assert opened.window.session.project.origins(0) == {1: Origin.EDITED}
    one_undo_takes_it_back(opened)


def test_the_lasso_draws_its_way_and_takes_it_off_the_screen(opened: Editor) -> None:
    opened.do("lasso")
    opened.view.ring.setVisible(False)
    before = opened.settled_screen()
    opened.stroke((20, 10), (60, 12), (70, 40), let_go=False)
    drawn = opened.screen()
    assert np.abs(drawn.astype(int) - before).max() > 100
    assert not opened.labels.any()
    opened.key(Qt.Key.Key_Escape)
    opened.view.cancel_tool()
    opened.qtbot.mouseRelease(opened.view.viewport(), Qt.MouseButton.LeftButton, NO_KEYS, opened.at(70, 40))
    assert np.array_equal(opened.settled_screen(), before)
    assert not opened.labels.any()


def test_a_click_with_an_area_tool_is_no_area(opened: Editor) -> None:
    opened.paint_box(10, 10, 40, 40)
    before = opened.labels.copy()
    for tool in ("lasso", "rectangle", "ellipse"):
        opened.do(tool)
        click(opened, 60, 30, SHIFT | ALT)
        click(opened, 20, 20, ALT)
    assert (opened.labels == before).all()


def test_the_rectangle_takes_the_pixels_between_its_corners(opened: Editor) -> None:
    opened.do("rectangle")
    opened.stroke((70, 50), (40, 30), (20, 10))
    assert mask(opened)[11:49, 21:69].all()
    assert mask(opened).sum() == pytest.approx(50 * 40, abs=100)
    one_undo_takes_it_back(opened)


def test_with_ctrl_the_rectangle_is_a_square(opened: Editor) -> None:
    opened.do("rectangle")
    opened.stroke((20, 10), (50, 20), modifiers=CTRL)
    rows, columns = mask(opened).any(1).sum(), mask(opened).any(0).sum()
    assert rows == pytest.approx(columns, abs=1)
    assert rows == pytest.approx(30, abs=1)


def test_the_ellipse_fills_its_rectangle(opened: Editor) -> None:
    opened.do("ellipse")
    opened.stroke((20, 10), (40, 30), (70, 50))
    corners = seen(opened, (20, 10), (70, 50))
    assert (mask(opened) == filled(rasterise_ellipse(corners[0], corners[1], SIZE))).all()
    one_undo_takes_it_back(opened)


@pytest.mark.parametrize(
    ("keys", "inside", "outside"), [(SHIFT, True, True), (ALT, False, True), (SHIFT | ALT, True, False)]
)
def test_keys_add_subtract_and_intersect(
    opened: Editor, keys: Qt.KeyboardModifier, inside: bool, outside: bool
) -> None:
    opened.paint_box(10, 10, 50, 50)
    opened.do("rectangle")
    opened.stroke((30, 20), (80, 40), modifiers=keys)
    assert mask(opened)[30, 40] == inside
    assert mask(opened)[30, 15] == outside
    assert mask(opened)[30, 70] == (keys == SHIFT)


def test_the_buttons_state_what_happens_without_a_key(opened: Editor) -> None:
    opened.paint_box(10, 10, 50, 50)
    opened.do("rectangle")
    buttons = opened.window.tool_options.combine.buttons
    assert buttons[Combine.ADD].isChecked()
    opened.qtbot.mouseClick(buttons[Combine.SUBTRACT], Qt.MouseButton.LeftButton)
    opened.stroke((30, 20), (80, 40))
    assert not mask(opened)[30, 40]
    opened.qtbot.mouseClick(buttons[Combine.REPLACE], Qt.MouseButton.LeftButton)
    opened.stroke((60, 20), (80, 40))
    assert mask(opened)[30, 70]
    assert not mask(opened)[:, :55].any()


def test_a_locked_object_loses_nothing_to_any_area(opened: Editor) -> None:
    opened.paint_box(10, 10, 50, 50, object_id=1)
    opened.window.session.add_object()
    opened.window.session.change_object(1, locked=True)
    before = mask(opened, 1).copy()
    opened.window.area.set_tolerance(255)
    for tool in ("lasso", "rectangle", "ellipse"):
        opened.do(tool)
        opened.stroke((5, 5), (80, 5), (80, 60), (5, 60))
        assert (mask(opened, 1) == before).all()
    for tool in ("bucket", "wand"):
        opened.do(tool)
        click(opened, 20, 20)
        assert (mask(opened, 1) == before).all()
    assert mask(opened, 2).any()
    opened.window.session.choose_object(1)
    opened.do("rectangle")
    opened.stroke((60, 5), (80, 60))
    assert (mask(opened, 1) == before).all()
    assert "locked" in opened.window.notices.text


# -- the polygon


def corners(editor: Editor) -> None:
    editor.do("polygon")
    for corner in ((20, 10), (70, 10), (70, 50), (20, 50)):
        click(editor, *corner)


def test_a_polygon_waits_for_enter(opened: Editor) -> None:
    corners(opened)
    assert not opened.labels.any()
    assert opened.window.tool_options.pending_bar.isVisible()
    opened.key(Qt.Key.Key_Return)
    points = seen(opened, (20, 10), (70, 10), (70, 50), (20, 50))
    assert (mask(opened) == filled(rasterise_polygon(points, SIZE))).all()
    assert not opened.window.tool_options.pending_bar.isVisible()
    assert opened.window.session.undo_text == "Polygon"
    one_undo_takes_it_back(opened)


def test_escape_drops_a_polygon(opened: Editor) -> None:
    corners(opened)
    opened.key(Qt.Key.Key_Escape)
    opened.key(Qt.Key.Key_Return)
    assert not opened.labels.any()
    assert not opened.window.tool_options.pending_bar.isVisible()


def test_the_buttons_do_what_the_keys_do(opened: Editor) -> None:
    corners(opened)
    opened.qtbot.mouseClick(opened.window.tool_options.cancel_button, Qt.MouseButton.LeftButton)
    corners(opened)
    opened.qtbot.mouseClick(opened.window.tool_options.confirm_button, Qt.MouseButton.LeftButton)
    assert mask(opened).sum() == pytest.approx(50 * 40, abs=100)


def test_corners_can_be_moved_put_in_and_taken_out(opened: Editor) -> None:
    corners(opened)
    opened.stroke((20, 10), (10, 5))  # moved
    opened.stroke((70, 30), (90, 30))  # put in on a side and moved
    click(opened, 20, 50, ALT)  # taken out
    opened.key(Qt.Key.Key_Enter)
    expected = filled(rasterise_polygon([(10, 5), (70, 10), (90, 30), (70, 50)], SIZE))
    assert (mask(opened) != expected).sum() < 40
    assert mask(opened)[30, 85]


def test_backspace_takes_the_last_corner_back(opened: Editor) -> None:
    corners(opened)
    opened.key(Qt.Key.Key_Backspace)
    opened.key(Qt.Key.Key_Return)
    assert mask(opened).sum() == pytest.approx(50 * 40 / 2, rel=0.05)


@pytest.mark.parametrize("by_key", [True, False])
def test_undo_takes_corners_back_before_edits(opened: Editor, by_key: bool) -> None:
    opened.paint_box(1, 1, 5, 5)
    corners(opened)

    def undo() -> None:
        if by_key:
            opened.key(Qt.Key.Key_Z, CTRL)
        else:
            opened.do("undo")

    for left in (True, True, True, False):
        undo()
        assert opened.view.tool.pending == left
        assert opened.labels.any()
    assert not opened.window.tool_options.pending_bar.isVisible()
    undo()
    assert not opened.labels.any()


def test_a_polygon_survives_zooming_and_panning(opened: Editor) -> None:
    corners(opened)
    opened.view.zoom_to(15.0)
    opened.do("fit")
    opened.do("overlay_outlines")
    assert opened.view.tool.pending


# -- like colours


@pytest.fixture
def chequered(editor: Editor, tmp_path: Path) -> Editor:
    """A window with pictures of four quarters: dark, a little lighter, bright, and dark again."""
    folder = tmp_path / "quarters"
    folder.mkdir()
    picture = np.zeros((64, 96, 3), np.uint8)
    picture[:32, :48], picture[:32, 48:], picture[32:, :48], picture[32:, 48:] = 40, 60, 200, 40
    for index in range(2):
        Image.fromarray(picture).save(folder / f"{index}.png")
    editor.open(folder)
    return editor


def test_the_bucket_fills_like_colours_up_to_the_tolerance(chequered: Editor) -> None:
    chequered.do("bucket")
    chequered.window.tool_options.tolerance_slider.setValue(10)
    click(chequered, 20, 20)
    assert (mask(chequered) == np.pad(np.ones((32, 48), bool), ((0, 32), (0, 48)))).all()
    assert chequered.window.session.undo_text == "Fill"
    one_undo_takes_it_back(chequered)
    chequered.do("undo")
    chequered.window.tool_options.tolerance_slider.setValue(30)
    click(chequered, 20, 20)
    assert mask(chequered).sum() == 96 * 64 - 48 * 32, "the lighter quarter joins the two dark ones"


def test_not_joined_means_all_over_the_picture(chequered: Editor) -> None:
    chequered.do("bucket")
    chequered.window.tool_options.tolerance_slider.setValue(10)
    chequered.window.tool_options.contiguous.setChecked(False)
    click(chequered, 20, 20)
    assert mask(chequered).sum() == 2 * 48 * 32


def test_the_bucket_fills_a_painted_outline(opened: Editor) -> None:
    opened.window.brush.set_size(6)
    opened.stroke((20, 10), (70, 10), (70, 50), (20, 50), (20, 10))
    opened.do("bucket")
    click(opened, 45, 30)
    assert mask(opened)[10:50, 20:70].all()
    assert not mask(opened)[:5].any()


def test_the_wand_shows_what_it_takes_and_widens_with_the_drag(chequered: Editor) -> None:
    chequered.do("wand")
    chequered.window.area.set_tolerance(4)
    port, left = chequered.view.viewport(), Qt.MouseButton.LeftButton
    start = chequered.at(20, 20)
    chequered.qtbot.mousePress(port, left, NO_KEYS, start)
    assert chequered.view.mask_item.labels.sum() == 48 * 32
    assert not chequered.labels.any(), "nothing is stored before the button is let go"
    further = QPoint(start.x() + 60, start.y())
    chequered.qtbot.mouseMove(port, further)
    assert chequered.view.mask_item.labels.sum() == 3 * 48 * 32
    chequered.qtbot.mouseRelease(port, left, NO_KEYS, further)
    assert mask(chequered).sum() == 3 * 48 * 32
    assert chequered.window.area.tolerance == 34
    assert chequered.window.session.undo_text == "Magic wand"
    one_undo_takes_it_back(chequered)


def test_escape_during_a_wand_leaves_everything(chequered: Editor) -> None:
    chequered.do("wand")
    chequered.stroke((20, 20), let_go=False)
    assert chequered.view.mask_item.labels.any()
    chequered.view.cancel_tool()
    chequered.qtbot.mouseRelease(chequered.view.viewport(), Qt.MouseButton.LeftButton, NO_KEYS, chequered.at(20, 20))
    assert not chequered.view.mask_item.labels.any()
    assert not chequered.labels.any()


def test_a_click_beside_the_picture_does_nothing(chequered: Editor) -> None:
    for tool in ("bucket", "wand"):
        chequered.do(tool)
        chequered.stroke((-3, 20))
    assert not chequered.labels.any()


def test_the_tool_bar_shows_what_the_tool_looks_at(opened: Editor) -> None:
    options = opened.window.tool_options
    shown = {}
    for tool in ("brush", "polygon", "wand", "hand"):
        opened.do(tool)
        shown[tool] = (
            options.size_slider.isVisible(), options.combine.isVisible(), options.tolerance_slider.isVisible()
        )  # fmt: skip
    assert shown == {
        "brush": (True, False, False), "polygon": (False, True, False),
        "wand": (False, True, True), "hand": (False, False, False),
    }  # fmt: skip


def test_the_bare_picture_is_shown_while_the_key_is_held(opened: Editor) -> None:
    opened.paint_box(20, 10, 70, 50)
    masked = opened.pixel(40, 30)
    opened.qtbot.keyPress(opened.view, Qt.Key.Key_Backslash)
    assert opened.pixel(40, 30) == (0, 0, 0)
    opened.qtbot.keyRelease(opened.view, Qt.Key.Key_Backslash)
    assert opened.pixel(40, 30) == masked


def test_a_chosen_tool_states_how_it_is_used(opened: Editor) -> None:
    for tool in ("polygon", "smart"):
        opened.do(tool)
        assert opened.window.statusBar().currentMessage() == opened.window.actions_[tool].statusTip()
