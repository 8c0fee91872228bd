"""Smart select under a real mouse: clicks, boxes and strokes, each a step; the window stays free meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from core.engines import EngineInfo, Prompts, registry
from core.errors import EngineError
from core.types import Combine, Origin
from tests.desktop.conftest import Editor

ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
NO_KEYS = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def discs(editor: Editor, tmp_path: Path) -> Editor:
    """A window with two pictures of a red and a blue disc on noise."""
    folder = tmp_path / "discs"
    folder.mkdir()
    generator = np.random.default_rng(8)
    picture = generator.normal((110, 125, 105), 10, (120, 160, 3))
    for centre, radius, colour in ((60, 28, (190, 50, 45)), (115, 15, (50, 60, 180))):
        picture[disc(centre, radius)] = colour
    for index in range(2):
        Image.fromarray(picture.clip(0, 255).astype(np.uint8)).save(folder / f"{index}.png")
    editor.open(folder)
    editor.do("smart")
    editor.window.brush.set_size(8)
    # these pictures are about colours, which is what is asked here
    editor.window.canvas.use_selector(None)
    return editor


def disc(centre: int, radius: int) -> np.ndarray:
    y, x = np.mgrid[:120, :160]
    inside: np.ndarray = (x - centre) ** 2 + (y - 60) ** 2 < radius**2
    return inside


def found(editor: Editor) -> np.ndarray:
    """What is shown when the search is over."""
    finder = editor.view.tool._finder
    editor.qtbot.waitUntil(lambda: not finder.busy, timeout=20_000)
    shown: np.ndarray = editor.view.mask_item.labels == 1
    return shown.copy()


def iou(one: np.ndarray, other: np.ndarray) -> float:
    return float((one & other).sum() / (one | other).sum())


def click(editor: Editor, x: float, y: float, modifiers: Qt.KeyboardModifier = NO_KEYS, right: bool = False) -> None:
    button = Qt.MouseButton.RightButton if right else Qt.MouseButton.LeftButton
    editor.qtbot.mouseClick(editor.view.viewport(), button, modifiers, editor.at(x, y))


def test_after_a_click_the_window_says_what_can_be_done_next(discs: Editor) -> None:
    click(discs, 60, 60)
    bar = discs.window.statusBar()
    discs.qtbot.waitUntil(lambda: "Right click: take away" in bar.currentMessage())


def test_a_click_selects_and_nothing_waits(discs: Editor) -> None:
    click(discs, 60, 60)
    shown = found(discs)
    assert iou(shown, disc(60, 28)) > 0.95
    assert ((discs.labels == 1) == shown).all()
    assert not discs.window.tool_options.pending_bar.isVisible(), "there is nothing to apply"
    session = discs.window.session
    assert session.undo_text == "Smart select"
    assert session.project.origins(0) == {1: Origin.EDITED}
    discs.key(Qt.Key.Key_Return)
    assert ((discs.labels == 1) == shown).all()
    assert not discs.view.sketch.boundingRect().isValid()


def test_more_clicks_add_and_right_clicks_take_away_each_a_step(discs: Editor) -> None:
    click(discs, 60, 60)
    one = found(discs)
    click(discs, 115, 60)
    two = found(discs)
    assert (two & disc(115, 15)).sum() > 0.9 * disc(115, 15).sum()
    assert (two & one).sum() == one.sum()
    click(discs, 60, 60, right=True)
    assert iou(found(discs), disc(115, 15)) > 0.9
    click(discs, 115, 60, ALT)
    assert not found(discs).any()
    for expected in (found(discs), two, one):
        discs.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        if expected.any():
            assert ((discs.labels == 1) == expected).all() or iou(discs.labels == 1, disc(115, 15)) > 0.9
    discs.key(Qt.Key.Key_Backspace)
    assert not discs.labels.any()


def test_undo_takes_the_last_click_back_and_the_next_goes_on_from_there(discs: Editor) -> None:
    click(discs, 60, 60)
    one = found(discs)
    click(discs, 115, 60)
    found(discs)
    discs.key(Qt.Key.Key_Backspace)
    assert ((discs.labels == 1) == one).all()
    assert len(discs.view.tool._steps) == 1
    discs.do("redo")
    assert (discs.labels == 1)[60, 115]
    discs.do("undo")
    discs.do("undo")
    assert not discs.labels.any()
    assert not discs.view.tool.pending


def test_clicks_and_strokes_correct_a_mask_that_was_there(discs: Editor) -> None:
    discs.paint_box(0, 0, 12, 12)
    before = discs.labels == 1
    discs.stroke((110, 58), (112, 60), (120, 62))
    shown = found(discs)
    assert (shown & before).sum() == before.sum(), "what was there stays"
    assert (shown & disc(115, 15)).sum() > 0.9 * disc(115, 15).sum()
    click(discs, 6, 6, right=True)
    after = found(discs)
    assert not after[2:10, 2:10].any()
    assert (after & disc(115, 15)).sum() == (shown & disc(115, 15)).sum()


def test_a_box_finds_the_object(discs: Editor) -> None:
    discs.stroke((26, 26), (60, 60), (94, 94))
    shown = found(discs)
    assert iou(shown, disc(60, 28)) > 0.95
    assert ((discs.labels == 1) == shown).all()
    discs.do("undo")
    assert not discs.labels.any()


def test_leaving_a_search_that_takes_too_long_takes_what_is_seen_by_then(
    discs: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    from core.masks import Patch, SelectHints
    from core.types import Box

    class Slow:
        """Shows something at once, and never ends."""

        def find(self, image: object, hints: SelectHints, found: Callable[[list[Patch]], None], done: object) -> None:
            found([Patch(Box(40, 40, 60, 60), np.ones((20, 20), np.bool_))])

        def look_soon(self, picture: object) -> None:
            pass

        def drop(self) -> None:
            pass

        def finish(self) -> None:
            pass

    monkeypatch.setattr(discs.view.tool, "_finder", Slow())
    discs.stroke((26, 26), (94, 94))
    discs.go(1)
    assert (discs.window.session.labels_at(0)[40:60, 40:60] == 1).all()
    assert not discs.view.tool.pending


def test_with_shift_a_box_works_where_there_is_a_mask(discs: Editor) -> None:
    discs.stroke((26, 26), (94, 94))
    one = found(discs)
    discs.stroke((97, 42), (133, 78), modifiers=SHIFT)
    two = found(discs)
    assert (two & one).sum() == one.sum()
    assert (two & disc(115, 15)).sum() > 0.9 * disc(115, 15).sum()
    discs.stroke((26, 26), (94, 94), modifiers=SHIFT | ALT)
    assert iou(found(discs), disc(115, 15)) > 0.9


def test_the_bars_subtract_makes_plain_clicks_take_away(discs: Editor) -> None:
    discs.stroke((26, 26), (140, 94))
    found(discs)
    discs.window.area.set_how(Combine.SUBTRACT)
    click(discs, 115, 60)
    assert iou(found(discs), disc(60, 28)) > 0.9


def test_a_take_away_click_where_there_is_no_mask_reports_it(discs: Editor) -> None:
    discs.window.session.add_object()
    click(discs, 60, 60, right=True)
    assert "has no mask" in discs.window.notices.text
    assert not discs.view.tool.pending


def test_enter_during_the_search_takes_what_will_be_found(discs: Editor) -> None:
    discs.stroke((26, 26), (94, 94))
    discs.key(Qt.Key.Key_Return)
    found(discs)
    assert iou(discs.labels == 1, disc(60, 28)) > 0.95
    assert not discs.view.tool.pending


def test_escape_during_the_search_leaves_nothing_and_nothing_arrives_later(discs: Editor) -> None:
    discs.stroke((26, 26), (94, 94))
    discs.key(Qt.Key.Key_Escape)
    found(discs)
    QTest.qWait(50)
    assert not discs.view.mask_item.labels.any()
    assert not discs.labels.any()
    assert not discs.window.session.tracks


def test_escape_after_it_ends_the_selection_and_loses_nothing(discs: Editor) -> None:
    click(discs, 60, 60)
    shown = found(discs)
    discs.key(Qt.Key.Key_Escape)
    assert ((discs.labels == 1) == shown).all()
    assert not discs.view.tool.pending


def test_another_frame_waits_for_the_search_and_takes_what_it_finds(discs: Editor) -> None:
    discs.stroke((26, 26), (94, 94))
    assert discs.view.tool._finder.busy
    discs.window.session.go_to(1)
    project = discs.window.session.project
    assert iou(project.labels(0) == 1, disc(60, 28)) > 0.95
    assert not project.labels(1).any()
    assert not discs.view.tool.pending


def test_what_is_found_stays_on_the_screen_when_a_result_comes_in(discs: Editor) -> None:
    click(discs, 60, 60)
    shown = found(discs)
    # as a propagation does: a mask of another object on the frame that is worked on
    discs.paint_box(0, 100, 160, 120, object_id=2)
    assert ((discs.view.mask_item.labels == 1) == shown).all()
    assert (discs.view.mask_item.labels == discs.labels).all()


def test_locked_objects_keep_their_pixels(discs: Editor) -> None:
    discs.paint_box(50, 50, 70, 70, object_id=1)
    discs.window.session.add_object()
    discs.window.session.change_object(1, locked=True)
    discs.stroke((26, 26), (94, 94))
    found(discs)
    assert (discs.labels[50:70, 50:70] == 1).all()
    assert (discs.labels == 2).sum() > 1500


def test_a_tiny_box_is_a_slip_of_the_hand(discs: Editor) -> None:
    discs.view.zoom_to(8)
    discs.stroke((60, 60), (62, 61))
    assert not discs.view.tool.pending
    assert "Nothing is selected" in discs.window.notices.text
    assert not discs.window.session.tracks


def test_closing_the_window_during_a_search_leaves_no_thread(discs: Editor) -> None:
    discs.stroke((26, 26), (94, 94))
    discs.window.close()
    assert not discs.view.tool._finder.busy


# -- an engine that takes clicks


class Clicker:
    """An engine that says what it was asked, and answers with a disc around the first click, else the box."""

    info = EngineInfo("clicker", "Clicker", "For tests.", prompts=True, options={"size": 3})

    def __init__(self) -> None:
        self.asked: list[Prompts] = []
        self.opened: list[tuple[object, ...]] = []
        self.closed = 0
        self.fails = False

    def open(self, size: tuple[int, int], device: str = "auto", options: object = None) -> Clicker:
        self.opened.append((size, device, options))
        return self

    def segment(self, image: np.ndarray, prompts: Prompts) -> np.ndarray:
        self.asked.append(prompts)
        if self.fails:
            raise EngineError("The engine does not feel like it.")
        labels = np.zeros(image.shape[:2], np.uint8)
        if prompts.foreground:
            labels[disc(round(prompts.foreground[0][0]), 9)] = prompts.object_id
        elif prompts.box is not None:
            labels[prompts.box.slices] = prompts.object_id
        return labels

    def close(self) -> None:
        self.closed += 1


@pytest.fixture
def clicker(discs: Editor, monkeypatch: pytest.MonkeyPatch) -> Clicker:
    """The engine, registered and chosen in the engine panel."""
    engine = Clicker()
    monkeypatch.setitem(registry._MAKERS, "clicker", lambda: engine)
    discs.window.engine.set_engines([engine.info], "clicker", "cpu")
    return engine


def test_an_engine_that_takes_clicks_is_asked_instead(discs: Editor, clicker: Clicker) -> None:
    discs.stroke((26, 26), (94, 94))
    assert found(discs)[30:90, 30:90].all()
    discs.stroke((60, 60), (66, 60), (70, 60))
    found(discs)
    discs.stroke((110, 60), (114, 60), (120, 60), modifiers=ALT)
    shown = found(discs)
    discs.key(Qt.Key.Key_Return)
    assert ((discs.labels == 1) == shown).all()
    assert iou(shown, disc(60, 9)) > 0.8
    last = clicker.asked[-1]
    assert last.box is not None
    assert last.box.width == pytest.approx(68, abs=1)
    assert last.foreground[0] == pytest.approx((60, 60), abs=1)
    assert last.background[0] == pytest.approx((110, 60), abs=1)
    assert clicker.opened[-1] == ((160, 120), "cpu", {"size": 3})
    assert clicker.closed == len(clicker.opened)


def test_an_engine_without_clicks_leaves_the_tool_its_own_way(discs: Editor, clicker: Clicker) -> None:
    from core.engines import available

    discs.window.engine.set_engines(available(include_hidden=True), "fake")
    discs.stroke((26, 26), (94, 94))
    assert iou(found(discs), disc(60, 28)) > 0.95
    assert not clicker.asked


def test_an_engine_that_fails_is_reported_and_changes_nothing(
    discs: Editor, clicker: Clicker, caplog: pytest.LogCaptureFixture
) -> None:
    clicker.fails = True
    discs.stroke((26, 26), (94, 94))
    found(discs)
    discs.qtbot.waitUntil(lambda: "does not feel like it" in discs.window.notices.text)
    discs.key(Qt.Key.Key_Return)
    assert not discs.labels.any()
    discs.key(Qt.Key.Key_Escape)
    assert not discs.view.tool.pending


def test_a_box_in_which_nothing_is_found_leaves_no_object(editor: Editor, tmp_path: Path) -> None:
    folder = tmp_path / "plain"
    folder.mkdir()
    for index in range(2):
        Image.new("RGB", (160, 120), (90, 90, 90)).save(folder / f"{index}.png")
    editor.open(folder)
    editor.do("smart")
    editor.window.canvas.use_selector(None)
    editor.stroke((26, 26), (60, 60), (94, 94))
    found(editor)
    editor.qtbot.waitUntil(lambda: not editor.window.session.tracks, timeout=5_000)
    assert "Nothing was found" in editor.window.notices.text
    assert not editor.window.tool_options.pending_bar.isVisible()


# -- what selects by clicks, such as a network


class Selector:
    """Answers with the red disc, and with the blue one too from the second click on."""

    def __init__(self) -> None:
        self.prepared = 0
        self.asked: list[tuple[int, list[bool], bool]] = []

    def prepare(self, image: np.ndarray) -> None:
        self.prepared += 1

    def select(
        self, points: np.ndarray, labels: np.ndarray, box: object, previous: np.ndarray | None
    ) -> list[np.ndarray]:
        self.asked.append((len(points), labels.tolist(), previous is not None))
        return [disc(60, 28) | disc(115, 15) if len(points) > 1 else disc(60, 28)]

    def preview(self, points: np.ndarray, labels: np.ndarray, previous: np.ndarray | None) -> list[np.ndarray]:
        return [disc(60, 26)]


def test_a_network_that_takes_clicks_takes_the_place_of_grabcut(discs: Editor) -> None:
    selector = Selector()
    discs.view.tool._finder.selector = lambda: selector
    click(discs, 60, 60)
    assert (found(discs) == disc(60, 28)).all()
    click(discs, 115, 60)
    assert (found(discs) == (disc(60, 28) | disc(115, 15))).all()
    assert selector.asked == [(1, [True], False), (2, [True, True], False)], "its own answer is no mask to correct"
    assert selector.prepared == 1, "what is the same for all clicks on a frame is done once"
    assert discs.window.session.undo_text == "Smart select"
