"""An engine for tests: fast, deterministic, and independent of the images."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from core.engines.checks import check_anchors, check_image, check_run, check_size, first_positions, merged_options
from core.engines.protocol import EngineInfo, EngineOptions, Prompts
from core.errors import EngineError
from core.jobs import CancelToken
from core.types import Anchor, FrameResult, Image, LabelMap, ReadFrame

_INFO = EngineInfo(
    name="fake",
    title="Fake",
    description="For tests: the nearest masked frame's mask, moved one pixel to the right a frame.",
    options={"pixels_a_frame": 1},
    hidden=True,
)


class FakeEngine:
    """Moves the nearest anchor's mask by a pixel a frame, around the picture's edge."""

    @property
    def info(self) -> EngineInfo:
        return _INFO

    def open(self, size: tuple[int, int], device: str = "auto", options: EngineOptions | None = None) -> FakeSession:
        check_size(size, device)
        return FakeSession(size, int(str(merged_options(_INFO, options)["pixels_a_frame"])))


class FakeSession:
    """See `core.engines.protocol.Session`."""

    def __init__(self, size: tuple[int, int], pixels_a_frame: int) -> None:
        self._size = size
        self._pixels = pixels_a_frame
        self._closed = False

    def segment(self, image: Image, prompts: Prompts) -> LabelMap:
        raise EngineError("The engine 'fake' does not take clicks or boxes.")

    def track(
        self, anchors: Sequence[Anchor], frame_indices: Sequence[int], read: ReadFrame, cancel: CancelToken
    ) -> Iterator[FrameResult]:
        if self._closed:
            raise EngineError("The engine was closed; open it again.")
        check_anchors(anchors, self._size)
        check_run(frame_indices)
        return self._results(anchors, frame_indices, read, cancel)

    def close(self) -> None:
        self._closed = True

    def _results(
        self, anchors: Sequence[Anchor], frame_indices: Sequence[int], read: ReadFrame, cancel: CancelToken
    ) -> Iterator[FrameResult]:
        first = first_positions(anchors, frame_indices)
        for position, frame_index in enumerate(frame_indices):
            if cancel.cancelled:
                return
            check_image(read(frame_index), self._size, frame_index)
            present = sorted(object_id for object_id, start in first.items() if start <= position)
            yield self._result(anchors, frame_index, present)

    def _result(self, anchors: Sequence[Anchor], frame_index: int, object_ids: list[int]) -> FrameResult:
        labels = np.zeros(self._size[::-1], np.uint8)
        nearest = {
            object_id: min(
                (anchor for anchor in anchors if object_id in anchor.object_ids),
                key=lambda anchor: (abs(anchor.frame_index - frame_index), anchor.frame_index),
            )
            for object_id in object_ids
        }
        # the nearest last, so that on an anchor's own frame its pixels are not covered by another's
        far_first = sorted(object_ids, key=lambda object_id: -abs(nearest[object_id].frame_index - frame_index))
        for object_id in far_first:
            anchor = nearest[object_id]
            distance = frame_index - anchor.frame_index
            labels[np.roll(anchor.labels == object_id, self._pixels * distance, axis=1)] = object_id
        confidence = {
            object_id: 1 / (1 + 0.05 * abs(anchor.frame_index - frame_index)) for object_id, anchor in nearest.items()
        }
        return FrameResult(frame_index, labels, confidence)
