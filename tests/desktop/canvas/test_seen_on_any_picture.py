"""What is drawn over a picture is seen on it: a new object's colour, outlines, and the box while it is dragged."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt

from core.masks import object_colour
from core.masks.contrast import seen_lab
from core.types import ObjectTrack
from desktop.canvas.mask_item import MaskItem
from tests.desktop.canvas.test_mask_item import at, painted
from tests.desktop.conftest import Editor

SAND = (238, 220, 170)


def open_plain(editor: Editor, folder: Path, colour: tuple[int, int, int]) -> None:
    folder.mkdir()
    for index in range(2):
        Image.new("RGB", (160, 120), colour).save(folder / f"{index}.png")
    editor.open(folder)


def far(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    return float(np.linalg.norm(np.subtract(*seen_lab(np.array([one, other])))))


@pytest.fixture
def orange(editor: Editor, tmp_path: Path) -> Editor:
    """Pictures of the colour that the first object usually has."""
    open_plain(editor, tmp_path / "orange", object_colour(1))
    return editor


def test_a_new_object_gets_a_colour_that_is_seen(orange: Editor) -> None:
    orange.stroke((40, 40), (80, 60))
    (track,) = orange.window.session.tracks
    assert far(track.colour, object_colour(1)) > 25
    assert orange.window.session.undo_text == "Paint"
    assert orange.view.mask_item._tracks == (track,)


def test_an_undone_mask_lets_it_choose_again_and_a_persons_choice_stays(orange: Editor) -> None:
    session = orange.window.session
    orange.stroke((40, 40), (80, 60))
    chosen = session.tracks[0].colour
    orange.do("undo")
    orange.stroke((40, 40), (80, 60))
    assert session.tracks[0].colour == chosen
    orange.answers.picked = (231, 160, 1)
    orange.do("colour_object")
    orange.do("undo")
    orange.do("redo")
    orange.stroke((90, 80), (95, 85))
    assert session.tracks[0].colour == (231, 160, 1)
    session.add_object()
    session.change_object(2, colour=object_colour(1))
    orange.stroke((20, 80), (30, 85))
    assert session.tracks[1].colour == object_colour(1)


def test_imported_objects_get_colours_that_are_seen(orange: Editor) -> None:
    labels = np.zeros((120, 160), np.uint8)
    labels[20:60, 20:60], labels[70:110, 90:150] = 1, 2
    orange.window.session.import_labels(labels, "Import")
    for track in orange.window.session.tracks:
        assert far(track.colour, object_colour(1)) > 25


def test_the_colour_has_a_button_that_shows_it(orange: Editor) -> None:
    assert not orange.window.actions_["colour_object"].icon().isNull(), "a button without a picture would be a text"
    orange.stroke((40, 40), (80, 60))
    action = orange.window.actions_["colour_object"]
    shown = action.icon().pixmap(18, 18).toImage().pixelColor(9, 9)
    assert (shown.red(), shown.green(), shown.blue()) == orange.window.session.tracks[0].colour
    orange.answers.picked = (1, 2, 3)
    orange.do("colour_object")
    assert orange.window.session.tracks[0].colour == (1, 2, 3)
    assert action.icon().pixmap(18, 18).toImage().pixelColor(9, 9).blue() == 3


@pytest.mark.parametrize("colour", [(240, 228, 66), (51, 85, 119)])
def test_an_outline_has_a_light_and_a_dark_side(orange: Editor, colour: tuple[int, int, int]) -> None:
    labels = np.zeros((20, 31), np.uint8)
    labels[5:12, 4:14] = 1
    item = MaskItem()
    item.set_tracks([ObjectTrack(1, "one", colour)])
    item.set_overlay(0.3, outline=True)
    item.set_labels(labels)
    picture = painted(item)
    assert at(picture, 4, 8) == colour
    light = [seen_lab(np.array([at(picture, x, 8)]))[0, 0] for x in (3, 4)]
    if colour[0] < 200:
        assert light[0] > light[1] + 30, "beside a dark line a light one"
    item.set_labels(np.zeros_like(labels))
    assert at(painted(item), 3, 8) == (0, 0, 0), "nothing stays"


def test_a_box_is_seen_on_bright_sand_while_it_is_dragged(editor: Editor, tmp_path: Path) -> None:
    open_plain(editor, tmp_path / "sand", SAND)
    editor.do("smart")
    editor.stroke((30, 30), (60, 60), (120, 90), let_go=False)
    editor.view.ring.setVisible(False)
    screen = editor.screen().astype(float)
    lightness = seen_lab(screen.reshape(-1, 3))[:, 0].reshape(screen.shape[:2])
    row = editor.at(60, 30).y()
    columns = range(editor.at(40, 30).x(), editor.at(110, 30).x())
    dark = [lightness[row - 3 : row + 4, x].min() for x in columns]
    assert np.mean(np.array(dark) < 45) > 0.95, "it is dark somewhere across the line, all along"
    editor.key(Qt.Key.Key_Escape)


def test_objects_that_have_no_mask_yet_have_colours_of_their_own(opened: Editor) -> None:
    session = opened.window.session
    session.add_object()
    # what contrasts with a picture may be what a later object usually has
    session.change_object(1, colour=object_colour(3))
    for _ in range(4):
        session.add_object()
    colours = [track.colour for track in session.project.objects.all]
    assert len(set(colours)) == 5 and colours[1] == object_colour(2)
    opened.do("undo")
    opened.do("redo")
    assert [track.colour for track in session.project.objects.all] == colours
