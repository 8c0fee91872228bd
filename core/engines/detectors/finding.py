"""Objects of a clip: a detector on one frame or on every n-th, and which of its finds are the same object."""

from __future__ import annotations

from collections.abc import Collection, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from core.engines.detectors.detection import Detection
from core.engines.detectors.prompting import AUTO, open_prompter, with_masks
from core.engines.detectors.registry import DEFAULT_DETECTOR, load_detector
from core.jobs import CancelToken, Progress, ProgressClock
from core.masks import Patch
from core.masks.found import FoundObject
from core.types import MAX_OBJECT_ID, Box, ReadFrame

_ALIKE = 0.25
"""Overlap of an object's masks on two frames that are looked at: between them it has moved."""
_MEMORY = 3
"""An object that was not found on so many of them is another one when it comes back."""


@dataclass(frozen=True)
class FindRequest:
    """What to look for: by which detector, on which frames, and what is left out.

    `weights` names the file or folder of the detector's weights; None is the folder of models. `least` is the lowest
    score, in [0, 1]; `classes` keeps only these, whatever their case; empty keeps all. `prompter` makes masks of boxes
    and joints, see `core.engines.detectors.prompting`.
    """

    frames: Sequence[int]
    size: tuple[int, int]
    model: str = DEFAULT_DETECTOR
    weights: Path | None = None
    least: float = 0.5
    classes: Collection[str] = ()
    prompter: str = AUTO
    device: str = "auto"
    short_side: int | None = None


@dataclass
class _Growing:
    """An object while it is found on more and more frames."""

    label: str
    score: float
    masks: dict[int, Patch] = field(default_factory=dict)
    last: int = 0
    """The place, among the frames looked at, where it was found last."""


def find_objects(
    request: FindRequest, read: ReadFrame, cancel: CancelToken
) -> Generator[Progress, None, list[FoundObject]]:
    """Looks for objects on the frames, yields progress after each, and returns them, the surest first: at most 255.

    Raises EngineError as `load_detector`, CancelledError once cancelled.
    """
    detector = load_detector(request.model, request.weights, request.device, request.short_side)
    wanted = {one.casefold().strip() for one in request.classes}
    clock = ProgressClock(len(request.frames), cancel)
    objects: list[_Growing] = []
    with closing(open_prompter(request.prompter, request.size, request.device)) as prompter:
        for place, frame_index in enumerate(request.frames):
            cancel.wait_while_paused()
            cancel.raise_if_cancelled()
            image = read(frame_index)
            found = [
                one for one in detector.detect(image, request.least) if not wanted or one.label.casefold() in wanted
            ]
            _link(objects, with_masks(image, found, prompter, cancel), place, frame_index)
            yield clock.step(place + 1)
    cancel.raise_if_cancelled()
    done = [FoundObject(one.label, one.score, one.masks) for one in objects]
    return sorted(done, key=lambda one: -one.score)[:MAX_OBJECT_ID]


def _link(objects: list[_Growing], found: list[Detection], place: int, frame_index: int) -> None:
    """Adds what was found on a frame to the objects that it belongs to: the best overlaps first."""
    near = [one for one in objects if place - one.last <= _MEMORY]
    pairs = []
    for number, one in enumerate(found):
        for known in near:
            if known.label == one.label and one.mask is not None:
                share = overlap(known.masks[max(known.masks)], one.mask)
                if share >= _ALIKE:
                    pairs.append((share, number, known))
    taken: set[int] = set()
    for _share, number, known in sorted(pairs, key=lambda pair: -pair[0]):
        one = found[number]
        if number in taken or known.last == place or one.mask is None:
            continue
        taken.add(number)
        known.masks[frame_index] = one.mask
        known.last, known.score = place, max(known.score, one.score)
    for number, one in enumerate(found):
        if number not in taken and one.mask is not None:
            objects.append(_Growing(one.label, one.score, {frame_index: one.mask}, place))


def overlap(one: Patch, other: Patch) -> float:
    """The share of the pixels of either patch that both have."""
    x0, y0 = max(one.box.x0, other.box.x0), max(one.box.y0, other.box.y0)
    both = Box(x0, y0, min(one.box.x1, other.box.x1), min(one.box.y1, other.box.y1))
    if both.empty:
        return 0.0
    parts = [
        patch.mask[both.y0 - patch.box.y0 : both.y1 - patch.box.y0, both.x0 - patch.box.x0 : both.x1 - patch.box.x0]
        for patch in (one, other)
    ]
    shared = int(np.count_nonzero(parts[0] & parts[1]))
    return shared / (int(one.mask.sum()) + int(other.mask.sum()) - shared)
