"""The explain panel, the tool that asks about a pixel, and suggested classes, with a stand-in for the network."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget

from core.engines.detectors.detection import Detection
from core.engines.text.fake import FakeTextModel
from core.explain import features
from core.masks import Patch
from core.types import Box, Floats, Image
from desktop.commands.inspection.tags import TagCommands
from desktop.settings.store import data_folder
from tests.desktop.conftest import Editor


class Runtime:
    """Colours as features: each cell's mean colour in a coarse one-hot code, so that similar colours have similar
    features.
    """

    def encode(self, image: Image) -> tuple[Floats, ...]:
        found = []
        for stride in (4, 8, 16):
            height, width = image.shape[0] // stride, image.shape[1] // stride
            means = image[: height * stride, : width * stride].reshape(height, stride, width, stride, 3).mean((1, 3))
            found.append(means.transpose(2, 0, 1)[None].astype(np.float32) / 255)
        keys = np.concatenate([found[2] - 0.5, np.full((1, 1, *found[2].shape[2:]), 0.05, np.float32)], 1)
        return (*found, keys / np.linalg.norm(keys, axis=1, keepdims=True))

    def key(self, features: tuple[Floats, ...]) -> Floats:
        return features[3][0]


@pytest.fixture
def asked(opened: Editor, monkeypatch: pytest.MonkeyPatch) -> Editor:
    """The twelve pictures, with an object on the first."""
    monkeypatch.setattr(features, "open_runtime", lambda *_args: Runtime())
    tags_of(opened)._rest.setInterval(10)
    opened.paint_box(10, 10, 40, 40)
    return opened


def tags_of(editor: Editor) -> TagCommands:
    commands = editor.window.findChild(TagCommands)
    assert commands is not None
    return commands


def answered(editor: Editor) -> None:
    panel = editor.window.explain
    editor.qtbot.waitUntil(lambda: not panel.explainer.busy, timeout=20_000)


def choose(editor: Editor, view: str) -> None:
    panel = editor.window.explain
    panel.view.setCurrentIndex(panel.view.findData(view))
    panel.show_button.click()
    answered(editor)


def test_a_click_states_which_references_made_a_pixel_and_weights_reach_the_engine(asked: Editor) -> None:
    window, panel = asked.window, asked.window.explain
    asked.go(3)
    asked.do("probe")
    asked.stroke((20, 20))
    answered(asked)
    assert panel.isVisible() and panel.list.count() == 1
    assert panel.list.item(0).text().startswith("Frame 0  ·  anchor  ·  100%")
    assert not panel.picture.pixmap().isNull()
    # the list took room of it when it came
    asked.qtbot.waitUntil(lambda: panel.picture.pixmap().height() <= panel.picture.height(), timeout=20_000)
    panel.view.setCurrentIndex(panel.view.findData("embedding"))
    assert panel.list.isHidden() and panel.weight.isHidden(), "they are of another view"
    panel.view.setCurrentIndex(panel.view.findData("references"))
    assert panel.list.isVisible() and panel.weight.isVisible()
    panel.weight.setCurrentIndex(1)
    panel.weight.activated.emit(1)
    assert "Only the built-in engine reads references" in window.notices.label.text()
    assert window.notices.button.isHidden(), "another engine's masks would take the place of these"
    window.engine.engines.setCurrentIndex(window.engine.engines.findData("builtin"))
    panel.weight.activated.emit(1)
    assert window.session.project.settings.get("reference_weights") == {"0": 0.5}
    assert window.session.undo_text == "Weigh reference"
    assert window.notices.button.text() == "Redo everything", (
        "the masks are not stale, so that nothing is to be updated"
    )
    window.session.go_to(3)
    panel.list.itemActivated.emit(panel.list.item(0))
    assert window.session.frame_index == 0
    asked.do("undo")
    assert not window.session.project.settings.get("reference_weights") and panel.weights == {}


def test_several_references_are_seen_where_the_panel_is_low(asked: Editor) -> None:
    window, panel = asked.window, asked.window.explain
    asked.go(3)
    asked.do("probe")
    asked.stroke((20, 20))
    answered(asked)
    answer = panel._answer
    assert answer is not None and answer.reading is not None
    reading = replace(answer.reading, references=6 * answer.reading.references)
    panel.show_answer(replace(answer, reading=reading), "")
    dock = window.findChild(QDockWidget, "explain")
    assert dock is not None
    window.resizeDocks([dock], [60], Qt.Orientation.Vertical)
    rows = 4 * panel.list.sizeHintForRow(0)
    asked.qtbot.waitUntil(lambda: panel.list.viewport().height() >= rows, timeout=20_000)
    asked.qtbot.waitUntil(lambda: panel.picture.height() >= 60, timeout=20_000)


def test_a_long_look_says_how_far_it_is_and_is_cancelled_by_its_button_or_by_leaving_the_frame(
    asked: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel, go_on = asked.window.explain, threading.Event()
    encode = Runtime.encode

    def held(self: Runtime, image: Image) -> tuple[Floats, ...]:
        assert go_on.wait(20)
        return encode(self, image)

    monkeypatch.setattr(Runtime, "encode", held)
    asked.window.show_panel("explain")
    panel.view.setCurrentIndex(panel.view.findData("objects"))
    panel.show_button.click()
    assert panel.show_button.text() == "Cancel" and panel.note.text() == "Looking…"
    asked.go(3)
    assert panel.show_button.text() == "Cancel", "this is not about one frame"
    panel.show_button.click()
    assert panel.show_button.text() == "Show" and panel.note.text() == "Cancelled."
    go_on.set()
    answered(asked)
    assert panel.scatter.scatter is None

    go_on.clear()
    panel.view.setCurrentIndex(panel.view.findData("embedding"))
    panel.show_button.click()
    asked.go(5)
    assert panel.show_button.text() == "Show" and panel.note.text() == "Cancelled."
    go_on.set()
    answered(asked)

    told: list[str] = []
    monkeypatch.setattr(panel, "show_status", told.append)
    choose(asked, "objects")
    assert "Looking… frame 1 of 1" in told and panel.show_button.text() == "Show"
    assert panel.scatter.scatter is not None


def test_views_show_pictures_points_and_cells(asked: Editor) -> None:
    panel = asked.window.explain
    asked.window.show_panel("explain")
    for view in ("embedding", "features", "cam", "acol"):
        choose(asked, view)
        assert not panel.picture.pixmap().isNull(), panel.note.text()
    choose(asked, "cells")
    scatter = panel.scatter.scatter
    assert scatter is not None and len(scatter.points) == scatter.grid[0] * scatter.grid[1]
    panel.scatter.choose([0, 1])
    assert asked.view.sketch.boundingRect().isValid(), "the cells are outlined on the picture"
    asked.go(5)
    assert not asked.view.sketch.boundingRect().isValid()
    asked.paint_box(10, 10, 40, 40)
    choose(asked, "objects")
    assert panel.scatter.scatter is not None and panel.scatter.scatter.frames == (0, 5)
    panel.scatter.choose([0])
    assert asked.window.session.frame_index == 0, "a brushed point leads to its frame"


def test_what_cannot_be_seen_is_reported_and_nothing_is_lost(asked: Editor) -> None:
    panel = asked.window.explain
    asked.window.show_panel("explain")
    before = asked.labels.copy()
    choose(asked, "references")
    assert "takes a point" in panel.note.text()
    asked.do("probe")
    asked.stroke((20, 20))
    answered(asked)
    assert "no anchor on another frame" in panel.note.text()
    panel.wanted.emit("", "tag")
    answered(asked)
    assert "Nothing is known of this class" in panel.note.text()
    assert (asked.labels == before).all()


def test_a_class_given_before_is_suggested_and_taken(asked: Editor) -> None:
    window, session = asked.window, asked.window.session
    session.change_object(1, class_label="square")
    path = data_folder() / "tags.json"
    asked.qtbot.waitUntil(path.exists, timeout=20_000)
    asked.go(4)
    asked.paint_box(10, 10, 40, 40, 2)
    suggestion = window.tag_suggestion
    asked.qtbot.waitUntil(lambda: not suggestion.isHidden(), timeout=20_000)
    assert "square?" in suggestion.text.text()
    suggestion.use_button.click()
    track = session.track(2)
    assert track is not None and track.class_label == "square" and suggestion.isHidden()
    suggestion.suggest(track, "circle", 0.6)
    assert not suggestion.isHidden()
    session.change_object(2, class_label="box")
    assert suggestion.isHidden(), "the person has said what it is"
    asked.do("suggest_classes")
    assert not window.actions_["suggest_classes"].isChecked()


def test_each_object_gets_its_suggestion_also_by_a_class_that_came_later(asked: Editor) -> None:
    window, session = asked.window, asked.window.session
    suggestion, path = window.tag_suggestion, data_folder() / "tags.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("{}", encoding="utf-8")
    for number, frame in ((2, 4), (3, 2)):
        asked.go(frame)
        asked.paint_box(10, 10, 40, 40, number)
    commands = tags_of(asked)
    asked.qtbot.waitUntil(lambda: len(commands._vectors) == 3, timeout=20_000)
    assert suggestion.isHidden(), "there is no class yet"
    session.change_object(1, class_label="square")
    asked.qtbot.waitUntil(lambda: not suggestion.isHidden(), timeout=20_000)
    assert suggestion.text.text().startswith("Object 3: square?"), "the chosen one first"
    suggestion.no_button.click()
    assert suggestion.text.text().startswith("Object 2: square?")
    suggestion.use_button.click()
    asked.qtbot.waitUntil(lambda: commands._taught.get(2) == "square", timeout=20_000)
    assert suggestion.isHidden(), "of the third object it was refused"
    asked.do("undo")
    asked.do("undo")
    assert not any(track.class_label for track in session.tracks)
    asked.qtbot.waitUntil(lambda: json.loads(path.read_text(encoding="utf-8")) == {}, timeout=20_000)
    assert suggestion.isHidden(), "what the examples were is not suggested any more"


def test_with_an_engine_of_texts_the_name_of_a_class_is_compared(
    asked: Editor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, session = asked.window, asked.window.session
    understanding = FakeTextModel()
    asked_for: list[list[str]] = []

    def find(image: Image, texts: list[str], least: float) -> list[Detection]:
        asked_for.append(list(texts))
        box = Box(50, 10, 90, 50)
        return [Detection("lamp", 1.0, box, Patch(box, np.ones((40, 40), np.bool_)))]

    monkeypatch.setattr(understanding, "find", find)
    monkeypatch.setattr("core.engines.text.models.text_weights_of", lambda engine: tmp_path)
    monkeypatch.setattr("core.engines.text.models.load_text_model", lambda name, weights: understanding)
    session.change_object(1, class_label="lamp")
    asked.go(4)
    asked.paint_box(50, 10, 90, 50, 2)
    suggestion = window.tag_suggestion
    asked.qtbot.waitUntil(lambda: "lamp? (100%)" in suggestion.text.text(), timeout=20_000)
    assert asked_for == [["lamp"]]
