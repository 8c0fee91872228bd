"""Every text of the window can be read in every language the program speaks.

A failure here after a text was added or changed: run `make translations`, translate what it names in
`resources/translations/rotoflow_ko.ts` (or with Qt Linguist), run it again, and commit the .ts.
"""

from __future__ import annotations

import ast
import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QDialog,
    QGroupBox,
    QLabel,
    QLineEdit,
    QListView,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from core.batch.dataset_projects import Survey
from core.datasets.formats import DATASET_FORMATS
from core.datasets.reading.notes import ReadNotes
from core.delivery.formats import FORMATS
from core.engines import available
from core.engines.models.catalogue import catalogue
from core.engines.transformers_video.engine import DESCRIPTION
from core.engines.transformers_video.engine import OPTIONS as MODEL_OPTIONS
from core.errors import DatasetError, MediaError
from core.messages import Message, join
from core.types import ObjectTrack
from desktop.dialogs.dataset.import_dialog import ImportDialog
from desktop.dialogs.export_dialog import ExportDialog
from desktop.dialogs.exporting.subject import ExportSubject
from desktop.panels.objects_model import Column
from desktop.settings import languages
from desktop.settings.core_texts import DETECTORS, ENGINES, MODELS, OPTIONS, core_message
from desktop.settings.presets import Presets
from tests.desktop.conftest import Editor
from tools.core_messages import core_messages
from tools.translations import ROOT, ts_files, unfinished, update

DESKTOP = ROOT / "desktop"

_SETTERS = frozenset(
    {
        *("setText", "setToolTip", "setStatusTip", "setWindowTitle", "setPlaceholderText", "setTitle", "setTabText"),
        *("setAccessibleName", "setAccessibleDescription", "setInformativeText", "setLabelText", "setHeaderLabels"),
        *("setSuffix", "setPrefix", "setSpecialValueText", "showMessage", "show_status", "show_step"),
        *("addItem", "addRow", "addTab", "addAction", "addMenu"),
        *("QLabel", "QPushButton", "QToolButton", "QCheckBox", "QRadioButton", "QGroupBox", "QAction", "QDockWidget"),
        *("QMenu",),
    }
)
"""Calls whose texts a person reads."""
_UNITS = re.compile(r"\b(px|fps|MB|GB|ms|bit)\b")


@pytest.fixture(params=[code for code in languages.LANGUAGES if code != "en"])
def spoken(request: pytest.FixtureRequest, qapp: object) -> Iterator[str]:
    """Each language that is a translation, while the test runs."""
    yield languages.use(request.param)
    languages.use("en")


@pytest.fixture
def in_translation(spoken: str, request: pytest.FixtureRequest) -> Editor:
    """The window in another language, with a clip open and an object on it."""
    # made only now: a window looks its texts up when it is made
    editor: Editor = request.getfixturevalue("opened")
    editor.paint_box(10, 10, 30, 40)
    return editor


def messages(ts: Path) -> list[tuple[str, str]]:
    return [
        (message.findtext("source", ""), message.findtext("translation", ""))
        for message in ET.parse(ts).iter("message")
    ]


def test_there_is_a_file_for_every_language() -> None:
    assert {ts.stem.removeprefix("rotoflow_") for ts in ts_files()} == set(languages.LANGUAGES) - {"en"}


@pytest.mark.parametrize("ts", ts_files(), ids=lambda ts: ts.stem)
def test_every_text_of_the_sources_is_translated(ts: Path, tmp_path: Path) -> None:
    missing = unfinished(update(ts, tmp_path))
    assert not missing, f"run `make translations` and translate in {ts.name}: {missing}"


@pytest.mark.parametrize("ts", ts_files(), ids=lambda ts: ts.stem)
def test_a_translation_is_compiled_when_it_is_first_used(ts: Path, tmp_path: Path) -> None:
    old = tmp_path / f"{ts.stem}-0123456789abcdef.qm"
    old.touch()
    made = languages.compiled(ts, tmp_path)
    assert list(tmp_path.iterdir()) == [made], "what another version left goes"
    written = made.stat().st_mtime_ns
    assert languages.compiled(ts, tmp_path) == made and made.stat().st_mtime_ns == written


def test_where_nothing_can_be_kept_the_translation_is_there_all_the_same(
    qapp: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> Path:
        raise PermissionError("read-only")

    monkeypatch.setattr(languages, "data_folder", refuse)
    try:
        languages.use("ko")
        assert QCoreApplication.translate("CoreMessages", "Cancelled.") != "Cancelled."
    finally:
        languages.use("en")


def test_a_translation_that_cannot_be_compiled_leaves_the_window_in_english(
    qapp: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "translations"
    folder.mkdir()
    (folder / "rotoflow_ko.ts").write_text("no translation")
    monkeypatch.setattr(languages, "FOLDER", folder)
    try:
        assert languages.use("ko") == "ko"
        assert "the window is in English" in caplog.text
    finally:
        languages.use("en")


@pytest.mark.parametrize("ts", ts_files(), ids=lambda ts: ts.stem)
def test_translations_keep_fields_marks_and_markup(ts: Path) -> None:
    wrong = []
    for source, translation in messages(ts):
        kept = all(
            Counter(re.findall(pattern, source)) == Counter(re.findall(pattern, translation))
            for pattern in (r"\{[^{}]*\}", r"</?\w+>", r"…$", r"\*\.\w+")
        )
        if not kept or bool(re.search(r"&\w", source)) != bool(re.search(r"&\w", translation)):
            wrong.append((source, translation))
    assert not wrong


def literals(node: ast.expr) -> Iterator[str]:
    """The texts written out in an argument, without what is looked up in the translation."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))
    elif isinstance(node, ast.List | ast.Tuple):
        for part in node.elts:
            yield from literals(part)
    elif isinstance(node, ast.IfExp):
        yield from literals(node.body)
        yield from literals(node.orelse)
    elif isinstance(node, ast.BinOp):
        yield from literals(node.left)
        yield from literals(node.right)


def test_no_text_for_people_is_written_past_the_translation() -> None:
    found = []
    for path in sorted(DESKTOP.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            # data that travels with a text, such as a combo box's, is a plain word
            arguments = node.args[:1] if name in ("addItem", "addAction", "addMenu") else node.args
            if name in _SETTERS:
                found += [
                    f"{path.relative_to(ROOT)}:{node.lineno}: {text!r}"
                    for argument in arguments
                    for text in literals(argument)
                    if re.search(r"[A-Za-z]{2}", _UNITS.sub("", text).replace("Rotoflow", ""))
                ]
    assert not found, "use self.tr(...)"


@pytest.mark.parametrize("ts", ts_files(), ids=lambda ts: ts.stem)
def test_no_text_is_where_the_extraction_does_not_find_it(ts: Path) -> None:
    """Qt's tool passes over what stands inside an f-string."""
    known = {
        (context.findtext("name"), message.findtext("source"))
        for context in ET.parse(ts).iter("context")
        for message in context.iter("message")
    }
    missed = [
        f"{path.relative_to(ROOT)}:{call.lineno}: {text!r}"
        for path in sorted(DESKTOP.rglob("*.py"))
        for group in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(group, ast.ClassDef)
        for call in ast.walk(group)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "tr"
        for text in literals(call.args[0])
        if (group.name, text) not in known
    ]
    assert not missed


def test_the_texts_of_the_core_are_those_of_the_core() -> None:
    shown = {text for info in available() for text in (info.title, info.description)}
    assert shown | {DESCRIPTION} == set(ENGINES), "titles of models are names"
    output = {text for model in catalogue().values() for text in (model.about, model.title, model.licence)}
    # the others are names
    assert {text for text in output if re.search(r"(?:^|[:;] )[a-z]", text)} <= {*MODELS, *DETECTORS}
    assert set(MODELS) <= output
    assert {name for info in available() for name in info.options} | set(MODEL_OPTIONS) == set(OPTIONS)


def test_every_template_of_the_core_is_translated_and_takes_its_fields(spoken: str) -> None:
    assert foreign("Any text", spoken)
    for template in core_messages(ROOT / "core"):
        names = {name: (spec or "") for _, name, spec, _ in Formatter().parse(template) if name}
        fields: dict[str, object] = {name: 7 if spec else f"<{name}>" for name, spec in names.items()}
        shown = core_message(Message(template, **fields))
        assert not foreign(shown, spoken), template
        assert all(str(value) in shown for value in fields.values()), template


def test_messages_in_a_message_are_translated_each_by_its_own_template(spoken: str) -> None:
    lost = MediaError("{path}: there is no such file or folder. Check the name.", path="/clips/one.mp4")
    reason = Message("it is {width} x {height}, not {width2} x {height2}", width=4, height=3, width2=8, height2=6)
    for message in (
        Message("{thing} '{item}' left out: {error}", thing=Message("mask"), item="1", error=lost),
        DatasetError(
            "{path}: {things} left out: {reason} ({items}).", path="/a", things="", reason=reason, items="1"
        ).message,
        join(" ", [reason, lost.message]),
    ):
        shown = core_message(message)
        assert not re.search(r"[a-z]{2}", shown.replace("/clips/one.mp4", "").replace("/a", "")), shown
        assert not foreign(shown, spoken)


def test_a_text_that_is_no_message_stays_as_it_is(spoken: str) -> None:
    assert core_message("Cancelled. {path}") == "Cancelled. {path}"
    assert core_message(Message("Cancelled.")) != "Cancelled."


def test_a_notice_of_an_error_speaks_the_language(in_translation: Editor, spoken: str, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.txt"
    wrong.write_text("text")
    in_translation.open(wrong)
    notice = in_translation.window.notices.text
    assert str(wrong) in notice
    assert not foreign(notice, spoken)


# -- the window in another language

_ALLOWED = re.compile(
    r"\b(CPU|GPU|CUDA|MPS|XPU|MB|GB|px|fps|Rotoflow|English|PNG|OK|pictures|fake|Fake|Shift|Ctrl|Alt|Home|End|Left|Right|Esc"
    r"|Del|Space|MP4|MOV|MKV|WebM|WebP|JSON|JSX|SVG|NK|FXS|Python|[A-Z]|F\d+)\b"
)


def foreign(text: str, code: str) -> bool:
    """Whether a text is not in the language: it has words, and none of its letters is of the language's script."""
    scripts = {"ko": r"[가-힣]"}
    if re.search(scripts[code], text):
        return False
    return re.search(r"[A-Za-z]{2}", _ALLOWED.sub("", re.sub(r"<[^>]*>|/\S*", "", text))) is not None


def texts(root: QWidget) -> Iterator[tuple[str, str]]:
    """(where, text) of all that a widget and those in it show or say."""
    for widget in [root, *root.findChildren(QWidget)]:
        shown = [widget.toolTip(), widget.statusTip(), widget.accessibleName(), widget.accessibleDescription()]
        if widget.isWindow():
            shown.append(widget.windowTitle())
        if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
            shown.append(widget.text())
        if isinstance(widget, QLineEdit):
            shown.append(widget.placeholderText())
        if isinstance(widget, QComboBox):
            shown += [widget.itemText(index) for index in range(widget.count())]
        if isinstance(widget, QGroupBox):
            shown.append(widget.title())
        if isinstance(widget, QTabBar):
            shown += [widget.tabText(index) for index in range(widget.count())]
        if (
            isinstance(widget, QAbstractItemView)
            and widget.model() is not None
            and not isinstance(widget.parent(), QComboBox)
        ):
            model = widget.model()
            # the model of a list keeps its one column to itself
            for column in range(1 if isinstance(widget, QListView) else model.columnCount()):
                shown.append(str(model.headerData(column, Qt.Orientation.Horizontal) or ""))
                shown += [str(model.index(row, column).data() or "") for row in range(model.rowCount())]
        yield from ((f"{type(widget).__name__} {widget.objectName()}", text) for text in shown if text)
    for action in root.findChildren(QAction):
        for text in (action.text(), action.toolTip(), action.statusTip()):
            yield f"action {action.objectName()}", text


def test_the_window_speaks_the_language(in_translation: Editor, spoken: str) -> None:
    window = in_translation.window
    for info in available():
        window.engine.set_engines(available(), info.name)
        assert not [text for _, text in texts(window.engine) if foreign(text, spoken)]
    window.engine.set_engines(available(), "warping")
    in_translation.do("propagate_forward")
    in_translation.wait_idle()
    left = [(where, text) for where, text in texts(window) if foreign(text, spoken)]
    assert not left


def test_a_name_nobody_gave_is_in_the_language_and_stays_out_of_the_file(in_translation: Editor, spoken: str) -> None:
    session = in_translation.window.session
    assert not foreign(session.tracks[0].name, spoken)
    session.change_object(1, locked=True)
    assert session.project.objects.all[0].name == "Object 1", "another language may be chosen tomorrow"
    session.change_object(1, name="dog")
    assert session.tracks[0].name == "dog"


@pytest.mark.parametrize("action", ["shortcuts", "preferences", "log", "palette", "about", "batch", "models"])
def test_dialogs_speak_the_language(in_translation: Editor, spoken: str, action: str) -> None:
    before = set(in_translation.window.findChildren(QDialog))
    in_translation.do(action)
    (dialog,) = set(in_translation.window.findChildren(QDialog)) - before
    # what is no more than a name is the same in every language
    every = {text for model in catalogue().values() for text in (model.title, model.licence.partition(" (")[0])}
    names = every - {*MODELS, *DETECTORS}
    left = [(where, text) for where, text in texts(dialog) if foreign(text, spoken) and text not in names]
    dialog.close()
    assert not left


def test_the_export_dialog_speaks_the_language(in_translation: Editor, spoken: str, tmp_path: Path) -> None:
    subject = ExportSubject(
        tmp_path / "1.mp4", tmp_path / "1", (96, 64), 9, (1, 5), (ObjectTrack(1, "", (9, 9, 9)),), True
    )
    dialog = ExportDialog(subject, Presets(), in_translation.window)
    left = []
    for name in FORMATS:
        dialog.format.choose(name, "")
        left += [(where, text) for where, text in texts(dialog) if foreign(text, spoken)]
    dialog.deleteLater()
    assert not left


def test_the_systems_language_is_taken_where_it_is_spoken(monkeypatch: pytest.MonkeyPatch) -> None:
    from PySide6.QtCore import QLocale

    class Korean:
        @staticmethod
        def system() -> QLocale:
            return QLocale("ko_KR")

    assert languages.language_of("en") == "en"
    original = QLocale
    fake = type("Locale", (), {"__new__": lambda _cls, *args: original(*args), "system": staticmethod(Korean.system)})
    monkeypatch.setattr(languages, "QLocale", fake)
    assert languages.language_of("") == "ko"
    assert languages.language_of("fr") == "ko"
    monkeypatch.setattr(fake, "system", staticmethod(lambda: original("fr_FR")))
    assert languages.language_of("") == "en"


def test_the_layout_of_a_dataset_that_is_imported_is_in_the_language(spoken: str, qtbot: QtBot) -> None:
    dialog = ImportDialog()
    qtbot.addWidget(dialog)
    for kind in DATASET_FORMATS.values():
        dialog._show(Survey(kind.title, {}, ReadNotes()))
        assert dialog.message.text() not in ("", kind.title), kind.title
    dialog.reject()


def test_a_name_that_is_left_as_it_was_is_no_step(in_translation: Editor) -> None:
    session, model = in_translation.window.session, in_translation.window.objects.model
    before, index = session.undo_text, model.index(0, Column.NAME)
    assert model.data(index, Qt.ItemDataRole.EditRole) != "Object 1"
    assert model.setData(index, model.data(index, Qt.ItemDataRole.EditRole))
    assert session.undo_text == before and session.project.objects.get(1).name == "Object 1"
