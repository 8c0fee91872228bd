"""Fine-tuning as a worker runs it: on a snapshot, with a clip of its own."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from core.jobs import CancelToken, Progress
from core.types import Anchor
from desktop.program.scheduling import give_way

if TYPE_CHECKING:
    from core.media import VideoSource

_READ_BYTES = 256 << 20


@dataclass(frozen=True)
class FineTuningJob:
    """What fine-tuning needs, taken from the project when its turn came."""

    open_clip: Callable[[], VideoSource]
    """Gives the clip with a decoder of its own."""
    anchors: tuple[Anchor, ...]
    device: str
    options: Mapping[str, object]
    engine: str = "builtin"


@dataclass(frozen=True)
class FineTuned:
    """J&F in [0, 1] without and with the new weights, which are empty if they are not better."""

    before: float
    after: float
    weights: bytes


def run_fine_tuning(
    job: FineTuningJob, report: Callable[[Progress], None], cancel: CancelToken
) -> Generator[object, None, None]:
    """Yields a text while it prepares, then one FineTuned. Raises EngineError, CancelledError."""
    yield QCoreApplication.translate("Propagation", "Loading the engine…")
    # torch is loaded here, by the first one who fine-tunes
    from core.torch_libraries import load_torch_libraries

    load_torch_libraries()
    from core.finetuning import fine_tune
    from core.media import TwoWayReader

    def on_progress(progress: Progress) -> None:
        report(progress)
        cancel.wait_while_paused()

    with job.open_clip() as video, TwoWayReader(video, _READ_BYTES, give_way) as reader:
        outcome = fine_tune(
            job.anchors,
            reader.read,
            video.frame_count,
            video.size,
            cancel,
            options=job.options,
            device=job.device,
            on_progress=on_progress,
            engine=job.engine,
        )
    yield FineTuned(outcome.before.j_and_f, outcome.after.j_and_f, outcome.weights)
