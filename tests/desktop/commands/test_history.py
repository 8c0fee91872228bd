"""Undo and redo are seen: the frame they change is shown, and named where the view had to go there."""

from __future__ import annotations

from desktop.panels.notices import Kind
from tests.desktop.conftest import Editor


def masked(editor: Editor, frame: int) -> bool:
    return bool(editor.window.session.labels_at(frame).any())


def message(editor: Editor) -> str:
    return editor.window.statusBar().currentMessage()


def test_undo_and_redo_go_to_the_frame_they_change(opened: Editor) -> None:
    opened.stroke((30, 30), (60, 30))
    opened.go(4)
    opened.stroke((30, 50), (60, 50))
    opened.go(2)
    opened.do("undo")
    assert opened.window.session.frame_index == 4 and not masked(opened, 4)
    assert "4" in message(opened)
    opened.do("undo")
    assert opened.window.session.frame_index == 0 and not masked(opened, 0)
    opened.go(3)
    opened.do("redo")
    assert opened.window.session.frame_index == 0 and masked(opened, 0)
    opened.do("redo")
    assert opened.window.session.frame_index == 4 and masked(opened, 4)


def test_undo_on_the_frame_itself_names_none(opened: Editor) -> None:
    opened.stroke((30, 30), (60, 30))
    opened.do("undo")
    assert opened.window.session.frame_index == 0
    assert message(opened).startswith("Undone") and "frame" not in message(opened)


def test_what_is_undone_is_not_hidden_behind_an_earlier_notice(opened: Editor) -> None:
    notices = opened.window.notices
    opened.stroke((30, 30), (60, 30))
    notices.notify("Fixed 20 frames; undo takes it back.")
    opened.do("undo")
    assert not notices.text and message(opened).startswith("Undone")
    notices.notify("The disk is full.", Kind.ERROR)
    opened.do("redo")
    assert notices.text == "The disk is full."


def test_undo_of_the_first_stroke_takes_its_object_along_and_redo_brings_both_back(opened: Editor) -> None:
    session = opened.window.session
    opened.stroke((20, 20), (40, 20))
    painted = opened.labels.copy()
    assert len(session.tracks) == 1 and painted.any()
    opened.do("undo")
    assert not session.tracks and not opened.window.actions_["undo"].isEnabled()
    opened.do("redo")
    assert len(session.tracks) == 1 and (opened.labels == painted).all()
    assert not opened.window.actions_["redo"].isEnabled()
    path = session.project.path
    opened.do("close")
    opened.open(path)
    opened.do("undo")
    assert not session.tracks and not opened.window.actions_["undo"].isEnabled()
    opened.do("redo")
    assert (opened.labels == painted).all()
    opened.do("add_object")
    opened.stroke((20, 40), (40, 40))
    opened.do("undo")
    assert len(session.tracks) == 2, "an object that was asked for stays until its own step is undone"
