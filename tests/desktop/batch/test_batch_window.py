"""The window of a batch, on real clips and processes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices

from core.batch.clip_run import Step
from core.batch.events import ClipEvent, ClipEventKind
from core.masks import write_mask
from desktop.batch.model import FRACTION_ROLE, BatchModel, Column
from desktop.batch.window import BatchWindow
from tests.core.batch.conftest import NAMES, write_clip
from tests.core.cli.conftest import FRAMES, true_labels
from tests.desktop.conftest import Editor

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def clips(tmp_path: Path) -> Path:
    folder = tmp_path / "clips"
    folder.mkdir()
    for name in NAMES:
        write_clip(folder / f"{name}.mp4")
    return folder


def opened_window(editor: Editor, clips: Path, export: str = "masks") -> BatchWindow:
    editor.do("batch")
    window = editor.window.batches.show()
    editor.qtbot.waitExposed(window)
    editor.qtbot.keyClicks(window.source.path_edit, str(clips))
    window.engine.setCurrentIndex(window.engine.findData("warping"))
    window.format.setCurrentIndex(window.format.findData(export))
    window.jobs.setValue(2)
    return window


def run(editor: Editor, window: BatchWindow) -> None:
    editor.qtbot.mouseClick(window.start_button, LEFT)
    assert editor.window.batches.running
    editor.qtbot.waitUntil(lambda: not editor.window.batches.running, timeout=60_000)


def states(window: BatchWindow) -> list[str]:
    model = window.model
    return [str(model.index(row, Column.STATE).data()) for row in range(model.rowCount())]


def test_a_folder_of_clips(editor: Editor, clips: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    window = opened_window(editor, clips)
    assert window.out.path == tmp_path / "clips_results"
    run(editor, window)
    assert states(window) == ["done"] * 3
    assert window.message.text() == "3 of 3 clips are done."
    assert window.progress.value() == window.progress.maximum() == 3
    assert len(list((tmp_path / "clips_results" / "apple").iterdir())) == FRAMES
    shown: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: shown.append(url.toLocalFile()))
    editor.qtbot.mouseClick(window.report_button, LEFT)
    point = window.table.visualRect(window.model.index(1, 0)).center()
    editor.qtbot.mouseClick(window.table.viewport(), LEFT, pos=point)
    editor.qtbot.mouseDClick(window.table.viewport(), LEFT, pos=point)
    assert shown == [str(tmp_path / "clips_results" / name) for name in ("report.html", "banana")]
    run(editor, window)
    assert states(window) == ["done before"] * 3


def test_a_finished_project_opens_in_the_editor(editor: Editor, clips: Path, tmp_path: Path) -> None:
    write_mask(clips / "banana.png", true_labels(0)[:10])
    window = opened_window(editor, clips, "project")
    run(editor, window)
    assert "Failed: banana." in window.message.text()
    assert states(window)[1].startswith("failed: ")
    assert "the clip is 64 x 48" in states(window)[1]
    for row in (1, 0):
        point = window.table.visualRect(window.model.index(row, 0)).center()
        editor.qtbot.mouseClick(window.table.viewport(), LEFT, pos=point)
        editor.qtbot.mouseDClick(window.table.viewport(), LEFT, pos=point)
    editor.wait_idle()
    assert editor.window.session.project.path == tmp_path / "clips_results" / "apple.roto"
    assert editor.window.session.labels_at(FRAMES - 1).any()


def test_stopping_leaves_what_is_finished(editor: Editor, clips: Path, tmp_path: Path) -> None:
    for name in NAMES[1:]:
        write_clip(clips / f"{name}.mp4", frames=1500)
    window = opened_window(editor, clips)
    window.jobs.setValue(1)
    editor.qtbot.mouseClick(window.start_button, LEFT)
    editor.qtbot.waitUntil(lambda: window.model.ended == 1, timeout=60_000)
    assert not window.source.isEnabled()
    editor.qtbot.mouseClick(window.start_button, LEFT)
    editor.qtbot.waitUntil(lambda: not editor.window.batches.running, timeout=30_000)
    assert states(window) == ["done", "waiting", "waiting"]
    assert "Stopped" in window.message.text()
    assert (tmp_path / "clips_results" / "apple").is_dir()
    assert not (tmp_path / "clips_results" / "banana").exists()
    assert window.source.isEnabled()


def test_what_cannot_be_done_is_reported(editor: Editor, clips: Path, tmp_path: Path) -> None:
    window = opened_window(editor, tmp_path / "nowhere")
    window.out.path_edit.clear()
    assert not window.start_button.isEnabled()
    editor.qtbot.keyClicks(window.out.path_edit, str(tmp_path / "out"))
    # a place that a person named stays
    editor.qtbot.keyClicks(window.source.path_edit, "2")
    assert window.out.path == tmp_path / "out"
    run(editor, window)
    assert "there is no such file or folder" in window.message.text()
    assert window.progress.text() == ""
    assert not (tmp_path / "out").exists()


def test_a_batch_that_runs_ends_with_the_window(editor: Editor, clips: Path) -> None:
    write_clip(clips / "apple.mp4", frames=1500)
    window = opened_window(editor, clips)
    editor.qtbot.mouseClick(window.start_button, LEFT)
    editor.qtbot.waitUntil(lambda: "following" in "".join(states(window)), timeout=60_000)
    editor.window.close()
    editor.qtbot.waitUntil(lambda: not editor.window.isVisible(), timeout=60_000)
    assert not list(clips.parent.rglob("attempt-*"))


def test_the_model_follows_a_clip_through_its_stages() -> None:
    model, kind = BatchModel(), ClipEventKind
    model.set_clips(["one", "two"])
    state = model.index(0, Column.STATE)
    seen = []
    for event in (
        ClipEvent("one", kind.STARTED),
        ClipEvent("one", kind.STEP, Step("follow", 1, 4)),
        ClipEvent("one", kind.STEP, Step("ffv1", 3, 4)),
        ClipEvent("one", kind.RETRIED, text="Traceback\nboom"),
        ClipEvent("one", kind.FAILED, text="gone"),
    ):
        model.update(event)
        seen.append((state.data(), state.data(FRACTION_ROLE)))
    assert seen == [
        ("opening", None),
        ("following  1/4", 0.25),
        ("writing ffv1  3/4", 0.75),
        ("failed, once more: boom", None),
        ("failed: gone", None),
    ]
    assert model.ended == 1
    assert model.index(1, Column.STATE).data() == "waiting"


def test_a_batch_never_replaces_its_clips(editor: Editor, clips: Path) -> None:
    before = {path.name: path.read_bytes() for path in clips.iterdir()}
    window = opened_window(editor, clips, "h264")
    window.out.path_edit.setText(str(clips))
    window.overwrite.setChecked(True)
    run(editor, window)
    assert "is read here, so nothing is written to it" in window.message.text()
    assert {path.name: path.read_bytes() for path in clips.iterdir()} == before


def test_a_batch_never_replaces_its_list(editor: Editor, clips: Path) -> None:
    clip = {"name": "list", "clip": "apple.mp4", "mask": "apple.png"}
    path = clips / "list.json"
    path.write_text(json.dumps({"clip": [clip]}), encoding="utf-8")
    before = path.read_bytes()
    window = opened_window(editor, path, "shapes-json")
    window.out.path_edit.setText(str(clips))
    window.overwrite.setChecked(True)
    run(editor, window)
    assert "is read here, so nothing is written to it" in window.message.text()
    assert path.read_bytes() == before


def test_the_button_in_the_status_bar_shows_the_batch_again(editor: Editor, clips: Path) -> None:
    window = opened_window(editor, clips)
    editor.qtbot.mouseClick(window.start_button, LEFT)
    window.close()
    button = editor.window.batch_status
    editor.qtbot.waitUntil(button.isVisible)
    assert editor.window.batches.running, "it runs on"
    editor.qtbot.mouseClick(button, LEFT)
    editor.qtbot.waitUntil(window.isVisible)
    editor.qtbot.waitUntil(lambda: bool(states(window)), timeout=30_000)
    editor.qtbot.waitUntil(lambda: not editor.window.batches.running, timeout=60_000)
    assert not button.isVisible()
