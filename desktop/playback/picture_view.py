"""The dialog for exposure, gamma and tone mapping, and the canvas that follows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.playback.frames import FrameFeed
from desktop.session.session import EditorSession

if TYPE_CHECKING:
    from core.media import View
    from desktop.dialogs.picture_view_dialog import PictureViewDialog


class PictureViewCommands(QObject):
    """Changes how the open clip is shown; another clip is shown as it is meant to look."""

    def __init__(self, session: EditorSession, frames: FrameFeed, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._frames, self._window = session, frames, window
        self.dialog: PictureViewDialog | None = None
        session.project_changed.connect(self._close)

    def show(self) -> None:
        """Opens the dialog, which stays open next to the window."""
        from core.media import ViewedClip
        from desktop.dialogs.picture_view_dialog import PictureViewDialog

        cache = self._session.cache
        if cache is None or not isinstance(cache.video, ViewedClip):
            return
        if self.dialog is None:
            self.dialog = PictureViewDialog(cache.video.view, self._change, self._window)
        self.dialog.show()

    def _change(self, view: View) -> None:
        from core.media import ViewedClip

        cache = self._session.cache
        if cache is not None and isinstance(cache.video, ViewedClip):
            cache.video.view = view
            cache.forget()
            self._frames.renew()

    def _close(self) -> None:
        if self.dialog is not None:
            self.dialog.close()
            self.dialog.deleteLater()
            self.dialog = None
