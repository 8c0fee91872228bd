"""What belongs to the program rather than to a clip: palette, shortcuts, preferences and help."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication

from desktop.commands.handlers import Handlers
from desktop.dialogs.about import show_about
from desktop.dialogs.log_window import LogWindow
from desktop.dialogs.preferences_dialog import PreferencesDialog
from desktop.dialogs.shortcuts import ShortcutsDialog
from desktop.palette.entries import entries
from desktop.palette.palette import CommandPalette
from desktop.program.diagnostics import diagnostics
from desktop.settings.preferences import Preferences, load_preferences

if TYPE_CHECKING:
    from desktop.main_window import MainWindow


class HouseCommands(QObject):
    """What the Help menu does, and the settings of the program."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        # naming threads loads OpenCV: the window is on the screen before
        window.first_painted.connect(lambda: prefer_threads(load_preferences().threads))

    def handlers(self) -> Handlers:
        """By the action's name."""
        return {
            "palette": self._show_palette,
            "reset_panels": self._window.reset_panels,
            "preferences": self._ask_preferences,
            "shortcuts": self._show_shortcuts,
            "log": self._show_log,
            "copy_diagnostics": self._copy_diagnostics,
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

    def _show_log(self) -> None:
        LogWindow(self._copy_diagnostics, self._window).show()

    def _copy_diagnostics(self) -> None:
        QGuiApplication.clipboard().setText(diagnostics(self._window))
        self._window.notices.say(self.tr("The diagnostics are on the clipboard: paste them into your report."))

    def _ask_preferences(self) -> None:
        window, before = self._window, load_preferences()
        dialog = PreferencesDialog(replace(before, device=window.engine.device_name), window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self._take(dialog.chosen, before))
        dialog.open()

    def _take(self, chosen: Preferences, before: Preferences) -> None:
        """Saves the preferences and makes them count at once."""
        window = self._window
        chosen.save()
        prefer_threads(chosen.threads)
        device = window.engine.device
        device.setCurrentIndex(max(0, device.findData(chosen.device)))
        if window.session.cache is not None:
            window.session.cache.resize(chosen.cache_bytes)
        if not chosen.needs_new_window(before):
            return
        if window.jobs.busy:
            # another window would end the work
            window.notices.say(self.tr("Theme and language change when Rotoflow is started again."))
        else:
            window.renewal_requested.emit()


def prefer_threads(count: int) -> None:
    """Tells the engines how many threads a person wants; see `core.engines.threads`."""
    from core.engines.threads import prefer_threads as prefer

    prefer(count)
