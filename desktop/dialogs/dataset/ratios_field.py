"""How many of the clips are for training, how many to choose by, and how many to test with."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSpinBox, QWidget

from core.datasets.splits import split_counts
from desktop.theme import theme
from desktop.widgets.reason import enable

_START = (80, 10, 10)


class RatiosField(QWidget):
    """Three shares in percent of the clips; a clip is never divided, so one clip alone goes to training."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACING)
        self.boxes: list[QSpinBox] = []
        titles = (self.tr("training"), self.tr("validation"), self.tr("test"))
        for title, share in zip(titles, _START, strict=True):
            box = QSpinBox()
            box.setRange(0, 100)
            box.setValue(share)
            box.setSuffix(" %")
            box.setAccessibleName(self.tr("Share of the clips for {part}").format(part=title))
            box.valueChanged.connect(self.changed)
            label = QLabel(title)
            label.setBuddy(box)
            layout.addWidget(box)
            layout.addWidget(label)
            layout.addSpacing(theme.MARGIN)
            self.boxes.append(box)
        self.counts = QLabel()
        self.counts.setProperty("dim", True)
        layout.addWidget(self.counts)
        layout.addStretch()
        self._clips = 1
        self.changed.connect(self._show_counts)
        self._show_counts()

    def set_clips(self, clips: int) -> None:
        """Sets how many clips are split; one alone cannot be."""
        self._clips = clips
        enable(self, "" if clips > 1 else self.tr("One clip cannot be shared out."))
        self._show_counts()

    def _show_counts(self) -> None:
        counts = split_counts(self._clips, [box.value() / 100 for box in self.boxes])
        text = self.tr("= {counts} clips").format(counts=" + ".join(map(str, counts)))
        self.counts.setText(text if self._clips > 1 else "")

    @property
    def ratios(self) -> tuple[float, ...] | None:
        """The shares; None where there is one clip, which goes to training."""
        return tuple(box.value() / 100 for box in self.boxes) if self.isEnabled() else None

    @property
    def complete(self) -> bool:
        """Whether any part gets a share."""
        return not self.isEnabled() or any(box.value() for box in self.boxes)
