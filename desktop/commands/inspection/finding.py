"""Finding objects by a detector, by a text, or by an example, and making them objects of the project."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from core.errors import CancelledError, RotoflowError
from core.jobs import CancelToken
from core.types import Box, ReadFrame
from desktop.commands.handlers import Handlers
from desktop.dialogs.found.candidate import LEAST_PERCENT, THUMBNAIL, Candidate
from desktop.dialogs.found.search import Kind, Search
from desktop.panels.engine_panel import EnginePanel
from desktop.panels.notice_bar import Kind as Notice
from desktop.panels.objects_panel import ObjectsPanel
from desktop.program.reporter import describe
from desktop.session.session import EditorSession
from desktop.workers.jobs import Jobs, Launch

if TYPE_CHECKING:
    from core.masks.found import FoundObject
    from desktop.dialogs.found.dialog import FoundDialog

_Find = Callable[[ReadFrame, CancelToken], Generator[object, None, "list[FoundObject]"]]
"""Looks at frames in a worker: yields progress and returns what it found."""


class FindingCommands(QObject):
    """Looks in the background, and keeps the list of what was found."""

    notice = Signal(str, object)
    follow_requested = Signal()

    def __init__(
        self, session: EditorSession, jobs: Jobs, engine: EnginePanel, objects: ObjectsPanel, window: QWidget
    ) -> None:
        """`engine` says where networks are to run; texts come from the field of `objects`."""
        super().__init__(window)
        self._session, self._jobs, self._engine, self._window = session, jobs, engine, window
        self.dialog: FoundDialog | None = None
        self.text_model = "sam3"
        """What finds by text."""
        session.project_changed.connect(self._forget)
        objects.text_entered.connect(self.find_text)

    def handlers(self) -> Handlers:
        """The handlers by the action's name."""
        return {"find_objects": self.show}

    def show(self) -> FoundDialog:
        """Opens the list, or brings it to the front."""
        if self.dialog is None:
            from core.engines.detectors import available_detectors
            from desktop.dialogs.found.dialog import FoundDialog

            detectors = [(info.name, info.title) for info in available_detectors()]
            self.dialog = dialog = FoundDialog(detectors, self._window)
            dialog.search_requested.connect(self.search)
            dialog.accept_requested.connect(self._accept)
            dialog.follow_requested.connect(self.follow_requested)
            dialog.shown_frame.connect(self._session.go_to)
        self.dialog.show()
        self.dialog.activateWindow()
        return self.dialog

    def find_text(self, text: str) -> None:
        """Opens the list and looks for what the text says, on the current frame."""
        dialog = self.show()
        dialog.text.setText(text)
        self.search(Search(Kind.TEXT, text=text))

    def search(self, search: Search) -> None:
        """Starts a search in the background and clears the list."""
        dialog, session = self.show(), self._session
        if not session.is_open or not self._jobs.takes_more:
            dialog.show_note(self.tr("Open a clip first."))
            return
        try:
            find = self._finder(search)
        except RotoflowError as error:
            dialog.show_note(describe(error))
            return
        dialog.set_busy(True)
        dialog.show_candidates([], self.tr("Looking…"))
        self._jobs.add(self.tr("Find objects"), lambda: self._launch(find))

    def _finder(self, search: Search) -> _Find:
        """The job that searches the requested frames."""
        session, video = self._session, self._session.video
        assert video is not None
        frames = list(range(0, video.frame_count, search.every)) if search.every else [session.frame_index]
        size, least, device = video.size, LEAST_PERCENT / 100, self._engine.device_name
        if search.kind is Kind.DETECTOR:
            from core.engines.detectors.finding import FindRequest, find_objects

            request = FindRequest(frames, size, search.detector, least=least, device=device)
            return lambda read, token: find_objects(request, read, token)
        from core.engines.text import TextRequest, find_by_text

        wanted = TextRequest(frames, texts=(search.text,), model=self.text_model, least=least, device=device)
        if search.kind is Kind.SIMILAR:
            example, label = self._example()
            wanted = replace(wanted, frames=[session.frame_index], texts=(), example=example, label=label)
        return lambda read, token: find_by_text(wanted, read, token)

    def _example(self) -> tuple[Box, str]:
        """The box of the chosen object on this frame, and its class, or else its name."""
        from core.masks import object_patch

        session = self._session
        track, labels = session.track(session.current_object), session.labels
        patch = None if track is None or labels is None else object_patch(labels, track.object_id)
        if track is None or patch is None:
            raise RotoflowError(self.tr("Choose an object that has a mask on this frame: it is the example."))
        return patch.box, track.class_label or track.name

    def _launch(self, find: _Find) -> Launch | None:
        session, video = self._session, self._session.video
        if video is None or not session.is_open:
            self._end(None)
            return None
        project = session.project

        def work(token: CancelToken) -> Generator[object, None, None]:
            from core.masks.found import thumbnail

            # a decoder of its own: the window keeps showing frames
            with closing(video.reopen()) as own:
                found = yield from find(own.read, token)
                candidates = []
                for one in found:
                    token.raise_if_cancelled()
                    first = min(one.masks)
                    size = (THUMBNAIL.width(), THUMBNAIL.height())
                    candidates.append(Candidate(one, thumbnail(own.read(first), one.masks[first], size)))
            yield candidates

        def show(item: object) -> None:
            # another clip may have been opened meanwhile
            if isinstance(item, list) and self.dialog and session.is_open and session.project is project:
                text = self.tr("{count} found. Accept those that are to be objects.") if item else ""
                self.dialog.show_candidates(item, text.format(count=len(item)) or self.tr("Nothing was found."))

        return Launch(work, show, self._end)

    def _end(self, error: Exception | None) -> None:
        if self.dialog is not None:
            self.dialog.set_busy(False)
            if error is not None:
                self.dialog.show_note(describe(error))
        if error is not None and not isinstance(error, CancelledError):
            self.notice.emit(describe(error), Notice.ERROR)

    def _accept(self, candidates: list[Candidate]) -> None:
        dialog = self.dialog
        if dialog is None or not candidates or not self._session.is_open:
            return
        try:
            count = self._session.add_found([candidate.found for candidate in candidates])
        except RotoflowError as error:
            dialog.show_note(describe(error))
            return
        dialog.take_out(candidates)
        dialog.show_note(self.tr("{count} accepted. Follow takes them through the clip.").format(count=count))

    def _forget(self) -> None:
        """Drops what was found in another clip."""
        if self.dialog is not None:
            self.dialog.show_candidates([], "")
