"""A bar over the canvas while something is compared: what it is compared with, and where the dividing line is."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QSlider, QWidget

from desktop.canvas.comparing.comparison import Comparing, Comparison
from desktop.theme import theme
from desktop.widgets.elided_label import ElidedLabel
from desktop.widgets.lists.search_combo import SearchCombo

_STEPS_SHOWN = 60
_DIVIDER_STEPS = 200
_LEAST_DIVIDER = 100
_ARROW = 48
"""Pixels of a list's width that are not its text's."""


class CompareBar(QWidget):
    """Hidden while nothing is compared."""

    def __init__(self, comparing: Comparing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._comparing = comparing
        self._title = ElidedLabel()
        self._title.setProperty("dim", True)
        self.steps = SearchCombo()
        self.steps.setAccessibleName(self.tr("Compare with"))
        self.steps.setToolTip(self.tr("The step before which the masks of before were"))
        self.steps.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.steps.setMinimumContentsLength(18)
        self.steps.activated.connect(lambda index: comparing.choose_step(self.steps.itemData(index)))
        self.divider = QSlider(Qt.Orientation.Horizontal)
        self.divider.setRange(0, _DIVIDER_STEPS)
        # in a narrow window the text is cut short, and the line can still be moved
        self.divider.setMinimumWidth(_LEAST_DIVIDER)
        self.divider.setValue(_DIVIDER_STEPS // 2)
        self.divider.setAccessibleName(self.tr("Line between before and now"))
        self.divider.setToolTip(self.divider.accessibleName())
        self.divider.valueChanged.connect(lambda value: comparing.set_divider(value / _DIVIDER_STEPS))
        self.close_button = QPushButton(self.tr("End comparing"))
        self.close_button.clicked.connect(lambda: comparing.set_way(None))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.MARGIN, 2, theme.MARGIN, 2)
        layout.setSpacing(theme.SPACING)
        layout.addWidget(self._title, 3)
        layout.addWidget(self.steps, 3)
        layout.addWidget(self.divider, 2)
        layout.addWidget(self.close_button)
        for widget in (self.steps, self.divider, self.close_button):
            # the keys of the canvas go on working after a click
            widget.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        comparing.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        way = self._comparing.way
        self.setVisible(way is not None)
        if way is None:
            return
        titles = {
            Comparison.WIPE: self.tr("Left of the line the masks of before, right of it now."),
            Comparison.FLICKER: self.tr("Masks of before and now in turn."),
            Comparison.DIFFERENCE: self.tr("Blue: added; orange: gone; pink: another object."),
            Comparison.ONION: self.tr("Outlines of the frame before in blue, of the next in orange."),
        }
        self.divider.setVisible(way is Comparison.WIPE)
        self.steps.setVisible(way.of_steps)
        chosen = self._comparing.step
        with QSignalBlocker(self.steps):
            self.steps.clear()
            for step in self._comparing.steps[:_STEPS_SHOWN]:
                self.steps.addItem(self.tr("Before “{step}”").format(step=step.text), step.step_id)
            if chosen is not None:
                self.steps.setCurrentIndex(self.steps.findData(chosen.step_id))
        # a name is seen whole where there is room, and takes no more of it
        whole = self.steps.view().sizeHintForColumn(0) + _ARROW
        self.steps.setMaximumWidth(max(whole, self.steps.minimumSizeHint().width()))
        missing = way.of_steps and chosen is None
        self._title.setText(self.tr("There is no step yet to compare with.") if missing else titles[way])
