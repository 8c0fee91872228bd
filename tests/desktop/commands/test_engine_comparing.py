"""Two engines' results side by side in the window."""

from __future__ import annotations

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
    opened.do("undo")
    assert (session.labels_at(8) == first).all()
