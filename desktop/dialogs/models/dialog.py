"""The list of models: what can be downloaded, what is here, and changing that. Nothing is fetched unasked."""

from __future__ import annotations

from collections.abc import Callable, Generator
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from core.engines.models.adding import add
from core.engines.models.downloading import download, mirror, set_mirror
from core.engines.models.store import begun_bytes, installed, models_folder, remove, verify
from core.engines.models.tokens import HUB_HOST, keep_token
from core.errors import CancelledError, RotoflowError
from core.jobs import CancelToken, Progress
from desktop.dialogs.agreeing import agrees_to_lose
from desktop.dialogs.models.rows import ModelRows
from desktop.program.reporter import describe
from desktop.settings.core_texts import core_text
from desktop.theme import theme
from desktop.widgets.reason import enable
from desktop.workers.pool import WorkerPool
from desktop.workers.worker import Worker


class ModelsDialog(QDialog):
    """One piece of work at a time; closing it stops a download, which resumes where it stopped."""

    changed = Signal()
    """Another model is here, or one is gone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Models"))
        self.resize(820, 540)
        self._pool = WorkerPool(self)
        self._worker: Worker | None = None
        self.rows = ModelRows()
        self.details = QLabel()
        self.details.setWordWrap(True)
        self.details.setOpenExternalLinks(True)
        self.details.setTextFormat(Qt.TextFormat.RichText)
        self.status_label = QLabel(self.tr("Nothing is fetched unless you ask for it."))
        self.status_label.setWordWrap(True)
        self.status_label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.bar = QProgressBar()
        self.bar.setAccessibleName(self.tr("Progress"))
        self.bar.hide()
        self.disk = QLabel()
        self.disk.setProperty("dim", True)
        self.mirror = QLineEdit(mirror())
        self.mirror.setAccessibleName(self.tr("Mirror"))
        self.mirror.setToolTip(self.tr("Address that takes the place of the publishers' servers; empty for none"))
        self.mirror.setPlaceholderText(self.mirror.toolTip())
        self.mirror.editingFinished.connect(self._set_mirror)
        self.fetch = self._button(
            self.tr("Download"), self.tr("Fetch the chosen model; its licence is shown first"), self._download
        )
        self.hold = self._button(self.tr("Pause"), self.tr("Hold the download, or let it continue"), self._hold)
        self.stop = self._button(self.tr("Cancel"), self.tr("Stop; what has come is kept"), self._stop)
        self.check = self._button(
            self.tr("Verify"),
            self.tr("Read the chosen model and compare it with what its publisher put there"),
            self._verify,
        )
        self.drop = self._button(self.tr("Remove"), self.tr("Take the chosen model off the disk"), self._remove)
        self.copy = self._button(
            self.tr("Add folder…"), self.tr("Copy a model from a folder of this machine"), self._add
        )
        self.token = self._button(
            self.tr("Token…"),
            self.tr("Keep a token for models whose publisher wants one, in the system's keyring"),
            self._token,
        )
        self._lay_out()
        self.rows.itemSelectionChanged.connect(self._show)
        self.refresh()

    @property
    def busy(self) -> bool:
        return self._worker is not None

    def refresh(self) -> None:
        """Lists what there is now."""
        self.rows.fill()
        taken = sum(one.bytes for one in installed()) + sum(begun_bytes(name) for name in self.rows.names)
        self.disk.setText(
            self.tr("{megabytes} MB on the disk, in {folder}").format(
                megabytes=round(taken / 1e6), folder=models_folder()
            )
        )
        self._show()

    def done(self, result: int) -> None:
        """However it is closed, nothing continues behind it: while something runs it asks."""
        question = self.tr(
            "Stop what is running, and close? What has come is kept, and a download continues from there."
        )
        if self.busy and not self.agrees_to_lose(question, self.tr("Stop")):
            return
        self._pool.shut_down()
        self._worker = None
        super().done(result)

    # -- questions, which tests answer themselves

    def agrees_to_lose(self, text: str, go: str) -> bool:
        """Whether the person chooses the button `go`, which is not the one that Enter presses."""
        return agrees_to_lose(self, self.windowTitle(), text, go)

    def agrees(self, text: str) -> bool:
        """Whether the person says yes."""
        answer = QMessageBox.question(self, self.windowTitle(), text)
        return answer is QMessageBox.StandardButton.Yes

    def ask_folder(self) -> Path | None:
        """The folder of a model that is to be added."""
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Folder of a model"))
        return Path(chosen) if chosen else None

    def ask_token(self) -> str:
        """A token, hidden while typed; empty if there is none."""
        text, good = QInputDialog.getText(
            self, self.windowTitle(), self.tr("Token for {host}").format(host=HUB_HOST), QLineEdit.EchoMode.Password
        )
        return text if good else ""

    # -- what the buttons do

    def _download(self) -> None:
        model = self.rows.entry
        if model is None:
            return
        question = self.tr(
            "{model} needs {size} MB and comes under this licence:\n{licence}\n{address}\n\nAgree and download?"
        )
        if self.agrees(
            question.format(
                model=core_text(model.title),
                size=round(model.size / 1e6),
                licence=core_text(model.licence),
                address=model.licence_address,
            )
        ):
            self._run(
                self.tr("Downloading {model}").format(model=core_text(model.title)),
                lambda token: download(model.name, token),
                self.tr("{model} is here: choose it as the engine.").format(model=core_text(model.title)),
            )

    def _verify(self) -> None:
        name, title = self.rows.name, self.rows.title
        self._run(
            self.tr("Verifying {model}").format(model=title),
            lambda token: verify(name, token),
            self.tr("{model} is as it should be.").format(model=title),
        )

    def _remove(self) -> None:
        name, title, again = self.rows.name, self.rows.title, self.rows.entry is not None
        question = (
            self.tr("Remove {model} from the disk? It can be downloaded again.")
            if again
            else self.tr("Remove {model} from the disk?")
        )
        if not self.agrees_to_lose(question.format(model=title), self.tr("Remove")):
            return
        try:
            remove(name)
        except RotoflowError as error:
            self.status_label.setText(describe(error))
        else:
            self.status_label.setText(self.tr("{model} is removed.").format(model=title))
        self.refresh()
        self.changed.emit()

    def _add(self) -> None:
        folder = self.ask_folder()
        if folder is not None:
            self._run(
                self.tr("Copying {model}").format(model=folder.name),
                lambda token: add(folder, "", token),
                self.tr("{model} is here: choose it as the engine.").format(model=folder.name),
            )

    def _token(self) -> None:
        given = self.ask_token()
        if given.strip():
            try:
                keep_token(given)
            except RotoflowError as error:
                self.status_label.setText(describe(error))
            else:
                self.status_label.setText(self.tr("The token is in the system's keyring."))

    def _set_mirror(self) -> None:
        if self.mirror.text().strip() == mirror():
            return
        try:
            set_mirror(self.mirror.text())
        except RotoflowError as error:
            self.status_label.setText(describe(error))

    def _hold(self) -> None:
        if self._worker is not None:
            token = self._worker.token
            if token.paused:
                token.resume()
            else:
                token.pause()
            self.hold.setText(self.tr("Go on") if token.paused else self.tr("Pause"))

    def _stop(self) -> None:
        if self._worker is not None:
            self._worker.cancel()

    # -- work

    def _run(self, title: str, start: Callable[[CancelToken], Generator[Progress, None, object]], done: str) -> None:
        def work(token: CancelToken) -> Generator[object, None, None]:
            yield from start(token)

        def ended(error: Exception | None) -> None:
            self._worker = None
            self.bar.hide()
            self.hold.setText(self.tr("Pause"))
            if isinstance(error, CancelledError):
                self.status_label.setText(self.tr("Stopped: what has come is kept."))
            else:
                self.status_label.setText(done if error is None else describe(error))
            self.refresh()
            if error is None:
                self.changed.emit()

        self.status_label.setText(title)
        self.bar.setRange(0, 0)
        self.bar.show()
        self._worker = self._pool.start(work, self._progressed, ended)
        self._show()

    def _progressed(self, item: object) -> None:
        assert isinstance(item, Progress)
        self.bar.setRange(0, item.total)
        self.bar.setValue(item.done)
        self.bar.setFormat(self.tr("{done} of {total} MB").format(done=item.done, total=item.total))

    def _show(self) -> None:
        self.details.setText(self.rows.details)
        rows, idle = self.rows, self.tr("Nothing is running.")
        waits = self.tr("Something is running: wait for it, or cancel it.") if self.busy else ""
        away = "" if rows.is_here else self.tr("The chosen model is not on the disk.")
        fetched = "" if rows.can_be_fetched else self.tr("The chosen model is on the disk already.")
        enable(self.fetch, waits or fetched)
        enable(self.check, waits or away)
        enable(self.drop, waits or ("" if rows.is_begun else away))
        enable(self.copy, waits)
        enable(self.hold, "" if self.busy else idle)
        enable(self.stop, "" if self.busy else idle)

    # -- looks

    def _button(self, text: str, tip: str, clicked: Callable[[], None]) -> QPushButton:
        button = QPushButton(text)
        button.setToolTip(tip)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _checked=False: clicked())
        return button

    def _lay_out(self) -> None:
        first, second, third = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        for button in (self.fetch, self.hold, self.stop, self.check, self.drop):
            first.addWidget(button)
        first.addStretch()
        for button in (self.copy, self.token):
            first.addWidget(button)
        label = QLabel(self.tr("Mirror"))
        label.setBuddy(self.mirror)
        second.addWidget(label)
        second.addWidget(self.mirror, 1)
        close = self._button(self.tr("Close"), "", self.reject)
        third.addWidget(self.disk, 1)
        third.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*4 * (theme.MARGIN,))
        layout.setSpacing(theme.MARGIN)
        layout.addWidget(self.rows, 1)
        layout.addWidget(self.details)
        layout.addLayout(first)
        layout.addWidget(self.bar)
        layout.addWidget(self.status_label)
        layout.addLayout(second)
        layout.addLayout(third)
