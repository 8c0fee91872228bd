"""Four buttons that say what an area does to the mask."""

from __future__ import annotations

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QWidget

from core.types import Combine
from desktop.theme.icons import IconButton
from desktop.tools.area_settings import AreaSettings


class CombineButtons(QWidget):
    """Add, subtract, intersect, replace; one is down."""

    def __init__(self, area: AreaSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        tips = {
            Combine.ADD: self.tr("Add to the mask (hold Shift)"),
            Combine.SUBTRACT: self.tr("Subtract from the mask (hold Alt, or use the right button)"),
            Combine.INTERSECT: self.tr("Keep only what lies inside (hold Shift+Alt)"),
            Combine.REPLACE: self.tr("Replace the mask"),
        }
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        self._group = QButtonGroup(self)
        self.buttons: dict[Combine, QToolButton] = {}
        for how, tip in tips.items():
            button = IconButton(f"combine_{how.value}")
            button.setCheckable(True)
            button.setToolTip(tip)
            button.setAccessibleName(tip)
            button.clicked.connect(lambda _checked=False, chosen=how: area.set_how(chosen))
            self._group.addButton(button)
            self.buttons[how] = button
            layout.addWidget(button)
        self._area = area
        area.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        self.buttons[self._area.how].setChecked(True)
