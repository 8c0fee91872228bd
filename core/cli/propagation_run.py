"""Running one propagation from start to end: what `propagate` and `sample` share."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np

from core.cli.arguments import MaskArgument, RangeArgument
from core.cli.progress import ProgressPrinter
from core.cli.targets import Target
from core.datasets.mask_files import read_mask_file
from core.engines import DEFAULT_ENGINE, load
from core.engines.notices import take_notices, watch_training
from core.engines.protocol import Session
from core.engines.threads import own_cores, prefer_threads
from core.errors import CancelledError, MaskError, MediaError
from core.jobs import CancelToken, ProgressClock
from core.masks import AddedMasks, MaskFile, MaskKind, MaskReader, ReadMask, add_masks, present_ids
from core.media import TwoWayReader, VideoSource
from core.propagation import Direction, PropagationRequest, plan, propagate
from core.types import Anchor

_OPAQUE = 127
"""Alpha above it belongs to the mask."""


def read_anchors(
    masks: Sequence[MaskArgument],
    frame_index: int,
    video: VideoSource,
    reader: MaskReader | None = None,
    alpha: bool = False,
) -> list[Anchor]:
    """The anchors that the mask files stand for, as `read_masks` reads them."""
    return anchors_of(read_masks(masks, frame_index, video, reader, alpha))


def anchors_of(masks: AddedMasks) -> list[Anchor]:
    """The anchors that masks stand for."""
    return [Anchor(index, labels, present_ids(labels)) for index, labels in masks.labels.items()]


def read_masks(
    masks: Sequence[MaskArgument],
    frame_index: int,
    video: VideoSource,
    reader: MaskReader | None = None,
    alpha: bool = False,
) -> AddedMasks:
    """The mask files together; `frame_index` is the frame of a mask that names none.

    With `alpha` the clip's own transparency on that frame is one, too. Files of one frame add up; what a person may
    not expect is printed on stderr. Raises MaskError or MediaError if a mask is empty, does not fit or names no frame.
    """
    reader = reader or MaskReader()
    files = [MaskFile(frame_index, video.path, _transparency(frame_index, video), None)] if alpha else []
    for mask in masks:
        position = frame_index if mask.frame_index is None else mask.frame_index
        check_frame(position, video, f"{mask.path}: its frame")
        files.append(MaskFile(position, mask.path, read_mask_file(mask.path, video.size, reader), mask.object_id))
    added = add_masks(files)
    for note in added.notes:
        print(f"note: {note}", file=sys.stderr)
    return added


def _transparency(frame_index: int, video: VideoSource) -> ReadMask:
    check_frame(frame_index, video, "--alpha: frame")
    alpha = video.read_alpha(frame_index)
    if alpha is None or not (alpha > _OPAQUE).any():
        raise MaskError(
            "{path}: frame {frame_index} has no transparency of its own that shows anything; give a --mask.",
            path=video.path,
            frame_index=frame_index,
        )
    return ReadMask(np.asarray(alpha > _OPAQUE, np.uint8), MaskKind.MATTE, unnamed=True, alpha=alpha)


def check_frame(frame_index: int, video: VideoSource, what: str) -> None:
    """Raises MediaError if the clip has no such frame."""
    if frame_index >= video.frame_count:
        raise MediaError(
            "{what} {frame_index} is outside the clip, which has {frame_count} frames (0 to {last}).",
            what=what,
            frame_index=frame_index,
            frame_count=video.frame_count,
            last=video.frame_count - 1,
        )


def make_request(
    video: VideoSource, anchors: Sequence[Anchor], direction: Direction, frames: RangeArgument | None
) -> PropagationRequest:
    """The request for a whole clip or a range of it. Raises MediaError if the range is outside the clip."""
    first = (frames.first if frames else None) or 0
    last = frames.last if frames and frames.last is not None else video.frame_count - 1
    check_frame(first, video, "range: frame")
    check_frame(last, video, "range: frame")
    return PropagationRequest(
        frame_count=video.frame_count, anchors=tuple(anchors), direction=direction, first=first, last=last
    )


@contextmanager
def open_session(
    engine: str | None, size: tuple[int, int], device: str, options: Sequence[tuple[str, object]]
) -> Iterator[Session]:
    """A session of the engine named, closed afterwards. Raises EngineError."""
    # there is no window that needs a core of its own
    prefer_threads(own_cores())
    with closing(load(engine or DEFAULT_ENGINE).open(size, device, dict(options))) as session:
        yield session


def follow(
    video: VideoSource, request: PropagationRequest, session: Session, target: Target, token: CancelToken, label: str
) -> list[int]:
    """Propagates into the target until done or cancelled; returns the frames that were stored, each once."""
    # steps, not frames: between two masks each frame is visited from either side
    clock = ProgressClock(plan(request).steps)
    stored: dict[int, None] = {}
    try:
        with ProgressPrinter(label) as printer, TwoWayReader(video) as reader:
            _show_training(session)

            def show(done: int) -> None:
                printer.show(clock.step(done))

            for result in propagate(session, request, reader.read, token, show):
                target.put(result)
                stored[result.frame_index] = None
    finally:
        # below the bar
        for note in take_notices(session):
            print(f"note: {note}", file=sys.stderr)
    return list(stored)


def _show_training(session: Session) -> None:
    """Shows how far the training of an engine is that learns the clip's objects before it follows them."""
    clock: ProgressClock | None = None
    printer = ProgressPrinter("training", unit="steps/s")

    def show(done: int, total: int) -> None:
        nonlocal clock, printer
        if clock is None or done <= 1:
            clock, printer = ProgressClock(total), ProgressPrinter("training", unit="steps/s")
        printer.show(clock.step(done))
        if done >= total:
            # ends the bar's line
            with printer:
                pass

    watch_training(session, show)


def cancelled(stored: int, total: int, path: Path) -> CancelledError:
    """The error to raise when somebody stopped a propagation."""
    return CancelledError(
        "Cancelled: {stored} of {total} frames are finished and kept in {path}.", stored=stored, total=total, path=path
    )
