"""Two engines' results side by side in the window."""

from __future__ import annotations

import pytest

from core.errors import EngineError, ProjectError
from core.types import FrameResult
from desktop.canvas.comparing.comparison import Comparison
from tests.desktop.conftest import Editor


def test_another_engine_follows_anew_and_both_are_seen(opened: Editor) -> None:
    window, session = opened.window, opened.window.session
    opened.paint_box(10, 10, 40, 40)
    opened.do("compare_engines")
    assert "Propagate with one engine first" in window.notices.text
    opened.do("propagate_both")
    opened.wait_idle()
    first = session.labels_at(8).copy()
    title = window.engine.engines.currentText()
    titles = [window.engine.engines.itemText(index) for index in range(window.engine.engines.count())]
    others = [title for title in titles if title != window.engine.engines.currentText()]
    opened.answers.chosen = others.index("Plain warping")
    opened.do("compare_engines")
    opened.wait_idle()
    assert window.engine.engine == "warping"
    assert window.canvas.comparing.way is Comparison.WIPE
    assert window.compare_bar.isVisible()
    step = window.canvas.comparing.step
    assert step is not None
    assert (session.project.history.labels_before(8, step.step_id) == first).all()
    assert (session.labels_at(8) != first).any()
    said = f"Left of the line: {title}. Right of it: Plain warping, which is the engine now."
    opened.qtbot.waitUntil(lambda: window.notices.text == said, timeout=20_000)
    window.notices.button.click()
    assert (session.labels_at(8) == first).all() and window.canvas.comparing.way is None
    assert window.engine.engines.currentText() == title
    opened.do("compare_engines")
    opened.wait_idle()
    opened.qtbot.waitUntil(lambda: window.notices.text == said, timeout=20_000)
    opened.do("undo")
    assert (session.labels_at(8) == first).all()
    assert not window.notices.text and window.canvas.comparing.way is None, "nothing is left to compare"


def test_where_nothing_was_found_the_engine_stays(opened: Editor, monkeypatch: pytest.MonkeyPatch) -> None:
    window = opened.window
    opened.paint_box(10, 10, 40, 40)
    opened.do("propagate_both")
    opened.wait_idle()
    title = window.engine.engines.currentText()
    titles = [window.engine.engines.itemText(index) for index in range(window.engine.engines.count())]
    opened.answers.chosen = [one for one in titles if one != title].index("Plain warping")

    def refuse(*_arguments: object) -> None:
        raise EngineError("This engine is not here.")

    monkeypatch.setattr("core.engines.load", refuse)
    opened.do("compare_engines")
    opened.wait_idle()
    opened.qtbot.waitUntil(lambda: "not here" in window.notices.text, timeout=20_000)
    assert window.engine.engines.currentText() == title and window.canvas.comparing.way is None


def test_work_that_fails_leaves_its_own_notice(opened: Editor, monkeypatch: pytest.MonkeyPatch) -> None:
    window = opened.window
    opened.paint_box(10, 10, 40, 40)
    opened.do("propagate_both")
    opened.wait_idle()
    titles = [window.engine.engines.itemText(index) for index in range(window.engine.engines.count())]
    opened.answers.chosen = [one for one in titles if one != window.engine.engines.currentText()].index("Plain warping")
    put = window.session.project.runs.put
    stored: list[int] = []

    def fails(run: int, result: FrameResult, revision: int | None) -> bool:
        if len(stored) == 4:
            raise ProjectError("The disk is full.")
        stored.append(result.frame_index)
        return put(run, result, revision)

    monkeypatch.setattr(window.session.project.runs, "put", fails)
    opened.do("compare_engines")
    opened.wait_idle()
    opened.qtbot.waitUntil(lambda: "disk is full" in window.notices.text, timeout=20_000)
    assert window.canvas.comparing.way is Comparison.WIPE, "what was found is seen"
