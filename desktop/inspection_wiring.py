"""Connects what looks into pictures, masks and networks with the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from desktop.commands.handlers import Handlers
from desktop.commands.inspection.commands import InspectionCommands
from desktop.commands.inspection.engine_comparing import EngineComparing
from desktop.commands.inspection.explaining import ExplainCommands
from desktop.commands.inspection.measuring import MeasuringCommands
from desktop.commands.inspection.tags import TagCommands
from desktop.main_window import MainWindow
from desktop.panels.notice_bar import Kind


class InspectionWiring(QObject):
    """Made once, with the window's parts."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        session, jobs = window.session, window.jobs
        self._window = window
        self._inspection = InspectionCommands(window.proposals, self)
        self._inspection.panel_requested.connect(window.show_panel)
        self._measuring = MeasuringCommands(session, jobs, window.ask, window)
        self._measuring.made.connect(self._made)
        self.tags = TagCommands(session, jobs, window.tag_suggestion, window.engine, self)
        self._explaining = ExplainCommands(
            session, window.canvas, window.explain, self.tags, window.propagation, window.engine, self
        )
        self._engines = EngineComparing(
            session, jobs, window.engine, window.canvas.comparing, window.propagation, window.ask, self
        )
        for offers in (self._explaining, self._engines):
            offers.offered.connect(window.notices.notify)
        for source in (self._measuring, self.tags, self._explaining, self._engines):
            source.notice.connect(window.notices.notify)
        window.canvas.probe.asked.connect(lambda _x, _y: window.show_panel("explain"))
        window.closing.connect(self.tags.shut_down)

    def handlers(self) -> Handlers:
        """The handlers by the action's name."""
        return {**self._inspection.handlers(), **self._measuring.handlers(), **self._engines.handlers()}

    def switches(self) -> dict[str, Callable[[bool], object]]:
        """What actions that stay on or off do, by their names."""
        return {"suggest_classes": self.tags.set_wanted}

    def _made(self, text: str, kind: Kind, path: Path) -> None:
        self._window.notices.notify(text, kind, path=path)
