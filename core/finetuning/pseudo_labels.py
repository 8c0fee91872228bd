"""Pseudo-labels: the engine's own masks near the anchors, which have the real motion and appearance of the clip.

Augmented copies of an anchor lack these; neighbouring frames have them. Their masks are the engine's own, where its
confidence is high (as in online adaptation, Voigtlaender and Leibe, "Online Adaptation of
Convolutional Neural Networks for Video Object Segmentation", BMVC 2017).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from core.engines.protocol import Session
from core.jobs import CancelToken
from core.types import Anchor, Image, ReadFrame

_FRAMES = 24
_SURE = 0.8


def paths_around(anchors: Sequence[Anchor], frame_count: int, known: Sequence[Anchor]) -> list[list[int]]:
    """Frames to follow each anchor's objects through, beginning with its own: forward and backward, some two dozen in
    all, none of them one of `known`, the masked frames.
    """
    masked = {anchor.frame_index for anchor in known}
    reach = max(2, _FRAMES // max(1, len(anchors)))
    paths = []
    for anchor in anchors:
        start = anchor.frame_index
        for step in (1, -1):
            path = [start]
            while len(path) <= reach and 0 <= path[-1] + step < frame_count and path[-1] + step not in masked:
                path.append(path[-1] + step)
            if len(path) > 1:
                paths.append(path)
    return paths


def pseudo_labels_along(
    session: Session, anchors: Sequence[Anchor], paths: Sequence[Sequence[int]], read: ReadFrame, cancel: CancelToken
) -> Iterator[Anchor | None]:
    """For each frame of `paths` but the first of each: the frame as an anchor, or None where the engine is not sure of
    every object. Raises CancelledError once cancelled.
    """
    by_frame = {anchor.frame_index: anchor for anchor in anchors}
    for path in paths:
        anchor = by_frame[path[0]]
        start = Anchor(0, anchor.labels, anchor.object_ids)
        # engines want indices that run by ones
        for result in session.track([start], range(len(path)), partial(_read_on, read, path), cancel):
            if result.frame_index == 0:
                continue
            sure = min(result.confidence.values(), default=0.0) >= _SURE
            yield Anchor(path[result.frame_index], result.labels, anchor.object_ids) if sure else None
        cancel.raise_if_cancelled()


def _read_on(read: ReadFrame, path: Sequence[int], index: int) -> Image:
    return read(path[index])
