"""What the engines that run `core.vos.tracking` share: a session that makes a fresh target model for every run."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from core.engines.checks import check_anchors, check_image, check_run, first_positions
from core.engines.protocol import Prompts
from core.errors import EngineError
from core.jobs import CancelToken
from core.messages import Message
from core.types import Anchor, FrameResult, Image, LabelMap, ReadFrame
from core.vos.flow.warping import FlowSource
from core.vos.target import TargetModel
from core.vos.tracking import Tracker, TrackingSettings

MakeModel = Callable[[], TargetModel]
"""Makes a target model with an empty memory. Weights and runtimes are shared between models."""


class TrackedSession:
    """See `core.engines.protocol.Session`. `close_model`, if given, frees what `make_model` holds; `flow` finds the
    motion between frames, where it is not to be DIS; `beside` is the `Tracker`'s.
    """

    def __init__(
        self,
        size: tuple[int, int],
        settings: TrackingSettings,
        make_model: MakeModel,
        close_model: Callable[[], None] | None = None,
        flow: FlowSource | None = None,
        beside: bool = False,
    ) -> None:
        self._size = size
        self._settings = settings
        self._make_model: MakeModel | None = make_model
        self._close_model = close_model
        self._flow = flow
        self._beside = beside
        self.notices: list[Message] = []
        """Messages for the user; see `core.engines.notices`."""

    def segment(self, image: Image, prompts: Prompts) -> LabelMap:
        raise EngineError("This engine does not take clicks or boxes: paint the object instead.")

    def track(
        self, anchors: Sequence[Anchor], frame_indices: Sequence[int], read: ReadFrame, cancel: CancelToken
    ) -> Iterator[FrameResult]:
        make_model = self._make_model
        if make_model is None:
            raise EngineError("The engine was closed; open it again.")
        check_anchors(anchors, self._size)
        check_run(frame_indices)
        known = [anchor for anchor in anchors if anchor.object_ids]

        def checked(frame_index: int) -> Image:
            image = read(frame_index)
            check_image(image, self._size, frame_index)
            return image

        tracker = Tracker(make_model(), self._size, self._settings, self._flow, self._beside)
        return tracker.run(known, frame_indices, first_positions(known, frame_indices), checked, cancel)

    def close(self) -> None:
        self._make_model = self._flow = None
        close, self._close_model = self._close_model, None
        if close is not None:
            close()
