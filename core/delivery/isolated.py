"""An export in a process of its own: a codec that crashes takes no project, window or batch with it.

The process that holds the project answers the other one's questions for masks, one a frame, so that paused work is
paused there, too.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from core.delivery.export import ExportResult, export
from core.delivery.render import Confidence, ReadLabels
from core.delivery.settings import ExportSettings
from core.delivery.shape_files.scene import ShapeSource
from core.errors import CancelledError, DeliveryError, RotoflowError
from core.files import sweep
from core.jobs import CancelToken, Progress
from core.media import VideoSource
from core.processes import Child, ProcessEnded

OpenClip = Callable[[], VideoSource]
"""Opens the clip; goes to the other process, so a function of a module or a `functools.partial` of one."""


@dataclass(frozen=True)
class _Wanted:
    """A question: masks of a frame, or how sure they are."""

    what: str
    frame_index: int


@dataclass(frozen=True)
class _Failed:
    error: RotoflowError | None
    details: str = ""


def export_isolated(
    open_clip: OpenClip,
    labels: ReadLabels,
    settings: ExportSettings,
    path: Path,
    cancel: CancelToken,
    confidence: Confidence | None = None,
    project: Path | None = None,
    shapes: ShapeSource | None = None,
) -> Generator[Progress, None, ExportResult]:
    """What `export` does, in a process of its own; `labels` and `confidence` are called in this one.

    Raises what `export` does, and DeliveryError if the process ends before it is done.
    """
    child = Child(_serve, (open_clip, settings, path, confidence is not None, project, shapes), "export")
    try:
        while True:
            if cancel.cancelled:
                child.stop()
            message = _next(child, path)
            if message is None:
                continue
            if isinstance(message, Progress):
                yield message
            elif isinstance(message, _Wanted):
                answer = labels if message.what == "labels" else confidence
                assert answer is not None
                # a custom mapping might not pickle; a plain dict does
                found = answer(message.frame_index)
                child.send(found if message.what == "labels" else dict(found))
            elif isinstance(message, ExportResult):
                return message
            else:
                raise message.error or DeliveryError(
                    "{path}: the export failed ({details}).", path=path, details=message.details
                )
    finally:
        if child.end():
            sweep(path.parent)
            if path.is_dir():
                sweep(path)


def _next(child: Child, path: Path) -> Any:
    """The next message; None if there is none yet. Raises DeliveryError if none will come any more."""
    try:
        return child.receive()
    except ProcessEnded as ended:
        if child.stopped:
            raise CancelledError("Cancelled: nothing was written.") from None
        raise DeliveryError(
            "{path}: the export's process ended ({reason}), and nothing was written. A codec may not suit "
            "this clip: try another format, or leave the sound out.",
            path=path,
            reason=ended,
        ) from None


def _serve(
    connection: Connection,
    cancel: CancelToken,
    open_clip: OpenClip,
    settings: ExportSettings,
    path: Path,
    has_confidence: bool,
    project: Path | None,
    shapes: ShapeSource | None,
) -> None:
    """The other process."""
    lock = threading.Lock()

    def ask(what: str, frame_index: int) -> Any:
        with lock:
            try:
                connection.send(_Wanted(what, frame_index))
                return connection.recv()
            except (EOFError, OSError):
                raise CancelledError("Cancelled: nothing was written.") from None

    def confidence(frame_index: int) -> Any:
        return ask("confidence", frame_index)

    def labels(frame_index: int) -> Any:
        return ask("labels", frame_index)

    try:
        with closing(open_clip()) as video:
            sure = confidence if has_confidence else None
            steps = export(video, labels, settings, path, cancel, sure, project, shapes)
            while True:
                try:
                    connection.send(next(steps))
                except StopIteration as ended:
                    message: object = ended.value
                    break
    except RotoflowError as error:
        message = _Failed(error)
    except OSError as error:
        message = _Failed(None, str(error))
    except Exception as error:  # the process that started this one has to know
        message = _Failed(None, f"{type(error).__name__}: {error}")
    with contextlib.suppress(OSError):
        connection.send(message)
