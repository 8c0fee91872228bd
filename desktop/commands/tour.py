"""The sample clip and the tour on it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.actions.actions import Actions
from desktop.canvas.canvas import Canvas
from desktop.commands.files import FileCommands
from desktop.commands.handlers import Handlers
from desktop.session import sample
from desktop.session.session import EditorSession
from desktop.tour.tour import Step, Tour, button_of, was_seen


class TourCommands(QObject):
    """Opens the sample, and shows the tour: by itself the first time the sample is open, later when it is requested."""

    def __init__(
        self, session: EditorSession, canvas: Canvas, actions: Actions, files: FileCommands, window: QWidget
    ) -> None:
        super().__init__(window)
        self._session, self._canvas, self._actions, self._files = session, canvas, actions, files
        self._window = window
        self._tour: Tour | None = None
        self._wanted = False
        files.opened.connect(self._opened)
        canvas.empty.sample_requested.connect(self._open_sample)
        actions.keys_changed.connect(self._show_keys)
        self._show_keys()

    def handlers(self) -> Handlers:
        """The handlers by the action's name."""
        return {"open_sample": self._open_sample, "tour": self.show}

    def show(self) -> None:
        """Shows the tour, on what is open or else on the sample."""
        if not self._session.is_open:
            # the tour comes when the clip is there
            self._wanted = True
            self._open_sample()
        else:
            self._begin()

    def _show_keys(self) -> None:
        names = ("open", "open_folder", "open_sample")
        self._canvas.empty.set_tips(*(self._actions[name].toolTip() for name in names))

    def _open_sample(self) -> None:
        self._files.open(sample.CLIP)

    def _opened(self) -> None:
        video = self._session.video
        if video is not None and sample.is_sample(video.path) and (self._wanted or not was_seen()):
            self._begin()
        self._wanted = False

    def _begin(self) -> None:
        if self._tour is None:
            self._tour = Tour(self._window, self._steps())
            self._tour.ended.connect(self._forget)

    def _forget(self) -> None:
        self._tour = None
        # else the next widget has the keys: Space would open the notifications
        self._canvas.view.setFocus()

    def _steps(self) -> list[Step]:
        window, actions = self._window, self._actions
        forward, export = actions["propagate_forward"], actions["export"]
        return [
            Step(
                self.tr("Mask"),
                self.tr(
                    "Click on an object on one frame with Smart select {smart}, and mend it with more clicks, the "
                    "brush {brush} and the eraser {eraser}. In the sample clip the first frame is masked already."
                ).format(
                    smart=actions.keys_text("smart"),
                    brush=actions.keys_text("brush"),
                    eraser=actions.keys_text("eraser"),
                ),
                lambda: self._canvas,
            ),
            Step(
                self.tr("Propagate"),
                self.tr(
                    "Press {keys} or this button: the objects are followed through the clip. "
                    "Where a mask is wrong, paint on that frame and propagate again; what you painted stays."
                ).format(keys=actions.keys_text("propagate_forward")),
                partial(button_of, window, forward),
            ),
            Step(
                self.tr("Export"),
                self.tr(
                    "Take the masks away with {keys} or here. There is nothing to save: the project has every change."
                ).format(keys=actions.keys_text("export")),
                partial(button_of, window, export),
            ),
        ]
