"""Smart select asks the chosen engine's own selector: for the preview under the pointer, for clicks and for boxes."""

from __future__ import annotations

import numpy as np
import pytest

from core.engines import EngineInfo, registry
from core.errors import EngineError
from tests.desktop.conftest import Editor
from tests.desktop.tools.test_click_preview import rest
from tests.desktop.tools.test_smart_select import Selector, click, disc, discs, found

__all__ = ["discs"]


class Strong(Selector):
    """An engine that is its own selector."""

    info = EngineInfo("strong", "Strong", "For tests.", prompts=True)

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[tuple[object, ...]] = []
        self.boxes: list[object] = []
        self.closed = 0
        self.fails = False

    def open_selector(self, device: str, options: object) -> Strong:
        self.opened.append((device, options))
        if self.fails:
            raise EngineError("The model is not whole.")
        return self

    def select(
        self, points: np.ndarray, labels: np.ndarray, box: object, previous: np.ndarray | None
    ) -> list[np.ndarray]:
        self.boxes.append(box)
        return super().select(points, labels, box, previous)

    def close(self) -> None:
        self.closed += 1


@pytest.fixture
def strong(discs: Editor, monkeypatch: pytest.MonkeyPatch) -> Strong:
    engine = Strong()
    monkeypatch.setitem(registry._MAKERS, "strong", lambda: engine)
    discs.window.engine.set_engines([engine.info], "strong", "cpu")
    return engine


def test_it_is_opened_once_and_looks_at_a_picture_once(discs: Editor, strong: Strong) -> None:
    rest(discs, 60, 60)
    discs.qtbot.waitUntil(lambda: bool(discs.view.tool.preview.outlines), timeout=5_000)
    assert not discs.labels.any()
    click(discs, 60, 60)
    assert (found(discs) == disc(60, 28)).all()
    click(discs, 115, 60)
    assert (found(discs) == (disc(60, 28) | disc(115, 15))).all()
    assert strong.opened == [("cpu", {})]
    assert strong.prepared == 1


def test_a_box_is_its_to_answer_too(discs: Editor, strong: Strong) -> None:
    discs.stroke((26, 26), (94, 94))
    assert (found(discs) == disc(60, 28)).all()
    assert strong.boxes[-1] is not None


def test_another_engine_frees_it(discs: Editor, strong: Strong) -> None:
    from core.engines import available

    click(discs, 60, 60)
    found(discs)
    discs.window.engine.set_engines(available(include_hidden=True), "fake")
    click(discs, 115, 60)
    found(discs)
    assert strong.closed == 1


def test_a_model_that_cannot_be_opened_is_reported_by_a_click_and_not_by_the_pointer(
    discs: Editor, strong: Strong
) -> None:
    strong.fails = True
    rest(discs, 60, 60)
    assert "not whole" not in discs.window.notices.text
    click(discs, 60, 60)
    found(discs)
    discs.qtbot.waitUntil(lambda: "not whole" in discs.window.notices.text)
    assert not discs.labels.any()
