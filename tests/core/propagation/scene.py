"""A session that records what it is asked, and labels that show where they come from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from core.engines import Prompts
from core.engines.checks import first_positions
from core.jobs import CancelToken
from core.types import Anchor, FrameResult, Image, LabelMap, ReadFrame

SIZE = (40, 30)
COUNT = 20


def read(frame_index: int) -> Image:
    return np.zeros((SIZE[1], SIZE[0], 3), np.uint8)


def block(*ids: int, x: int = 5, width: int = 10) -> LabelMap:
    """Each object is a block of rows of its own, ten pixels wide from column x on."""
    labels = np.zeros(SIZE[::-1], np.uint8)
    for object_id in ids:
        row = 8 * ((object_id - 1) % 3)
        labels[row : row + 8, x : x + width] = object_id
    return labels


def anchor(frame_index: int, *ids: int, x: int = 5) -> Anchor:
    return Anchor(frame_index, block(*ids, x=x), frozenset(ids))


class Recorder:
    """Forward runs put objects at column 10, backward runs some columns further; confidence is set by direction."""

    def __init__(self, forward: float = 0.8, backward: float = 0.8, apart: int = 4) -> None:
        self._columns = {1: 10, -1: 10 + apart}
        self.sure = {1: forward, -1: backward}
        self.runs: list[tuple[list[int], dict[int, frozenset[int]]]] = []
        self.seeds: dict[int, LabelMap] = {}

    def segment(self, image: Image, prompts: Prompts) -> LabelMap:
        raise AssertionError("a propagation never asks for a single picture")

    def track(
        self, anchors: Sequence[Anchor], frame_indices: Sequence[int], read: ReadFrame, cancel: CancelToken
    ) -> Iterator[FrameResult]:
        self.runs.append((list(frame_indices), {one.frame_index: one.object_ids for one in anchors}))
        self.seeds.update({one.frame_index: one.labels for one in anchors})
        step = 1 if len(frame_indices) < 2 or frame_indices[1] > frame_indices[0] else -1
        first = first_positions(anchors, frame_indices)
        for position, frame_index in enumerate(frame_indices):
            if cancel.cancelled:
                return
            read(frame_index)
            ids = [object_id for object_id, start in first.items() if start <= position]
            labels = block(*ids, x=self._columns[step])
            yield FrameResult(frame_index, labels, dict.fromkeys(ids, self.sure[step]))

    def close(self) -> None:
        """Nothing to free."""
