"""Latency of Smart select's preview under the resting pointer, and how responsive the window is meanwhile.

    python -m benchmarks.hovering PICTURE...        pictures of any size, enlarged to 1080p
    python -m benchmarks.hovering                   a made scene
    python -m benchmarks.hovering --stages          where a preview's time goes, too

The pointer moves to positions all over the picture, three moves each, and rests there until the exact answer has
arrived. A preview is timed from the last move until it is painted. The gaps are those of a 5 ms timer on the UI thread.
Goals: 100 ms in 95 of 100, and 16 ms in 99 of 100 gaps.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from PIL import Image

_SIZE = (1920, 1080)
_TIMER_MS = 5
_SETTLE_SECONDS = 3.0
_PATIENCE_SECONDS = 30.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures, prints the table, writes the JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pictures", nargs="*", type=Path, help="what to point at")
    parser.add_argument("--positions", type=int, default=12, help="positions a picture (default: %(default)s)")
    parser.add_argument("--stages", action="store_true", help="print the median of each stage of a preview")
    args = parser.parse_args(arguments)
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        # a folder of its own for settings and projects, so that no person's window is changed by a benchmark
        os.environ["XDG_CONFIG_HOME"] = os.environ["XDG_DATA_HOME"] = folder
        stages: dict[str, list[float]] | None = {} if args.stages else None
        quick, exact, gaps = _measure(_clip(args.pictures, Path(folder)), args.positions, stages)
    from benchmarks.common import print_table, write_results

    row = {
        "previews": len(quick),
        "p50 ms": float(np.percentile(quick, 50)),
        "p95 ms": float(np.percentile(quick, 95)),
        "exact p95 ms": float(np.percentile(exact, 95)),
        "gap p50 ms": float(np.percentile(gaps, 50)),
        "gap p99 ms": float(np.percentile(gaps, 99)),
        "gap max ms": float(np.max(gaps)),
    }
    print_table(list(row), [list(row.values())])
    if stages:
        rows = [(name, float(np.median(times)), float(np.percentile(times, 95))) for name, times in stages.items()]
        print_table(("stage, from the pointer's rest until", "p50 ms", "p95 ms"), rows)
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    print(f"load average {load:.1f} on {os.cpu_count()} cores")
    write_results("hovering", {"positions": args.positions, "load": load}, [row])
    return 0


def _clip(pictures: Sequence[Path], folder: Path) -> Path:
    from benchmarks.common import moving_scene

    clip = folder / "clip"
    clip.mkdir()
    shown = [Image.open(path).convert("RGB").resize(_SIZE, Image.Resampling.BICUBIC) for path in pictures]
    shown = shown or [Image.fromarray(image) for image, _labels in moving_scene(_SIZE, 2, 2)]
    for index, image in enumerate(shown):
        image.save(clip / f"{index:03}.png", compress_level=1)
    return clip


def _measure(
    clip: Path, positions: int, stages: dict[str, list[float]] | None = None
) -> tuple[list[float], list[float], list[float]]:
    """Milliseconds to each preview and each exact answer, and between the ticks of the timer while hovering.

    `stages` gets the milliseconds until each stage of a preview is over.
    """
    from PySide6.QtCore import QEvent, QEventLoop, QPointF, Qt, QTimer
    from PySide6.QtGui import QMouseEvent
    from PySide6.QtWidgets import QApplication

    from desktop.app import make_application
    from desktop.program.memory import collect_from_now_on
    from desktop.tools.smart_select import SmartSelectTool
    from desktop.wiring import make_window

    app = make_application()
    window = make_window()
    window.first_painted.connect(collect_from_now_on)
    window.resize(1600, 950)
    window.show()
    ticks: list[float] = []
    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(lambda: ticks.append(time.perf_counter()))
    timer.start(_TIMER_MS)

    def until(ready: Callable[[], bool]) -> bool:
        limit = time.monotonic() + _PATIENCE_SECONDS
        while not ready() and time.monotonic() < limit:
            app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        return ready()

    window.open(clip)
    until(lambda: window.canvas.shown_frame is not None and not window.jobs.busy)
    begun = time.monotonic()
    until(lambda: time.monotonic() > begun + _SETTLE_SECONDS)
    window.actions_["smart"].trigger()
    view = window.canvas.view
    tool, port = view.tool, view.viewport()
    assert isinstance(tool, SmartSelectTool)
    finder = window.canvas._toolbox.finder
    preview = tool.preview
    none, left = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier

    def move(x: float, y: float) -> None:
        position = QPointF(view.mapFromScene(x, y))
        event = QMouseEvent(QEvent.Type.MouseMove, position, port.mapToGlobal(position), none, none, left)
        QApplication.sendEvent(port, event)

    times: dict[str, float] = {}
    if stages is not None:
        _watch_stages(times)
    generator = np.random.default_rng(4)
    quick, exact, gaps = [], [], []
    for frame in range(window.session.frame_count):
        window.session.go_to(frame)
        until(lambda: window.canvas.shown_frame == window.session.frame_index)
        # a person looks at a frame before pointing: its features are made by the first rest, which does not count
        for position in range(positions + 1):
            x, y = generator.uniform(0.1, 0.9) * _SIZE[0], generator.uniform(0.1, 0.9) * _SIZE[1]
            since = len(ticks)
            for step in (3, 2, 1, 0):
                move(x - 4 * step, y)
            begun = time.perf_counter()
            times.clear()
            seen = until(lambda: bool(preview.outlines))
            app.processEvents()
            shown, reached = time.perf_counter(), dict(times)
            until(lambda: not finder.busy)
            if position and seen:
                quick.append(1000 * (shown - begun))
                for name, moment in (*reached.items(), ("it is painted", shown)):
                    if stages is not None:
                        stages.setdefault(name, []).append(1000 * (moment - begun))
                exact.append(1000 * (time.perf_counter() - begun))
                gaps += (1000 * np.diff(ticks[since:])).tolist()
    timer.stop()
    window.close()
    return quick, exact, gaps


def _watch_stages(times: dict[str, float]) -> None:
    """Has the time written down when each stage of a preview ends, if it is the first since `times` was empty."""
    from core.vos.clicks.selector import ClickNetwork
    from desktop.tools.click_preview import ClickPreview
    from desktop.workers import finding

    def watch(owner: object, name: str, before: str, after: str) -> None:
        work = getattr(owner, name)

        def watched(*arguments: object) -> object:
            times.setdefault(before, time.perf_counter())
            answer = work(*arguments)
            times.setdefault(after, time.perf_counter())
            return answer

        setattr(owner, name, watched)

    watch(ClickNetwork, "preview", "the worker has begun", "the network has answered")
    watch(finding, "outlined", "the answer is a patch", "the outline is made")
    watch(ClickPreview, "show", "the outline has arrived", "it is drawn")


if __name__ == "__main__":
    sys.exit(main())
