"""Opening, importing, exporting, dropping; what happens when it cannot be done."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from core.masks import read_mask, write_mask
from core.project import Project
from core.types import Origin
from desktop.settings.store import recent_files
from tests.desktop.conftest import Editor


def drop(editor: Editor, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPointF(50, 50), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    editor.window.dropEvent(event)
    # the work comes with the next turn of the event loop
    editor.qtbot.wait(20)
    editor.wait_idle()


def test_a_folder_of_pictures_gets_a_project_beside_it(opened: Editor, pictures: Path) -> None:
    assert opened.window.session.project.path == pictures.with_name("pictures.roto")
    assert opened.window.session.frame_count == 12
    assert "pictures" in opened.window.windowTitle()
    assert recent_files() == [pictures]


def test_a_clip_opened_again_has_what_was_made_of_it(opened: Editor, pictures: Path) -> None:
    opened.paint_box(10, 10, 30, 40)
    opened.go(7)
    opened.do("close")
    assert not opened.window.session.is_open
    assert opened.window.canvas.empty.isVisible()
    opened.open(pictures)
    assert opened.window.session.frame_index == 7
    assert opened.window.session.labels_at(0)[20, 20] == 1
    assert opened.window.session.undo_text == "Paint"


def test_a_film_is_opened_with_its_time_code(editor: Editor, make_clip: Callable[[int], Path]) -> None:
    editor.open(make_clip(30))
    editor.go(26)
    assert editor.window.transport.timecode.text() == "00:00:01:01"
    assert editor.window.transport.frame.value() == 26
    assert "25 fps" in editor.window.status.clip.text()


def test_a_project_file_is_opened_with_its_clip(opened: Editor, pictures: Path) -> None:
    opened.paint_box(10, 10, 30, 40)
    path = opened.window.session.project.path
    opened.do("close")
    opened.open(path)
    assert opened.window.session.labels_at(0)[20, 20] == 1
    opened.open(path)
    assert opened.window.session.is_open, "the project that is open is not opened a second time"


def test_a_clip_that_moved_is_asked_for_and_another_is_refused(opened: Editor, pictures: Path, tmp_path: Path) -> None:
    path = opened.window.session.project.path
    opened.window.session.add_object()
    opened.do("close")
    elsewhere, other = tmp_path / "far" / "away", tmp_path / "other"
    elsewhere.parent.mkdir()
    shutil.move(pictures, elsewhere)
    other.mkdir()
    Image.new("RGB", (96, 64)).save(other / "a.png")
    opened.answers.moved = [other, elsewhere]
    opened.open(path)
    assert opened.window.session.is_open
    assert opened.window.session.video is not None
    assert opened.window.session.video.path == elsewhere
    assert "not there any more" in opened.answers.asked[0]
    assert "another clip" in opened.answers.asked[1]


def test_giving_up_on_a_moved_clip_leaves_the_window_empty(opened: Editor, pictures: Path) -> None:
    path = opened.window.session.project.path
    opened.window.session.add_object()
    opened.do("close")
    shutil.rmtree(pictures)
    opened.answers.moved = [None]
    opened.open(path)
    assert not opened.window.session.is_open
    Project.open(path).close()


def test_where_the_folder_cannot_be_written_the_project_goes_to_the_data_folder(
    editor: Editor, pictures: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != pictures.parent)
    editor.open(pictures)
    path = editor.window.session.project.path
    assert path.is_relative_to(os.environ["XDG_DATA_HOME"])
    assert str(path) in editor.window.notices.text


def test_clips_of_one_name_do_not_share_a_project(
    editor: Editor, make_clip: Callable[[int], Path], tmp_path: Path
) -> None:
    film = make_clip(5)
    longer = tmp_path / "film.mov"
    shutil.copy(film, longer)
    with longer.open("ab") as file:
        file.write(b"\0" * 64)
    editor.open(film)
    assert editor.window.session.project.path.name == "film.roto"
    editor.window.session.add_object()
    editor.open(longer)
    assert editor.window.session.project.path.name == "film.mov.roto"


@pytest.mark.parametrize("name", ["missing.mp4", "text.mp4", "empty.roto"])
def test_what_cannot_be_opened_is_named_and_what_is_open_stays(opened: Editor, tmp_path: Path, name: str) -> None:
    if name != "missing.mp4":
        (tmp_path / name).write_text("this is no clip")
    opened.open(tmp_path / name)
    assert name in opened.window.notices.text
    assert "Traceback" not in opened.window.notices.text
    assert opened.window.session.is_open


def test_a_clip_whose_project_cannot_be_made_leaves_open_what_is(
    opened: Editor, make_clip: Callable[[int], Path], tmp_path: Path
) -> None:
    opened.go(4)
    project = opened.window.session.project
    film = make_clip(5)
    for name in ("film.roto", "film.mp4.roto"):
        (tmp_path / name).write_bytes(b"somebody else's")
    opened.open(film)
    assert "film.roto" in opened.window.notices.text
    assert opened.window.session.project is project
    assert opened.window.session.frame_index == 4


def test_a_mask_is_imported_on_the_current_frame(opened: Editor, tmp_path: Path) -> None:
    labels = np.zeros((64, 96), np.uint8)
    labels[5:20, 5:20], labels[30:50, 40:60] = 1, 3
    write_mask(tmp_path / "mask.png", labels)
    opened.go(4)
    opened.answers.path = tmp_path / "mask.png"
    opened.do("import_mask")
    assert (opened.labels == labels).all()
    assert [track.object_id for track in opened.window.session.tracks] == [1, 3]
    assert opened.window.session.project.origins(4) == {1: Origin.EDITED, 3: Origin.EDITED}
    opened.do("undo")
    assert not opened.labels.any()


def test_a_mask_of_another_size_is_refused_with_both_sizes(opened: Editor, tmp_path: Path) -> None:
    write_mask(tmp_path / "mask.png", np.ones((10, 20), np.uint8))
    opened.answers.path = tmp_path / "mask.png"
    opened.do("import_mask")
    assert "mask.png" in opened.window.notices.text
    assert "96" in opened.window.notices.text
    assert not opened.labels.any()


def test_dropping_opens_clips_and_imports_masks(editor: Editor, pictures: Path, tmp_path: Path) -> None:
    mask = tmp_path / "mask.png"
    write_mask(mask, np.ones((64, 96), np.uint8))
    drop(editor, mask)
    assert "Open a clip first" in editor.window.notices.text
    drop(editor, pictures)
    assert editor.window.session.is_open
    drop(editor, mask)
    assert editor.labels.all()


def test_masks_are_exported_for_every_frame_under_the_pictures_names(opened: Editor, tmp_path: Path) -> None:
    opened.paint_box(10, 10, 30, 40)
    opened.do("propagate_forward")
    opened.wait_idle()
    opened.answers.folder = tmp_path / "out" / "masks"
    opened.do("export")
    opened.wait_idle()
    written = sorted(opened.answers.folder.iterdir())
    assert [path.stem for path in written] == [f"frame_{index:02}" for index in range(12)]
    for index, path in enumerate(written):
        assert (read_mask(path) == opened.window.session.labels_at(index)).all()
    assert "Exported and checked" in opened.window.notices.text


def test_the_marked_range_alone_can_be_exported(opened: Editor, tmp_path: Path) -> None:
    opened.window.session.range.mark(3, 5)
    opened.answers.folder = tmp_path / "masks"
    opened.answers.whole_clip = False
    opened.do("export")
    opened.wait_idle()
    assert opened.answers.asked == ["export"]
    assert opened.answers.subject is not None
    assert opened.answers.subject.marked_range == (3, 5)
    assert sorted(path.stem for path in (tmp_path / "masks").iterdir()) == ["frame_03", "frame_04", "frame_05"]


def test_an_export_over_other_pictures_asks_first(opened: Editor, tmp_path: Path) -> None:
    folder = tmp_path / "masks"
    folder.mkdir()
    Image.new("L", (4, 4)).save(folder / "mine.png")
    opened.answers.folder, opened.answers.yes = folder, False
    opened.do("export")
    opened.wait_idle()
    assert [path.name for path in folder.iterdir()] == ["mine.png"]
    opened.answers.yes = True
    opened.do("export")
    opened.wait_idle()
    assert len(list(folder.iterdir())) == 13


def test_an_export_that_fails_states_where_and_why(opened: Editor, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    opened.answers.folder = tmp_path / "file" / "masks"
    opened.do("export")
    opened.wait_idle()
    assert str(tmp_path / "file") in opened.window.notices.text


def test_the_clip_that_is_opened_last_is_the_one_that_is_shown(
    opened: Editor, pictures: Path, make_clip: Callable[[int], Path]
) -> None:
    film = make_clip(5)
    opened.do("close")
    opened.window.open(pictures)
    opened.window.open(film)
    opened.wait_idle()
    assert opened.window.session.video is not None
    assert opened.window.session.video.path == film
    # the first one is closed
    opened.open(pictures)
    assert opened.window.session.frame_count == 12


def test_a_clip_that_is_only_looked_at_leaves_nothing_beside_it(opened: Editor, pictures: Path) -> None:
    session = opened.window.session
    opened.go(7)
    opened.do("save")
    assert "nothing to save" in opened.window.notices.text
    opened.do("close")
    assert [path.name for path in pictures.parent.iterdir()] == ["pictures"]
    opened.open(pictures)
    opened.paint_box(10, 10, 30, 40)
    assert session.project.path == pictures.with_name("pictures.roto")
    assert session.project.path.is_file(), "the first change makes it"
    opened.do("save")
    assert f"Everything is saved in {session.project.path}" in opened.window.notices.text
    opened.do("close")
    with Project.open(pictures.with_name("pictures.roto")) as project:
        assert project.labels(0)[20, 20] == 1


def test_a_change_that_cannot_be_written_is_not_made(opened: Editor, pictures: Path) -> None:
    opened.window.session.project.path.write_text("somebody else's")
    opened.stroke((20, 20), (40, 30))
    assert "this file exists" in opened.window.notices.text
    assert not opened.labels.any()


def test_save_as_goes_on_in_the_other_file(opened: Editor, pictures: Path, tmp_path: Path) -> None:
    opened.paint_box(10, 10, 30, 40)
    first = opened.window.session.project.path
    opened.go(5)
    opened.answers.path = tmp_path / "work" / "second"
    (tmp_path / "work").mkdir()
    opened.do("save_as")
    opened.wait_idle()
    session = opened.window.session
    assert session.project.path == tmp_path / "work" / "second.roto"
    assert session.frame_index == 5
    assert session.labels_at(0)[20, 20] == 1
    assert session.undo_text == "Paint"
    opened.paint_box(50, 10, 60, 40)
    with Project.open(first) as project:
        assert not project.has_labels(5), "the first one stays as it was"


def test_a_copy_is_saved_and_the_first_one_stays_open(opened: Editor, pictures: Path, tmp_path: Path) -> None:
    first = opened.window.session.project.path
    opened.answers.path = tmp_path / "copy.roto"
    opened.do("save_copy")
    assert opened.window.session.project.path == first
    assert str(tmp_path / "copy.roto") in opened.window.notices.text
    assert not first.exists(), "the one that has no change yet is still not written"
    opened.paint_box(10, 10, 30, 40)
    opened.do("save_copy")
    opened.do("close")
    opened.open(tmp_path / "copy.roto")
    assert opened.window.session.labels_at(0)[20, 20] == 1
    opened.answers.path = opened.window.session.project.path
    opened.do("save_copy")
    assert "Everything is saved" in opened.window.notices.text


def test_projects_go_where_the_preferences_say(editor: Editor, pictures: Path, tmp_path: Path) -> None:
    from dataclasses import replace

    from desktop.settings.preferences import load_preferences

    replace(load_preferences(), project_folder=str(tmp_path / "all" / "projects")).save()
    editor.open(pictures)
    editor.paint_box(10, 10, 30, 40)
    assert editor.window.session.project.path == tmp_path / "all" / "projects" / "pictures.roto"
    assert not pictures.with_name("pictures.roto").exists()
    replace(load_preferences(), project_folder="").save()
    pictures.with_name("other").mkdir()


def test_a_project_beside_the_clip_is_found_wherever_new_ones_go(
    opened: Editor, pictures: Path, tmp_path: Path
) -> None:
    from dataclasses import replace

    from desktop.settings.preferences import load_preferences

    opened.paint_box(10, 10, 30, 40)
    opened.do("close")
    replace(load_preferences(), project_folder=str(tmp_path / "all")).save()
    opened.open(pictures)
    assert opened.window.session.labels_at(0)[20, 20] == 1


def test_what_was_seen_last_is_there_at_once_when_a_clip_is_opened_again(
    opened: Editor, pictures: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened.go(7)
    opened.paint_box(10, 10, 30, 40)
    seen = opened.view.frame_item.pixmap().toImage()
    opened.do("close")
    # the decoder takes its time
    monkeypatch.setattr(type(opened.window.feed), "want", lambda _feed, _frame: None)
    opened.window.open(pictures)
    opened.wait_idle()
    canvas = opened.window.canvas
    assert canvas.shown_frame is None, "the frame itself is not there"
    assert canvas.decoding.isVisible(), "and the window says that it is coming"
    again = canvas.view.frame_item.pixmap().toImage()
    assert again.size() == seen.size()
    middle = again.pixelColor(48, 32), seen.pixelColor(48, 32)
    assert abs(middle[0].lightness() - middle[1].lightness()) < 16
    assert canvas.view.mask_item.labels is not None
    monkeypatch.undo()
    opened.window.feed.want(7)
    opened.qtbot.waitUntil(lambda: canvas.shown_frame == 7)
    assert not canvas.decoding.isVisible()
