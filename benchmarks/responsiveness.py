"""Responsiveness of the window: gaps of a 5 ms timer on the UI thread while a 1080p film is scrubbed, played and
propagated; frames dropped by playing; latency of scrubbed frames; time from launch to the first paint.

    python -m benchmarks.responsiveness                     a film made for it, the default engine
    python -m benchmarks.responsiveness --clip CLIP         the film is made of this clip, enlarged
    python -m benchmarks.responsiveness --film FILM         a film as it is, such as one kept with --keep FILM

Goals: the timer's p99 under 16 ms over all phases and no gap over 50 ms once the engine has started; no frame dropped;
first paint within 1.5 s. Runs on the screen if there is one, else offscreen. The machine's load is written down: other
work on it shows in the longest gaps and the drops, but not in the UI thread's own work, which is its processor time
between two ticks.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

_LAUNCHES = 5
_LOOSE = ("opening", "idle", "checking", "ending", "engine starting")
"""Phases without a goal: they show the machine's load, or are not interactive."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures, prints the tables, writes the JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clip", type=Path, help="what the film is made of (default: a made scene)")
    parser.add_argument("--film", type=Path, help="a film that is there already")
    parser.add_argument("--keep", type=Path, help="where to keep the film that is made")
    parser.add_argument("--engine", default="", help="engine (default: the window's)")
    parser.add_argument("--seconds", type=float, default=10.0, help="how long to play (default: %(default)s)")
    parser.add_argument("--stops", type=int, default=40, help="how often to scrub (default: %(default)s)")
    parser.add_argument("--first-paint", type=float, help=argparse.SUPPRESS)
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args(arguments)
    if args.first_paint is not None:
        return _paint_once(args.first_paint)
    if args.measure:
        from benchmarks.responsiveness_phases import measure

        return measure(args.film, args.engine, args.seconds, args.stops)
    with tempfile.TemporaryDirectory() as folder:
        # a copy of the settings' place, so that no person's window is changed by a benchmark
        environment = {**os.environ, "XDG_CONFIG_HOME": folder, "XDG_DATA_HOME": folder}
        if not (environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")):
            environment.setdefault("QT_QPA_PLATFORM", "offscreen")
        film = _film(args.film, args.clip, args.keep, Path(folder))
        paints = [_child(environment, "--first-paint", str(time.time())) for _ in range(_LAUNCHES)]
        wishes = {"film": film, "engine": args.engine, "seconds": args.seconds, "stops": args.stops}
        watched = _child(environment, "--measure", *(f"--{name}={value}" for name, value in wishes.items()))
    _report(paints, watched)
    return 0


def _film(film: Path | None, clip: Path | None, keep: Path | None, folder: Path) -> Path:
    """The film in a folder of its own, where a project of it is nobody else's; a link would be followed."""
    path = folder / "film.mp4"
    if film is not None:
        shutil.copyfile(film, path)
        return path
    from benchmarks.responsiveness_film import write_film

    write_film(path, clip)
    if keep is not None:
        shutil.copyfile(path, keep)
    return path


def _report(paints: Sequence[Mapping[str, object]], watched: Mapping[str, object]) -> None:
    # not above: it loads the decoders, which a launch does without
    from benchmarks.common import print_table, write_results

    seconds = sorted(float(str(paint["seconds"])) for paint in paints)
    heavy = sorted({str(name) for paint in paints for name in list(paint["heavy"])})  # type: ignore[call-overload]
    phases = _phase_rows(watched)
    rows: list[dict[str, object]] = [
        {"what": "launch to first paint, median, s", "measured": seconds[len(seconds) // 2], "goal": 1.5},
        *_result_rows(watched),
    ]
    for table in (phases, rows):
        print_table(list(table[0]), [list(row.values()) for row in table])
        print()
    if heavy:
        print(f"loaded before the first paint: {', '.join(heavy)}")
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    print(f"load average {load:.1f} on {os.cpu_count()} cores; platform {watched['platform']}, {watched['engine']}")
    settings = {"engine": watched["engine"], "platform": watched["platform"], "launches": seconds, "early": heavy}
    write_results("responsiveness", settings, [*phases, *rows])


def _phase_rows(watched: Mapping[str, object]) -> list[dict[str, object]]:
    """Gaps of the timer and the UI thread's own work in them, in ms, by phase and over all that have a goal."""
    gaps, work = _by_phase(watched["gaps"]), _by_phase(watched["work"])
    strict = [name for name in gaps if name not in _LOOSE]
    rows = [
        _phase_row(name, gaps[name], work[name], "")
        for name in ("idle", *strict, "engine starting")
        if name in gaps and gaps[name].size
    ]
    together = [np.concatenate([one[name] for name in strict]) for one in (gaps, work)]
    return [*rows, _phase_row("all but idle and starting", together[0], together[1], 16)]


def _phase_row(name: str, gaps: np.ndarray, work: np.ndarray, goal: object) -> dict[str, object]:
    return {
        "phase": name,
        "gap p50 ms": float(np.percentile(gaps, 50)),
        "gap p99 ms": float(np.percentile(gaps, 99)),
        "goal p99": goal,
        "gap max ms": float(gaps.max()),
        "own work p99 ms": float(np.percentile(work, 99)),
        "own work max ms": float(work.max()),
    }


def _result_rows(watched: Mapping[str, object]) -> list[dict[str, object]]:
    """What scrubbing and playing came to."""
    rows: list[dict[str, object]] = []
    seen = watched["seen"]
    assert isinstance(seen, dict)
    for phase, values in seen.items():
        if "stops" in values:
            stops = np.array(values["stops"])
            rows.append({"what": f"{phase}: exact frame, median, ms", "measured": float(np.median(stops)), "goal": ""})
            percentile = float(np.percentile(stops, 95))
            rows.append({"what": f"{phase}: exact frame, p95, ms", "measured": percentile, "goal": ""})
            rows.append({"what": f"{phase}: first picture, p95, ms", "measured": values["first_p95"], "goal": ""})
        else:
            late = np.array(values["late"] or [0.0])
            rows.append(
                {"what": f"{phase}: frames dropped of {values['due']}", "measured": values["dropped"], "goal": 0}
            )
            rows.append({"what": f"{phase}: the clock's start, ms", "measured": values["start"], "goal": ""})
            for share in (50, 95):
                percentile = float(np.percentile(late, share))
                rows.append({"what": f"{phase}: frames late p{share}, ms", "measured": percentile, "goal": ""})
    rows.append({"what": "wrong pictures after a scrub", "measured": watched["inexact"], "goal": 0})
    rows.append({"what": "results a second", "measured": watched["results_a_second"], "goal": ""})
    return rows


def _by_phase(values: object) -> dict[str, np.ndarray]:
    assert isinstance(values, dict)
    return {name: np.array(numbers, float) for name, numbers in values.items()}


def _child(environment: Mapping[str, str], *arguments: str) -> dict[str, object]:
    """Runs one measurement in a process of its own, which prints its result as the last line."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.responsiveness", *arguments],
        env=dict(environment),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"the measurement failed:\n{done.stdout}{done.stderr}")
    result: dict[str, object] = json.loads(done.stdout.strip().splitlines()[-1])
    return result


def _paint_once(launched: float) -> int:
    """Starts the program, reports when its window is painted for the first time, and ends."""
    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QPaintEvent

    import desktop.wiring
    from desktop.entry import main as start
    from desktop.main_window import MainWindow

    class Watched(MainWindow):
        painted = False

        def paintEvent(self, event: QPaintEvent) -> None:
            super().paintEvent(event)
            if not self.painted:
                self.painted = True
                heavy = [name for name in ("torch", "onnxruntime", "cv2", "av") if name in sys.modules]
                print(json.dumps({"seconds": time.time() - launched, "heavy": heavy}), flush=True)
                QTimer.singleShot(0, self, self.close)

    # fails if the window is made elsewhere: nothing would ever end the program then
    assert vars(desktop.wiring)["MainWindow"] is MainWindow
    vars(desktop.wiring)["MainWindow"] = Watched
    return start([])


if __name__ == "__main__":
    sys.exit(main())
