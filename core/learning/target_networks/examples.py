"""Training examples of a target network: a picture with one mask plane for each object."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.types import Floats, Image
from core.vos.targets.trained import MaskedFrame

_FAINT = 0.5 * 255


@dataclass(frozen=True)
class Example:
    """`image` (h, w, 3) uint8 RGB; `masks` (K, h, w) float32 in [0, 1], zero where `known` (K,) is False. `given`:
    masked by a person rather than by an engine.
    """

    image: Image
    masks: Floats
    known: NDArray[np.bool_]
    given: bool = True


def learned_ids(frames: Sequence[MaskedFrame]) -> tuple[int, ...]:
    """Sorted ids of the objects that have a mask pixel on at least one of the frames."""
    seen = {
        object_id
        for frame in frames
        for object_id, mask in zip(frame.object_ids, frame.masks, strict=True)
        if mask.max(initial=0) > _FAINT
    }
    return tuple(sorted(seen))


def examples_of(frames: Sequence[MaskedFrame], object_ids: Sequence[int]) -> list[Example]:
    """The frames as examples, with one mask plane for each of `object_ids`, in this order."""
    examples = []
    for frame in frames:
        masks = np.zeros((len(object_ids), *frame.image.shape[:2]), np.float32)
        known = np.array([object_id in frame.object_ids for object_id in object_ids], bool)
        for index, object_id in enumerate(object_ids):
            if known[index]:
                masks[index] = frame.masks[frame.object_ids.index(object_id)] * np.float32(1 / 255)
        examples.append(Example(frame.image, masks, known, frame.given))
    return examples
