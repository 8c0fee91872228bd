"""Everything that a person changes about a clip is a step that undo takes back, called by its name."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desktop.session.session import EditorSession
from tests.desktop.conftest import Editor

Change = Callable[[EditorSession], object]
CHANGES: dict[str, Change] = {
    "Rename Object 1": lambda session: session.change_object(1, name="dog"),
    "Class of Object 1": lambda session: session.change_object(1, class_label="animal"),
    "Colour of Object 1": lambda session: session.change_object(1, colour=(9, 9, 9)),
    "Hide Object 1": lambda session: session.toggle_object(1, "visible"),
    "Lock Object 1": lambda session: session.toggle_object(1, "locked"),
    "Reorder objects": lambda session: session.move_object(1, 1),
    "Set marker": lambda session: session.markers.put(4, "cut"),
    "Set range": lambda session: session.range.mark(2, 5),
}


def seen(session: EditorSession) -> tuple[object, ...]:
    return session.tracks, session.markers.all, session.range.value


@pytest.mark.parametrize("text", CHANGES)
def test_a_change_is_one_step(opened: Editor, text: str) -> None:
    session = opened.window.session
    for _ in range(2):
        session.add_object()
    before = seen(session)
    CHANGES[text](session)
    after = seen(session)
    assert after != before
    assert opened.window.actions_["undo"].isEnabled()
    assert session.undo_text == text
    opened.do("undo")
    assert seen(session) == before
    assert text in opened.window.statusBar().currentMessage()
    opened.do("redo")
    assert seen(session) == after


def test_clearing_the_range_is_a_step(opened: Editor) -> None:
    session = opened.window.session
    session.range.mark(2, 5)
    session.range.mark(None, None)
    assert session.undo_text == "Clear range"
    session.project.history.undo()
    assert session.range.value == (2, 5)
    assert opened.window.timeline.ruler._range == (2, 5)
    session.project.history.undo()
    assert session.range.value is None


def test_what_changes_nothing_is_no_step(opened: Editor) -> None:
    session = opened.window.session
    session.add_object()
    session.change_object(1, name="Object 1")
    session.range.mark(None, None)
    session.move_object(1, 0)
    assert session.undo_text == "Add object"
