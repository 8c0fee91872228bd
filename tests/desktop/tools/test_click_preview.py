"""Smart select shows what a click would select where the pointer rests, and takes what is clicked at its word."""

from __future__ import annotations

import time
from threading import Event

import numpy as np
import pytest
from PySide6.QtCore import Qt

from core.jobs import CancelToken
from desktop.tools.click_preview import next_hint
from tests.desktop.conftest import Editor
from tests.desktop.tools.test_smart_select import ALT, Selector, click, disc, discs, found

__all__ = ["discs"]


def rest(editor: Editor, x: float, y: float) -> None:
    """Moves the pointer there, and waits until it has rested and been answered."""
    tool = editor.view.tool
    editor.qtbot.mouseMove(editor.view.viewport(), editor.at(x - 2, y))
    editor.qtbot.mouseMove(editor.view.viewport(), editor.at(x, y))
    editor.qtbot.waitUntil(lambda: not tool.preview.waiting and not tool._finder.busy, timeout=20_000)


def test_where_the_pointer_rests_a_click_is_previewed_and_nothing_changes(discs: Editor) -> None:
    selector = Selector()
    discs.window.canvas.use_selector(lambda: selector)
    rest(discs, 60, 60)
    discs.qtbot.waitUntil(lambda: bool(discs.view.tool.preview.outlines), timeout=5_000)
    (outline,) = discs.view.tool.preview.outlines
    columns = [x for x, _ in outline]
    assert min(columns) == pytest.approx(33, abs=1) and max(columns) == pytest.approx(88, abs=1)
    assert discs.view.sketch.boundingRect().isValid()
    assert not discs.labels.any() and not discs.window.session.undo_text
    discs.view.tool.leave()
    assert not discs.view.sketch.boundingRect().isValid(), "the pointer has left the picture"
    rest(discs, 60, 60)
    click(discs, 60, 60)
    assert (found(discs) == disc(60, 28)).all()
    assert not discs.view.tool.preview.outlines and selector.prepared == 1


def test_a_frame_is_looked_at_before_the_pointer_rests(discs: Editor) -> None:
    selector = Selector()
    discs.window.canvas.use_selector(lambda: selector)
    discs.do("brush")
    discs.do("smart")
    discs.qtbot.waitUntil(lambda: selector.prepared == 1, timeout=5_000)
    rest(discs, 60, 60)
    assert selector.prepared == 1, "and not again"


class Watched(Selector):
    """Gives up as soon as it is cancelled; its exact answer takes long."""

    def __init__(self) -> None:
        super().__init__()
        self.token, self.begun, self.given_up = CancelToken(), 0, 0

    def watch(self, token: CancelToken) -> None:
        self.token = token

    def select(self, *asked: object) -> list[np.ndarray]:
        self.begun += 1
        for _ in range(500):
            if self.token.cancelled:
                self.given_up += 1
            self.token.raise_if_cancelled()
            time.sleep(0.01)
        return [disc(60, 28)]


def test_a_pointer_that_goes_on_is_not_kept_waiting_by_the_answer_before(discs: Editor) -> None:
    selector = Watched()
    discs.window.canvas.use_selector(lambda: selector)
    tool = discs.view.tool
    for number, position in enumerate((60, 64), 1):
        for x in (position - 2, position):
            discs.qtbot.mouseMove(discs.view.viewport(), discs.at(x, 60))
        assert not tool.preview.outlines
        discs.qtbot.waitUntil(lambda: bool(tool.preview.outlines), timeout=20_000)
        # it is at the exact answer, which would take 5 seconds
        discs.qtbot.waitUntil(lambda number=number: selector.begun == number, timeout=20_000)  # type: ignore[misc]
    assert selector.given_up == 1
    tool.leave()
    discs.qtbot.waitUntil(lambda: not tool._finder.busy, timeout=20_000)
    assert selector.given_up == 2


def test_without_a_network_nothing_is_previewed(discs: Editor) -> None:
    rest(discs, 60, 60)
    assert not discs.view.tool.preview.outlines


class Candidates(Selector):
    """Means all of the red disc, or the middle of it; its previews are rougher."""

    def select(
        self, points: np.ndarray, labels: np.ndarray, box: object, previous: np.ndarray | None
    ) -> list[np.ndarray]:
        self.asked.append((len(points), labels.tolist(), previous is not None))
        return [disc(60, 28), disc(60, 12)]

    def preview(self, points: np.ndarray, labels: np.ndarray, previous: np.ndarray | None) -> list[np.ndarray]:
        return [disc(60, 26), disc(60, 11)]


def width(editor: Editor) -> float:
    """Of what is outlined."""
    columns = [x for outline in editor.view.tool.preview.outlines for x, _ in outline]
    return max(columns) - min(columns)


def test_tab_and_the_wheel_choose_what_a_click_means(discs: Editor) -> None:
    selector = Candidates()
    discs.window.canvas.use_selector(lambda: selector)
    rest(discs, 60, 60)
    assert width(discs) == pytest.approx(55, abs=2), "the exact answer has taken the place of the quick one"
    asked = len(selector.asked)
    discs.key(Qt.Key.Key_Tab)
    assert width(discs) == pytest.approx(23, abs=2) and not discs.labels.any()
    click(discs, 60, 60)
    assert (found(discs) == disc(60, 12)).all() and len(selector.asked) == asked, "what was seen is taken at once"
    discs.key(Qt.Key.Key_Tab)
    assert (found(discs) == disc(60, 28)).all(), "the last click may have meant the other one"
    discs.key(Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert (found(discs) == disc(60, 12)).all()
    discs.do("undo")
    discs.do("undo")
    assert (found(discs) == disc(60, 12)).all(), "each is a step"


def test_a_preview_asks_with_all_clicks_so_far_and_takes_away_with_alt(discs: Editor) -> None:
    selector = Candidates()
    discs.window.canvas.use_selector(lambda: selector)
    click(discs, 60, 60)
    found(discs)
    rest(discs, 60, 80)
    assert selector.asked[-1] == (2, [True, True], False)
    tool = discs.view.tool
    tool.hover(discs_event(discs, 60, 84))
    discs.qtbot.waitUntil(lambda: not tool.preview.waiting and not tool._finder.busy, timeout=20_000)
    assert selector.asked[-1] == (2, [True, False], False)
    discs.key(Qt.Key.Key_Return)
    asked = len(selector.asked)
    discs.view.tool.leave()
    discs.key(Qt.Key.Key_Tab)
    assert len(selector.asked) == asked, "without anything to choose tab goes to the next control"


def discs_event(editor: Editor, x: float, y: float) -> object:
    from desktop.tools.base import ToolEvent

    return ToolEvent(x, y, editor.at(x, y), ALT)


def test_tab_before_there_is_another_meaning_waits_for_it_and_keeps_the_focus(discs: Editor) -> None:
    class Slow(Candidates):
        def select(self, *asked: object) -> list[np.ndarray]:
            assert ready.wait(20)
            return [disc(60, 28), disc(60, 12)]

        def preview(self, *asked: object) -> list[np.ndarray]:
            return [disc(60, 26)]

    ready = Event()
    discs.window.canvas.use_selector(Slow)
    discs.view.setFocus()
    discs.qtbot.mouseMove(discs.view.viewport(), discs.at(58, 60))
    discs.qtbot.mouseMove(discs.view.viewport(), discs.at(60, 60))
    discs.qtbot.waitUntil(lambda: bool(discs.view.tool.preview.outlines), timeout=20_000)
    discs.key(Qt.Key.Key_Tab)
    assert discs.view.hasFocus()
    assert width(discs) == pytest.approx(51, abs=2)
    ready.set()
    discs.qtbot.waitUntil(lambda: width(discs) == pytest.approx(23, abs=2), timeout=20_000)


def test_the_pointer_shows_that_a_click_is_being_answered(discs: Editor) -> None:
    class Slow(Candidates):
        def select(self, *asked: object) -> list[np.ndarray]:
            assert ready.wait(60)
            return [disc(60, 20)]

    ready = Event()
    discs.window.canvas.use_selector(Slow)
    port = discs.view.viewport()
    discs.qtbot.mouseClick(port, Qt.MouseButton.LeftButton, pos=discs.at(60, 60))
    assert port.cursor().shape() is Qt.CursorShape.BusyCursor
    ready.set()
    discs.qtbot.waitUntil(lambda: port.cursor().shape() is not Qt.CursorShape.BusyCursor, timeout=20_000)
    assert discs.labels.any()


def test_another_meaning_gives_back_what_the_one_before_took_of_other_objects(discs: Editor) -> None:
    discs.paint_box(60, 40, 80, 60)
    before = discs.labels == 1
    discs.window.session.add_object()
    discs.window.canvas.use_selector(Candidates)
    click(discs, 65, 52)
    found(discs)
    assert ((discs.labels == 2) == disc(60, 28)).all()
    discs.key(Qt.Key.Key_Tab)
    found(discs)
    assert ((discs.labels == 2) == disc(60, 12)).all()
    assert ((discs.labels == 1) == (before & ~disc(60, 12))).all()


def test_what_a_click_finds_leaves_other_objects_their_pixels_unless_it_is_on_them(discs: Editor) -> None:
    """A network takes what touches along: an object that was masked before must not be lost by that."""
    discs.paint_box(60, 20, 80, 100)
    before = discs.labels == 1
    discs.window.session.add_object()
    discs.window.canvas.use_selector(Selector)
    rest(discs, 55, 65)
    discs.qtbot.waitUntil(lambda: bool(discs.view.tool.preview.outlines), timeout=5_000)
    (outline,) = discs.view.tool.preview.outlines
    assert max(x for x, _ in outline) <= 61, "the preview is what the click takes"
    click(discs, 55, 65)
    found(discs)
    assert ((discs.labels == 1) == before).all()
    first = disc(60, 28) & ~before
    first[:, 70:] = False
    assert ((discs.labels == 2) == first).all(), "nor is what lies beyond the other object a part of it"
    assert "took pixels" not in discs.window.notices.text
    click(discs, 65, 60)
    found(discs)
    assert (discs.labels == 2)[disc(60, 28)].all(), "it was clicked on"
    assert "took pixels" in discs.window.notices.text


def test_a_pixel_clicked_away_is_away_whatever_the_network_answers(discs: Editor) -> None:
    discs.view.tool._finder.selector = Selector
    click(discs, 60, 60)
    assert found(discs)[60, 60]
    click(discs, 72, 60, right=True)
    shown = found(discs)
    assert shown[60, 60] and not shown[60, 72], "12 pixels apart, and each click holds"
    click(discs, 74, 60)
    shown = found(discs)
    assert shown[60, 60] and shown[60, 74] and not shown[60, 72], "the last one took nothing of those before"


def test_whose_pixels_a_click_takes_is_said(discs: Editor) -> None:
    discs.view.tool._finder.selector = Selector
    discs.paint_box(50, 50, 70, 70, object_id=1)
    discs.paint_box(0, 0, 9, 9, object_id=2)
    discs.window.session.choose_object(2)
    discs.window.session.change_object(1, name="Dog")
    click(discs, 60, 60)
    found(discs)
    assert (discs.labels == 2)[disc(60, 28)].all()
    assert "“Object 2” took pixels of “Dog”" in discs.window.notices.text
    discs.do("undo")
    assert (discs.labels[50:70, 50:70] == 1).all()
    discs.window.notices.dismiss()
    discs.window.session.change_object(1, locked=True)
    click(discs, 60, 60)
    found(discs)
    assert (discs.labels[50:70, 50:70] == 1).all() and (discs.labels == 2)[60, 80]
    assert "took pixels" not in discs.window.notices.text


@pytest.mark.parametrize(("choices", "offered"), [(0, False), (1, False), (3, True)])
def test_tab_is_offered_where_there_is_another_meaning(choices: int, offered: bool) -> None:
    assert ("Tab: another of 3" in next_hint(choices)) is offered


def test_a_click_that_changes_nothing_says_why(discs: Editor) -> None:
    discs.window.canvas.use_selector(lambda: Selector())
    click(discs, 60, 60)
    found(discs)
    before = discs.labels.copy()
    notices = discs.window.notices
    # Alt first: Qt takes it to be down still in the next test
    for x, y, keys, said in ((150, 10, ALT, "to take away"), (60, 64, Qt.KeyboardModifier.NoModifier, "already")):
        discs.key(Qt.Key.Key_Return)
        click(discs, x, y, keys)
        found(discs)
        discs.qtbot.waitUntil(lambda said=said: said in notices.text, timeout=20_000)  # type: ignore[misc]
        assert (discs.labels == before).all()
