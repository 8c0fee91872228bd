"""Fine-tuning from the window: what is kept, what it says, and that propagation uses it. The learning is faked."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QPoint, Qt

from core.engines import available
from core.engines.fake import FakeEngine
from core.errors import EngineError
from core.jobs import CancelToken, Progress
from core.types import Anchor
from tests.desktop.conftest import Editor


@dataclass(frozen=True)
class Score:
    j_and_f: float


@dataclass(frozen=True)
class Outcome:
    before: Score
    after: Score
    weights: bytes


class Lesson:
    """Stands in for `core.finetuning.fine_tune`, which would load torch and learn for ten seconds."""

    def __init__(self) -> None:
        self.outcome = Outcome(Score(0.712), Score(0.745), b"weights")
        self.error: Exception | None = None
        self.anchors: list[int] = []
        self.endless = False
        self.engine = ""

    def fine_tune(
        self,
        anchors: tuple[Anchor, ...],
        read: Callable[[int], object],
        frame_count: int,
        size: tuple[int, int],
        cancel: CancelToken,
        options: object,
        device: str,
        on_progress: Callable[[Progress], None],
        engine: str,
    ) -> Outcome:
        self.engine = engine
        self.anchors = [anchor.frame_index for anchor in anchors]
        read(0)
        on_progress(Progress(1, 2, 0.1, 0.1, 10.0))
        while self.endless:
            cancel.raise_if_cancelled()
        if self.error is not None:
            raise self.error
        return self.outcome


@pytest.fixture
def lesson(opened: Editor, monkeypatch: pytest.MonkeyPatch) -> Lesson:
    lesson = Lesson()
    module = ModuleType("core.finetuning")
    module.fine_tune = lesson.fine_tune  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "core.finetuning", module)
    fake = next(info for info in available(include_hidden=True) if info.name == "fake")
    opened.window.engine.set_engines([replace(fake, adaptable=True), replace(fake, name="other", title="Other")])
    opened.paint_box(10, 10, 30, 40)
    opened.window.show()
    return lesson


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What each opened engine gets as its adaptation."""
    seen: list[object] = []
    plain = FakeEngine.open

    def open_with(self: FakeEngine, size: tuple[int, int], device: str, options: dict[str, object]) -> object:
        rest = dict(options)
        seen.append(rest.pop("adaptation", None))
        return plain(self, size, device, rest)

    monkeypatch.setattr(FakeEngine, "open", open_with)
    return seen


def row(editor: Editor):  # type: ignore[no-untyped-def]
    from desktop.widgets.tuning_row import TuningRow

    return editor.window.engine.findChild(TuningRow)


def test_what_is_better_is_kept_shown_and_used(opened: Editor, lesson: Lesson, given: list[object]) -> None:
    assert not row(opened).used.isVisibleTo(row(opened))
    opened.key(Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    opened.wait_idle()
    assert lesson.anchors == [0]
    assert "J&F 0.712 before, 0.745 after" in opened.window.notices.text
    assert row(opened).used.text() == "Fine-tuned: 0.712 → 0.745"
    opened.do("propagate_one")
    opened.wait_idle()
    assert given == [b"weights"]


def test_one_click_turns_it_off_and_on_again_also_after_reopening(
    opened: Editor, lesson: Lesson, given: list[object]
) -> None:
    opened.do("fine_tune")
    opened.wait_idle()
    used = row(opened).used
    # in a small window the panel is behind another one's tab
    opened.window.show_panel("engine")
    opened.qtbot.waitUntil(used.isVisible)
    opened.qtbot.mouseClick(used, Qt.MouseButton.LeftButton, pos=QPoint(8, used.height() // 2))
    assert not opened.window.session.adaptation.tuned.used  # type: ignore[union-attr]
    path = opened.window.session.project.path
    opened.do("close")
    assert opened.window.session.adaptation.tuned is None
    opened.open(path)
    assert used.isVisibleTo(row(opened))
    assert not used.isChecked()
    opened.do("propagate_one")
    opened.wait_idle()
    used.click()
    opened.do("propagate_one")
    opened.wait_idle()
    assert given == [None, b"weights"]


def test_what_is_no_better_is_not_kept(opened: Editor, lesson: Lesson) -> None:
    lesson.outcome = Outcome(Score(0.8), Score(0.7), b"")
    opened.do("fine_tune")
    opened.wait_idle()
    assert "not kept" in opened.window.notices.text
    assert "0.800 before, 0.700 after" in opened.window.notices.text
    assert opened.window.session.adaptation.tuned is None


def test_it_can_be_called_off(opened: Editor, lesson: Lesson) -> None:
    lesson.endless = True
    opened.do("fine_tune")
    opened.qtbot.waitUntil(lambda: "50%" in opened.window.job_bar.bar.text())
    assert "fps" not in opened.window.job_bar.bar.toolTip(), "its steps are no frames"
    opened.key(Qt.Key.Key_Escape)
    opened.wait_idle()
    assert "as it was" in opened.window.notices.text
    assert opened.window.session.adaptation.tuned is None


def test_what_it_can_bring_is_on_the_screen_from_the_key_on(opened: Editor, lesson: Lesson) -> None:
    window = opened.window
    # it goes on until it was seen
    lesson.endless = True
    window.show_panel("quality")
    opened.qtbot.waitUntil(lambda: window.tuning.note.visibleRegion().isEmpty())
    opened.do("fine_tune")
    opened.qtbot.waitUntil(lambda: not window.tuning.note.visibleRegion().isEmpty())
    told = window.notices.history.notices[0].text
    assert told == window.tuning.note.text() and "gains little" in told
    opened.key(Qt.Key.Key_Escape)
    opened.wait_idle()


def test_an_error_is_reported(opened: Editor, lesson: Lesson) -> None:
    lesson.error = EngineError("There is no masked frame to learn from: mask an object on at least one frame.")
    opened.do("fine_tune")
    opened.wait_idle()
    assert "no masked frame" in opened.window.notices.text


def test_an_engine_that_cannot_be_tuned_reports_it_and_gets_no_weights(
    opened: Editor, lesson: Lesson, given: list[object]
) -> None:
    opened.do("fine_tune")
    opened.wait_idle()
    fake = next(info for info in available(include_hidden=True) if info.name == "fake")
    opened.window.engine.set_engines([fake])
    assert not row(opened).isVisibleTo(opened.window.engine)
    opened.do("fine_tune")
    assert "cannot be fine-tuned" in opened.window.notices.text
    opened.do("propagate_one")
    opened.wait_idle()
    assert given == [None]


def test_the_chosen_target_network_is_what_is_trained(opened: Editor, lesson: Lesson) -> None:
    panel = opened.window.engine
    panel.set_engines([info for info in available() if info.name == "target:unet"])
    assert row(opened).isVisibleTo(panel)
    opened.do("fine_tune")
    opened.wait_idle()
    assert lesson.engine == "target:unet"


def test_the_panel_states_what_to_expect_and_keeps_the_verdict(opened: Editor, lesson: Lesson, pictures: Path) -> None:
    opened.go(1)
    assert "From one masked frame" in row(opened).note.text()
    opened.paint_box(11, 10, 31, 40)
    opened.go(2)
    assert "from 2 masked frames" in row(opened).note.text()
    lesson.outcome = Outcome(Score(0.7), Score(0.69), b"")
    opened.do("fine_tune")
    opened.wait_idle()
    verdict = "was not kept: 0.700 → 0.690"
    assert verdict in row(opened).note.text()
    opened.do("close")
    opened.open(pictures)
    assert verdict in row(opened).note.text(), "it stays"
    lesson.outcome = Outcome(Score(0.7), Score(0.8), b"weights")
    opened.do("fine_tune")
    opened.wait_idle()
    assert row(opened).note.text() == ""
    assert row(opened).used.text() == "Fine-tuned: 0.700 → 0.800"
