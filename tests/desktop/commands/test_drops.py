"""What is dropped goes where a person means it, on whatever part of the window it falls."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from core.masks import write_mask
from desktop.main_window import MainWindow
from tests.desktop.conftest import Editor

COPY, LEFT, NO_KEYS = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
PARTS: dict[str, Callable[[MainWindow], QWidget]] = {
    "canvas": lambda window: window.canvas.view.viewport(),
    "objects": lambda window: window.objects,
    "object list": lambda window: window.objects.view.viewport(),
    "timeline": lambda window: window.timeline.ruler,
    "frame number": lambda window: window.transport.frame,
    "list of anchors": lambda window: window.anchors.list.viewport(),
}


def drop(editor: Editor, path: Path, on: QWidget) -> bool:
    """A drag from another program, as Qt delivers it: to the part of the window below that takes drops at all."""
    while not on.acceptDrops() and not on.isWindow():
        on = on.parentWidget()  # type: ignore[assignment]
    data, point = QMimeData(), on.rect().center()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    enter = QDragEnterEvent(point, COPY, data, LEFT, NO_KEYS)
    enter.ignore()
    QApplication.sendEvent(on, enter)
    move = QDragMoveEvent(point, COPY, data, LEFT, NO_KEYS)
    # who takes the one takes the other unless they say otherwise
    move.setAccepted(enter.isAccepted())
    QApplication.sendEvent(on, move)
    if not (enter.isAccepted() and move.isAccepted()):
        return False
    QApplication.sendEvent(on, QDropEvent(QPointF(point), COPY, data, LEFT, NO_KEYS))
    editor.qtbot.wait(20)
    editor.wait_idle()
    return True


@pytest.mark.parametrize("part", PARTS)
def test_a_clip_is_opened_wherever_it_falls(
    part: str, opened: Editor, make_clip: Callable[[int], Path], qapp: QApplication
) -> None:
    opened.paint_box(10, 10, 30, 30)
    clip = make_clip(6)
    assert drop(opened, clip, PARTS[part](opened.window))
    assert opened.window.session.video is not None
    assert opened.window.session.video.path == clip


def test_a_mask_dropped_on_the_picture_becomes_the_frames(opened: Editor, tmp_path: Path) -> None:
    mask = tmp_path / "mask.png"
    labels = np.zeros((64, 96), np.uint8)
    labels[10:20, 30:50] = 1
    write_mask(mask, labels)
    assert drop(opened, mask, opened.view.viewport())
    assert (opened.labels == labels).all()


def test_a_project_dropped_on_the_empty_canvas_is_opened(opened: Editor) -> None:
    opened.paint_box(10, 10, 30, 30)
    project = Path(opened.window.session.project.path)
    opened.do("close")
    assert drop(opened, project, opened.window.canvas.empty)
    assert opened.labels[15, 15] == 1


def test_text_is_not_taken(opened: Editor) -> None:
    data = QMimeData()
    data.setText("no file")
    enter = QDragEnterEvent(opened.window.rect().center(), COPY, data, LEFT, NO_KEYS)
    enter.ignore()
    QApplication.sendEvent(opened.window, enter)
    assert not enter.isAccepted()
