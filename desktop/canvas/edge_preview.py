"""Tries an export's edge on the canvas while the export is being set up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.canvas.canvas import Canvas
from desktop.canvas.overlay import Overlay

if TYPE_CHECKING:
    from core.matting import MatteSettings


class EdgePreview:
    """Changes how the canvas is seen, and puts everything back."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._before: tuple[Overlay, bool] | None = None

    def show_edge(self, settings: MatteSettings | None) -> None:
        """Shows the objects of this frame cut out with an edge; None ends it."""
        canvas = self._canvas
        if settings is None:
            self.end()
            return
        if self._before is None:
            self._before = canvas.overlay, canvas.matte.wanted
            canvas.matte.set_wanted(True)
            if not canvas.overlay.cuts_out:
                canvas.set_overlay(Overlay.ON_CHECKER)
        canvas.matte.set_settings(settings)

    def end(self) -> None:
        """The canvas as it was. Calling it twice is harmless."""
        if self._before is None:
            return
        overlay, wanted = self._before
        self._before = None
        self._canvas.matte.set_settings(None)
        self._canvas.matte.set_wanted(wanted)
        self._canvas.set_overlay(overlay)
