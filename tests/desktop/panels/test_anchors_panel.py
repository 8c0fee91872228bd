"""The anchors: their thumbnails, going there and dropping them."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage

from core.types import Origin
from desktop.workers.thumbnails import SIZE, RequestQueue, ThumbnailRequest, draw_thumbnail
from tests.desktop.conftest import Editor

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def two_anchors(opened: Editor) -> Editor:
    opened.paint_box(10, 10, 40, 40, object_id=1)
    opened.go(5)
    opened.paint_box(60, 10, 90, 40, object_id=2)
    opened.qtbot.waitUntil(lambda: opened.window.anchors.model.rowCount() == 2)
    return opened


def centre(editor: Editor, row: int) -> QPoint:
    anchors = editor.window.anchors
    anchors.list.scrollTo(anchors.model.index(row))
    return anchors.list.visualRect(anchors.model.index(row)).center()


def colour_at(picture: QImage, x: float, y: float) -> np.ndarray:
    """The colour at a place given as shares of width and height."""
    return np.array(picture.pixelColor(int(x * picture.width()), int(y * picture.height())).getRgb()[:3])  # type: ignore[index]


def thumbnail(editor: Editor, row: int) -> QImage:
    model, thumbnails = editor.window.anchors.model, editor.window.thumbnails
    editor.window.anchors.list.scrollTo(model.index(row))
    editor.qtbot.waitUntil(lambda: thumbnails.get(model.request(row)) is not None)
    made = thumbnails.get(model.request(row))
    assert made is not None
    return made.toImage()


def test_a_click_goes_to_the_anchor_and_delete_drops_it(two_anchors: Editor) -> None:
    anchors, session = two_anchors.window.anchors, two_anchors.window.session
    two_anchors.qtbot.mouseClick(anchors.list.viewport(), LEFT, pos=centre(two_anchors, 0))
    assert session.frame_index == 0
    two_anchors.qtbot.mouseClick(anchors.list.viewport(), LEFT, pos=centre(two_anchors, 1))
    two_anchors.qtbot.keyClick(anchors.list, Qt.Key.Key_Delete)
    two_anchors.qtbot.waitUntil(lambda: anchors.model.rowCount() == 1)
    assert session.project.origins(5)[2] == Origin.STALE
    two_anchors.do("undo")
    two_anchors.qtbot.waitUntil(lambda: anchors.model.rowCount() == 2)


def test_the_cross_drops_an_anchor_and_goes_nowhere(two_anchors: Editor) -> None:
    anchors, session = two_anchors.window.anchors, two_anchors.window.session
    two_anchors.go(3)
    cross = anchors.list.itemDelegate().area(anchors.list.visualRect(anchors.model.index(0))).center()  # type: ignore[attr-defined]
    two_anchors.qtbot.mouseClick(anchors.list.viewport(), LEFT, pos=cross)
    two_anchors.qtbot.waitUntil(lambda: anchors.model.rowCount() == 1)
    assert session.frame_index == 3
    assert session.anchor_frames() == [5]
    assert all(anchor.frame_index != 0 for anchor in session.anchors()), "the engine is not given it any more"


def test_an_anchor_has_a_thumbnail_with_its_mask_in_the_objects_colour(two_anchors: Editor) -> None:
    session = two_anchors.window.session
    height, width = two_anchors.labels.shape
    inside, outside = (25 / width, 25 / height), (75 / width, 25 / height)
    bare = draw_thumbnail(session.video.read(0), None, ())  # type: ignore[union-attr]
    first = thumbnail(two_anchors, 0)
    assert max(first.width() / SIZE.width(), first.height() / SIZE.height()) == 1
    tint = np.array(session.track(1).colour)  # type: ignore[union-attr]
    expected = 0.4 * colour_at(bare, *inside) + 0.6 * tint
    assert np.abs(colour_at(first, *inside) - expected).max() <= 3
    assert np.abs(colour_at(first, *outside) - colour_at(bare, *outside)).max() <= 1


def test_a_stroke_a_colour_and_undo_renew_the_thumbnail(two_anchors: Editor) -> None:
    session = two_anchors.window.session
    height, width = two_anchors.labels.shape
    point = (25 / width, 25 / height)
    two_anchors.go(0)
    before = colour_at(thumbnail(two_anchors, 0), *point)
    session.change_object(1, colour=(0, 0, 255))
    two_anchors.qtbot.waitUntil(lambda: two_anchors.window.anchors.model.request(0).colours == ((1, (0, 0, 255)),))
    blue = colour_at(thumbnail(two_anchors, 0), *point)
    assert blue[2] > blue[0]
    two_anchors.paint_box(20, 20, 30, 30, object_id=2)
    both = ((1, (0, 0, 255)), (2, session.track(2).colour))  # type: ignore[union-attr]
    two_anchors.qtbot.waitUntil(lambda: two_anchors.window.anchors.model.request(0).colours == both)
    assert np.abs(colour_at(thumbnail(two_anchors, 0), *point) - blue).max() > 30
    two_anchors.do("undo")
    session.change_object(1, colour=(250, 0, 0))
    two_anchors.qtbot.waitUntil(lambda: two_anchors.window.anchors.model.request(0).colours == ((1, (250, 0, 0)),))
    again = colour_at(thumbnail(two_anchors, 0), *point)
    assert again[0] > again[2]
    assert np.abs(again - before).max() > 0


def test_thumbnails_are_asked_for_only_in_sight(opened: Editor) -> None:
    labels = np.zeros_like(opened.labels)
    labels[10:20, 10:20] = 1
    for frame in range(12):
        opened.window.session.project.masks.import_labels(frame, labels)
    anchors, thumbnails = opened.window.anchors, opened.window.thumbnails
    opened.qtbot.waitUntil(lambda: anchors.model.rowCount() == 12)
    shown = anchors.list.viewport().height() // anchors.list.sizeHintForRow(0) + 2
    assert shown < 12, "the test needs a short list"
    opened.qtbot.waitUntil(lambda: thumbnails.get(anchors.model.request(0)) is not None)
    opened.qtbot.wait(100)
    assert thumbnails.get(anchors.model.request(11)) is None
    anchors.list.scrollToBottom()
    opened.qtbot.waitUntil(lambda: thumbnails.get(anchors.model.request(11)) is not None)


def test_another_clip_forgets_the_thumbnails(two_anchors: Editor) -> None:
    model, thumbnails = two_anchors.window.anchors.model, two_anchors.window.thumbnails
    thumbnail(two_anchors, 0)
    request = model.request(0)
    two_anchors.do("close")
    assert thumbnails.get(request) is None
    assert model.rowCount() == 0


def test_wishes_of_two_owners_are_served_in_turn_and_the_newest_list_counts() -> None:
    requests = RequestQueue()
    requests.replace("strip", [ThumbnailRequest(1), ThumbnailRequest(2), ThumbnailRequest(3)])
    requests.replace("panel", [ThumbnailRequest(10), ThumbnailRequest(11)])
    taken = [requests.take() for _ in range(3)]
    assert [request.frame_index for request in taken if request] == [1, 10, 2]
    requests.replace("strip", [])
    assert requests.take() == ThumbnailRequest(11)
    requests.close()
    assert requests.take() is None
