"""A folder of tiny clips with their masks next to them, and runs of batches over it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from benchmarks.video_writer import VideoWriter
from core.batch.events import ClipEvent, Runner
from core.batch.folders import read_batch
from core.batch.running import BatchResult, run_batch
from core.jobs import CancelToken
from core.masks import write_mask
from tests.core.cli.conftest import FRAMES, SIZE, picture, true_labels

NAMES = ("apple", "banana", "cherry")


def write_clip(path: Path, frames: int = FRAMES) -> None:
    """A clip with a moving square, and its first mask next to it."""
    with VideoWriter(path, SIZE, Fraction(24)) as writer:
        for frame_index in range(frames):
            writer.write(picture(frame_index % FRAMES))
    write_mask(path.with_suffix(".png"), true_labels(0))


@pytest.fixture
def clips(tmp_path: Path) -> Path:
    """A folder with the clips of `NAMES`."""
    folder = tmp_path / "clips"
    folder.mkdir()
    for name in NAMES:
        write_clip(folder / f"{name}.mp4")
    return folder


def contents(folder: Path) -> dict[str, str]:
    """Checksums of all files that were exported to a batch's folder."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".batch" not in path.parts and path.name != "report.html"
    }


def outcome(
    source: Path,
    out: Path,
    runner: Runner,
    *,
    overwrite: bool = False,
    cancel: CancelToken | None = None,
    seen: Callable[[ClipEvent], None] = lambda _event: None,
    **defaults: object,
) -> tuple[BatchResult, list[ClipEvent]]:
    """Runs a batch with the fake engine to its end; the result and all events but steps."""
    token = cancel or CancelToken()
    jobs = read_batch(source, {"engine": "fake", **defaults}).jobs
    steps = run_batch(jobs, out, runner, token, overwrite)
    events: list[ClipEvent] = []
    while True:
        try:
            event = next(steps)
        except StopIteration as stop:
            return stop.value, events
        seen(event)
        if event.step is None:
            events.append(event)
