"""Proposals: what may be an object on this frame, as a list to choose from."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QImage, QPixmap
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from core.types import Combine, Image
from desktop.canvas.canvas import Canvas
from desktop.panels.list_panel import LEAST_LIST, show_one
from desktop.session.session import EditorSession
from desktop.theme import theme
from desktop.tools.base import Sketch
from desktop.widgets.reason import enable
from desktop.workers.outlines import outline_of
from desktop.workers.regions import Proposer

if TYPE_CHECKING:
    from core.masks import Patch
    from core.masks.regions import Proposal

_ICON = QSize(64, 44)


class ProposalsPanel(QWidget):
    """Found by selective search, in a worker. A row outlines its proposal on the canvas; a double click adds it."""

    def __init__(self, session: EditorSession, canvas: Canvas, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._canvas = session, canvas
        self.proposer = Proposer(self)
        self.proposer.failed.connect(self._fail)
        self.bar = QProgressBar()
        self.bar.setAccessibleName(self.tr("Progress"))
        self.proposer.progressed.connect(self._progressed)
        self._proposals: list[Proposal] = []
        self._drawn = False
        self.list = QListWidget()
        self.list.setIconSize(_ICON)
        self.list.setMinimumHeight(LEAST_LIST)
        self.list.setAccessibleName(self.tr("Proposals of objects"))
        self.list.setToolTip(self.tr("A row outlines the proposal; a double click makes it part of the chosen object"))
        self.list.currentRowChanged.connect(self._outline)
        self.list.itemActivated.connect(lambda _item: self.take(Combine.ADD))
        self.hint = QLabel()
        self.hint.setProperty("dim", True)
        self.hint.setWordWrap(True)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.hint.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)
        self._idle = self.tr("“Find” lists what may be an object on this frame, the most striking first.")
        self.find_button = self._button(self.tr("Find"), self.tr("Look for objects on this frame"), self.search)
        self.add_button = self._button(
            self.tr("Add"),
            self.tr("Make the chosen proposal part of the chosen object (Enter)"),
            partial(self.take, Combine.ADD),
        )
        self.subtract_button = self._button(
            self.tr("Subtract"),
            self.tr("Take the chosen proposal out of the chosen object"),
            partial(self.take, Combine.SUBTRACT),
        )
        self.cancel_button = self._button(
            self.tr("Cancel"), self.tr("Stop looking for objects on this frame"), self.cancel
        )
        buttons = QHBoxLayout()
        buttons.setContentsMargins(theme.MARGIN, 0, theme.MARGIN, theme.SPACING)
        for button in (self.find_button, self.cancel_button, self.add_button, self.subtract_button):
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.hint, 1)
        layout.addWidget(self.bar)
        layout.addWidget(self.list, 1)
        layout.addLayout(buttons)
        session.frame_changed.connect(self._leave_frame)
        session.project_changed.connect(self.clear)
        self.clear()

    def search(self) -> None:
        """Looks for proposals on the frame that is shown."""
        picture = self._canvas.bench.picture
        self.clear()
        if picture is not None and self._canvas.labels is not None:
            self.hint.setText(self.tr("Looking for objects…"))
            self._show_search(True)
            self.proposer.propose(picture, partial(self._list, picture))

    def cancel(self) -> None:
        """Stops the search; nothing of it is listed."""
        self.clear()
        self.hint.setText(self.tr("Cancelled. “Find” looks for objects again."))

    def take(self, how: Combine) -> None:
        """Brings the chosen proposal and the chosen object's mask together, as one undo step."""
        row, bench = self.list.currentRow(), self._canvas.bench
        if 0 <= row < len(self._proposals):
            self._canvas.view.settle_tool()
            if bench.may_change(how):
                bench.commit_patch(self._proposals[row].patch, how, self.tr("Proposal"))

    def _leave_frame(self, _frame: int) -> None:
        """Another frame; there is nothing to take away on most that are played."""
        if self._proposals or not self.bar.isHidden() or self.hint.text() != self._idle:
            self.clear()

    def clear(self) -> None:
        """The proposals were of another frame."""
        self.proposer.drop()
        self._proposals = []
        self.list.clear()
        self.hint.setText(self._idle)
        self._show_search(False)
        self._outline(-1)
        self._show_state()

    def shut_down(self) -> None:
        """Waits for the thread, for a window that goes away."""
        self.proposer.shut_down()

    # -- inside

    def _button(self, text: str, tip: str, clicked: object) -> QPushButton:
        button = QPushButton(text)
        button.setToolTip(tip)
        button.clicked.connect(lambda: clicked())  # type: ignore[operator]
        return button

    def _show_search(self, searching: bool) -> None:
        """The bar and its button take the place of "Find" while there is something to wait for."""
        self.bar.setValue(0)
        self.bar.setVisible(searching)
        self.cancel_button.setVisible(searching)
        self.find_button.setVisible(not searching)

    def _progressed(self, percent: int) -> None:
        # progress may arrive after its search was dropped, when the bar is hidden
        if not self.bar.isHidden():
            self.bar.setValue(max(percent, self.bar.value()))

    def _fail(self, text: str) -> None:
        self._show_search(False)
        self.hint.setText(text)

    def _list(self, picture: Image, proposals: list[Proposal]) -> None:
        self._show_search(False)
        self._proposals = proposals
        for number, one in enumerate(proposals, start=1):
            box = one.patch.box
            text = self.tr("{number}  ·  {width} × {height}  ·  contrast {contrast}").format(
                number=number, width=box.width, height=box.height, contrast=f"{one.contrast:.2f}"
            )
            self.list.addItem(QListWidgetItem(QIcon(_cut_out(picture, one.patch)), text))
        if not proposals:
            self.hint.setText(self.tr("Nothing stands out on this frame: paint the object, or use smart select."))
        self._show_state()

    def _show_state(self) -> None:
        show_one(self.list, self.hint, bool(self._proposals))
        enable(self.find_button, "" if self._session.is_open else self.tr("Open a clip first."))
        for button in (self.add_button, self.subtract_button):
            enable(button, "" if self._proposals else self.tr("Nothing is proposed yet: find first."))

    def _outline(self, row: int) -> None:
        bench = self._canvas.bench
        if 0 <= row < len(self._proposals):
            bench.show_sketch(Sketch(outline_of(self._proposals[row].patch)))
            self._drawn = True
        elif self._drawn:
            bench.show_sketch(Sketch())
            self._drawn = False


def _cut_out(picture: Image, patch: Patch) -> QPixmap:
    """The proposal alone, small."""
    part = picture[patch.box.slices].copy()
    part[~patch.mask] //= 4
    part = np.ascontiguousarray(part)
    height, width = part.shape[:2]
    image = QImage(part.data, width, height, 3 * width, QImage.Format.Format_RGB888)
    ways = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    return QPixmap.fromImage(image.scaled(_ICON, *ways))
