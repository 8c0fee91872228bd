"""One engine on annotated sequences, in a process of its own, so that its memory is its own, too."""

from __future__ import annotations

import sys
import time
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

import numpy as np

from core.datasets.layouts.davis import DavisDataset, DavisSequence
from core.engines import load
from core.errors import CancelledError, DatasetError, EngineError, RotoflowError, is_out_of_memory
from core.jobs import CancelToken
from core.masks import present_ids
from core.metrics import SequenceScore, score_sequence
from core.processes import Child, ProcessEnded
from core.types import Anchor, Image, LabelMap

_MEGABYTE = 1_000_000


@dataclass(frozen=True)
class EvaluationOrder:
    """Which engine, how, and on what: `sequences` by name with the folder of the dataset that each is of."""

    engine: str
    sequences: Mapping[str, Path]
    device: str = "auto"
    options: Mapping[str, object] = field(default_factory=dict)
    year: int | None = None


@dataclass(frozen=True)
class EngineScore:
    """Scores by sequence; `seconds` that the engine took for `frames` frames, reading of the pictures included.

    Peaks are in megabytes: of the process, and of the GPU where the engine ran on one.
    """

    sequences: Mapping[str, SequenceScore]
    frames: int
    seconds: float
    peak: float
    gpu_peak: float | None = None


@dataclass(frozen=True)
class _Failed:
    error: RotoflowError


def evaluate_engine(order: EvaluationOrder, cancel: CancelToken) -> Generator[int, None, EngineScore]:
    """Follows each sequence from the true masks of its objects' first frames and scores the others.

    Yields how many frames are done. Raises EngineError, DatasetError, or CancelledError once cancelled.
    """
    child = Child(_serve, (order,), f"evaluate {order.engine}")
    try:
        while True:
            if cancel.cancelled:
                child.stop()
                raise CancelledError("Cancelled: {engine} was not evaluated to the end.", engine=order.engine)
            try:
                message = child.receive()
            except ProcessEnded as error:
                raise EngineError(
                    "The process of the engine '{engine}' ended ({reason}).", engine=order.engine, reason=error
                ) from error
            if isinstance(message, int):
                yield message
            elif isinstance(message, EngineScore):
                return message
            elif isinstance(message, _Failed):
                raise message.error
    finally:
        child.end()


def _serve(connection: Connection, cancel: CancelToken, order: EvaluationOrder) -> None:
    try:
        connection.send(_evaluate(connection, cancel, order))
    except RotoflowError as error:
        connection.send(_Failed(error))
    except (MemoryError, RuntimeError, ImportError) as error:
        if not is_out_of_memory(error):
            raise
        short = EngineError(
            "There is not enough memory for the engine '{engine}': close other programs, or choose a smaller one.",
            engine=order.engine,
        )
        connection.send(_Failed(short))


def _evaluate(connection: Connection, cancel: CancelToken, order: EvaluationOrder) -> EngineScore:
    timing = _Timing(connection)
    scores = {}
    for name, root in order.sequences.items():
        sequence = DavisDataset(root, year=order.year).sequence(name)
        scores[name] = _score(sequence, order, cancel, timing)
    return EngineScore(scores, timing.frames, timing.seconds, peak_megabytes(), _gpu_peak())


class _Timing:
    """How long the engine was at work, without the scoring."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.frames = 0
        self.seconds = 0.0

    def took(self, seconds: float) -> None:
        self.seconds += seconds
        self.frames += 1
        self._connection.send(self.frames)


def _score(sequence: DavisSequence, order: EvaluationOrder, cancel: CancelToken, timing: _Timing) -> SequenceScore:
    names = sequence.frame_names
    if not sequence.pictures:
        raise DatasetError("Sequence '{name}' has no pictures to run an engine on.", name=sequence.name)
    # some datasets annotate every fifth picture: an engine sees them all
    every = list(sequence.pictures) if set(names) <= set(sequence.pictures) else names
    every = every[every.index(names[0]) :]
    anchors = _anchors(sequence, every)
    first = sequence.picture(every[0])
    size = (first.shape[1], first.shape[0])

    def read(frame_index: int) -> Image:
        return sequence.picture(every[frame_index])

    def found() -> Iterator[LabelMap]:
        wanted = set(names)
        with closing(load(order.engine).open(size, order.device, order.options)) as session:
            results = session.track(anchors, range(len(every)), read, cancel)
            while True:
                begun = time.perf_counter()
                result = next(results, None)
                if result is None:
                    return
                timing.took(time.perf_counter() - begun)
                if every[result.frame_index] in wanted:
                    yield (result.labels > 0).astype(np.uint8) if sequence.single_object else result.labels

    return score_sequence(found(), map(sequence.labels, names))


def _anchors(sequence: DavisSequence, frames: Sequence[str]) -> list[Anchor]:
    """What a method is given: each object's mask where it is seen first."""
    known: set[int] = set()
    anchors = []
    for name in sequence.given_frames():
        labels = sequence.labels(name)
        new = present_ids(labels) - known
        known |= new
        if new:
            anchors.append(Anchor(frames.index(name), labels, frozenset(new)))
    if not anchors:
        raise DatasetError("Sequence '{name}' has no object in its annotations.", name=sequence.name)
    return anchors


def peak_megabytes() -> float:
    """The most memory that this process has had so far, in megabytes."""
    status = Path("/proc/self/status")
    if status.is_file():
        # the kernel's other figure begins with the peak of the process that started this one
        for line in status.read_text("ascii", "replace").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024 / _MEGABYTE
    if sys.platform == "win32":
        return float("nan")
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / _MEGABYTE


def _gpu_peak() -> float | None:
    """The peak of the GPU's memory, where torch was used on one."""
    torch = sys.modules.get("torch")
    if torch is None or not torch.cuda.is_initialized():
        return None
    return float(torch.cuda.max_memory_allocated()) / _MEGABYTE
