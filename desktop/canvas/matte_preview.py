"""Keeps the soft matte on the canvas up to date with what is masked there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from desktop.canvas.overlay import Overlay
from desktop.canvas.view import CanvasView
from desktop.canvas.workbench import Workbench
from desktop.session.session import EditorSession
from desktop.workers.matte import Matte, MatteMaker

if TYPE_CHECKING:
    from core.matting import MatteSettings

_REST_MS = 80
"""A stroke is seen at once, with a hard edge; the soft one comes when the hand rests."""


class MattePreview(QObject):
    """Shows mattes while they are wanted and the objects are seen cut out, with the edge of the last export."""

    def __init__(self, session: EditorSession, view: CanvasView, bench: Workbench, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._view, self._bench = session, view, bench
        self._wanted = False
        self._overlay = Overlay.COLOURS
        self._settings: MatteSettings | None = None
        self._maker = MatteMaker(self)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._ask)
        view.mask_item.on_change = self.refresh
        session.edges.changed.connect(self.refresh)

    @property
    def busy(self) -> bool:
        """Whether a matte is on its way."""
        return self._rest.isActive() or self._maker.busy

    @property
    def wanted(self) -> bool:
        """Whether soft edges are requested."""
        return self._wanted

    def set_wanted(self, wanted: bool) -> None:
        """Soft edges, or the masks' own."""
        self._wanted = wanted
        self.refresh()

    def set_overlay(self, overlay: Overlay, shown: bool) -> None:
        """How the masks are seen, if they are."""
        self._overlay = overlay if shown else Overlay.COLOURS
        self.refresh()

    def set_settings(self, settings: MatteSettings | None) -> None:
        """Tries another edge; None is that of the last export."""
        self._settings = settings
        self.refresh()

    def refresh(self) -> None:
        """Picture, masks or the way to look at them have changed."""
        self._view.matte_item.drop()
        self._maker.drop()
        if self._needed:
            self._rest.start()
        else:
            self._rest.stop()

    def shut_down(self) -> None:
        """Waits for the thread, for a window that goes away."""
        self._wanted = False
        self._rest.stop()
        self._maker.shut_down()

    @property
    def _needed(self) -> bool:
        soft = self._overlay is Overlay.MATTE or self._overlay.cuts_out
        return soft and self._wanted and self._session.is_open

    def _ask(self) -> None:
        picture, frame = self._bench.picture, self._bench.shown_frame
        labels = self._view.mask_item.labels
        if not self._needed or picture is None or frame is None or picture.shape[:2] != labels.shape:
            return
        visible = frozenset(track.object_id for track in self._session.tracks if track.visible)
        edges = self._session.edges
        sure = self._session.project.confidence(frame)
        # labels of its own: these go on changing
        self._maker.make(
            picture,
            labels.copy(),
            visible,
            self._settings or _last_edge(),
            sure,
            self._show,
            edges.shown,
            edges.mattes(labels),
        )

    def _show(self, matte: Matte) -> None:
        height, width = self._view.mask_item.labels.shape
        self._view.matte_item.show_matte(matte, (width, height), self._overlay)


def _last_edge() -> MatteSettings:
    from desktop.settings.presets import Presets

    return Presets().last.settings.matte
