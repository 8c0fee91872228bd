"""A class that an object may be of, to be taken by a click."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from core.types import ObjectTrack
from desktop.theme import theme
from desktop.widgets.elided_label import ElidedLabel


class TagSuggestion(QWidget):
    """Below the objects, only while there is something to suggest."""

    taken = Signal(int, str)
    """The object's id and its class."""
    refused = Signal(int, str)
    """It is something else."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._suggested: tuple[int, str] | None = None
        # a long class makes the panel no wider: the picture would move
        self.text = ElidedLabel()
        self.use_button = QPushButton(self.tr("Use"))
        self.use_button.setToolTip(self.tr("Give the object this class"))
        self.use_button.clicked.connect(self._use)
        self.no_button = QPushButton(self.tr("No"))
        self.no_button.setToolTip(self.tr("It is something else"))
        self.no_button.clicked.connect(self._refuse)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.MARGIN, 0, theme.MARGIN, 0)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.use_button)
        layout.addWidget(self.no_button)
        self.setVisible(False)

    def suggest(self, track: ObjectTrack, class_label: str, certainty: float) -> None:
        """Shows a class for an object."""
        self._suggested = track.object_id, class_label
        text = self.tr("{name}: {tag}? ({certainty})")
        self.text.setText(text.format(name=track.name, tag=class_label, certainty=f"{certainty:.0%}"))
        self.setVisible(True)

    def drop_for(self, tracks: Iterable[ObjectTrack]) -> None:
        """Hides the suggestion where its object has a class by now, or is gone from `tracks`."""
        if self._suggested is None:
            return
        without = {track.object_id for track in tracks if not track.class_label}
        if self._suggested[0] not in without:
            self.hide_suggestion()

    def hide_suggestion(self) -> None:
        """Nothing is suggested any more."""
        self._suggested = None
        self.setVisible(False)

    def _use(self) -> None:
        suggested = self._suggested
        self.hide_suggestion()
        if suggested is not None:
            self.taken.emit(*suggested)

    def _refuse(self) -> None:
        suggested = self._suggested
        self.hide_suggestion()
        if suggested is not None:
            self.refused.emit(*suggested)
