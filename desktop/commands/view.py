"""How the canvas shows a frame."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject

from desktop.actions.actions import Actions
from desktop.canvas.canvas import Canvas
from desktop.canvas.comparing.comparison import Comparison
from desktop.canvas.overlay import Overlay
from desktop.commands.handlers import Handlers

_ZOOM_STEP = 1.5


class ViewCommands(QObject):
    """The commands of the View menu."""

    def __init__(self, canvas: Canvas, actions: Actions, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._canvas, self._actions = canvas, actions
        self._canvas.overlay_changed.connect(self._show_overlay)
        self._show_overlay(self._canvas.overlay)
        canvas.comparing.changed.connect(self._show_comparison)

    def handlers(self) -> Handlers:
        """The handlers by the action's name."""
        view = self._canvas.view
        return {
            "fit": view.fit,
            "actual": partial(view.zoom_to, 1.0),
            "zoom_in": lambda: view.zoom_to(view.zoom * _ZOOM_STEP),
            "zoom_out": lambda: view.zoom_to(view.zoom / _ZOOM_STEP),
            "next_overlay": self._next_overlay,
            **{f"compare_{way.value}": partial(self._compare, way) for way in Comparison},
            **{f"overlay_{overlay.value}": partial(self._canvas.set_overlay, overlay) for overlay in Overlay},
        }

    def _compare(self, way: Comparison) -> None:
        self._canvas.comparing.set_way(way if self._actions[f"compare_{way.value}"].isChecked() else None)

    def _show_comparison(self) -> None:
        for way in Comparison:
            self._actions[f"compare_{way.value}"].setChecked(way is self._canvas.comparing.way)

    def _next_overlay(self) -> None:
        ways = list(Overlay)
        self._canvas.set_overlay(ways[(ways.index(self._canvas.overlay) + 1) % len(ways)])

    def _show_overlay(self, overlay: Overlay) -> None:
        self._actions[f"overlay_{overlay.value}"].setChecked(True)
