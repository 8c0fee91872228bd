"""A window with a clip open, and a person's answers."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from core.matting import MatteSettings
from core.types import LabelMap
from desktop.dialogs.ask import Ask
from desktop.dialogs.dataset.choice import DatasetChoice
from desktop.dialogs.exporting.subject import ExportChoice, ExportSubject
from desktop.dialogs.fix_dialog import FixChoice, FixSubject
from desktop.dialogs.leaving import Leave, Purpose, Unfinished
from desktop.main_window import MainWindow
from desktop.wiring import make_window

if TYPE_CHECKING:
    from core.datasets.writing import DatasetSettings
    from core.delivery.settings import ExportSettings
    from core.media import ClipOptions, Gaps


class Answers(Ask):
    """Answers in a person's place and keeps what was asked."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.path: Path | None = None
        self.folder: Path | None = None
        self.written_to: Path | None = None
        self.whole_clip = True
        self.settings: ExportSettings | None = None
        self.subject: ExportSubject | None = None
        self.dataset_settings: DatasetSettings | None = None
        self.projects: tuple[Path, ...] = ()
        self.yes = True
        self.picked: tuple[int, int, int] | None = None
        self.chosen: int | None = None
        self.typed: str | None = None
        self.counted: int | None = None
        self.read_as: ClipOptions | None = None
        self.moved: list[Path | None] = []
        self.left: Leave | None = Leave.STOP
        self.unfinished: tuple[Unfinished, ...] = ()
        self.fixed: FixChoice | None = None
        self.fix_subject: FixSubject | None = None
        self.asked: list[str] = []

    def when_reached(self, path: Path, then: Callable[[], None]) -> None:
        then()

    def clip(self, start: Path) -> Path | None:
        self.asked.append("clip")
        return self.path

    def clip_folder(self, start: Path) -> Path | None:
        self.asked.append("clip folder")
        return self.path

    def project(self, start: Path) -> Path | None:
        self.asked.append("project")
        return self.path

    def reading(self, options: ClipOptions, pictures: bool, gaps: Sequence[Gaps] = ()) -> ClipOptions | None:
        self.asked.append(f"reading {pictures}")
        return self.read_as

    def mask(self, start: Path) -> Path | None:
        self.asked.append("mask")
        return self.path

    def truth(self, start: Path) -> Path | None:
        self.asked.append("truth")
        return self.folder

    def report_folder(self, start: Path) -> Path | None:
        self.asked.append("report folder")
        return self.written_to

    def moved_video(self, message: str, start: Path, is_folder: bool) -> Path | None:
        self.asked.append(message)
        return self.moved.pop(0)

    def export(
        self, subject: ExportSubject, show_edge: Callable[[MatteSettings | None], object]
    ) -> ExportChoice | None:
        from core.delivery.settings import ExportSettings

        self.asked.append("export")
        self.subject = subject
        if self.folder is None:
            return None
        first, last = (subject.marked_range if not self.whole_clip else None) or (0, subject.frame_count - 1)
        return ExportChoice(self.folder, replace(self.settings or ExportSettings(), first=first, last=last))

    def dataset(self, project: Path) -> DatasetChoice | None:
        from core.datasets.writing import DatasetSettings

        self.asked.append("dataset")
        if self.folder is None:
            return None
        return DatasetChoice(self.folder, self.dataset_settings or DatasetSettings("coco"), self.projects)

    def fix(self, subject: FixSubject) -> FixChoice | None:
        self.asked.append("fix")
        self.fix_subject = subject
        return self.fixed

    def overwrite(self, taken: list[Path]) -> bool:
        self.asked.append("overwrite")
        return self.yes

    def clear_masks(self, question: str) -> bool:
        self.asked.append(question)
        return self.yes

    def leave(self, purpose: Purpose, running: Sequence[Unfinished]) -> Leave | None:
        self.asked.append(f"{purpose.name.lower()}: {', '.join(one.title for one in running)}")
        self.unfinished = tuple(running)
        return self.left

    def choice(self, title: str, question: str, choices: list[str]) -> int | None:
        self.asked.append(f"{question} {', '.join(choices)}")
        return self.chosen

    def text(self, title: str, question: str, start: str) -> str | None:
        self.asked.append(f"{question} {start}".strip())
        return self.typed

    def number(self, title: str, question: str, start: int, low: int, high: int) -> int | None:
        self.asked.append(f"{question} {start} {low} {high}")
        return self.counted

    def colour(self, start: tuple[int, int, int]) -> tuple[int, int, int] | None:
        self.asked.append("colour")
        return self.picked


class Editor:
    """The window under test, and the few things that tests do with it all the time."""

    def __init__(self, qtbot: QtBot, window: MainWindow, answers: Answers) -> None:
        self.qtbot, self.window, self.answers = qtbot, window, answers

    @property
    def view(self):  # type: ignore[no-untyped-def]
        return self.window.canvas.view

    @property
    def labels(self) -> LabelMap:
        labels = self.window.session.labels
        assert labels is not None
        return labels

    def open(self, path: Path) -> None:
        self.window.open(path)
        # the first one loads the decoders, which takes seconds on a machine that is busy
        self.qtbot.waitUntil(lambda: not self.window.jobs.busy, timeout=30_000)
        if self.window.session.is_open:
            self.qtbot.waitUntil(
                lambda: self.window.canvas.shown_frame == self.window.session.frame_index, timeout=30_000
            )

    def go(self, frame: int) -> None:
        self.window.session.go_to(frame)
        self.qtbot.waitUntil(lambda: self.window.canvas.shown_frame == frame)

    def do(self, action: str) -> None:
        assert self.window.actions_[action].isEnabled(), f"{action} is disabled"
        self.window.actions_[action].trigger()

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.qtbot.keyClick(self.view, key, modifiers)

    def at(self, x: float, y: float) -> QPoint:
        """Where a point of the picture is in the view."""
        return self.view.mapFromScene(x, y)

    def stroke(
        self,
        *points: tuple[float, float],
        modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
        let_go: bool = True,
    ) -> None:
        """Drags the left button along points of the picture."""
        port, button = self.view.viewport(), Qt.MouseButton.LeftButton
        self.qtbot.mousePress(port, button, modifiers, self.at(*points[0]))
        for point in points[1:]:
            self.qtbot.mouseMove(port, self.at(*point))
        if let_go:
            self.qtbot.mouseRelease(port, button, modifiers, self.at(*points[-1]))

    def paint_box(self, x0: int, y0: int, x1: int, y1: int, object_id: int = 1) -> None:
        """Makes a rectangle of the current frame an object, as an edit."""
        from core.masks import LabelEdit

        session = self.window.session
        while all(track.object_id != object_id for track in session.tracks):
            session.add_object()
        new = self.labels.copy()
        new[y0:y1, x0:x1] = object_id
        edit = LabelEdit.replace(self.labels, new)
        assert edit is not None
        session.project.masks.edit(session.frame_index, edit, "Paint")

    def wait_idle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.window.jobs.busy, timeout=20_000)

    def screen(self) -> np.ndarray:
        """The view as it is painted, (H, W, 3) uint8 RGB."""
        from PySide6.QtGui import QImage

        picture = self.view.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
        rows = np.frombuffer(picture.constBits(), np.uint8).reshape(picture.height(), picture.bytesPerLine())
        return rows[:, : picture.width() * 3].reshape(picture.height(), picture.width(), 3).copy()

    def settled_screen(self) -> np.ndarray:
        """`screen`, once nothing changes it any more: what comes by itself, such as a notice, may still lay it out."""
        seen = [self.screen()]

        def same() -> bool:
            self.qtbot.wait(20)
            seen.append(self.screen())
            return len(seen) > 3 and all(np.array_equal(one, seen[-1]) for one in seen[-4:])

        self.qtbot.waitUntil(same, timeout=20_000)
        return seen[-1]

    def pixel(self, x: float, y: float) -> tuple[int, int, int]:
        """The colour on the screen at a point of the picture."""
        point = self.at(x, y)
        red, green, blue = self.screen()[point.y(), point.x()].tolist()
        return red, green, blue


@pytest.fixture(autouse=True)
def _collecting() -> Iterator[None]:
    """A program that is started in a test keeps nothing of the tests before it from being collected."""
    yield
    gc.unfreeze()


@pytest.fixture
def themed(qapp: QApplication) -> Iterator[QApplication]:
    """The application, for themes; it looks as before again after the test."""
    from desktop.theme import theme

    sheet, palette, style = qapp.styleSheet(), QPalette(qapp.palette()), qapp.style().name()
    yield qapp
    theme.apply(qapp, "dark")
    qapp.setStyleSheet(sheet)
    qapp.setPalette(palette)
    qapp.setStyle(style)


@pytest.fixture
def editor(qtbot: QtBot) -> Iterator[Editor]:
    """An empty window on the screen, with the engine that tests use."""
    from core.engines import available

    window = make_window(Answers)
    answers = window.ask
    assert isinstance(answers, Answers)

    def close(_window: object) -> None:
        # what runs is stopped first, while the window goes on
        answers.left = Leave.STOP
        window.close()
        qtbot.waitUntil(lambda: not window.isVisible(), timeout=60_000)

    qtbot.addWidget(window, before_close_func=close)
    window.resize(1200, 800)
    window.show()
    qtbot.waitExposed(window)
    # the list of engines comes with the first turn of the event loop
    qtbot.waitUntil(lambda: window.engine.engines.count() > 0)
    window.engine.set_engines(available(include_hidden=True), "fake")
    yield Editor(qtbot, window, answers)
    window.close()


@pytest.fixture
def opened(editor: Editor, pictures: Path) -> Editor:
    """The window with the twelve pictures open."""
    editor.open(pictures)
    assert editor.window.session.is_open, editor.window.notices.text
    return editor


@pytest.fixture
def make_clip(tmp_path: Path) -> Callable[[int], Path]:
    """Writes a short film of 25 frames a second."""

    def make(frames: int, size: tuple[int, int] = (96, 64)) -> Path:
        from fractions import Fraction

        from benchmarks.video_writer import VideoWriter

        path = tmp_path / "film.mp4"
        with VideoWriter(path, size, Fraction(25)) as writer:
            for index in range(frames):
                writer.write(np.full((size[1], size[0], 3), 5 * index % 250, np.uint8))
        return path

    return make
