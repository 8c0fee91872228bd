"""A full disk: what is not stored is taken back on the screen, and a notice says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from core.project import Project
from core.project.storage.database import Database
from desktop.panels.objects_model import Column
from desktop.program.reporter import Reporter
from tests.desktop.conftest import Editor

FULL = "the disk is full; the last change was not stored. Make room."


@pytest.fixture
def full(opened: Editor) -> Editor:
    """A window with one stroke in a project file that cannot grow any more."""
    opened.stroke((10, 10), (40, 10))
    assert opened.labels.any()
    room_for(opened, 1)
    return opened


def room_for(editor: Editor, pages: int) -> None:
    """Limits the project file; it is never smaller than what is in it."""
    database = editor.window.session.project._stores.database
    assert database.row(f"PRAGMA max_page_count = {pages}") is not None


def strokes_until_it_is_full(editor: Editor) -> None:
    """What is free in the file's pages takes a few strokes yet."""
    for count in range(300):
        editor.stroke((5 + count % 60, 5 + count % 50), (80 - count % 50, 60 - count % 40))
        if editor.window.notices.text:
            return
    raise AssertionError("the disk was never full")


def test_a_stroke_that_is_not_stored_is_taken_back(full: Editor) -> None:
    strokes_until_it_is_full(full)
    assert full.window.notices.text.endswith(FULL)
    stored = full.window.session.project.labels(0)
    assert (full.labels == stored).all()
    assert (full.view.mask_item.labels == stored).all(), "what is shown is what is there"
    full.window.notices.dismiss()
    room_for(full, 1_000_000)
    full.stroke((3, 3), (3, 60))
    assert not full.window.notices.text
    assert full.labels[30, 3] == 1


def test_a_propagation_ends_and_states_what_is_kept(full: Editor) -> None:
    strokes_until_it_is_full(full)
    full.window.notices.dismiss()
    full.do("propagate_forward")
    full.wait_idle()
    assert FULL in full.window.notices.text
    assert "frames are done and kept" in full.window.notices.text


def test_what_nobody_caught_is_reported_in_its_own_words(full: Editor) -> None:
    strokes_until_it_is_full(full)
    view = full.window.objects.view
    with full.qtbot.captureExceptions() as caught:
        view.edit(view.model().index(0, Column.NAME))
        field = view.findChild(QLineEdit)
        field.setText("a name of many pages " * 1000)  # type: ignore[union-attr]
        full.qtbot.keyClick(field, Qt.Key.Key_Return)
        full.qtbot.waitUntil(lambda: bool(caught))
    reported: list[str] = []
    reporter = Reporter()
    reporter.failed.connect(reported.append)
    reporter.report(*caught[0])
    assert reported == [f"{full.window.session.project.path}: {FULL}"]


def test_a_clip_is_closed_all_the_same(full: Editor) -> None:
    project = full.window.session.project
    full.go(3)
    assert project._stores.database.row("PRAGMA query_only = 1") is None
    full.do("close")
    assert not full.window.session.is_open
    assert full.window.session.cache is None, "nor is the clip kept open"
    with Project.open(project.path) as again:
        assert again.labels(0).any()
        assert again.settings.get("frame_index", 0) == 0


def test_a_drive_that_is_taken_away_keeps_nobody(opened: Editor, tmp_path: Path) -> None:
    """The project and its clip are gone with everything that was on it: each act says so, and the window closes."""
    opened.paint_box(10, 10, 30, 30)
    gone, away = "is not there any more and cannot be put back", tmp_path.with_name(f"{tmp_path.name}-away")
    tmp_path.rename(away)
    try:
        opened.stroke((20, 20), (60, 40))
        assert gone in opened.window.notices.text
        opened.window.notices.dismiss()
        opened.do("propagate_forward")
        opened.wait_idle()
        assert gone in opened.window.notices.text, "and nothing is said to be kept"
        opened.window.propagation._run = opened.window.session.project.runs.begin("Propagate")
        opened.window.close()
        assert not opened.window.isVisible()
        assert not tmp_path.exists()
    finally:
        away.rename(tmp_path)


def test_a_project_that_can_only_be_read_says_so_when_it_is_opened(
    opened: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened.paint_box(10, 10, 30, 30)
    path = Path(opened.window.session.project.path)
    opened.window.session.close()
    monkeypatch.setattr(Database, "_open_to_write", Database._open_to_read)
    opened.open(path)
    assert f"{path} can only be read. Save the project under another name" in opened.window.notices.text
    opened.window.notices.dismiss()
    opened.stroke((20, 20), (60, 40))
    assert "can only be read where it is" in opened.window.notices.text
