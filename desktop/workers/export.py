"""Export of the masks as a worker runs it."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from pathlib import Path

from core.errors import DeliveryError
from core.jobs import CancelToken, ProgressClock
from core.types import LabelMap


@dataclass(frozen=True)
class MaskExport:
    """Which frames' masks go where, under which names."""

    folder: Path
    frames: Sequence[int]
    names: Sequence[str]
    """A file's stem for each frame."""


def run_mask_export(
    job: MaskExport, read_labels: Callable[[int], LabelMap | None], cancel: CancelToken
) -> Generator[object, None, None]:
    """Writes one palette PNG a frame and yields a Progress for each. Raises DeliveryError naming the file."""
    from core.masks import write_mask

    clock = ProgressClock(len(job.frames))
    try:
        job.folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DeliveryError(
            f"{job.folder}: the folder cannot be made ({error.strerror}). Choose another one."
        ) from error
    for done, (frame, name) in enumerate(zip(job.frames, job.names, strict=True), start=1):
        if cancel.cancelled:
            return
        labels = read_labels(frame)
        assert labels is not None, "every frame has labels, if only background"
        path = job.folder / f"{name}.png"
        try:
            write_mask(path, labels)
        except OSError as error:
            message = f"{path}: cannot be written ({error.strerror}). {done - 1} masks were written before it."
            raise DeliveryError(message) from error
        yield clock.step(done)
