"""How the open clip is read: its rate, whether it is deinterlaced, and what stands for missing pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QWidget

from core.errors import MediaError
from core.media import ClipOptions, Gaps, parse_rate
from desktop.settings.core_texts import core_message
from desktop.widgets.reason import enable


class ReadingDialog(QDialog):
    """OK is enabled while the rate is valid."""

    def __init__(
        self, options: ClipOptions, pictures: bool, gaps: Sequence[Gaps] = (), parent: QWidget | None = None
    ) -> None:
        """`gaps` are the ways to choose from for missing pictures; empty where none is missing."""
        super().__init__(parent)
        self._start = options
        self.setWindowTitle(self.tr("Reading the clip"))
        self.rate = QLineEdit("" if options.rate is None else str(options.rate))
        self.rate.setPlaceholderText("24")
        self.rate.setToolTip(self.tr("Frames a second of a folder of pictures, such as 25, 23.976 or 30000/1001"))
        enable(self.rate, "" if pictures else self.tr("A video file says its rate itself."))
        self.deinterlace = QCheckBox(self.tr("Make whole pictures of two fields (deinterlace)"))
        self.deinterlace.setChecked(options.deinterlace)
        enable(self.deinterlace, self.tr("Pictures of a folder are whole ones.") if pictures else "")
        self.gaps = QComboBox()
        ways = {
            "skip": self.tr("Leave them out"),
            "hold": self.tr("Show the picture before"),
            "black": self.tr("Show black"),
        }
        for way in gaps:
            self.gaps.addItem(ways[way], way)
        self.gaps.setCurrentIndex(self.gaps.findData(options.gaps))
        enable(self.gaps, "" if len(gaps) > 1 or gaps else self.tr("No picture is missing."))
        self.gaps.setEnabled(len(gaps) > 1)
        if gaps and len(gaps) < len(ways):
            self.gaps.setToolTip(
                self.tr("Frames are counted with this choice, and there are masks: other ways would move them")
            )
        self.problem = QLabel()
        self.problem.setWordWrap(True)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setProperty("primary", True)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        form = QFormLayout(self)
        form.addRow(self.tr("Frames a second"), self.rate)
        form.addRow(self.deinterlace)
        if gaps:
            form.addRow(self.tr("Missing pictures"), self.gaps)
        form.addRow(self.problem)
        form.addRow(self.buttons)
        self.rate.textChanged.connect(self._check)

    @property
    def options(self) -> ClipOptions:
        """What is chosen. Raises MediaError for an invalid rate."""
        text = self.rate.text().strip()
        rate = parse_rate(text) if text else None
        gaps = self.gaps.currentData() or self._start.gaps
        return replace(self._start, rate=rate, deinterlace=self.deinterlace.isChecked(), gaps=gaps)

    def _check(self) -> None:
        problem = ""
        try:
            _ = self.options
        except MediaError as error:
            problem = core_message(error.message)
        self.problem.setText(problem)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(not problem)
