"""Exports in a process of their own: the same results, and an end of the process is an error and no more."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from core.delivery.isolated import export_isolated
from core.delivery.settings import ExportSettings
from core.errors import CancelledError, DeliveryError, MediaError
from core.jobs import CancelToken, watched
from core.media import open_video
from core.types import LabelMap
from tests.core.delivery.clips import COUNT, labels, write_clip


class _Abort:
    """Ends the process that it comes to, as a fault in a native library does."""

    def __init__(self, how: signal.Signals) -> None:
        self.how = how

    def __reduce__(self) -> tuple[Any, tuple[Any, ...]]:
        return _end, (self.how,)


def _end(how: int) -> None:
    os.kill(os.getpid(), how)


def test_results_and_progress_arrive(tmp_path: Path) -> None:
    clip, out = write_clip(tmp_path / "a.mp4"), tmp_path / "masks"
    asked = []

    def sure(frame_index: int) -> dict[int, float]:
        asked.append(frame_index)
        return {1: 0.5}

    seen: list[float] = []
    steps = export_isolated(partial(open_video, clip), labels, ExportSettings("rgba"), out, CancelToken(), sure)
    result = watched(steps, lambda progress: seen.append(progress.fraction))
    assert result.paths == (out,)
    assert result.frames == COUNT
    assert seen[-1] == 1
    assert sorted(set(asked)) == list(range(COUNT))
    assert len(list(out.iterdir())) == COUNT


@pytest.mark.parametrize("how", [signal.SIGABRT, signal.SIGSEGV])
def test_an_abort_is_reported_and_leaves_nothing(tmp_path: Path, how: signal.Signals) -> None:
    clip, out = write_clip(tmp_path / "a.mp4"), tmp_path / "out.mov"

    def failing(frame_index: int) -> LabelMap:
        return labels(frame_index) if frame_index < 4 else _Abort(how)  # type: ignore[return-value]

    steps = export_isolated(partial(open_video, clip), failing, ExportSettings("prores4444"), out, CancelToken())
    with pytest.raises(DeliveryError, match=rf"out\.mov: the export's process ended \({how.name}\)"):
        watched(steps, lambda _progress: None)
    assert [path.name for path in tmp_path.iterdir()] == ["a.mp4"], "what the process had begun is gone"


def test_errors_arrive_as_what_they_are(tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "a.mp4")
    taken = tmp_path / "taken.mov"
    taken.write_text("mine")
    steps = export_isolated(partial(open_video, clip), labels, ExportSettings("prores4444"), taken, CancelToken())
    with pytest.raises(DeliveryError, match="this file exists"):
        watched(steps, lambda _progress: None)
    gone = partial(open_video, tmp_path / "gone.mp4")
    with pytest.raises(MediaError, match=r"gone\.mp4"):
        watched(export_isolated(gone, labels, ExportSettings(), tmp_path / "x", CancelToken()), lambda _progress: None)

    def unreadable(_frame_index: int) -> LabelMap:
        raise MediaError("The project's disk is gone.")

    steps = export_isolated(partial(open_video, clip), unreadable, ExportSettings(), tmp_path / "x", CancelToken())
    with pytest.raises(MediaError, match="disk is gone"):
        watched(steps, lambda _progress: None)


def test_cancelling_and_closing_leave_nothing(tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "a.mp4")
    cancel = CancelToken()
    steps = export_isolated(partial(open_video, clip), labels, ExportSettings("rgba"), tmp_path / "one", cancel)
    next(steps)
    cancel.cancel()
    with pytest.raises(CancelledError):
        watched(steps, lambda _progress: None)
    steps = export_isolated(partial(open_video, clip), labels, ExportSettings("rgba"), tmp_path / "two", CancelToken())
    next(steps)
    steps.close()
    assert [path.name for path in tmp_path.iterdir()] == ["a.mp4"]


_KILLED = """
import os, signal, sys
from functools import partial
from pathlib import Path
from core.delivery.isolated import export_isolated
from core.delivery.settings import ExportSettings
from core.jobs import CancelToken
from core.media import open_video
from tests.core.delivery.clips import labels

if __name__ == "__main__":
    clip, out = map(Path, sys.argv[1:])
    for progress in export_isolated(partial(open_video, clip), labels, ExportSettings("masks"), out, CancelToken()):
        os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_program_killed_while_it_exports_leaves_no_process_and_no_semaphore(tmp_path: Path) -> None:
    clip, out = write_clip(tmp_path / "a.mp4"), tmp_path / "masks"
    root = Path(__file__).resolve().parents[3]
    script = tmp_path / "killed.py"
    script.write_text(_KILLED)
    line = [sys.executable, str(script), str(clip), str(out)]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    # who waits for the end of its output waits for all processes that hold it
    ended = subprocess.run(line, cwd=root, env=environment, capture_output=True, timeout=60)
    assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()
    assert b"semaphore" not in ended.stderr, "Python itself says which were left"
