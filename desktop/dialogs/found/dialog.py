"""The list of what was found: a thumbnail, class and score each, to be accepted one by one or all together."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QIcon, QImage, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSlider,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from core.types import Image
from desktop.dialogs.found.candidate import LEAST_PERCENT, THUMBNAIL, Candidate
from desktop.dialogs.found.search import Kind, Search
from desktop.settings.core_texts import core_text
from desktop.theme import theme
from desktop.widgets.lists.search_combo import SearchCombo
from desktop.widgets.reason import enable

_USUAL_PERCENT = 50
_INDEX_ROLE = Qt.ItemDataRole.UserRole


class FoundDialog(QDialog):
    """Stays open next to the window, so that what is accepted can be seen on the picture."""

    search_requested = Signal(object)
    """A Search."""
    accept_requested = Signal(object)
    """Several Candidates that are to become objects."""
    follow_requested = Signal()
    shown_frame = Signal(int)
    """The frame of what was chosen in the list."""

    def __init__(self, detectors: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        """`detectors` are names and titles, the default first."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Find objects"))
        self.resize(560, min(620, self.screen().availableSize().height() - 40))
        self._candidates: list[Candidate] = []
        self.detector = SearchCombo()
        self.detector.setAccessibleName(self.tr("Detector"))
        for name, title in detectors:
            self.detector.addItem(core_text(title), name)
        self.text = QLineEdit()
        self.text.setPlaceholderText(self.tr("dog; red ball"))
        self.text.setAccessibleName(self.tr("What to find, several things separated by semicolons"))
        self.by_detector = self._button(self.tr("Find objects"), self.tr("Everything that the detector knows"))
        self.by_text = self._button(self.tr("Find by text"), self.tr("Every object that matches the text"))
        self.similar = self._button(
            self.tr("All like the chosen object"), self.tr("Everything like the object that is chosen in the window")
        )
        self.frames = QComboBox()
        self.frames.setAccessibleName(self.tr("Frames to search"))
        self.frames.addItems([self.tr("On this frame"), self.tr("On every n-th frame")])
        self.every = QSpinBox()
        self.every.setAccessibleName(self.tr("Frame interval of the search"))
        self.every.setRange(1, 100_000)
        self.every.setValue(25)
        self.every.setEnabled(False)
        self.threshold = QSlider(Qt.Orientation.Horizontal)
        self.threshold.setAccessibleName(self.tr("Least score"))
        self.threshold.setRange(LEAST_PERCENT, 99)
        self.threshold.setValue(_USUAL_PERCENT)
        self.threshold_text = QLabel()
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("What was found"))
        self.list.setIconSize(THUMBNAIL)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setUniformItemSizes(True)
        self.note = QLabel()
        self.note.setWordWrap(True)
        self.note.setProperty("dim", True)
        self.accept_chosen = self._button(self.tr("Accept"), self.tr("Make the chosen ones objects of the project"))
        self.accept_all = self._button(self.tr("Accept all"), self.tr("Make all that are listed objects"))
        self.follow = self._button(self.tr("Follow"), self.tr("Follow all objects through the clip"))
        self.shut = self._button(self.tr("Close"), "")
        self._lay_out()
        self._connect()
        self.show_candidates([], self.tr("Choose how to look, then find."))

    # -- what is shown

    def show_candidates(self, candidates: Sequence[Candidate], note: str) -> None:
        """Lists what was found, the surest first, or says why there is nothing."""
        # rows that go one by one would each be the chosen one for a moment, and lead to their frames
        with QSignalBlocker(self.list):
            self.list.clear()
        self._candidates = list(candidates)
        for index, candidate in enumerate(self._candidates):
            found = candidate.found
            frames = sorted(found.masks)
            text = self.tr("{label}  ·  {score}  ·  frame {frame}").format(
                label=found.label, score=f"{found.score:.2f}", frame=frames[0]
            )
            if len(frames) > 1:
                text += "  ·  " + self.tr("{count} frames").format(count=len(frames))
            item = QListWidgetItem(_icon(candidate.picture), text)
            item.setData(_INDEX_ROLE, index)
            self.list.addItem(item)
        self.note.setText(note)
        self._filter()

    def show_note(self, text: str) -> None:
        """Shows a note below the list, such as why nothing was found."""
        self.note.setText(text)

    def set_busy(self, busy: bool) -> None:
        """While a search runs no other one can be begun."""
        for button in (self.by_detector, self.by_text, self.similar):
            enable(button, self.tr("A search is running.") if busy else "")

    def take_out(self, accepted: Sequence[Candidate]) -> None:
        """Removes the detections that became objects from the list."""
        left = [candidate for candidate in self._candidates if all(candidate is not one for one in accepted)]
        self.show_candidates(left, self.note.text())

    @property
    def listed(self) -> list[Candidate]:
        """The detections whose score reaches the threshold."""
        least = self.threshold.value() / 100
        return [candidate for candidate in self._candidates if candidate.found.score >= least]

    @property
    def chosen(self) -> list[Candidate]:
        rows = [item for item in self.list.selectedItems() if not item.isHidden()]
        return [self._candidates[int(item.data(_INDEX_ROLE))] for item in rows]

    # -- inside

    def _button(self, text: str, tip: str) -> QPushButton:
        button = QPushButton(text)
        button.setToolTip(tip)
        # Return in the field of the text looks for the text, and nothing else
        button.setAutoDefault(False)
        return button

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        grid.addWidget(QLabel(self.tr("Detector")), 0, 0)
        grid.addWidget(self.detector, 0, 1)
        grid.addWidget(self.by_detector, 0, 2)
        grid.addWidget(QLabel(self.tr("Text")), 1, 0)
        grid.addWidget(self.text, 1, 1)
        grid.addWidget(self.by_text, 1, 2)
        grid.addWidget(QLabel(self.tr("Frames")), 2, 0)
        frames = QHBoxLayout()
        frames.addWidget(self.frames, 1)
        frames.addWidget(self.every)
        grid.addLayout(frames, 2, 1)
        grid.addWidget(self.similar, 2, 2)
        grid.addWidget(QLabel(self.tr("Least score")), 3, 0)
        grid.addWidget(self.threshold, 3, 1)
        grid.addWidget(self.threshold_text, 3, 2)
        buttons = QHBoxLayout()
        buttons.addWidget(self.accept_chosen)
        buttons.addWidget(self.accept_all)
        buttons.addWidget(self.follow)
        buttons.addStretch()
        buttons.addWidget(self.shut)
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.SPACING)
        layout.addLayout(grid)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.note)
        layout.addLayout(buttons)

    def _connect(self) -> None:
        self.by_detector.clicked.connect(lambda: self._search(Kind.DETECTOR))
        self.by_text.clicked.connect(lambda: self._search(Kind.TEXT))
        self.text.returnPressed.connect(lambda: self._search(Kind.TEXT))
        self.similar.clicked.connect(lambda: self._search(Kind.SIMILAR))
        self.frames.currentIndexChanged.connect(lambda index: self.every.setEnabled(index == 1))
        self.threshold.valueChanged.connect(self._filter)
        self.list.itemSelectionChanged.connect(self._show_buttons)
        self.list.currentItemChanged.connect(self._show_frame)
        self.list.itemActivated.connect(lambda _item: self.accept_requested.emit(self.chosen))
        self.accept_chosen.clicked.connect(lambda: self.accept_requested.emit(self.chosen))
        self.accept_all.clicked.connect(lambda: self.accept_requested.emit(self.listed))
        self.follow.clicked.connect(self.follow_requested)
        self.shut.clicked.connect(self.close)

    def _search(self, kind: Kind) -> None:
        if not self.by_text.isEnabled():
            return
        if kind is Kind.TEXT and not self.text.text().strip():
            self.text.setFocus()
            return
        every = self.every.value() if self.frames.currentIndex() == 1 else None
        self.search_requested.emit(Search(kind, str(self.detector.currentData()), self.text.text().strip(), every))

    def _filter(self) -> None:
        least = self.threshold.value() / 100
        hidden = len(self._candidates) - len(self.listed)
        text = self.tr("{least}  ·  {count} hidden") if hidden else "{least}"
        self.threshold_text.setText(text.format(least=f"{least:.2f}", count=hidden))
        for row in range(self.list.count()):
            item = self.list.item(row)
            item.setHidden(self._candidates[int(item.data(_INDEX_ROLE))].found.score < least)
        self._show_buttons()

    def _show_frame(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.shown_frame.emit(min(self._candidates[int(item.data(_INDEX_ROLE))].found.masks))

    def _show_buttons(self) -> None:
        nothing = "" if self.listed else self.tr("Nothing is listed.")
        enable(self.accept_chosen, nothing or ("" if self.chosen else self.tr("Choose some in the list.")))
        enable(self.accept_all, nothing)


def _icon(picture: Image) -> QIcon:
    height, width = picture.shape[:2]
    image = QImage(picture.tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888)
    made = QIcon(QPixmap.fromImage(image))
    # a chosen row does not tint it
    made.addPixmap(QPixmap.fromImage(image), QIcon.Mode.Selected)
    return made
