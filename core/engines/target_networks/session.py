"""A session that trains its network before it tracks, and can be cancelled while it trains."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing

from core.engines.target_networks.learner import Learner
from core.engines.target_networks.teacher import OpenTeacher, taught_frames
from core.engines.tracked import MakeModel, TrackedSession
from core.errors import CancelledError
from core.jobs import CancelToken
from core.types import Anchor, FrameResult, ReadFrame
from core.vos.tracking import TrackingSettings


class TargetNetworkSession(TrackedSession):
    """See `core.engines.protocol.Session`."""

    def __init__(
        self,
        size: tuple[int, int],
        settings: TrackingSettings,
        make_model: MakeModel,
        learner: Learner,
        side: int,
        open_teacher: OpenTeacher | None = None,
        release: Callable[[], None] | None = None,
    ) -> None:
        super().__init__(size, settings, make_model, release)
        self.learner, self.side, self.short_side = learner, side, settings.short_side
        self._open_teacher = open_teacher

    def watch_training(self, on_step: Callable[[int, int], None]) -> None:
        """See `core.engines.notices.watch_training`."""
        total = self.learner.training().steps
        self.learner.on_step = lambda done: on_step(done, total)

    def track(
        self, anchors: Sequence[Anchor], frame_indices: Sequence[int], read: ReadFrame, cancel: CancelToken
    ) -> Iterator[FrameResult]:
        # called before the generator below starts, since it raises for invalid anchors and frames at once
        results = super().track(anchors, frame_indices, read, cancel)
        return self._taught(results, anchors, frame_indices, read, cancel)

    def _taught(
        self,
        results: Iterator[FrameResult],
        anchors: Sequence[Anchor],
        frame_indices: Sequence[int],
        read: ReadFrame,
        cancel: CancelToken,
    ) -> Iterator[FrameResult]:
        self.learner.cancel = cancel
        try:
            if self._open_teacher is not None and frame_indices and not cancel.cancelled:
                with closing(self._open_teacher()) as teacher:
                    self.learner.extra = taught_frames(teacher, anchors, frame_indices, read, self.side, cancel)
            yield from results
        except CancelledError:
            # cancelled during training: there is no result to yield
            if not cancel.cancelled:
                raise
