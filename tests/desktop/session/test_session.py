"""The session notifies its listeners of every change, once."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.desktop.conftest import Editor


@pytest.fixture
def notified(opened: Editor) -> Counter[str]:
    """How often each signal was sent since it was cleared last."""
    opened.paint_box(10, 10, 50, 50)
    session, counts = opened.window.session, Counter[str]()
    for name in ("labels_changed", "frames_changed", "tracks_changed", "history_changed"):
        getattr(session, name).connect(lambda *_values, name=name: counts.update([name]))
    return counts


def test_undo_and_redo_notify_each_listener_once(opened: Editor, notified: Counter[str]) -> None:
    for step in (opened.window.session.project.history.undo, opened.window.session.project.history.redo):
        notified.clear()
        step()
        assert notified == {"labels_changed": 1, "frames_changed": 1, "history_changed": 1}
    opened.window.session.project.history.undo()
    notified.clear()
    opened.window.session.project.history.undo()
    assert not opened.window.session.tracks, "the object is gone"
    assert notified == {"labels_changed": 1, "frames_changed": 1, "tracks_changed": 1, "history_changed": 1}


def test_an_object_that_is_added_notifies_once(opened: Editor, notified: Counter[str]) -> None:
    notified.clear()
    opened.window.session.add_object()
    assert notified["tracks_changed"] == notified["history_changed"] == 1
