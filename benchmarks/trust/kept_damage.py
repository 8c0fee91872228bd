"""Damage to files of the program itself: trainings, the state of batches, shapes, and the window's settings."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from pathlib import Path

from benchmarks.trust.damage import numbered
from benchmarks.trust.kills import make_scene, run
from benchmarks.trust.spoiling import spoil, spoil_text
from benchmarks.trust.tally import Case, Generator, Tally, try_apart
from core.batch.folders import read_batch
from core.batch.ledger import ClipLedger, ClipState, locked
from core.batch.reports.report import write_report
from core.errors import RotoflowError
from core.shapes.model import BezierPoint, Shape, shape_from_json, shape_to_json

_STEP = {"step": 1, "progress": 0.5, "seconds": 1.0, "loss": 0.4, "overlap": 0.5, "learning_rate": 1e-3}


def training_cases(tally: Tally, count: int, rng: Generator) -> None:
    """Draws the curves of `count` trainings whose log or scores are damaged."""
    folder = Path("run")
    folder.mkdir()
    steps = "".join(json.dumps({**_STEP, "step": step}) + "\n" for step in range(1, 30))
    (folder / "log.jsonl").write_text(steps, encoding="utf-8")
    score = {"step": 10, "j": 0.5, "f": 0.6, "sequences": {"goat": 0.5}}
    (folder / "scores.jsonl").write_text(2 * (json.dumps(score) + "\n"), encoding="utf-8")
    whole = {path: path.read_bytes() for path in sorted(folder.iterdir())}
    source = numbered(rng)

    def one(number: int) -> str:
        for path, data in whole.items():
            path.write_bytes(data)
        path = list(whole)[number % len(whole)]
        path.write_bytes(spoil_text(whole[path], source(number)))
        code = run("curves", "run", "--out", "curves.svg", "--overwrite")
        return "" if code in (0, 1) else f"exit code {code}"

    try_apart(tally, count, one)


def batch_cases(tally: Tally, count: int, rng: Generator) -> None:
    """Goes on with `count` batches of which a file of the state is damaged or hostile."""
    make_scene(Path())
    run("batch", "clips", "--engine", "fake", "--jobs", "1", "--out", "done")
    shutil.copytree("done", "whole")
    Path("precious").write_text("mine", encoding="utf-8")
    jobs, source = read_batch(Path("clips")).jobs, numbered(rng)
    state = [path.relative_to("done") for path in sorted(Path("done/.batch").rglob("*.json"))]
    state.append(Path("done/.batch", jobs[0].name, "owned.txt").relative_to("done"))
    hostile = f"../precious\n{Path('precious').resolve()}\n../clips/clip.mp4\n"

    def one(number: int) -> str:
        random = source(number)
        shutil.rmtree("done")
        shutil.copytree("whole", "done")
        path = Path("done") / state[number % len(state)]
        data = path.read_bytes() if path.exists() else hostile.encode()
        path.write_bytes(spoil_text(data, random) if random.random() < 0.9 else data)
        with contextlib.suppress(RotoflowError), locked(Path("done").absolute()):
            for job in jobs:
                ledger = ClipLedger(Path("done").absolute(), job)
                if ledger.state is ClipState.DONE:
                    ledger.fits("0")
                    ledger.forget()
                ledger.taken()
                ledger.publish()
                ledger.tidy()
            write_report(jobs, Path("done"))
        there = Path("precious").exists() and Path("clips/clip.mp4").exists()
        return "" if there else "a file outside of the folder is gone"

    try_apart(tally, count, one)


def shape_cases(tally: Tally, count: int, rng: Generator) -> None:
    """Reads `count` damaged shapes as a project keeps them."""
    corners = tuple(BezierPoint(x, y, -1.0, 0.0, 1.0, 0.0, 2.0) for x, y in ((4, 4), (30, 6), (20, 40)))
    data, source = shape_to_json(Shape(1, 1, {0: corners, 9: corners}, "dog")).encode(), numbered(rng)

    def one(number: int) -> str:
        text = spoil_text(data, source(number)).decode("utf-8", "replace")
        with contextlib.suppress(ValueError):
            shape = shape_from_json(1, text)
            if not isinstance(shape, Shape) or len(shape.keys) > 1000:
                return "no shape"
        return ""

    try_apart(tally, count, one)


def remembered_cases(tally: Tally, count: int, rng: Generator) -> None:
    """Starts `count` times from what the window remembers: settings, presets, stopped work, marks of crashes."""
    home = Path.cwd() / "home"
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        os.environ[name] = str(home / name)
    from core.delivery.settings import ExportSettings
    from desktop.program.running_mark import marks_folder, take_crashed
    from desktop.session.stopped_work import StoppedJob, StoppedWork
    from desktop.settings.preferences import load_preferences
    from desktop.settings.presets import Preset, Presets
    from desktop.settings.store import add_recent_file, recent_files, settings

    Path("p.roto").write_text("a project", encoding="utf-8")
    Presets().save("mine", Preset(ExportSettings(), ""))
    add_recent_file(Path("p.roto").absolute())
    StoppedWork().keep(Path("p.roto").absolute(), [StoppedJob("Propagate", {"kind": "propagate"})])
    settings().sync()
    mark = {"project": str(Path("p.roto").absolute()), "work": [{"title": "Export", "again": {"kind": "export"}}]}
    marks_folder().mkdir(parents=True, exist_ok=True)
    (marks_folder() / "one.json").write_text(json.dumps(mark), encoding="utf-8")
    whole = {path: path.read_bytes() for path in sorted(home.rglob("*")) if path.is_file() and path.suffix != ".lock"}
    source = numbered(rng)

    def one(number: int) -> str:
        random = source(number)
        for path, data in whole.items():
            path.write_bytes(data)
        path = list(whole)[number % len(whole)]
        path.write_bytes((spoil_text if random.random() < 0.7 else spoil)(whole[path], random))
        settings().sync()
        recent_files()
        load_preferences()
        Presets().own()
        _ = Presets().last
        take_crashed()
        StoppedWork().not_offered()
        StoppedWork().take(Path("p.roto").absolute())
        return ""

    try_apart(tally, count, one)


CASES = {
    "damaged: training": Case(training_cases, 1000, 0),
    "damaged: batch": Case(batch_cases, 500, 3),
    "damaged: shape": Case(shape_cases, 2000, 60),
    "damaged: remembered": Case(remembered_cases, 1000, 30, warm=0),
}
"""The cases by name."""
