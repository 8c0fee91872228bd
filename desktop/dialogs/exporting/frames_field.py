"""Chooses the frames: the whole clip or the marked range, all of them or every n-th."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QRadioButton, QSpinBox, QWidget

from desktop.theme import theme
from desktop.widgets.reason import enable


class FramesField(QWidget):
    """Two radio buttons and a step."""

    changed = Signal()

    def __init__(self, frame_count: int, marked_range: tuple[int, int] | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._frame_count, self._marked_range = frame_count, marked_range
        self.whole = QRadioButton(self.tr("Whole clip"))
        text = self.tr("Range {first} – {last}")
        self.marked = QRadioButton(
            text.format(first=marked_range[0], last=marked_range[1]) if marked_range else self.tr("Range")
        )
        enable(self.marked, "" if marked_range else self.tr("Mark a range on the timeline first"))
        (self.marked if marked_range else self.whole).setChecked(True)
        self.step = QSpinBox()
        self.step.setRange(1, max(1, frame_count))
        self.step.setAccessibleName(self.tr("Every n-th frame"))
        self.count = QLabel()
        self.count.setProperty("dim", True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.MARGIN)
        for part in (self.whole, self.marked, QLabel(self.tr("every")), self.step, self.count):
            layout.addWidget(part)
        layout.addStretch()
        self.whole.toggled.connect(self._show)
        self.step.valueChanged.connect(self._show)
        self._show()

    @property
    def ends(self) -> tuple[int, int]:
        """First and last frame, both included."""
        marked = self._marked_range
        return marked if marked and self.marked.isChecked() else (0, self._frame_count - 1)

    @property
    def frames(self) -> range:
        """The frames themselves."""
        first, last = self.ends
        return range(first, last + 1, self.step.value())

    def _show(self) -> None:
        count = len(self.frames)
        self.count.setText(self.tr("= 1 frame") if count == 1 else self.tr("= {count} frames").format(count=count))
        self.changed.emit()
