"""Asks which dataset to make projects of, shows what is in it by part, and where the projects go."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDialog, QHeaderView, QLabel, QTreeWidget, QTreeWidgetItem, QWidget

from core.jobs import CancelToken
from desktop.dialogs.framing import lay_out, titled_rows
from desktop.settings.core_texts import core_message
from desktop.widgets.path_field import PathField
from desktop.widgets.reason import enable
from desktop.workers.latest import LatestOnly

if TYPE_CHECKING:
    from core.batch.dataset_projects import Survey

_WIDTH, _REST_MS = 620, 300
_SHOWN_NOTES = 4


@dataclass(frozen=True)
class ImportChoice:
    """A dataset's folder, the clips that were chosen, and the folder for their projects."""

    source: Path
    """The dataset's folder or index file."""
    clips: tuple[str, ...]
    """Names of the clips that were chosen."""
    out: Path
    """The folder for their projects."""


class ImportDialog(QDialog):
    """The dataset is looked through in the background as soon as it is named; nothing is written before Import."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Import dataset"))
        self._survey: Survey | None = None
        self._proposed: Path | None = None
        self.source = PathField(self.tr("Dataset"))
        self.parts = QTreeWidget()
        self.parts.setRootIsDecorated(False)
        self.parts.setAccessibleName(self.tr("Parts"))
        self.parts.setHeaderLabels(
            [
                self.tr("Part"),
                self.tr("Clips"),
                self.tr("Frames"),
                self.tr("with masks"),
                self.tr("Objects"),
            ]
        )
        self.parts.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.parts.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.parts.header().setStretchLastSection(False)
        self.target = PathField(self.tr("Projects go to"))
        self.message = QLabel()
        self.message.setWordWrap(True)
        rows = (
            (self.tr("Dataset"), self.source),
            (self.tr("Parts"), self.parts),
            (self.tr("Projects go to"), self.target),
        )
        self.import_button = lay_out(
            self, titled_rows(rows), self.message, self.tr("Import"), self.tr("Cancel"), _WIDTH
        )
        self.survey = LatestOnly(self)
        self.survey.failed.connect(self._failed)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._look)
        self.source.changed.connect(self._source_changed)
        self.target.changed.connect(self._check)
        self.parts.itemChanged.connect(self._check)
        self.message.setText(self.tr("A folder with a dataset: COCO, YOLO, DAVIS, CVAT, VOC and others."))
        self._check()

    @property
    def choice(self) -> ImportChoice | None:
        """What was chosen; None while something is missing."""
        source, out = self.source.path, self.target.path
        if source is None or out is None or self._survey is None:
            return None
        rows = [self.parts.topLevelItem(row) for row in range(self.parts.topLevelItemCount())]
        chosen = [row.data(0, Qt.ItemDataRole.UserRole) for row in rows if row and _is_checked(row)]
        clips = tuple(name for part in chosen for name in self._survey.parts[part].clips)
        return ImportChoice(source, clips, out) if clips else None

    def done(self, result: int) -> None:
        self._rest.stop()
        self.survey.shut_down()
        super().done(result)

    def _source_changed(self) -> None:
        self._survey = None
        self.survey.drop()
        self.parts.clear()
        source = self.source.path
        if source is not None and source.name and self.target.path == self._proposed:
            self._proposed = source.with_name(f"{source.name}_projects")
            self.target.set_path(self._proposed)
        self._rest.start()
        self._check()

    def _look(self) -> None:
        source = self.source.path
        if source is None:
            return
        self.message.setText(self.tr("Looking through the dataset…"))

        def work(_cancel: CancelToken) -> Generator[object, None, None]:
            from core.batch.dataset_projects import survey

            yield survey(source)

        self.survey.start(work, lambda item: self._show(cast("Survey", item)), lambda: None)

    def _show(self, survey: Survey) -> None:
        self._survey = survey
        for part, counts in survey.parts.items():
            numbers = (len(counts.clips), counts.frames, counts.annotated, counts.objects)
            row = QTreeWidgetItem([part or self.tr("all"), *map(str, numbers)])
            row.setData(0, Qt.ItemDataRole.UserRole, part)
            row.setCheckState(0, Qt.CheckState.Checked)
            for column in range(1, 5):
                row.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.parts.addTopLevelItem(row)
        lines = [core_message(line) for line in survey.notes.lines()]
        shown = [core_message(survey.layout), *lines[:_SHOWN_NOTES], *(["…"] if len(lines) > _SHOWN_NOTES else [])]
        self.message.setText("\n".join(shown))
        self._check()

    def _failed(self, text: str) -> None:
        self.message.setText(text)

    def _check(self) -> None:
        enable(
            self.import_button,
            "" if self.choice is not None else self.tr("Choose a dataset, a part of it and a folder for the projects."),
        )


def _is_checked(row: QTreeWidgetItem) -> bool:
    return row.checkState(0) is Qt.CheckState.Checked
