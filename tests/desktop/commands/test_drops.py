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
from desktop.commands.projects.mask_folders import frames_of
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


def drop(editor: Editor, path: Path | list[Path], on: QWidget) -> bool:
    """A drag from another program, as Qt delivers it: to the part of the window below that takes drops at all."""
    while not on.acceptDrops() and not on.isWindow():
        on = on.parentWidget()  # type: ignore[assignment]
    data, point = QMimeData(), on.rect().center()
    paths = path if isinstance(path, list) else [path]
    data.setUrls([QUrl.fromLocalFile(str(one)) for one in paths])
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


@pytest.fixture
def masks(tmp_path: Path) -> Path:
    """A folder of masks for the frames 0, 1 and 3; that of frame 1 is empty."""
    folder = tmp_path / "masks"
    folder.mkdir()
    for frame, ids in ((0, (1, 2)), (1, ()), (3, (2,))):
        labels = np.zeros((64, 96), np.uint8)
        for object_id in ids:
            labels[10 * object_id : 10 * object_id + 8, 30 + frame : 50] = object_id
        write_mask(folder / f"{frame:05}.png", labels)
    return folder


@pytest.mark.parametrize("one_by_one", [False, True])
def test_a_folder_of_masks_goes_onto_the_frames_as_one_step(opened: Editor, masks: Path, one_by_one: bool) -> None:
    clip = opened.window.session.video
    opened.answers.chosen = 0
    dropped = sorted(masks.iterdir()) if one_by_one else masks
    assert drop(opened, dropped, opened.view.viewport())
    assert "What are the pictures in masks?" in opened.answers.asked[0]
    session = opened.window.session
    assert session.video is clip
    assert session.anchor_frames() == [0, 3]
    assert session.labels_at(0)[12, 40] == 1 and session.labels_at(3)[22, 40] == 2 and session.labels_at(3)[22, 32] == 0
    assert "on 2 frames" in opened.window.notices.text
    opened.do("undo")
    assert not session.tracks and session.anchor_frames() == []
    opened.answers.chosen = 1
    assert drop(opened, masks, opened.view.viewport())
    assert session.video is not None and session.video.path == masks


def test_empty_files_of_a_folder_that_clear_masks_are_counted(opened: Editor, masks: Path) -> None:
    opened.go(1)
    opened.paint_box(10, 10, 30, 40)
    opened.answers.chosen = 0
    assert drop(opened, masks, opened.view.viewport())
    assert "on 3 frames" in opened.window.notices.text
    assert "On 1 of them the masks are cleared" in opened.window.notices.text
    assert not opened.labels.any()


def test_masks_that_cannot_be_read_change_nothing(opened: Editor, masks: Path) -> None:
    (masks / "00003.png").write_bytes(b"no picture")
    opened.answers.chosen = 0
    assert drop(opened, masks, opened.view.viewport())
    assert "00003.png" in opened.window.notices.text
    assert not opened.window.session.tracks


def test_a_dataset_is_imported_and_its_list_too(
    opened: Editor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposed: list[Path | None] = []
    monkeypatch.setattr(opened.answers, "dataset_to_import", proposed.append)
    (tmp_path / "davis" / "JPEGImages").mkdir(parents=True)
    assert drop(opened, tmp_path / "davis", opened.view.viewport())
    listed = tmp_path / "instances.json"
    listed.write_text('{"images": [], "annotations": []}')
    assert drop(opened, listed, opened.view.viewport())
    assert proposed == [tmp_path / "davis", listed]


def test_what_is_not_taken_is_said(opened: Editor, tmp_path: Path, make_clip: Callable[[int], Path]) -> None:
    clip = make_clip(5)
    assert drop(opened, [clip, tmp_path / "other.mp4"], opened.view.viewport())
    opened.qtbot.waitUntil(lambda: "Only film.mp4 is taken" in opened.window.notices.text)
    (tmp_path / "shape.fxs").write_text("<silhouette/>")
    assert drop(opened, tmp_path / "shape.fxs", opened.view.viewport())
    assert "shapes are only written" in opened.window.notices.text
    assert opened.window.session.video is not None and opened.window.session.video.path == clip


def test_masks_find_their_frames_by_name_number_or_place() -> None:
    names = [f"{number:05}" for number in range(3)]
    assert frames_of(["00002", "00000"], names) == [2, 0]
    assert frames_of(["a", "b", "c"], names) == [0, 1, 2]
    assert frames_of(["m_1", "m_3"], names) == [0, 2], "counted from 1"
    assert frames_of(["m_0", "m_7"], names) == [0, None]
    assert frames_of(["x", "y"], names) == [None, None]
