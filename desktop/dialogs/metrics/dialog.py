"""Shows what was measured of masks against true ones: totals, objects, frames, confusion, confidence."""

from __future__ import annotations

import math
from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QSizePolicy,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.dialogs.metrics.precision_plot import PrecisionPlot
from desktop.theme import theme
from desktop.widgets.score_curve import GREY, ScoreCurve

if TYPE_CHECKING:
    from core.batch.reports.measures import MeasuredClip

Colour = tuple[int, int, int]

_WIDTH, _LEAST_HEIGHT = 760, 520
_SCREEN_SHARE = 0.85
"""How much of a screen's height the dialog takes at most when it opens."""


class MetricsDialog(QDialog):
    """Stays open next to the window: a click on a curve goes to the frame, and the masks can be corrected meanwhile."""

    frame_chosen = Signal(int)
    save_requested = Signal()

    def __init__(self, clip: MeasuredClip, colours: Mapping[int, Colour], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Metrics of {clip}").format(clip=clip.name))
        self.clip, self._colours, self._current = clip, colours, 0
        self.tabs = QTabWidget()
        self.tabs.addTab(self._overview(), self.tr("Overview"))
        self.tabs.addTab(self._by_frame(), self.tr("By frame"))
        self.confusion = self._confusion()
        note = _note(self.tr("Rows are the true labels, columns what was found there. A row's shares make 100 %."))
        self.tabs.addTab(_column(note, self.confusion), self.tr("Confusion"))
        self.tabs.addTab(self._confidence(), self.tr("Confidence"))
        self.save_button = QPushButton(self.tr("Save…"))
        self.save_button.setToolTip(self.tr("Write a page with plots, JSON and CSV into a folder"))
        self.save_button.clicked.connect(self.save_requested)
        close = QPushButton(self.tr("Close"))
        close.clicked.connect(self.close)
        buttons = QHBoxLayout()
        buttons.addWidget(self.save_button)
        buttons.addStretch()
        buttons.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*4 * (theme.MARGIN,))
        layout.setSpacing(theme.MARGIN)
        layout.addWidget(self.tabs, 1)
        layout.addLayout(buttons)
        # all rows of the overview, where the screen has room for them
        room = int(_SCREEN_SHARE * self.screen().availableGeometry().height())
        self.resize(_WIDTH, max(_LEAST_HEIGHT, min(self.sizeHint().height(), room)))

    def _overview(self) -> QWidget:
        measured = self.clip.measured
        titles = {
            "pixel_accuracy": self.tr("Pixel accuracy"),
            "class_accuracy": self.tr("Class accuracy"),
            "mean_iou": self.tr("Mean IoU"),
            "frequency_weighted_iou": self.tr("Frequency-weighted IoU"),
            "j": self.tr("J (region)"),
            "f": self.tr("F (contour)"),
            "j_and_f": self.tr("J&F"),
            "boundary_iou": self.tr("Boundary IoU"),
            "average_precision": self.tr("Average precision"),
        }
        totals = measured.totals()
        self.totals = _table([self.tr("Measure"), self.tr("Value")], len(totals), self.tr("Measures of all frames"))
        for row, (name, value) in enumerate(totals.items()):
            _put(self.totals, row, 0, titles[name])
            _put(self.totals, row, 1, _text(value))
        # all rows are seen where there is room: what is left over is that of the objects
        self.totals.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        headings = [
            *(self.tr("Object"), self.tr("J (region)"), self.tr("F (contour)"), self.tr("Boundary IoU")),
            *(self.tr("IoU"), self.tr("Accuracy")),
        ]
        self.objects = _table(headings, len(measured.object_ids), self.tr("Measures of each object"))
        for row, key in enumerate(measured.object_ids):
            values = [measured.object_mean(name, key) for name in ("j", "f", "boundary_iou")]
            values += [measured.confusion.ious.get(key, math.nan), measured.confusion.accuracies.get(key, math.nan)]
            _put(self.objects, row, 0, self.clip.names.get(key, str(key)))
            for column, value in enumerate(values, start=1):
                _put(self.objects, row, column, _text(value))
        for table in (self.totals, self.objects):
            table.setSizeAdjustPolicy(QTableWidget.SizeAdjustPolicy.AdjustToContents)
        note = _note(
            self.tr(
                "{count} frames. Accuracies and IoU count the pixels of all of them; J, F and boundary IoU are means."
            ).format(count=len(measured.frames))
        )
        return _column(note, self.totals, self.objects)

    def _by_frame(self) -> QWidget:
        self.measure = QComboBox()
        self.measure.setAccessibleName(self.tr("What the curves show"))
        for name, title in (
            ("j", self.tr("J (region)")),
            ("f", self.tr("F (contour)")),
            ("boundary_iou", self.tr("Boundary IoU")),
        ):
            self.measure.addItem(title, name)
        self.curve = ScoreCurve()
        self.curve.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.curve.frame_chosen.connect(self.frame_chosen)
        self.measure.currentIndexChanged.connect(lambda _index: self._show_curve())
        self.values = _note("")
        self.values.setTextFormat(Qt.TextFormat.RichText)
        self._show_curve()
        return _column(self.measure, self.values, self.curve)

    def set_current(self, frame_index: int) -> None:
        """Marks the frame that the window shows, and says what was measured there."""
        self._current = frame_index
        self.curve.set_current(frame_index)
        lanes = self.clip.measured.lanes[self.measure.currentData()]
        parts = [self.tr("Frame {frame}").format(frame=frame_index)]
        for key, lane in lanes.items():
            colour = QColor(*self._colours.get(key, GREY)).name()
            name = escape(self.clip.names.get(key, str(key)))
            parts.append(f'<span style="color:{colour}">●</span> {name} {_text(lane.get(frame_index, math.nan))}')
        self.values.setText("&nbsp;&nbsp; ".join(parts))

    def _show_curve(self) -> None:
        lanes = self.clip.measured.lanes[self.measure.currentData()]
        self.curve.show_scores(lanes, self._colours, len(self.clip.frame_names))
        self.curve.setAccessibleName(self.measure.currentText())
        self.curve.setToolTip(self.tr("Each object by frame; click to go there"))
        self.set_current(self._current)

    def _confusion(self) -> QTableWidget:
        found = self.clip.measured.confusion
        names = [self.tr("Background") if key == 0 else self.clip.names.get(key, str(key)) for key in found.ids]
        table = _table(names, len(names), self.tr("Pixels of each true label (row) by what was found there (column)"))
        table.setVerticalHeaderLabels(names)
        table.verticalHeader().setVisible(True)
        for row, counts in enumerate(found.counts().tolist()):
            for column, count in enumerate(counts):
                share = count / max(1, sum(counts))
                item = _put(table, row, column, f"{count}  ({share:.1%})")
                item.setBackground(share_ground(share))
        return table

    def _confidence(self) -> QWidget:
        from core.batch.reports.measures import precision_by_recall

        curve = self.clip.measured.curve
        if curve is None:
            return _column(
                _note(self.tr("There is no confidence to measure: these masks are not an engine's results."))
            )
        note = _note(
            self.tr(
                "Precision (upwards) over recall, of results ordered by how sure the engine is; right from a J of "
                "{right} on. Average precision {average}."
            ).format(right=self.clip.measured.right, average=_text(curve.average))
        )
        return _column(note, PrecisionPlot(precision_by_recall(curve)))


def share_ground(share: float) -> QColor:
    """What lies behind a share's number, more of it for a larger one: on all of it the theme's text can be read."""
    ground = QColor(theme.SELECTION)
    ground.setAlphaF(share)
    return ground


def _note(text: str) -> QLabel:
    note = QLabel(text)
    note.setWordWrap(True)
    note.setProperty("dim", True)
    return note


def _column(*widgets: QWidget) -> QWidget:
    page = QWidget()
    layout = QVBoxLayout(page)
    for widget in widgets:
        layout.addWidget(widget)
    if not isinstance(widgets[-1], QTableWidget | ScoreCurve | PrecisionPlot):
        layout.addStretch()
    return page


def _table(headings: list[str], rows: int, name: str) -> QTableWidget:
    table = QTableWidget(rows, len(headings))
    table.setHorizontalHeaderLabels(headings)
    table.verticalHeader().setVisible(False)
    table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    # Tab goes on to what is next to the table
    table.setTabKeyNavigation(False)
    table.setAccessibleName(name)
    table.setToolTip(name)
    return table


def _put(table: QTableWidget, row: int, column: int, text: str) -> QTableWidgetItem:
    item = QTableWidgetItem(text)
    table.setItem(row, column, item)
    return item


def _text(value: float) -> str:
    return "–" if math.isnan(value) else f"{value:.3f}"
