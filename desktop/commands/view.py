"""How the canvas is looked at."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.commands.handlers import Handlers

if TYPE_CHECKING:
    from desktop.main_window import MainWindow

_ZOOM_STEP = 1.5


class ViewCommands(QObject):
    """What the View menu does."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._view = window.canvas.view

    def handlers(self) -> Handlers:
        """By the action's name."""
        view = self._view
        return {
            "fit": view.fit,
            "actual": partial(view.zoom_to, 1.0),
            "zoom_in": lambda: view.zoom_to(view.zoom * _ZOOM_STEP),
            "zoom_out": lambda: view.zoom_to(view.zoom / _ZOOM_STEP),
        }
