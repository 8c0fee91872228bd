"""How fast the clip plays: shown, and chosen from a menu."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from desktop.playback.player import PACES, Player


class SpeedButton(QToolButton):
    """Says the speed it plays at; while it stands, the one it would play at."""

    def __init__(self, player: Player, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._player = player
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setProperty("flat", True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setToolTip(self.tr("Speed of playing"))
        self.setAccessibleName(self.tr("Speed of playing"))
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("−0.25×") + 26)
        menu = QMenu(self)
        group = QActionGroup(self)
        for pace in PACES:
            action = menu.addAction(_text(pace))
            action.setCheckable(True)
            action.setData(pace)
            action.triggered.connect(lambda _checked=False, pace=pace: player.set_pace(pace))
            group.addAction(action)
        self.setMenu(menu)
        player.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        player = self._player
        self.setText(_text(player.speed if player.playing else player.pace))
        for action in self.menu().actions():
            action.setChecked(action.data() == player.pace)


def _text(speed: float) -> str:
    return f"{speed:g}×".replace("-", "−")
