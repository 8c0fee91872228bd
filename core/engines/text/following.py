"""Finding by text and following through a clip, in one pass: each frame's objects as a label map."""

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
    """What was met so far: class and best score of each object id, and how many more there were than ids."""

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
    """The objects that the texts say, on each of the frames in their order; ids begin with 1, as they are met.

    `size` is the frames' (width, height); `met` is filled in on the way. Memory does not grow with the clip. Ends
    early, without an error, once `cancel` is set. Raises EngineError as `load_text_model` and without a text.
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
        # the surest lies on top
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
