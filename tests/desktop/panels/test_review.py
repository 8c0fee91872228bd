"""Check next lists the frames of which the engine is least sure, with the reason, and never says that all is well."""

from __future__ import annotations

import numpy as np

from core.types import FrameResult
from tests.desktop.conftest import Editor


def propagated(opened: Editor, jump: int = 0, sure: float = 0.97) -> None:
    """Frames 1 to 11 as an engine might make them; from frame 7 on the mask lies `jump` pixels off."""
    session = opened.window.session
    opened.paint_box(10, 10, 30, 40)
    run = session.project.runs.begin("Propagate")
    for frame in range(1, 12):
        labels = np.zeros_like(opened.labels)
        left = 10 + (jump if frame >= 7 else 0)
        labels[10:40, left : left + 20] = 1
        session.project.runs.put(run, FrameResult(frame, labels, {1: sure}), None)
    session.end_run(run)


def test_a_jump_is_listed_with_its_reason(opened: Editor) -> None:
    propagated(opened, jump=50)
    rows = opened.window.review.list
    opened.qtbot.waitUntil(lambda: rows.count() >= 1)
    assert rows.item(0).text() == "Frame 7  ·  Object 1  ·  jumps 204%"
    opened.do("check_next")
    assert opened.window.session.frame_index == 7


def test_the_panel_never_states_that_all_is_well(opened: Editor) -> None:
    panel = opened.window.review
    assert panel.hint.text().startswith("After a propagation")
    propagated(opened)
    panel.fill()
    assert panel.list.count() >= 1
    assert not panel.hint.isVisible()
    assert "frames away" in panel.list.item(0).text()


def test_what_is_least_sure_is_listed_as_such(opened: Editor) -> None:
    propagated(opened, sure=0.9)
    session = opened.window.session
    run = session.project.runs.begin("Propagate")
    session.project.runs.put(run, FrameResult(8, session.labels_at(8), {1: 0.31}), None)
    session.end_run(run)
    opened.window.review.fill()
    assert opened.window.review.list.item(0).text() == "Frame 8  ·  Object 1  ·  least sure: 0.31"
