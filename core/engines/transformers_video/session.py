"""A session of a video model: frames are processed as they are read, and memory does not grow with the clip."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from core.engines.checks import check_anchors, check_image, check_run
from core.engines.devices import free_device_memory
from core.engines.protocol import Prompts
from core.engines.transformers_video.fallback import Setting, next_setting
from core.engines.transformers_video.following import Following
from core.engines.transformers_video.model import Features, VideoModel
from core.errors import EngineError, is_out_of_memory
from core.jobs import CancelToken
from core.messages import Message
from core.types import Anchor, Box, FrameResult, Image, LabelMap, ReadFrame

Open = Callable[[Setting], VideoModel]
Value = TypeVar("Value")
Mask = NDArray[np.bool_]
"""One object's mask: (H, W) bool."""


class TransformersSession:
    """See `core.engines.protocol.Session`. `open_model` loads the network again where a smaller setting is tried."""

    def __init__(self, size: tuple[int, int], setting: Setting, open_model: Open) -> None:
        """Raises EngineError if there is not even enough memory for the smallest setting."""
        self._size = size
        self._setting = setting
        self._open = open_model
        self._model: VideoModel | None = None
        self._closed = False
        self._looked_at: tuple[Image, Features] | None = None
        self.notices: list[Message] = []
        self.surviving(lambda: None, lambda: None)

    @property
    def model(self) -> VideoModel:
        """The network as it is run now. Raises EngineError once closed."""
        if self._closed:
            raise EngineError("The engine was closed; open it again.")
        if self._model is None:
            self._model = self._open(self._setting)
        return self._model

    @property
    def setting(self) -> Setting:
        return self._setting

    def segment(self, image: Image, prompts: Prompts) -> LabelMap:
        check_image(image, self._size, 0)
        points = [*prompts.foreground, *prompts.background]
        if not prompts.foreground and prompts.box is None:
            raise EngineError("There is nothing to go by: click on the object, or drag a box around it.")
        labels = [True] * len(prompts.foreground) + [False] * len(prompts.background)
        (mask,) = self.masks(image, points, labels, prompts.box, None)[:1]
        return np.where(mask, np.uint8(prompts.object_id), np.uint8(0)).astype(np.uint8)

    def masks(
        self,
        image: Image,
        points: Sequence[tuple[float, float]],
        labels: Sequence[bool],
        box: Box | None,
        previous: Mask | None,
        most: int = 3,
    ) -> list[Mask]:
        """At most `most` masks (H, W) bool that clicks and a box may mean, the likeliest first. The picture is encoded
        once for as long as it is the same array. Raises EngineError.
        """

        def ask() -> list[Mask]:
            model = self.model
            size = (image.shape[1], image.shape[0])
            # more than one click says which of several was meant, as with the library's own tracking
            several = len(points) + (0 if box is None else 2) <= 1
            features = self.look_at(image)
            logits, _ = model.prompted(features, points, labels, box, size, previous, several)
            return [plane > 0.5 for plane in model.probabilities(logits[:most], size)]

        return self.surviving(ask, self._forget_picture)

    def look_at(self, image: Image) -> Features:
        """Features of a picture; of the one last requested they are kept."""
        if self._looked_at is None or self._looked_at[0] is not image:
            self._looked_at = None
            self._looked_at = image, self.model.encode(image)
        return self._looked_at[1]

    def track(
        self, anchors: Sequence[Anchor], frame_indices: Sequence[int], read: ReadFrame, cancel: CancelToken
    ) -> Iterator[FrameResult]:
        if self._closed:
            raise EngineError("The engine was closed; open it again.")
        check_anchors(anchors, self._size)
        check_run(frame_indices)

        def checked(frame_index: int) -> Image:
            image = read(frame_index)
            check_image(image, self._size, frame_index)
            return image

        return self._results(Following(self, self._size, anchors, frame_indices), frame_indices, checked, cancel)

    def close(self) -> None:
        self._closed, self._model, self._looked_at = True, None, None
        free_device_memory(self._setting.device)

    def surviving(self, work: Callable[[], Value], begin_again: Callable[[], None]) -> Value:
        """What `work` returns. Where memory runs out it is done again in a smaller setting, after `begin_again`.

        Raises EngineError if there is no smaller one.
        """
        while True:
            try:
                # loads the network, too
                self.model  # noqa: B018
                return work()
            except (RuntimeError, MemoryError) as error:
                if not is_out_of_memory(error):
                    raise
                # only here, so that the frames of the stack that hold tensors are gone before it is tried again
                reason = str(error)
            begin_again()
            self._step_down(reason)

    def _step_down(self, reason: str) -> None:
        model, self._model = self._model, None
        side = 0 if model is None else model.side
        patch = 64 if model is None else model.kind.patch
        found = next_setting(self._setting, side, patch)
        if found is None:
            raise EngineError(
                "There is too little memory for this model ({reason}): close other programs, or choose a smaller "
                "model.",
                reason=reason.partition("\n")[0][:200],
            )
        setting, notice = found
        if (model is not None) and (setting.device, setting.side) == (self._setting.device, self._setting.side):
            self._model = model
        del model
        free_device_memory(self._setting.device)
        self._setting = setting
        self.notices.append(notice)

    def _results(
        self, following: Following, frame_indices: Sequence[int], read: ReadFrame, cancel: CancelToken
    ) -> Iterator[FrameResult]:
        for frame_index in frame_indices:
            if cancel.cancelled:
                return
            image = read(frame_index)

            def follow(frame_index: int = frame_index, image: Image = image) -> FrameResult:
                return following.frame(frame_index, image, read)

            yield self.surviving(follow, following.begin_again)

    def _forget_picture(self) -> None:
        self._looked_at = None
