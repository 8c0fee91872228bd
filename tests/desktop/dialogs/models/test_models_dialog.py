"""The list of models in the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from core.engines import available
from core.engines.models.store import begun_bytes, find_installed, models_folder
from desktop.dialogs.models.dialog import ModelsDialog
from tests.core.engines.models.conftest import catalogue_of_the_hub, hub
from tests.core.engines.models.hub import Hub
from tests.core.engines.models.test_downloading import Ring, ring
from tests.desktop.conftest import Editor

__all__ = ["catalogue_of_the_hub", "hub", "ring"]


@pytest.fixture
def dialog(hub: type[Hub], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> ModelsDialog:
    """Whoever sits before it agrees to everything."""
    made = ModelsDialog()
    qtbot.addWidget(made)
    monkeypatch.setattr(made, "agrees", lambda _text: True)
    monkeypatch.setattr(made, "agrees_to_lose", lambda _text, _go: True)
    made.show()
    return made


def wait(dialog: ModelsDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not dialog.busy, timeout=20_000)


def state(dialog: ModelsDialog) -> str:
    item = dialog.rows.currentItem()
    assert item is not None
    return item.text(3)


def test_a_model_is_fetched_verified_and_removed(dialog: ModelsDialog, qtbot: QtBot) -> None:
    dialog.rows.choose("whole")
    assert state(dialog) == "not downloaded"
    assert "Apache 2.0" in dialog.details.text() and not dialog.check.isEnabled()
    with qtbot.waitSignal(dialog.changed, timeout=20_000):
        dialog.fetch.click()
    assert state(dialog) == "here" and "choose it as the engine" in dialog.status_label.text()
    assert find_installed("whole") is not None and not dialog.fetch.isEnabled()
    assert "3 MB on the disk" in dialog.disk.text()
    dialog.check.click()
    wait(dialog, qtbot)
    assert "as it should be" in dialog.status_label.text()
    with qtbot.waitSignal(dialog.changed):
        dialog.drop.click()
    assert find_installed("whole") is None and state(dialog) == "not downloaded"


def test_whoever_does_not_agree_gets_nothing(
    dialog: ModelsDialog, hub: type[Hub], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    monkeypatch.setattr(dialog, "agrees", shown.append)
    dialog.rows.choose("whole")
    dialog.fetch.click()
    assert not dialog.busy and not hub.requests
    assert "Apache 2.0" in shown[0] and "https://l" in shown[0] and "3 MB" in shown[0]


def test_it_can_be_held_and_stopped_and_goes_on(dialog: ModelsDialog, qtbot: QtBot) -> None:
    dialog.rows.choose("slow")
    dialog.fetch.click()
    qtbot.waitUntil(lambda: dialog.bar.maximum() > 0, timeout=20_000)
    dialog.hold.click()
    assert dialog.hold.text() == "Go on" and dialog.busy
    dialog.hold.click()
    assert dialog.hold.text() == "Pause"
    dialog.hold.click()
    dialog.stop.click()
    wait(dialog, qtbot)
    assert dialog.hold.text() == "Pause", "nothing is held any more"
    assert "what has come is kept" in dialog.status_label.text()
    assert "% have come" in state(dialog) and dialog.drop.isEnabled()
    dialog.fetch.click()
    wait(dialog, qtbot)
    assert state(dialog) == "here"


def test_what_goes_wrong_is_reported(dialog: ModelsDialog, qtbot: QtBot, ring: Ring, tmp_path: Path) -> None:
    dialog.rows.choose("gated")
    assert dialog.rows.entry is not None
    dialog.fetch.click()
    wait(dialog, qtbot)
    assert "agreed to its licence" in dialog.status_label.text()
    dialog.ask_token = lambda: "hf_secret"  # type: ignore[method-assign]
    dialog.token.click()
    assert "in the system's keyring" in dialog.status_label.text() and "hf_secret" in ring.kept.values()
    dialog.ask_folder = lambda: tmp_path  # type: ignore[method-assign]
    dialog.copy.click()
    wait(dialog, qtbot)
    assert "no model's folder" in dialog.status_label.text()
    dialog.mirror.setText("nonsense")
    dialog.mirror.editingFinished.emit()
    assert "no address of a mirror" in dialog.status_label.text()


def test_closing_it_asks_and_stops_a_download(
    dialog: ModelsDialog, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog.rows.choose("slow")
    assert "Nothing is running" in dialog.stop.toolTip() and "not on the disk" in dialog.check.toolTip()
    dialog.fetch.click()
    qtbot.waitUntil(lambda: dialog.bar.maximum() > 0, timeout=20_000)
    assert "wait for it" in dialog.copy.toolTip() and "Nothing" not in dialog.stop.toolTip()
    with monkeypatch.context() as patched:
        patched.setattr(dialog, "agrees_to_lose", lambda _text, _go: False)
        dialog.close()
    assert dialog.isVisible() and dialog.busy, "whoever does not want to stop it stays"
    dialog.close()
    assert not dialog.isVisible() and not dialog.busy
    assert find_installed("slow") is None
    assert begun_bytes("slow") > 0, "to be gone on from"


def test_what_is_added_is_an_engine_in_the_panel_at_once(editor: Editor) -> None:
    folder = models_folder() / "mine"
    editor.window.engine.set_engines(available(), "classical")
    editor.do("models")
    (dialog,) = editor.window.findChildren(ModelsDialog)
    assert editor.window.engine.engines.findData("mine") < 0
    folder.mkdir(parents=True)
    (folder / "config.json").write_text('{"model_type": "sam2_video"}')
    dialog.refresh()
    dialog.changed.emit()
    panel = editor.window.engine
    # engines are named beside the window, since that imports them
    editor.qtbot.waitUntil(lambda: panel.engines.findData("mine") >= 0, timeout=20_000)
    assert panel.engine == "classical"
    panel.engines.setCurrentIndex(panel.engines.findData("mine"))
    assert panel.takes_prompts
    dialog.close()


def test_closing_the_window_stops_a_download(editor: Editor, hub: type[Hub], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ModelsDialog, "agrees", lambda _self, _text: True)
    monkeypatch.setattr(ModelsDialog, "agrees_to_lose", lambda _self, _text, _go: True)
    editor.do("models")
    (dialog,) = editor.window.findChildren(ModelsDialog)
    dialog.rows.choose("slow")
    dialog.fetch.click()
    editor.qtbot.waitUntil(lambda: dialog.bar.maximum() > 0, timeout=20_000)
    editor.window.close()
    assert not dialog.busy and begun_bytes("slow") > 0
