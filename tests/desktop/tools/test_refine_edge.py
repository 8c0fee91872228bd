"""The refine edge brush under a real mouse, and what the canvas and the project make of it."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt

from tests.desktop.conftest import Editor
from tests.desktop.tools.test_smart_select import click, discs

__all__ = ["discs"]


def zone(editor: Editor) -> np.ndarray:
    found = editor.window.session.project.edges.zone(editor.window.session.frame_index)
    return np.zeros((120, 160), np.bool_) if found is None else found


def masked(editor: Editor) -> None:
    """The red disc is masked with the brush."""
    editor.do("brush")
    editor.window.brush.set_size(50)
    click(editor, 60, 60)
    editor.window.brush.set_size(8)
    editor.do("refine")


def test_strokes_are_steps_that_undo_takes_back_and_alt_erases(discs: Editor) -> None:
    masked(discs)
    discs.stroke((60, 30), (75, 40))
    assert zone(discs)[30:34, 58:62].any() and discs.window.session.undo_text == "Refine edge"
    assert discs.view.sketch.boundingRect().isValid(), "it is seen"
    before = zone(discs)
    click(discs, 60, 30, right=True)
    assert not zone(discs)[30, 60] and zone(discs)[40, 75]
    discs.do("undo")
    assert (zone(discs) == before).all()
    discs.do("undo")
    assert not zone(discs).any() and not discs.view.sketch.boundingRect().isValid()
    discs.do("redo")
    assert (zone(discs) == before).all()


def test_a_zone_counts_on_other_frames_and_is_corrected_there(discs: Editor) -> None:
    masked(discs)
    discs.stroke((60, 30), (75, 40))
    first = zone(discs)
    discs.do("brush")
    discs.go(1)
    discs.window.brush.set_size(50)
    click(discs, 63, 60)
    discs.window.brush.set_size(8)
    discs.do("refine")
    shown = discs.window.session.edges.shown
    assert shown is not None and not zone(discs).any()
    assert (shown[:, 3:] == first[:, :-3]).all(), "it has gone with the object"
    click(discs, 63, 30, Qt.KeyboardModifier.AltModifier)
    assert zone(discs).any() and not zone(discs)[30, 63], "what was seen is what is corrected"
    discs.go(0)
    assert (zone(discs) == first).all()


def test_without_a_mask_it_states_what_to_do(discs: Editor) -> None:
    messages: list[str] = []
    discs.window.canvas.bench.notice.connect(messages.append)
    discs.do("refine")
    discs.stroke((60, 30), (75, 40))
    assert messages and "mask the object first" in messages[0]
    assert not zone(discs).any() and not discs.window.session.tracks


def test_the_matte_on_the_canvas_shows_it(discs: Editor) -> None:
    from desktop.canvas.overlay import Overlay

    masked(discs)
    canvas = discs.window.canvas
    canvas.set_overlay(Overlay.MATTE)
    canvas.matte.set_wanted(True)
    discs.qtbot.waitUntil(lambda: not canvas.matte.busy, timeout=20_000)
    before = discs.view.matte_item.matte
    discs.stroke((52, 38), (68, 38))
    discs.qtbot.waitUntil(lambda: not canvas.matte.busy, timeout=20_000)
    after = discs.view.matte_item.matte
    assert before is not None and after is not None
    assert before.alpha.shape != after.alpha.shape or (before.alpha != after.alpha).any()
