"""The masks as they are painted: colours, opacity, outlines, and only what changed."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QGraphicsScene
from pytestqt.qtbot import QtBot

from core.types import Box, ObjectTrack
from desktop.canvas.mask_item import MaskItem

RED = ObjectTrack(1, "red", (255, 0, 0))
BLUE = ObjectTrack(7, "blue", (0, 0, 255))


def painted(item: MaskItem) -> QImage:
    """The item as it is painted over black, one pixel of the picture to one of the screen."""
    scene = QGraphicsScene()
    scene.addItem(item)
    size = item.boundingRect().size().toSize()
    picture = QImage(size, QImage.Format.Format_RGB32)
    picture.fill(QColor("black"))
    painter = QPainter(picture)
    scene.render(painter, QRectF(picture.rect()), item.boundingRect())
    painter.end()
    scene.removeItem(item)
    return picture


def at(picture: QImage, x: int, y: int) -> tuple[int, int, int]:
    colour = picture.pixelColor(x, y)
    return colour.red(), colour.green(), colour.blue()


def test_objects_are_painted_in_their_colours_with_outlines(qtbot: QtBot) -> None:
    labels = np.zeros((20, 31), np.uint8)
    labels[5:12, 4:14] = 1
    labels[5:12, 14:25] = 7
    item = MaskItem()
    item.set_tracks([RED, BLUE])
    item.set_overlay(0.5, outline=True)
    item.set_labels(labels)
    picture = painted(item)
    assert at(picture, 0, 0) == (0, 0, 0)
    assert at(picture, 8, 8)[0] in range(126, 130)
    assert at(picture, 20, 8)[2] in range(126, 130)
    assert at(picture, 4, 8) == (255, 0, 0), "the outline is opaque"
    assert at(picture, 14, 8) == (0, 0, 255), "objects that touch have an outline between them"
    item.set_overlay(0.5, outline=False)
    assert at(painted(item), 4, 8)[0] in range(126, 130)


def test_hidden_objects_are_not_painted(qtbot: QtBot) -> None:
    labels = np.full((8, 8), 7, np.uint8)
    item = MaskItem()
    item.set_labels(labels)
    item.set_tracks([ObjectTrack(7, "blue", (0, 0, 255), visible=False)])
    assert at(painted(item), 4, 4) == (0, 0, 0)


def test_a_touched_box_shows_what_was_written_and_its_outline(qtbot: QtBot) -> None:
    item = MaskItem()
    item.set_tracks([RED])
    item.set_overlay(0.0, outline=True)
    item.set_labels(np.zeros((30, 30), np.uint8))
    item.labels[10:20, 10:20] = 1
    item.touched(Box(10, 10, 20, 20))
    picture = painted(item)
    assert at(picture, 10, 10) == (255, 0, 0)
    assert at(picture, 15, 15) == (0, 0, 0)
    item.labels[12:18, 19] = 0
    item.touched(Box(19, 12, 20, 18))
    assert at(painted(item), 18, 14) == (255, 0, 0), "a neighbour of a changed pixel gets its outline"


def test_another_frame_leaves_nothing_of_the_one_before(qtbot: QtBot) -> None:
    item = MaskItem()
    item.set_tracks([RED])
    first = np.zeros((16, 16), np.uint8)
    first[1:6, 1:6] = 1
    second = np.zeros((16, 16), np.uint8)
    second[10:14, 10:14] = 1
    item.set_labels(first)
    item.set_labels(second)
    picture = painted(item)
    assert at(picture, 3, 3) == (0, 0, 0)
    assert at(picture, 1, 1) == (0, 0, 0)
    assert at(picture, 12, 12) != (0, 0, 0)
    assert not np.shares_memory(item.labels, second)


def test_another_size_is_taken_over(qtbot: QtBot) -> None:
    item = MaskItem()
    item.set_tracks([RED])
    item.set_labels(np.ones((5, 7), np.uint8))
    item.set_labels(np.ones((9, 13), np.uint8))
    assert item.boundingRect().size().toTuple() == (13, 9)
    assert at(painted(item), 12, 8) == (255, 0, 0)
