"""The window in which a batch is set up and watched. It stays open next to the editor."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QSpinBox,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from core.batch.job import EXPORT_NAMES, PROJECT_FORMAT
from core.engines import available
from core.engines.threads import own_cores
from desktop.batch.choice import BatchChoice
from desktop.batch.model import BatchModel, Column
from desktop.batch.state_delegate import StateDelegate
from desktop.playback.timecode import clock
from desktop.settings.core_texts import core_text
from desktop.settings.format_texts import title_of
from desktop.theme import theme
from desktop.widgets.lists.search_combo import SearchCombo
from desktop.widgets.path_field import PathField
from desktop.widgets.reason import enable


class BatchWindow(QDialog):
    """Fields above, the clips below."""

    start_requested = Signal(object)
    """A BatchChoice."""
    stop_requested = Signal()
    report_requested = Signal()
    clip_requested = Signal(str)
    """A finished clip was double-clicked, by its name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Batch"))
        self.resize(720, min(560, self.screen().availableSize().height() - 40))
        self._running = False
        self._proposed: Path | None = None
        self.source = PathField(self.tr("Clips"), manifests=True)
        self.source.setToolTip(
            self.tr(
                "A folder of clips with masks of the same name (PNG), a DAVIS dataset, a list (TOML, JSON or CSV), "
                "or a timeline of an editing program (OTIO, EDL, FCPXML)"
            )
        )
        self.out = PathField(self.tr("Results"))
        self.engine = SearchCombo()
        for info in available():
            self.engine.addItem(core_text(info.title), info.name)
        self.engine.setAccessibleName(self.tr("Engine"))
        self.format = SearchCombo()
        for name in EXPORT_NAMES:
            self.format.addItem(
                self.tr("Projects, to correct here") if name == PROJECT_FORMAT else title_of(name), name
            )
        self.format.setAccessibleName(self.tr("Export"))
        self.jobs = QSpinBox()
        self.jobs.setRange(1, 64)
        self.jobs.setValue(max(1, own_cores() // 2))
        self.jobs.setAccessibleName(self.tr("Clips at once"))
        self.jobs.setToolTip(self.tr("Each takes a processor core, and memory of its own"))
        self.scheduler = QLineEdit()
        self.scheduler.setPlaceholderText(self.tr("this machine"))
        self.scheduler.setAccessibleName(self.tr("Cluster"))
        self.scheduler.setToolTip(
            self.tr("Address of a Dask scheduler, tcp://host:8786; its machines must see both folders")
        )
        self.overwrite = QCheckBox(self.tr("Replace results that are there already"))
        form = QFormLayout()
        form.setHorizontalSpacing(2 * theme.MARGIN)
        form.setVerticalSpacing(theme.SPACING)
        for title, field in (
            (self.tr("Clips"), self.source),
            (self.tr("Results"), self.out),
            (self.tr("Engine"), self.engine),
            (self.tr("Export"), self.format),
            (self.tr("Clips at once"), self.jobs),
            (self.tr("Cluster"), self.scheduler),
            ("", self.overwrite),
        ):
            form.addRow(title, field)
        self.model = BatchModel()
        self.table = QTreeView()
        self.table.setRootIsDecorated(False)
        self.table.setUniformRowHeights(True)
        self.table.setAccessibleName(self.tr("Clips"))
        self.table.setModel(self.model)
        self._delegate = StateDelegate(self.table)
        self.table.setItemDelegateForColumn(Column.STATE, self._delegate)
        self.table.header().setSectionResizeMode(Column.NAME, QHeaderView.ResizeMode.ResizeToContents)
        self.table.doubleClicked.connect(self._open)
        self.progress = QProgressBar()
        self.progress.setAccessibleName(self.tr("Progress"))
        self.message = QLabel()
        self.message.setWordWrap(True)
        self.start_button = QPushButton(self.tr("Start"))
        self.start_button.setProperty("primary", True)
        self.start_button.clicked.connect(self._start_or_stop)
        self.report_button = QPushButton(self.tr("Show report"))
        self.report_button.setAutoDefault(False)
        self._no_report = self.tr("There is a report when a batch has ended.")
        enable(self.report_button, self._no_report)
        self.report_button.clicked.connect(self.report_requested)
        buttons = QHBoxLayout()
        buttons.addWidget(self.progress, 1)
        buttons.addWidget(self.report_button)
        buttons.addWidget(self.start_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*4 * (2 * theme.MARGIN,))
        layout.setSpacing(theme.MARGIN)
        layout.addLayout(form)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.message)
        layout.addLayout(buttons)
        self._fields = (self.source, self.out, self.engine, self.format, self.jobs, self.scheduler, self.overwrite)
        self.source.changed.connect(self._source_changed)
        self.show_status(
            self.tr(
                "Clips: a folder of clips, each with a mask of its first frame beside it under the same name "
                "(dog.mp4 and dog.png) or a project (dog.roto), a DAVIS dataset, or a list of clips "
                "(TOML, JSON or CSV). A timeline (OTIO, EDL, FCPXML): each shot with a mask SHOT.png or a project "
                "SHOT.roto beside it."
            )
        )
        self.out.changed.connect(self._check)
        self._check()

    @property
    def choice(self) -> BatchChoice | None:
        """What the fields say; None while a path is missing."""
        source, out = self.source.path, self.out.path
        if source is None or out is None:
            return None
        return BatchChoice(
            source,
            out,
            str(self.engine.currentData()),
            str(self.format.currentData()),
            self.jobs.value(),
            self.overwrite.isChecked(),
            self.scheduler.text().strip(),
        )

    def set_running(self, running: bool) -> None:
        """Start becomes Stop, and the fields wait."""
        self._running = running
        self.start_button.setText(self.tr("Stop") if running else self.tr("Start"))
        for field in self._fields:
            field.setEnabled(not running)
        if not running:
            self.model.stop()
        self._check()

    def show_status(self, text: str, is_error: bool = False) -> None:
        """Shows the status of the batch, or an error."""
        self.message.setText(text)
        self.message.setStyleSheet(f"color: {theme.ERROR};" if is_error else "")

    def show_progress(self, seconds_left: float | None = None) -> None:
        """Counts the clips that have ended, and says how long the others will take."""
        ended, clips = self.model.ended, self.model.rowCount()
        self.progress.setRange(0, max(1, clips))
        self.progress.setValue(ended)
        left = "" if seconds_left is None else f"   −{clock(seconds_left)}"
        self.progress.setFormat(f"{ended}/{clips}{left}" if clips else "")

    def _start_or_stop(self) -> None:
        if self._running:
            self.stop_requested.emit()
        elif self.choice is not None:
            self.start_requested.emit(self.choice)

    def _source_changed(self) -> None:
        """Proposes a folder for the results, unless the person has named one."""
        source = self.source.path
        if source is not None and source.name and self.out.path == self._proposed:
            self._proposed = source.with_name(f"{source.stem}_results")
            self.out.set_path(self._proposed)
        self._check()

    def _check(self) -> None:
        ready = self._running or self.choice is not None
        enable(self.start_button, "" if ready else self.message.text() or self.tr("Choose the clips first."))

    def _open(self, index: QModelIndex) -> None:
        if self.model.is_done(index):
            self.clip_requested.emit(self.model.name_of(index))

    def keep_report(self, report: Path | None) -> None:
        """Keeps the report to show; None if there is none."""
        enable(self.report_button, "" if report is not None else self._no_report)
