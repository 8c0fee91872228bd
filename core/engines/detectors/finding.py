"""Finds objects of a clip: runs a detector on some frames and links the detections of each object."""

from __future__ import annotations

from collections.abc import Collection, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from core.engines.detectors.linking import Linker
from core.engines.detectors.prompting import AUTO, open_prompter, with_masks
from core.engines.detectors.registry import DEFAULT_DETECTOR, load_detector
from core.jobs import CancelToken, Progress, ProgressClock
from core.masks.found import FoundObject
from core.types import ReadFrame


@dataclass(frozen=True)
class FindRequest:
    """Settings of a search.

    `frames` are frame indices, `size` is (width, height). `weights` is the file or folder of the detector's weights;
    None searches the folder of models. `least` is the lowest score, in [0, 1]; `classes` keeps only these, ignoring
    case; empty keeps all. `prompter` makes masks from boxes and joints, see `core.engines.detectors.prompting`.
    `device` and `short_side` as in `load_detector`.
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


def find_objects(
    request: FindRequest, read: ReadFrame, cancel: CancelToken
) -> Generator[Progress, None, list[FoundObject]]:
    """Runs the detector on the frames, yields progress after each, and returns at most 255 objects, sorted by falling
    score.

    Raises EngineError as `load_detector` and `open_prompter` do, CancelledError once cancelled.
    """
    detector = load_detector(request.model, request.weights, request.device, request.short_side)
    wanted = {one.casefold().strip() for one in request.classes}
    clock = ProgressClock(len(request.frames), cancel)
    linker = Linker()
    with closing(open_prompter(request.prompter, request.size, request.device)) as prompter:
        for done, frame_index in enumerate(request.frames):
            cancel.wait_while_paused()
            cancel.raise_if_cancelled()
            image = read(frame_index)
            found = [
                one for one in detector.detect(image, request.least) if not wanted or one.label.casefold() in wanted
            ]
            linker.add(frame_index, with_masks(image, found, prompter, cancel))
            yield clock.step(done + 1)
    cancel.raise_if_cancelled()
    return linker.objects()
