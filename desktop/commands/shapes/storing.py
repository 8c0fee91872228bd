"""Storing shapes that were fitted to many masks, a keyframe at a time, so that the window stays free meanwhile."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.errors import CancelledError, RotoflowError
from core.jobs import CancelToken, ProgressClock
from desktop.session.session import EditorSession

if TYPE_CHECKING:
    from core.masks import Patch
    from core.project import Project
    from core.shapes import Fit


@dataclass(frozen=True)
class DrawnKey:
    """What shapes cover on one of their keyframes, and the number of keyframes."""

    fit: Fit
    frame: int
    patch: Patch


def drawn_keys(fit: Fit, size: tuple[int, int], cancel: CancelToken) -> Generator[object, None, None]:
    """Draws the keyframes of fitted shapes on pictures of `size` (width, height), in a worker; yields each and how far
    it is.
    """
    from core.shapes import drawn_patch

    frames = sorted({frame for shape in fit.shapes for frame in shape.keys})
    clock = ProgressClock(len(frames), cancel)
    for done, frame in enumerate(frames, 1):
        if cancel.cancelled:
            return
        yield DrawnKey(fit, frame, drawn_patch(fit.shapes, frame, size))
        yield clock.step(done)


class Storing:
    """Takes drawn keyframes on the UI thread, one an event; all is one undo step. What fails is taken back."""

    def __init__(
        self, session: EditorSession, project: Project, object_id: int, text: str, frames: Sequence[int]
    ) -> None:
        self._session, self._project, self._object_id, self._text = session, project, object_id, text
        self._revisions = {frame: project.revision(frame) for frame in frames}
        self._step: int | None = None
        self._error: Exception | None = None
        self.fit: Fit | None = None
        """What was stored."""
        self.outdated = False
        """Whether the masks were changed meanwhile, so that nothing was stored."""

    def take(self, item: object) -> None:
        """Stores a keyframe; ignores anything else."""
        if not isinstance(item, DrawnKey) or self._error is not None:
            return
        self.fit = item.fit
        if not self._is_there or self._changed:
            self._error = CancelledError("Cancelled.")
            return
        self._revisions.pop(item.frame, None)
        try:
            self._step = self._project.shapes.draw_key(item.frame, self._object_id, item.patch, self._text, self._step)
        except RotoflowError as error:
            self._error = error

    def finish(self) -> Exception | None:
        """All keyframes have come: stores the shapes. Returns why it could not be done; then nothing is stored."""
        if self._error is None and self.fit is not None and self._is_there:
            try:
                self._session.shapes.put(self.fit.shapes, self._text, drawn=self._step)
            except RotoflowError as error:
                self._error = error
        if self._error is not None:
            self.take_back()
        return self._error

    def take_back(self) -> None:
        """Cancelled, or failed: the keyframes that were stored are as they were, if nothing was done since."""
        if self._step is not None and self._is_there and self._project.history.last_step == self._step:
            self._project.history.undo()
        self._step = None

    @property
    def _is_there(self) -> bool:
        return self._session.is_open and self._session.project is self._project

    @property
    def _changed(self) -> bool:
        project = self._project
        self.outdated = any(project.revision(frame) != known for frame, known in self._revisions.items())
        return self.outdated
