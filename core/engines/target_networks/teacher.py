"""A stronger engine as a teacher: its probabilities on frames near the anchors are additional training targets.

Knowledge distillation after Hinton et al., arXiv:1503.02531, 2015: soft targets instead of hard masks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from core.engines.protocol import Session
from core.jobs import CancelToken
from core.types import Anchor, Floats, FrameResult, Image, ReadFrame
from core.vos.targets.trained import MaskedFrame, masked_frame

_REACH = 12
"""Frames on either side of an anchor that the teacher tracks."""
_EVERY = 3
"""Every n-th of these frames is used for training."""
_MOST_ANCHORS = 4
"""Anchors that the teacher starts from, at most."""

OpenTeacher = Callable[[], Session]


def taught_frames(
    teacher: Session,
    anchors: Sequence[Anchor],
    frame_indices: Sequence[int],
    read: ReadFrame,
    side: int,
    cancel: CancelToken,
) -> list[MaskedFrame]:
    """Frames of `frame_indices` near the anchors, with the teacher's probabilities as masks; `side` as in
    `masked_frame`.

    Raises CancelledError once cancelled.
    """
    frames: dict[int, MaskedFrame] = {}
    masked = {anchor.frame_index for anchor in anchors}
    # evenly spaced where there are many
    step = max(1, -(-len(anchors) // _MOST_ANCHORS))
    for anchor in anchors[::step]:
        for way in _ways(anchor.frame_index, set(frame_indices)):
            for result in teacher.track([anchor], way, read, cancel):
                cancel.wait_while_paused()
                if result.frame_index in masked or abs(result.frame_index - anchor.frame_index) % _EVERY:
                    continue
                ids = sorted(anchor.object_ids)
                image = read(result.frame_index)
                masks = np.stack(list(_masks(result, ids, image)))
                frames[result.frame_index] = masked_frame(result.frame_index, image, ids, masks, side, given=False)
            cancel.raise_if_cancelled()
    return list(frames.values())


def _ways(start: int, there: set[int]) -> Iterator[list[int]]:
    """Frame indices from `start` on, forward and then backward, up to `_REACH` or the first one not in `there`."""
    for step in (1, -1):
        way = [start]
        while len(way) <= _REACH and way[-1] + step in there:
            way.append(way[-1] + step)
        if len(way) > 1:
            yield way


def _masks(result: FrameResult, object_ids: Sequence[int], image: Image) -> Iterator[Floats]:
    """The objects' probabilities (h, w) float32 in [0, 1]; their masks if the engine returns no probabilities."""
    for object_id in object_ids:
        patch = result.probabilities.get(object_id)
        if patch is None:
            yield (result.labels == object_id).astype(np.float32)
            continue
        mask = np.zeros(image.shape[:2], np.float32)
        if not patch.box.empty:
            mask[patch.box.slices] = patch.values * np.float32(1 / 255)
        yield mask
