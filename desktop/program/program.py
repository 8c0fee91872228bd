"""The program around its window."""

from __future__ import annotations

import logging
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QWidget

from desktop.commands.unfinished.leaving import stopped_jobs
from desktop.main_window import MainWindow
from desktop.panels.notice_bar import Kind
from desktop.program.memory import collect_from_now_on
from desktop.program.reporter import Reporter
from desktop.program.running_mark import RunMark, take_crashed
from desktop.settings import languages
from desktop.settings.preferences import load_preferences
from desktop.theme import fonts, theme
from desktop.wiring import make_window

_log = logging.getLogger(__name__)


def apply_appearance(app: QApplication) -> None:
    """Gives the windows made from now on the theme and the language of the preferences."""
    chosen = load_preferences()
    fonts.provide_hangul()
    fonts.use_text_size(app, chosen.text_size)
    theme.apply(app, chosen.theme)
    languages.use(chosen.language)


class Program(QObject):
    """Holds the one window and makes it again when its theme or its language changes; knows how the last run ended."""

    def __init__(self, app: QApplication, reporter: Reporter) -> None:
        super().__init__()
        self._app = app
        self._crashed = take_crashed()
        self._leaving = False
        self._mark = RunMark()
        self.window = self._make_window()
        reporter.failed.connect(self._notify)
        # kept: a signal is disconnected at the object it was connected at
        self._hints = app.styleHints()
        self._aids = self._hints.accessibility()
        self._hints.colorSchemeChanged.connect(self._follow_system)
        self._aids.contrastPreferenceChanged.connect(self._follow_system)

    def start(self, path: Path | None = None) -> None:
        """Shows the window, opens a clip, a folder or a project, and says what the last run left behind."""
        if path is None:
            self.window.first_painted.connect(self._offer_recovery)
        else:
            self.window.files.opened.connect(self._offer_recovery, Qt.ConnectionType.SingleShotConnection)
            # a person sees the window before the decoder is loaded
            self.window.first_painted.connect(partial(self.window.open, path))
        self.window.show()

    def ends_without_display(self) -> bool:
        """Whether the window is still open though the events have ended, as they do when Qt loses the display.

        What runs is kept then, and the mark taken away. The window must not be touched any more: to close it is to
        speak to a display that is gone.
        """
        if not self.window.isVisible():
            return False
        self.window.leaving.keep_unfinished(quitting=True)
        self._mark.end()
        return True

    def end(self) -> None:
        """The window is closed, and everything is kept."""
        self._mark.end()
        # the application outlives the window, and its system may still become light
        self._hints.colorSchemeChanged.disconnect(self._follow_system)
        self._aids.contrastPreferenceChanged.disconnect(self._follow_system)
        self.window.deleteLater()

    def quit_unasked(self) -> None:
        """Closes the window without a question, whatever runs or is open before it."""
        self._leaving = True
        self._note_project()
        self.window.leaving.quit_unasked(self._close_all)

    def note_leaving(self) -> None:
        """If the program is ended from now on until the next change, that is no crash."""
        self._note(leaving=True)

    def _close_all(self) -> None:
        self.window.close()
        # a dialog before it would keep the program without its window
        self._app.exit()

    def _make_window(self) -> MainWindow:
        window = make_window()
        self._app.setWindowIcon(window.windowIcon())
        window.first_painted.connect(collect_from_now_on)
        # queued: the window is not destroyed inside its own signal
        window.renewal_requested.connect(self._renew, Qt.ConnectionType.QueuedConnection)
        window.session.project_changed.connect(self._note_project)
        window.jobs.queue_changed.connect(self._note_project)
        window.jobs.ended.connect(self._note_project)
        return window

    def _renew(self) -> None:
        """Closes the window and opens what it showed in a new one, with the theme and language of the preferences."""
        old = self.window
        path = old.session.project.path if old.session.is_open else None
        # between the two windows there is none, which is not the end
        self._app.setQuitOnLastWindowClosed(False)
        old.close()
        apply_appearance(self._app)
        self.window = self._make_window()
        self.start(path)
        self._app.setQuitOnLastWindowClosed(True)
        old.deleteLater()

    def _follow_system(self) -> None:
        """The person's desktop has become light, dark or of high contrast: so does the window, whatever it is doing."""
        if load_preferences().theme == theme.SYSTEM:
            theme.apply(self._app, theme.SYSTEM)
            self.window.actions_.redraw_icons()
            self.window.canvas.view.setBackgroundBrush(QColor(theme.CANVAS))
            for widget in (self.window, *self.window.findChildren(QWidget)):
                # what paints by hand reads the colours while it paints
                widget.update()

    def _note_project(self) -> None:
        self._note(self._leaving)

    def _note(self, leaving: bool) -> None:
        session = self.window.session
        project = session.project.path if session.is_open else None
        self._mark.note(project, stopped_jobs(self.window.jobs), leaving)

    def _offer_recovery(self) -> None:
        """Says once what was open in a run that did not end as it should; all of it is in the project. Offers what
        was stopped when the last run ended.
        """
        crashed, self._crashed = self._crashed, []
        if not crashed:
            if not self.window.session.is_open:
                self.window.resuming.offer_at_start()
            return
        _log.warning("did not end as it should, with %s open", crashed[0])
        window, session = self.window, self.window.session
        if session.is_open and session.project.path == crashed[0]:
            text = self.tr(
                "Rotoflow did not end as it should the last time. {name} is as it was: every change is kept."
            )
            window.notices.notify(text.format(name=crashed[0].name), Kind.WARNING)
        else:
            text = self.tr(
                "Rotoflow did not end as it should the last time. {name} was open; every change to it is kept."
            )
            window.notices.notify(
                text.format(name=crashed[0].name),
                Kind.WARNING,
                offer=self.tr("Open it again"),
                action=partial(window.open, crashed[0]),
            )

    def _notify(self, text: str) -> None:
        window = self.window
        window.notices.notify(text, Kind.ERROR, offer=self.tr("Show log"), action=window.actions_["log"].trigger)
