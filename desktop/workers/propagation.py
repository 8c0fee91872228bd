"""Propagation as a worker runs it: on a snapshot, with a clip of its own."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from core.jobs import CancelToken, ProgressClock
from core.types import LabelMap

if TYPE_CHECKING:
    from core.propagation import PropagationRequest

_CACHE_BYTES = 256 * 2**20


@dataclass(frozen=True)
class PropagationJob:
    """Everything that a propagation needs, taken from the project when it was started."""

    video_path: Path
    request: PropagationRequest
    frame_total: int
    engine: str
    device: str
    options: Mapping[str, object]


def run_propagation(
    job: PropagationJob, read_kept: Callable[[int], LabelMap | None], cancel: CancelToken
) -> Generator[object, None, None]:
    """Yields a text while it prepares, then a FrameResult and a Progress for each frame."""
    from core.engines import load
    from core.media import FrameCache, open_video
    from core.propagation import propagate

    yield QCoreApplication.translate("Propagation", "Loading the engine…")
    request = dataclasses.replace(job.request, kept=read_kept)
    engine = load(job.engine)
    video = open_video(job.video_path)
    # the cache decodes ahead of the engine, and spares the way back the seeks
    cache = FrameCache(video, _CACHE_BYTES)
    try:
        session = engine.open(video.size, job.device, job.options)
        try:
            clock = ProgressClock(job.frame_total)
            yield QCoreApplication.translate("Propagation", "Looking at the masked frames…")
            for done, result in enumerate(propagate(session, request, cache.read, cancel), start=1):
                yield result
                yield clock.step(done)
        finally:
            session.close()
    finally:
        cache.close()
        video.close()
