"""Does the window stay awake? Gaps of a 5 ms timer on the UI thread while a propagation runs and the clip plays; time
from launch to the first paint.

    python -m benchmarks.responsiveness                             a 720p clip made for it, the default engine
    python -m benchmarks.responsiveness --clip CLIP --engine warping --seconds 20

Goals: p99 under 16 ms and no gap over 50 ms once the engine has started; first paint within 1.5 s. Runs on the screen
if there is one, else offscreen. The machine's load is written down: other work on it shows in the longest gaps, but not
in the UI thread's own work, which is its processor time between two ticks.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

_TIMER_MS = 5
_LAUNCHES = 5
_FRAMES, _SIZE = 240, (1280, 720)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures, prints the table, writes the JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clip", type=Path, help="a clip (default: a 720p one made for it)")
    parser.add_argument("--engine", default="", help="engine (default: the window's)")
    parser.add_argument("--seconds", type=float, default=15.0, help="how long to measure (default: %(default)s)")
    parser.add_argument("--first-paint", type=float, help=argparse.SUPPRESS)
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args(arguments)
    if args.first_paint is not None:
        return _paint_once(args.first_paint)
    if args.measure:
        return _measure(args.clip, args.engine, args.seconds)
    with tempfile.TemporaryDirectory() as folder:
        # a copy of the settings' place, so that no person's window is changed by a benchmark
        environment = {**os.environ, "XDG_CONFIG_HOME": folder, "XDG_DATA_HOME": folder}
        if not (environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")):
            environment.setdefault("QT_QPA_PLATFORM", "offscreen")
        paints = [_child(environment, "--first-paint", str(time.time())) for _ in range(_LAUNCHES)]
        clip = _linked(args.clip, Path(folder)) if args.clip else _made(Path(folder) / "film.mp4")
        awake = _child(
            environment, "--measure", "--clip", str(clip), "--engine", args.engine, "--seconds", str(args.seconds)
        )
    _report(paints, awake)
    return 0


def _report(paints: Sequence[dict[str, object]], awake: dict[str, object]) -> None:
    # not above: it loads the decoders, which a launch does without
    from benchmarks.common import print_table, write_results

    seconds = sorted(float(str(paint["seconds"])) for paint in paints)
    names = ("gaps", "own_work", "starting_gaps", "idle_gaps")
    gaps, own, starting, idle = (_numbers(awake[name]) for name in names)
    heavy = sorted({str(name) for paint in paints for name in list(paint["heavy"])})  # type: ignore[call-overload]
    rows: list[dict[str, object]] = [
        {"what": "launch to first paint, median, s", "measured": seconds[len(seconds) // 2], "goal": 1.5},
        *_gap_rows("working", gaps, 16, 50),
        {
            "what": "working: UI thread's own work in a gap p99, ms",
            "measured": float(np.percentile(own, 99)),
            "goal": "",
        },
        {"what": "working: UI thread's own work in a gap max, ms", "measured": float(own.max()), "goal": ""},
        *_gap_rows("engine starting", starting, "", ""),
        *_gap_rows("idle", idle, "", ""),
        {"what": "results a second meanwhile", "measured": awake["results_a_second"], "goal": ""},
        {"what": "frames shown a second meanwhile", "measured": awake["shown_a_second"], "goal": ""},
    ]
    print_table(["responsiveness", "measured", "goal"], [list(row.values()) for row in rows])
    if heavy:
        print(f"loaded before the first paint: {', '.join(heavy)}")
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    print(f"load average {load:.1f} on {os.cpu_count()} cores; platform {awake['platform']}, engine {awake['engine']}")
    settings = {"engine": awake["engine"], "platform": awake["platform"], "launches": seconds, "early_imports": heavy}
    write_results("responsiveness", settings, rows)


def _gap_rows(state: str, gaps: np.ndarray, p99: object, longest: object) -> list[dict[str, object]]:
    if not gaps.size:
        return []
    return [
        {"what": f"{state}: timer gap p50, ms", "measured": float(np.percentile(gaps, 50)), "goal": ""},
        {"what": f"{state}: timer gap p99, ms", "measured": float(np.percentile(gaps, 99)), "goal": p99},
        {"what": f"{state}: timer gap max, ms", "measured": float(gaps.max()), "goal": longest},
    ]


def _numbers(values: object) -> np.ndarray:
    assert isinstance(values, list)
    return np.array(values, float)


def _child(environment: dict[str, str], *arguments: str) -> dict[str, object]:
    """Runs one measurement in a process of its own; its last line is the result."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.responsiveness", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"the measurement failed:\n{done.stdout}{done.stderr}")
    result: dict[str, object] = json.loads(done.stdout.strip().splitlines()[-1])
    return result


def _made(path: Path) -> Path:
    from benchmarks.common import moving_scene, write_clip

    write_clip(path, _SIZE, moving_scene(_SIZE, _FRAMES, 1))
    return path


def _linked(clip: Path, folder: Path) -> Path:
    """The clip in a folder of its own, so that its project is not the person's."""
    place = folder / clip.name
    place.symlink_to(clip.resolve())
    return place


def _paint_once(launched: float) -> int:
    """Starts the program, tells when its window is painted for the first time, and ends."""
    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QPaintEvent

    import desktop.program
    from desktop.main_window import MainWindow
    from main import main as start

    class Watched(MainWindow):
        painted = False

        def paintEvent(self, event: QPaintEvent) -> None:
            super().paintEvent(event)
            if not self.painted:
                self.painted = True
                heavy = [name for name in ("torch", "onnxruntime", "cv2", "av") if name in sys.modules]
                print(json.dumps({"seconds": time.time() - launched, "heavy": heavy}), flush=True)
                QTimer.singleShot(0, self, self.close)

    setattr(desktop.program, "MainWindow", Watched)  # noqa: B010 (it is not the module's to give away)
    return start([])


def _measure(clip: Path, engine: str, seconds: float) -> int:
    """Propagates and plays in a window, and watches a timer meanwhile."""
    from PySide6.QtCore import QTimer

    from core.types import FrameResult
    from desktop.app import make_application
    from desktop.commands.propagation import Reach
    from desktop.main_window import MainWindow

    app = make_application()
    window = MainWindow()
    window.resize(1600, 950)
    window.show()
    ticks: list[float] = []
    busy: list[float] = []
    results: list[float] = []
    shown: list[float] = []
    begun: list[float] = []

    def begin() -> None:
        if engine:
            window.engine.engines.setCurrentIndex(window.engine.engines.findData(engine))
        session = window.session
        assert session.video is not None
        width, height = session.video.size
        # a stroke over the middle of the left half: the made clip's disc, something in any other
        points = [(width * 0.1 + step * width * 0.004, height * 0.44) for step in range(30)]
        session.add_object()
        session.commit_stroke(points, height * 0.12, erase=False)
        window.propagation.follow = False
        put = session.put

        def counted(run_id: int, result: FrameResult, revision: int | None) -> bool:
            results.append(time.perf_counter())
            return put(run_id, result, revision)

        session.put = counted  # type: ignore[method-assign]
        window.feed.ready.connect(lambda _index, _picture: shown.append(time.perf_counter()))
        begun.append(time.perf_counter())
        window.propagation.start(Reach.FORWARD)
        window.player.play(1.0)

    def tick() -> None:
        now = time.perf_counter()
        ticks.append(now)
        busy.append(time.thread_time())
        if not begun:
            return
        if (results and now - results[0] > seconds) or not window.jobs.busy or now - ticks[0] > seconds + 120:
            timer.stop()
            window.close()

    timer = QTimer()
    timer.setTimerType(timer.timerType().PreciseTimer)
    timer.setInterval(_TIMER_MS)
    timer.timeout.connect(tick)
    # an idle window first: what the machine's other work costs any window
    window.files.opened.connect(lambda: (QTimer.singleShot(500, timer.start), QTimer.singleShot(4500, begin)))
    QTimer.singleShot(0, lambda: window.open(clip))
    app.exec()
    at = np.array(ticks)
    gaps = np.diff(at) * 1000
    working = at[:-1] >= (results[0] if results else np.inf)
    idle = at[1:] <= (begun[0] if begun else np.inf)
    span = max(1e-9, ticks[-1] - results[0]) if results else 1.0
    print(
        json.dumps(
            {
                "gaps": gaps[working].round(3).tolist(),
                "own_work": (np.diff(np.array(busy)) * 1000)[working].round(3).tolist(),
                "starting_gaps": gaps[~working & ~idle].round(3).tolist(),
                "idle_gaps": gaps[idle].round(3).tolist(),
                "results_a_second": len(results) / span,
                "shown_a_second": sum(1 for moment in shown if results and moment >= results[0]) / span,
                "engine": window.engine.engine,
                "platform": app.platformName(),
            }
        )
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
