"""What belongs to the program rather than to a clip: palette, shortcuts, preferences and help."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QMainWindow

from desktop.actions.actions import Actions
from desktop.commands.handlers import Handlers
from desktop.panels.engine_panel import EnginePanel
from desktop.panels.notice_bar import Kind
from desktop.session.session import EditorSession
from desktop.settings.preferences import Preferences, load_preferences
from desktop.workers.jobs import Jobs


class ApplicationCommands(QObject):
    """What the Help menu does, and the settings of the program."""

    notice = Signal(str, object)
    reset_requested = Signal()
    """The panels are to return to their positions in a new window."""
    renewal_requested = Signal()
    """Theme or language changed: a new window is requested."""
    models_changed = Signal()
    """Another model is there, or one is gone, and with it an engine."""

    def __init__(
        self,
        session: EditorSession,
        jobs: Jobs,
        batch_runs: Callable[[], bool],
        engine: EnginePanel,
        actions: Actions,
        window: QMainWindow,
    ) -> None:
        """`window` is the parent of the dialogs, and its menus are what the palette lists."""
        super().__init__(window)
        self._session, self._jobs, self._engine, self._actions = session, jobs, engine, actions
        self._batch_runs = batch_runs
        self._window = window
        self._models: QDialog | None = None

    def handlers(self) -> Handlers:
        """The handlers by the action's name."""
        return {
            "palette": self._show_palette,
            "reset_panels": self.reset_requested.emit,
            "preferences": self._ask_preferences,
            "shortcuts": self._show_shortcuts,
            "log": self._show_log,
            "models": self._show_models,
            "copy_diagnostics": self._copy_diagnostics,
            "about": self._show_about,
        }

    # Dialogs are imported on first use: the window is on the screen a tenth sooner.

    def _show_about(self) -> None:
        from desktop.dialogs.about import show_about

        show_about(self._window)

    def _show_palette(self) -> None:
        from desktop.palette.entries import entries
        from desktop.palette.palette import CommandPalette

        palette = CommandPalette(entries(self._window.menuBar(), self._actions), self._window)
        palette.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        palette.open()

    def _show_shortcuts(self) -> None:
        from desktop.dialogs.shortcuts import ShortcutsDialog

        dialog = ShortcutsDialog(self._actions, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()

    def _show_log(self) -> None:
        from desktop.dialogs.log_window import LogWindow

        LogWindow(self._copy_diagnostics, self._window).show()

    def _show_models(self) -> None:
        from desktop.dialogs.models.dialog import ModelsDialog

        if self._models is None:
            dialog = self._models = ModelsDialog(self._window)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.changed.connect(self.models_changed)
            dialog.finished.connect(self._forget_models)
        self._models.show()
        self._models.activateWindow()

    def _forget_models(self) -> None:
        self._models = None

    def close_dialogs(self) -> None:
        """Closes them with the window: a download stops, and what has come is kept."""
        if self._models is not None:
            self._models.close()

    def _copy_diagnostics(self) -> None:
        from desktop.program.diagnostics import diagnostics

        QGuiApplication.clipboard().setText(diagnostics(self._session, self._engine))
        self.notice.emit(self.tr("The diagnostics are on the clipboard: paste them into your report."), Kind.INFO)

    def _ask_preferences(self) -> None:
        from desktop.dialogs.preferences_dialog import PreferencesDialog

        before = load_preferences()
        dialog = PreferencesDialog(replace(before, device=self._engine.device_name), self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self._take(dialog.chosen, before))
        dialog.open()

    def _take(self, chosen: Preferences, before: Preferences) -> None:
        """Saves the preferences and applies them at once."""
        chosen.save()
        prefer_threads(chosen.threads)
        device = self._engine.device
        device.setCurrentIndex(max(0, device.findData(chosen.device)))
        if self._session.cache is not None:
            self._session.cache.resize(chosen.cache_bytes)
        if not chosen.needs_new_window(before):
            return
        if self._jobs.busy or self._batch_runs():
            # another window would end the work
            self.notice.emit(self.tr("Theme and language change when Rotoflow is started again."), Kind.INFO)
        else:
            self.renewal_requested.emit()


def prefer_threads(count: int) -> None:
    """Sets for the engines how many threads a person wants; see `core.engines.threads`."""
    from core.engines.threads import prefer_threads as prefer

    prefer(count)
