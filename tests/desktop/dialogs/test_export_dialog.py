"""The export dialog: what it shows for which format, what it answers, and its presets."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from core.delivery.formats import FORMATS
from core.delivery.settings import Background, ExportSettings
from core.matting import MatteSettings
from core.types import ObjectTrack
from desktop.dialogs import framing
from desktop.dialogs.export_dialog import ExportDialog
from desktop.dialogs.exporting.subject import ExportSubject
from desktop.settings.format_texts import TEXTS
from desktop.settings.presets import Preset, Presets
from desktop.settings.store import settings as stored
from desktop.widgets.lists.search_combo import found_row

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def subject(tmp_path: Path) -> ExportSubject:
    objects = (ObjectTrack(1, "dog", (230, 159, 0)), ObjectTrack(4, "ball", (86, 180, 233)))
    return ExportSubject(tmp_path / "clip.mp4", tmp_path / "clip", (640, 360), 90, (10, 19), objects, True)


@pytest.fixture
def dialog(qtbot: QtBot, subject: ExportSubject) -> ExportDialog:
    made = ExportDialog(subject, Presets())
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def visible(dialog: ExportDialog) -> set[str]:
    options = dialog.options
    parts: dict[str, QWidget] = {
        "edge": dialog.edge,
        "background": dialog.background,
        "invert": options.invert,
        "premultiplied": options.premultiplied,
        "sound": options.sound,
        "bits": options.bits,
        "quality": options.quality,
        "odd": options.odd,
        "tolerance": options.tolerance,
    }
    return {name for name, part in parts.items() if part.isVisible()}


def test_it_begins_with_masks_beside_the_project(dialog: ExportDialog, subject: ExportSubject) -> None:
    choice = dialog.choice
    assert choice.path == subject.base.with_name("clip_masks")
    assert choice.settings == ExportSettings("masks", first=10, last=19)
    assert visible(dialog) == set()
    assert dialog.export_button.isEnabled()


@pytest.mark.parametrize(
    ("name", "suffix", "shown"),
    [
        ("binary", "", {"invert"}),
        ("matte", "", {"edge", "invert", "bits"}),
        ("matte", ".mp4", {"edge", "invert", "sound", "quality"}),
        ("rgba", "", {"edge", "invert", "bits", "premultiplied"}),
        ("exr", "", {"edge", "invert"}),
        ("prores4444", ".mov", {"edge", "invert", "premultiplied", "sound"}),
        ("vp9-alpha", ".webm", {"edge", "invert", "premultiplied", "sound", "quality"}),
        ("nuke-roto", ".py", {"tolerance"}),
        ("hevc", ".mkv", {"edge", "invert", "background", "sound", "quality"}),
    ],
)
def test_a_format_shows_what_it_has_a_use_for(dialog: ExportDialog, name: str, suffix: str, shown: set[str]) -> None:
    dialog.format.choose(name, suffix)
    assert visible(dialog) == shown
    assert dialog.choice.path.name == f"clip_{name}{suffix}"
    # the writer agrees that this is such a file
    assert FORMATS[name].suffix_of(dialog.choice.path) == suffix


def test_odd_sizes_are_asked_about_where_the_size_is_odd(dialog: ExportDialog) -> None:
    dialog.format.choose("h264", ".mp4")
    assert "odd" not in visible(dialog)
    dialog.size_.percent.setValue(53)
    assert "odd" in visible(dialog)
    dialog.options.odd.setCurrentIndex(dialog.options.odd.findData("crop"))
    assert dialog.choice.settings.odd == "crop"
    dialog.format.choose("av1", ".webm")
    assert dialog.choice.settings.odd == "crop"
    dialog.format.choose("ffv1", ".mkv")
    assert dialog.choice.settings.odd == "pad"
    assert "odd" not in visible(dialog)


def test_every_format_of_the_command_line_is_there(dialog: ExportDialog) -> None:
    names = [dialog.format.formats.itemData(index) for index in range(dialog.format.formats.count())]
    assert names == list(FORMATS)
    assert set(TEXTS) == set(FORMATS)
    for name in FORMATS:
        dialog.format.choose(name, "")
        assert dialog.format.formats.toolTip().endswith(f"--format {name}")


def test_everything_chosen_is_answered(qtbot: QtBot, dialog: ExportDialog, tmp_path: Path) -> None:
    dialog.format.choose("h264", ".mov")
    dialog.target.path_edit.selectAll()
    qtbot.keyClicks(dialog.target.path_edit, str(tmp_path / "shown.mov"))
    ball = dialog.objects.list.item(1)
    ball.setCheckState(Qt.CheckState.Unchecked)
    dialog.objects.each.click()
    dialog.frames.whole.click()
    dialog.frames.step.setValue(3)
    dialog.size_.percent.setValue(50)
    dialog.edge.band.setValue(4)
    dialog.edge.choke.setValue(-1.5)
    dialog.edge.feather.setValue(2)
    dialog.edge.smoothing.setValue(1)
    dialog.background.kinds.setCurrentIndex(1)
    dialog.background.radius.setValue(30)
    dialog.options.invert.click()
    dialog.options.sound.click()
    dialog.options.quality.setValue(23)
    choice = dialog.choice
    assert choice.path == tmp_path / "shown.mov"
    assert choice.settings == ExportSettings(
        "h264",
        object_ids=(1,),
        combined=False,
        first=0,
        last=89,
        step=3,
        scale=0.5,
        invert=True,
        matte=MatteSettings(4, -1.5, 2.0, 1),
        background=Background("blur", radius=30.0),
        audio=False,
        quality=23,
    )
    assert dialog.frames.count.text() == "= 30 frames"
    assert dialog.size_.pixels.text() == "320 × 180"


def test_the_buttons_stay_where_they_are_whatever_the_format_asks(qtbot: QtBot, dialog: ExportDialog) -> None:
    places = set()
    for name, one in FORMATS.items():
        for suffix in one.suffixes:
            dialog.format.choose(name, suffix)
            qtbot.wait(5)
            places.add(dialog.export_button.mapToGlobal(QPoint(0, 0)).toTuple())
    assert len(places) == 1, places


def test_a_typed_place_keeps_its_name_and_gets_the_formats_ending(qtbot: QtBot, dialog: ExportDialog) -> None:
    dialog.target.path_edit.selectAll()
    qtbot.keyClicks(dialog.target.path_edit, "/films/take.2")
    dialog.format.choose("prores4444", ".mov")
    assert dialog.target.path_edit.text() == "/films/take.2.mov"
    dialog.format.choose("vp9-alpha", ".webm")
    assert dialog.target.path_edit.text() == "/films/take.2.webm"
    dialog.format.choose("masks", "")
    assert dialog.target.path_edit.text() == "/films/take.2"


def test_export_waits_until_nothing_is_missing(qtbot: QtBot, dialog: ExportDialog, tmp_path: Path) -> None:
    dialog.target.path_edit.clear()
    assert not dialog.export_button.isEnabled()
    assert "where to save" in dialog.missing.text()
    qtbot.keyClicks(dialog.target.path_edit, str(tmp_path / "out"))
    assert dialog.export_button.isEnabled()
    for index in range(2):
        dialog.objects.list.item(index).setCheckState(Qt.CheckState.Unchecked)
    assert "at least one object" in dialog.missing.text()
    dialog.objects.list.item(0).setCheckState(Qt.CheckState.Checked)
    dialog.format.choose("h264", ".mp4")
    dialog.background.kinds.setCurrentIndex(2)
    assert "background's file" in dialog.missing.text()
    (tmp_path / "beach.png").write_bytes(b"")
    dialog.background.file.setText(str(tmp_path / "beach.png"))
    assert dialog.export_button.isEnabled()


def test_return_exports_and_escape_does_not(qtbot: QtBot, dialog: ExportDialog) -> None:
    assert dialog.target.path_edit.hasFocus() or dialog.focusWidget() is dialog.target.path_edit
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(dialog.target.path_edit, Qt.Key.Key_Return)
    dialog.show()
    with qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)


def test_a_preset_is_saved_chosen_and_deleted(
    qtbot: QtBot, dialog: ExportDialog, subject: ExportSubject, monkeypatch: pytest.MonkeyPatch
) -> None:
    bar = dialog.presets
    dialog.format.choose("h264", ".mkv")
    dialog.background.show_background(Background(colour=(1, 2, 3)))
    dialog.edge.feather.setValue(1.5)
    assert bar.list.currentIndex() == -1
    monkeypatch.setattr(bar, "ask_name", lambda: "Mine")
    qtbot.mouseClick(bar.save_button, LEFT)
    assert bar.list.currentText() == "Mine"
    assert bar.delete_button.isEnabled()
    # another day, another clip
    again = ExportDialog(subject, Presets())
    qtbot.addWidget(again)
    again.show()
    position = again.presets.list.findText("Mine")
    again.presets.list.setCurrentIndex(position)
    again.presets.list.activated.emit(position)
    settings = again.settings
    assert (settings.format, again.format.suffix, settings.matte.feather) == ("h264", ".mkv", 1.5)
    assert settings.background == Background(colour=(1, 2, 3))
    assert (settings.first, settings.last) == (10, 19)
    qtbot.mouseClick(again.presets.delete_button, LEFT)
    assert again.presets.list.findText("Mine") == -1
    assert Presets().own() == {}
    assert again.settings == settings


def test_a_preset_is_named_only_while_it_is_what_is_shown(dialog: ExportDialog) -> None:
    bar = dialog.presets
    assert bar.list.currentText() == "Masks for training"
    assert not bar.delete_button.isEnabled()
    dialog.size_.percent.setValue(75)
    assert bar.list.currentIndex() == -1
    dialog.size_.percent.setValue(100)
    assert bar.list.currentText() == "Masks for training"


def test_presets_of_the_program_can_be_written_as_they_are() -> None:
    built_in = Presets().built_in()
    assert len(built_in) >= 5
    for preset in built_in.values():
        preset.settings.check(1)
        assert preset.suffix in FORMATS[preset.settings.format].suffixes


def test_the_next_export_begins_as_the_last_one_ended(qtbot: QtBot, subject: ExportSubject) -> None:
    presets = Presets()
    presets.remember(Preset(ExportSettings("rgba", bits=16, scale=0.5), ""))
    dialog = ExportDialog(subject, Presets())
    qtbot.addWidget(dialog)
    assert (dialog.settings.format, dialog.settings.bits, dialog.settings.scale) == ("rgba", 16, 0.5)


@pytest.mark.parametrize("text", ["", "[]", "{", '{"a": 1}', '{"a": {"format": "cinema", "suffix": ""}}'])
def test_damaged_presets_are_no_presets(text: str) -> None:
    stored().setValue("export/presets", text)
    stored().setValue("export/last", text)
    assert Presets().own() == {}
    assert Presets().last.settings.format == "masks"


def test_it_is_whole_on_the_screen_wherever_its_window_is(qtbot: QtBot, subject: ExportSubject) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    screen = parent.screen().availableGeometry()
    parent.setGeometry(screen.right() - 200, screen.bottom() - 200, 180, 180)
    parent.show()
    dialog = ExportDialog(subject, Presets(), parent)
    dialog.show()
    there = dialog.geometry()
    qtbot.waitExposed(dialog)
    qtbot.wait(20)
    assert dialog.geometry() == there, "it has its size before it is put on the screen, and does not grow off it"
    assert screen.contains(dialog.frameGeometry())


def test_the_buttons_stay_on_a_low_screen_and_the_rows_are_scrolled(
    dialog: ExportDialog, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog.format.choose("rgba", "png")
    rows = dialog.findChildren(framing.Rows)[0]
    dialog.adjustSize()
    assert rows.content.height() <= rows.viewport().height(), "here there is room for all of them"
    # a screen of 600 pixels
    screen = dialog.screen().availableSize().height()
    monkeypatch.setattr(framing, "_AROUND", screen - 600 + framing._AROUND)
    monkeypatch.setattr(dialog.edge, "minimumSizeHint", lambda: QSize(300, 400))
    monkeypatch.setattr(dialog.edge, "sizeHint", lambda: QSize(300, 400))
    dialog.format.choose("masks", "png")
    dialog.format.choose("rgba", "png")
    rows.updateGeometry()
    assert dialog.minimumSizeHint().height() <= 600
    monkeypatch.setattr(dialog.edge, "minimumSizeHint", lambda: QSize(900, 400))
    dialog.edge.updateGeometry()
    # the layout does its work with the next turn of the event loop
    qtbot.waitUntil(lambda: rows.viewport().width() >= 900, timeout=20_000)
    assert rows.content.width() == rows.viewport().width(), "nothing is cut off at the right"
    assert rows.content.minimumSizeHint().width() <= rows.viewport().width()


def test_the_finest_edge_says_in_the_dialog_that_its_weights_are_missing(
    dialog: ExportDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.matting.vitmatte.models_folder", lambda: tmp_path / "models")
    dialog.edge.look_for_weights()
    dialog.format.choose("matte", "")
    edge = dialog.edge
    assert edge.try_button.isVisible() and not edge.models_button.isVisible()
    edge.refinement.setCurrentIndex(edge.refinement.findData("finest"))
    assert "not downloaded" in edge.refinement.currentText()
    assert "ViTMatte" in dialog.missing.text() and not dialog.export_button.isEnabled()
    assert edge.models_button.isVisible() and not edge.try_button.isVisible()

    def fetched(models: object) -> None:
        assert models.rows.name == "vitmatte", "its row is chosen"  # type: ignore[attr-defined]
        (tmp_path / "models" / "vitmatte").mkdir(parents=True)
        (tmp_path / "models" / "vitmatte" / "config.json").write_text("{}")

    monkeypatch.setattr("desktop.dialogs.models.dialog.ModelsDialog.exec", fetched)
    edge.models_button.click()
    assert dialog.export_button.isEnabled() and not dialog.missing.text()
    assert edge.try_button.isVisible()
    dialog.format.choose("binary", "")
    (tmp_path / "models" / "vitmatte" / "config.json").unlink()
    edge.look_for_weights()
    assert dialog.export_button.isEnabled(), "a format without a soft edge needs none"


def test_typing_finds_a_format_by_any_word_of_its_name(dialog: ExportDialog, qtbot: QtBot) -> None:
    formats = dialog.format.formats
    formats.setFocus()
    qtbot.keyClicks(formats, "prores")
    assert dialog.format.name.startswith("prores")
    formats.view().keyboardSearch("")
    qtbot.keyClicks(formats, "webm")
    assert "webm" in formats.currentText().lower()
    before = formats.currentText()
    formats.view().keyboardSearch("")
    qtbot.keyClicks(formats, "qqqx")
    assert formats.currentText() == before
    formats.view().keyboardSearch("")
    # as a letter does that is typed into the open list
    formats.view().keyboardSearch("nuke")
    assert "Nuke" in str(formats.view().currentIndex().data())


def test_what_is_typed_means_a_beginning_before_a_word_before_a_part() -> None:
    texts = ("Alpha", "An alpha video", "Gamma", "Beta")
    assert found_row(texts, "al", 3) == 0 and found_row(texts, "vid", 0) == 1 and found_row(texts, "mm", 0) == 2
    assert found_row(texts, "a", 0) == 1 and found_row(texts, "aa", 1) == 0, "one letter goes on to the next"
    assert found_row(texts, "x", 0) is None and found_row((), "a", -1) is None and found_row(texts, " ", 0) is None
    assert found_row(texts, "(", 0) is None
