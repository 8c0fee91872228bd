"""Explain: what the built-in network sees of this frame, what it remembers, and masks seeded from it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from core.types import Combine
from desktop.canvas.canvas import Canvas
from desktop.panels.inspection.fitted_picture import FittedPicture
from desktop.panels.inspection.scatter_view import ScatterView
from desktop.session.session import EditorSession
from desktop.theme import theme
from desktop.tools.base import Sketch
from desktop.workers.explaining import Explainer

if TYPE_CHECKING:
    from core.explain.projections import Scatter
    from core.explain.views import Answer

_SCATTERS = frozenset({"objects", "cells"})
_LEAST_ROWS, _MOST_ROWS = 4, 8
"""Rows of the list that are seen where the panel is low, and where there is room."""
_LEAST_PICTURE = 80
_WEIGHTS = (1.0, 0.5, 0.1, 0.0)


class ExplainPanel(QWidget):
    """A view of the current frame at a time. A click with the tool *Look inside* asks about a pixel."""

    wanted = Signal(str, str)
    """A view, or a seed to make a mask from: `core.explain.views` has their names; the other one is empty."""
    weight_chosen = Signal(int, float)
    """How much a frame is to count in the memory of the next propagation."""

    def __init__(self, session: EditorSession, canvas: Canvas, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._canvas = session, canvas
        self.explainer = Explainer(self)
        self.explainer.failed.connect(self.show_status)
        titles = {
            "references": self.tr("Which reference made this pixel?"),
            "embedding": self.tr("Embedding as colours (PCA)"),
            "features": self.tr("Feature maps"),
            "cam": self.tr("Class activation (CAM)"),
            "acol": self.tr("Complementary activation (ACoL)"),
            "gradcam": self.tr("Gradients (Grad-CAM)"),
            "similarity": self.tr("What is like this pixel"),
            "objects": self.tr("Objects over frames"),
            "cells": self.tr("Cells of this frame"),
        }
        self.view = self._choice(titles, self.tr("What is shown"))
        self.stage = self._choice({"16": "16", "8": "8", "4": "4"}, self.tr("Stride of the features"))
        ways = {"pca": self.tr("PCA"), "tsne": self.tr("t-SNE"), "umap": self.tr("UMAP")}
        self.way = self._choice(ways, self.tr("How points are laid out"))
        self.show_button = QPushButton()
        self.show_button.clicked.connect(self._show_or_cancel)
        self.set_busy(False)
        self.note = QLabel()
        self.note.setProperty("dim", True)
        self.note.setWordWrap(True)
        self.picture = FittedPicture()
        self.scatter = ScatterView()
        self.scatter.brushed.connect(self._brushed)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.picture)
        self.pages.addWidget(self.scatter)
        # as low as may be where the panel is: the list below is to be seen, too
        self.scatter.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.pages.setMinimumHeight(_LEAST_PICTURE)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("References that the pixel reads"))
        self.list.setToolTip(self.tr("The cells that are read are shown on their frame; a double click goes there"))
        self.list.currentRowChanged.connect(self._show_reference)
        self.list.itemActivated.connect(lambda _item: self._go())
        self.weight = self._choice(
            {str(value): text for value, text in zip(_WEIGHTS, self._weight_texts(), strict=True)},
            self.tr("How much this reference counts in the next propagation"),
        )
        self.weight.activated.connect(lambda _index: self._weigh())
        self._seeds = QHBoxLayout()
        self._seeds.addWidget(QLabel(self.tr("Mask from")))
        for seed, text, tip in (
            ("point", self.tr("Point"), self.tr("Mask what is like the pixel clicked on with “Look inside”")),
            ("cam", self.tr("CAM"), self.tr("Mask where the chosen object's activation is")),
            ("tag", self.tr("Tag"), self.tr("Mask what is like the objects of the chosen object's class")),
        ):
            button = QPushButton(text)
            button.setToolTip(tip)
            button.clicked.connect(partial(self._seed, seed))
            self._seeds.addWidget(button)
        self._lay_out()
        self._answer: Answer | None = None
        self._drawn = False
        self.weights: dict[int, float] = {}
        self.view.currentIndexChanged.connect(lambda _index: self._show_controls())
        session.frame_changed.connect(self._moved)
        session.project_changed.connect(self.clear)
        self.clear()

    @property
    def seeding(self) -> str:
        """The tooltip's word for what a mask was seeded from, as the name of the undo step."""
        return self.tr("Seeded mask")

    def show_status(self, text: str) -> None:
        """Says why there is nothing to be seen, or what is."""
        self.note.setText(text)

    def set_busy(self, busy: bool, of_frame: bool = True) -> None:
        """Whether an answer is on its way, which the button cancels then, and going to another frame if it is
        `of_frame`.
        """
        self._busy, self._of_frame = busy, of_frame
        self.show_button.setText(self.tr("Cancel") if busy else self.tr("Show"))
        self.show_button.setToolTip(self.tr("Stop looking") if busy else self.tr("Look at this frame"))

    def clear(self) -> None:
        """Shows nothing."""
        self.explainer.drop()
        self.set_busy(False)
        self._answer = None
        self.picture.clear()
        self.scatter.show_scatter(None, {})
        self.list.clear()
        self._sketch(Sketch())
        self.show_status(self.tr("Choose a view, or click on the picture with “Look inside” (Z)."))
        self._show_controls()

    def show_answer(self, answer: Answer, note: str) -> None:
        """Shows what was found."""
        self._answer = answer
        self.show_status(note)
        self.list.clear()
        self._sketch(Sketch())
        if answer.scatter is not None:
            colours = {track.object_id: track.colour for track in self._session.tracks}
            self.scatter.show_scatter(answer.scatter, colours)
            self.scatter.set_current(self._session.frame_index)
        elif answer.reading is not None:
            for one in answer.reading.references:
                kind = self.tr("anchor") if one.is_anchor else self.tr("result")
                votes = ", ".join(f"{self._name(key)} {share:.2f}" for key, share in one.votes.items())
                text = self.tr("Frame {frame}  ·  {kind}  ·  {share}  ·  for {votes}")
                row_text = text.format(frame=one.frame_index, kind=kind, share=f"{one.share:.0%}", votes=votes)
                item = QListWidgetItem(row_text, self.list)
                # a narrow panel cuts it off
                item.setToolTip(f"{row_text}\n{self.list.toolTip()}")
            # no higher than its rows: the picture has the rest
            row, frame, rows = self.list.sizeHintForRow(0), 2 * self.list.frameWidth() + 2, self.list.count()
            self.list.setMinimumHeight(min(_LEAST_ROWS, rows) * row + frame)
            self.list.setMaximumHeight(min(_MOST_ROWS, rows) * row + frame)
            self.list.setCurrentRow(0)
        elif answer.picture is not None:
            self.picture.show_picture(answer.picture)
        self._show_controls()

    def shut_down(self) -> None:
        """Waits for the thread, for a window that goes away."""
        self.explainer.shut_down()

    # -- inside

    def _weight_texts(self) -> list[str]:
        return [
            self.tr("counts in full"),
            self.tr("counts half"),
            self.tr("counts a tenth"),
            self.tr("is not read"),
        ]

    def _choice(self, titles: dict[str, str], tip: str) -> QComboBox:
        box = QComboBox()
        for name, title in titles.items():
            box.addItem(title, name)
        box.setToolTip(tip)
        box.setAccessibleName(tip)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(2)
        return box

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        for widget, stretch in ((self.view, 4), (self.stage, 1), (self.way, 2), (self.show_button, 0)):
            top.addWidget(widget, stretch)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.MARGIN, theme.SPACING, theme.MARGIN, theme.SPACING)
        layout.addLayout(top)
        # above what may be long: a low panel shows them without being scrolled
        layout.addLayout(self._seeds)
        layout.addWidget(self.note)
        layout.addWidget(self.pages, 1)
        layout.addWidget(self.list)
        layout.addWidget(self.weight)

    def _show_or_cancel(self) -> None:
        if self._busy:
            self._cancel()
        else:
            self.wanted.emit(self.view.currentData(), "")

    def _cancel(self) -> None:
        self.explainer.drop()
        self.set_busy(False)
        self.show_status(self.tr("Cancelled."))

    def _show_controls(self) -> None:
        name = self.view.currentData()
        self.stage.setVisible(name == "features")
        self.way.setVisible(name in _SCATTERS)
        self.pages.setCurrentWidget(self.scatter if name in _SCATTERS else self.picture)
        has_references = name == "references" and self.list.count() > 0
        self.list.setVisible(has_references)
        self.weight.setVisible(has_references)

    def _name(self, object_id: int) -> str:
        track = self._session.track(object_id)
        return track.name if track else str(object_id)

    def _seed(self, seed: str, _checked: bool = False) -> None:
        if self._canvas.bench.may_change(Combine.ADD):
            self.wanted.emit("", seed)

    def _reference(self) -> int | None:
        row = self.list.currentRow()
        if self._answer is None or self._answer.reading is None or row < 0:
            return None
        return self._answer.reading.references[row].frame_index

    def _show_reference(self, _row: int) -> None:
        frame = self._reference()
        if frame is None or self._answer is None:
            return
        self.picture.show_picture(self._answer.frames[frame])
        weight = self.weights.get(frame, 1.0)
        self.weight.setCurrentIndex(_WEIGHTS.index(min(_WEIGHTS, key=lambda one: abs(one - weight))))

    def _weigh(self) -> None:
        frame = self._reference()
        if frame is not None:
            self.weight_chosen.emit(frame, _WEIGHTS[self.weight.currentIndex()])

    def _go(self) -> None:
        frame = self._reference()
        if frame is not None:
            self._session.go_to(frame)

    def _brushed(self, numbers: list[int]) -> None:
        scatter = self.scatter.scatter
        if scatter is None or not numbers:
            self._sketch(Sketch())
            return
        if scatter.cells:
            self._outline_cells(scatter, numbers)
            return
        frames = sorted({scatter.frames[number] for number in numbers})
        self.show_status(self.tr("Frames: {frames}").format(frames=", ".join(map(str, frames[:20]))))
        self._session.choose_object(scatter.object_ids[numbers[0]])
        self._session.go_to(scatter.frames[numbers[0]])

    def _outline_cells(self, scatter: Scatter, numbers: list[int]) -> None:
        video = self._session.video
        if video is None or scatter.frames[0] != self._session.frame_index:
            return
        rows, columns = scatter.grid
        wide, high = video.size[0] / columns, video.size[1] / rows
        lines = []
        for number in numbers:
            row, column = divmod(scatter.cells[number], columns)
            x0, y0, x1, y1 = column * wide, row * high, (column + 1) * wide, (row + 1) * high
            lines.append(((x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)))
        self._sketch(Sketch(tuple(lines)))

    def _sketch(self, sketch: Sketch) -> None:
        if sketch.lines or self._drawn:
            self._canvas.bench.show_sketch(sketch)
        self._drawn = bool(sketch.lines)

    def _moved(self, frame_index: int) -> None:
        self._canvas.probe.point = None
        if self._busy and self._of_frame:
            self._cancel()
        self._sketch(Sketch())
        self.scatter.set_current(frame_index)
