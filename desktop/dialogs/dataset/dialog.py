"""Asks what dataset to write, and where to."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import (
    QDialog,
    QLabel,
    QLineEdit,
    QSpinBox,
    QWidget,
)

from core.datasets.writing import DatasetSettings
from desktop.dialogs.dataset.choice import DatasetChoice
from desktop.dialogs.dataset.format_titles import format_titles
from desktop.dialogs.dataset.projects_field import ProjectsField
from desktop.dialogs.dataset.ratios_field import RatiosField
from desktop.dialogs.framing import lay_out, titled_rows
from desktop.settings.store import settings
from desktop.widgets.lists.search_combo import SearchCombo
from desktop.widgets.path_field import PathField
from desktop.widgets.reason import enable

_WIDTH = 620
_KEY = "dataset"


class DatasetDialog(QDialog):
    """One row a choice; format, step and licence are those of the last time. Write waits until nothing is missing."""

    def __init__(self, project: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Export dataset"))
        store = settings()
        self.format = SearchCombo()
        self.format.setAccessibleName(self.tr("Format"))
        for name, title in format_titles().items():
            self.format.addItem(title, name)
        self.format.setCurrentIndex(max(0, self.format.findData(store.value(f"{_KEY}/format"))))
        self.projects = ProjectsField(project)
        self.target = PathField(self.tr("Save to"))
        self.target.set_path(project.with_name(f"{project.stem}_dataset"))
        self.ratios = RatiosField()
        self.every = QSpinBox()
        self.every.setRange(1, 1000)
        self.every.setValue(int(str(store.value(f"{_KEY}/every", 1))))
        self.every.setAccessibleName(self.tr("Every n-th frame"))
        self.every.setToolTip(self.tr("1 takes every frame that has masks; neighbours are very similar"))
        self.licence = QLineEdit(str(store.value(f"{_KEY}/licence", "")))
        self.licence.setAccessibleName(self.tr("Licence"))
        self.licence.setPlaceholderText(self.tr("of pictures and masks, for the dataset's README"))
        self.missing = QLabel()
        rows = (
            (self.tr("Format"), self.format),
            (self.tr("Save to"), self.target),
            (self.tr("Projects"), self.projects),
            (self.tr("Parts"), self.ratios),
            (self.tr("Every n-th frame"), self.every),
            (self.tr("Licence"), self.licence),
        )
        form = titled_rows(rows)
        self.write_button = lay_out(self, form, self.missing, self.tr("Export"), self.tr("Cancel"), _WIDTH)
        for part in (self.target, self.projects, self.ratios):
            part.changed.connect(self._changed)
        self._changed()
        self.target.path_edit.setFocus()
        self.target.path_edit.selectAll()

    @property
    def choice(self) -> DatasetChoice:
        """The chosen settings; valid because Export is enabled only when there is a path."""
        path = self.target.path
        assert path is not None
        chosen = DatasetSettings(
            str(self.format.currentData()),
            ratios=self.ratios.ratios,
            every=self.every.value(),
            licence=self.licence.text().strip(),
        )
        return DatasetChoice(path, chosen, self.projects.added)

    def accept(self) -> None:
        store, chosen = settings(), self.choice.settings
        for key, value in (("format", chosen.format), ("every", chosen.every), ("licence", chosen.licence)):
            store.setValue(f"{_KEY}/{key}", value)
        super().accept()

    def _changed(self) -> None:
        # one clip alone cannot be split
        self.ratios.set_clips(1 + len(self.projects.added))
        text = ""
        if self.target.path is None:
            text = self.tr("Say where to save it.")
        elif not self.ratios.complete:
            text = self.tr("Give at least one part a share.")
        elif not self.projects.added:
            text = self.tr("One clip goes to training as a whole; add projects to share them out.")
        self.missing.setText(text)
        enable(self.write_button, "" if self.target.path is not None and self.ratios.complete else text)
