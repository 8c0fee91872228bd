"""Which specks and holes are to go, from which frames and objects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QSpinBox,
    QWidget,
)

from desktop.dialogs.exporting.frames_field import FramesField
from desktop.widgets.lists.search_combo import SearchCombo
from desktop.widgets.reason import enable

_LARGEST = 1_000_000


@dataclass(frozen=True)
class FixSubject:
    """What there is to fix: frames, the marked range, objects by id and name, and a speck's usual size in pixels."""

    frame_count: int
    marked_range: tuple[int, int] | None
    objects: Sequence[tuple[int, str]]
    size: int


@dataclass(frozen=True)
class FixChoice:
    """Which findings are to be fixed, and on which frames."""

    specks: int
    """Specks of at most this many pixels are removed; 0 is none."""
    holes: int
    """Holes of at most this many pixels are filled; 0 is none."""
    frames: range
    """Indices of the frames."""
    object_ids: tuple[int, ...]
    """Objects whose masks are fixed."""


class FixDialog(QDialog):
    """Asks for a FixChoice."""

    def __init__(self, subject: FixSubject, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._subject = subject
        self.setWindowTitle(self.tr("Fix specks and holes"))
        self.specks, self.speck_size = self._kind(self.tr("Remove specks of at most"))
        self.holes, self.hole_size = self._kind(self.tr("Fill holes of at most"))
        self.objects = SearchCombo()
        self.objects.addItem(self.tr("All objects that are not locked"), None)
        for object_id, name in subject.objects:
            self.objects.addItem(name, object_id)
        self.frames = FramesField(subject.frame_count, subject.marked_range)
        explanation = QLabel(
            self.tr(
                "One undo step takes all of it back. An object's largest piece always stays, and which frames are "
                "anchors or stale does not change."
            )
        )
        explanation.setWordWrap(True)
        self.buttons = QDialogButtonBox()
        self.fix = self.buttons.addButton(self.tr("Fix"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.fix.setProperty("primary", True)
        self.fix.setDefault(True)
        self.buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        form = QFormLayout(self)
        form.addRow(self.specks, self.speck_size)
        form.addRow(self.holes, self.hole_size)
        form.addRow(self.tr("Objects"), self.objects)
        form.addRow(self.tr("Frames"), self.frames)
        form.addRow(explanation)
        form.addRow(self.buttons)
        for box in (self.specks, self.holes):
            box.toggled.connect(self._enable)
        self._enable()

    @property
    def choice(self) -> FixChoice:
        """What is chosen."""
        one = self.objects.currentData()
        every = tuple(object_id for object_id, _ in self._subject.objects)
        return FixChoice(
            self.speck_size.value() if self.specks.isChecked() else 0,
            self.hole_size.value() if self.holes.isChecked() else 0,
            self.frames.frames,
            every if one is None else (one,),
        )

    def _kind(self, text: str) -> tuple[QCheckBox, QSpinBox]:
        box, size = QCheckBox(text), QSpinBox()
        box.setChecked(True)
        size.setRange(1, _LARGEST)
        size.setSuffix(self.tr(" pixels"))
        size.setValue(self._subject.size)
        size.setAccessibleName(text)
        box.toggled.connect(size.setEnabled)
        return box, size

    def _enable(self) -> None:
        chosen = self.specks.isChecked() or self.holes.isChecked()
        enable(self.fix, "" if chosen else self.tr("Choose specks, holes or both."))
