"""What belongs to the program rather than to a clip: palette, shortcuts and help."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from desktop.commands.handlers import Handlers
from desktop.dialogs.about import show_about
from desktop.dialogs.shortcuts import ShortcutsDialog
from desktop.palette.entries import entries
from desktop.palette.palette import CommandPalette

if TYPE_CHECKING:
    from desktop.main_window import MainWindow


class HouseCommands(QObject):
    """What the Help menu does, and the settings of the program."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def handlers(self) -> Handlers:
        """By the action's name."""
        return {
            "palette": self._show_palette,
            "shortcuts": self._show_shortcuts,
            "about": partial(show_about, self._window),
        }

    def _show_palette(self) -> None:
        palette = CommandPalette(entries(self._window.menuBar(), self._window.actions_), self._window)
        palette.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        palette.open()

    def _show_shortcuts(self) -> None:
        dialog = ShortcutsDialog(self._window.actions_, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()
