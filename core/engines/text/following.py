"""Finds objects by text and tracks them through a clip in one pass; yields a label map for each frame."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from core.engines.text.finding import checked_texts
from core.engines.text.models import DEFAULT_TEXT_MODEL, load_text_model
from core.jobs import CancelToken
from core.types import MAX_OBJECT_ID, FrameResult, ReadFrame


@dataclass
class FollowedText:
    """What was found so far: class and best score by object id; `left_out` counts objects beyond the 255 ids."""

    labels: dict[int, str] = field(default_factory=dict)
    scores: dict[int, float] = field(default_factory=dict)
    left_out: int = 0


def follow_text(
    texts: Sequence[str],
    frames: Sequence[int],
    size: tuple[int, int],
    read: ReadFrame,
    cancel: CancelToken,
    met: FollowedText,
    model: str = DEFAULT_TEXT_MODEL,
    weights: Path | None = None,
    least: float = 0.5,
    device: str = "auto",
) -> Iterator[FrameResult]:
    """Yields the objects that match the texts on each of `frames`, in order; ids count from 1 in the order of
    appearance.

    `size` is the frames' (width, height); `met` is filled in on the way. `least` is the lowest score, in [0, 1]. Memory
    does not grow with the clip. Ends early, without an error, once `cancel` is set. Raises EngineError as
    `load_text_model` does, or if there is no text.
    """
    words = checked_texts(texts)
    stream = load_text_model(model, weights, device).stream(words, least)
    ids: dict[int, int] = {}
    too_many: set[int] = set()
    for frame_index in frames:
        cancel.wait_while_paused()
        if cancel.cancelled:
            return
        labels = np.zeros((size[1], size[0]), np.uint8)
        confidence: dict[int, float] = {}
        # in rising order, so that the highest score is drawn on top
        for number, one in sorted(stream.step(read(frame_index)), key=lambda pair: pair[1].score):
            if one.mask is None:
                continue
            if number not in ids and len(ids) >= MAX_OBJECT_ID:
                too_many.add(number)
                met.left_out = len(too_many)
                continue
            object_id = ids.setdefault(number, len(ids) + 1)
            labels[one.mask.box.slices][one.mask.mask] = object_id
            confidence[object_id] = min(1.0, max(0.0, one.score))
            met.labels.setdefault(object_id, one.label)
            met.scores[object_id] = max(one.score, met.scores.get(object_id, 0.0))
        yield FrameResult(frame_index, labels, confidence, frozenset(ids.values()))
