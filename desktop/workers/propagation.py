"""Propagation as a worker runs it: on a snapshot, with a clip of its own."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Generator, Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from core.jobs import CancelToken, Progress, ProgressClock
from core.messages import Message
from core.types import LabelMap
from desktop.program.scheduling import give_way

if TYPE_CHECKING:
    from core.media import VideoSource
    from core.propagation import PropagationRequest

_READ_BYTES = 256 << 20


@dataclass(frozen=True)
class PropagationJob:
    """Everything that a propagation needs, taken from the project when it was started."""

    open_clip: Callable[[], VideoSource]
    """Gives the clip with a decoder of its own."""
    requests: tuple[PropagationRequest, ...]
    """Followed one after the other. Results are of the objects that each follows, the rest is not touched."""
    steps: int
    """Frames the engine goes through."""
    engine: str
    device: str
    options: Mapping[str, object]
    adaptation: bytes = b""
    """Weights fine-tuned on the clip, for an engine that takes them."""


@dataclass(frozen=True)
class EngineNotice:
    """What the engine wants the person to know while it continues."""

    message: Message


@dataclass(frozen=True)
class TrainingProgress(Progress):
    """How far an engine is with the training that comes before it follows anything."""


def run_propagation(
    job: PropagationJob,
    stored: Callable[[int], LabelMap | None],
    report: Callable[[Progress], None],
    cancel: CancelToken,
) -> Generator[object, None, None]:
    """Yields a text while it prepares, then a FrameResult for each frame, and an EngineNotice now and then.

    `report` is called in this thread for every step: going back over a stretch gives no results for a while.
    """
    from core.engines import load
    from core.engines.notices import take_notices, watch_training
    from core.media import TwoWayReader
    from core.propagation import propagate

    yield QCoreApplication.translate("Propagation", "Loading the engine…")
    engine = load(job.engine)
    with (
        job.open_clip() as video,
        TwoWayReader(video, _READ_BYTES, give_way) as reader,
        closing(engine.open(video.size, job.device, _options(job))) as session,
    ):
        yield QCoreApplication.translate("Propagation", "Looking at the masked frames…")
        clock = ProgressClock(job.steps, cancel)

        done = 0

        def step(_done_of_request: int) -> None:
            nonlocal done
            done += 1
            report(clock.step(done))
            # here too, as not every step gives a result
            cancel.wait_while_paused()

        training: ProgressClock | None = None

        def trained(steps: int, total: int) -> None:
            nonlocal training, clock
            if training is None or steps <= 1:
                training = ProgressClock(total, cancel)
            report(TrainingProgress(**vars(training.step(steps))))
            if steps >= total:
                # its time says nothing of how long a frame takes
                clock = ProgressClock(job.steps, cancel)
            cancel.wait_while_paused()

        watch_training(session, trained)
        for part in job.requests:
            request = dataclasses.replace(part, stored=stored)
            for result in propagate(session, request, reader.read, cancel, step):
                for message in take_notices(session):
                    yield EngineNotice(message)
                yield result
            if cancel.cancelled:
                return


def _options(job: PropagationJob) -> Mapping[str, object]:
    return {**job.options, "adaptation": job.adaptation} if job.adaptation else job.options
