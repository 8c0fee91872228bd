"""Smart select shows what a click would select where the pointer rests."""

from __future__ import annotations

import pytest

from tests.desktop.conftest import Editor
from tests.desktop.tools.test_smart_select import Selector, click, disc, discs, found

__all__ = ["discs"]


def rest(editor: Editor, x: float, y: float) -> None:
    """Moves the pointer there, and waits until it has rested and been answered."""
    tool = editor.view.tool
    editor.qtbot.mouseMove(editor.view.viewport(), editor.at(x - 2, y))
    editor.qtbot.mouseMove(editor.view.viewport(), editor.at(x, y))
    editor.qtbot.waitUntil(lambda: not tool._resting.isActive() and not tool._finder.busy, timeout=20_000)


def test_where_the_pointer_rests_a_click_is_previewed_and_nothing_changes(discs: Editor) -> None:
    selector = Selector()
    discs.window.canvas.use_selector(lambda: selector)
    rest(discs, 60, 60)
    discs.qtbot.waitUntil(lambda: bool(discs.view.tool._outlines), timeout=5_000)
    (outline,) = discs.view.tool._outlines
    columns = [x for x, _ in outline]
    assert min(columns) == pytest.approx(33, abs=1) and max(columns) == pytest.approx(88, abs=1)
    assert discs.view.sketch.boundingRect().isValid()
    assert not discs.labels.any() and not discs.window.session.undo_text
    discs.view.tool.leave()
    assert not discs.view.sketch.boundingRect().isValid(), "the pointer has left the picture"
    rest(discs, 60, 60)
    click(discs, 60, 60)
    assert (found(discs) == disc(60, 28)).all()
    assert not discs.view.tool._outlines and selector.prepared == 1


def test_without_a_network_nothing_is_previewed(discs: Editor) -> None:
    rest(discs, 60, 60)
    assert not discs.view.tool._outlines
