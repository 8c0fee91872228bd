"""Programs killed at random moments: the files left behind, and what the next run does with them."""

from __future__ import annotations

import contextlib
import gc
import io
import os
import shutil
import signal
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from fractions import Fraction
from functools import partial
from pathlib import Path

import numpy as np

from benchmarks.trust.tally import Case, Generator, Tally
from benchmarks.video_writer import VideoWriter
from core import files
from core.cli import main as command_line
from core.errors import RotoflowError
from core.jobs import CancelToken
from core.masks import LabelEdit, rasterise_box, read_mask, write_mask
from core.media import open_video
from core.project import Project
from core.project.backups import BACKUPS_VARIABLE, restore
from core.project.repair import is_sound, repair
from core.types import Box

FRAMES, SIZE = 24, (96, 64)
_LEFT = ".rotoflow-"


def make_scene(folder: Path) -> None:
    """A clip with its first mask, and a project with masks on all frames."""
    with VideoWriter(folder / "clip.mp4", SIZE, Fraction(24)) as writer:
        for index in range(FRAMES):
            picture = np.zeros((SIZE[1], SIZE[0], 3), np.uint8)
            picture[20:44, 10 + index : 40 + index] = (200, 90, 40)
            writer.write(picture)
    labels = np.zeros(SIZE[::-1], np.uint8)
    labels[20:44, 10:40] = 1
    write_mask(folder / "clip.png", labels)
    clips = folder / "clips"
    clips.mkdir(exist_ok=True)
    for name in ("clip.mp4", "clip.png"):
        shutil.copy(folder / name, clips / name)
    assert run("propagate", "clip.mp4", "--mask", "clip.png", "--engine", "fake", "--out", "p.roto") == 0


def run(*arguments: str) -> int:
    """Runs a command in this process, silently."""
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        return command_line(list(arguments))


def run_killed(act: Callable[[], int], after: float) -> bool:
    """Runs it in a process of its own, killed after `after` seconds. Returns whether it was killed before its end."""
    gc.collect()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            code = act()
        finally:
            os._exit(code)
    time.sleep(after)
    with contextlib.suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def project_fault(path: Path, needed: bool) -> str:
    """What is wrong with a project; "" if it is sound, or is not there and need not be."""
    if not path.exists():
        return f"{path.name} is gone" if needed else ""
    return "" if is_sound(path) else f"{path.name} is damaged"


def masks_fault(folder: Path) -> str:
    """What is wrong with a folder of masks."""
    for path in sorted(folder.rglob("*.png")) if folder.exists() else []:
        if _LEFT not in str(path):
            try:
                read_mask(path, SIZE)
            except RotoflowError as error:
                return str(error)
    return ""


def _repair() -> int:
    Path("mended.roto").unlink(missing_ok=True)
    repair(Path("p.roto"), Path("mended.roto"))
    return 0


def _restore() -> int:
    """Puts a copy in the place of a project, which is kept among the copies."""
    os.environ[BACKUPS_VARIABLE] = str(Path("copies").absolute())
    if not Path("restored.roto").exists():
        shutil.copy("old.roto", "copied")
        Path("copied").replace("restored.roto")
    restore(Path("p.roto"), Path("restored.roto"))
    return 0


def _first_version(project: Path, target: Path) -> None:
    """A project as the first version of the program wrote it."""
    shutil.copy(project, target)
    with closing(sqlite3.connect(target)) as connection:
        for name in ("marker", "step_marker", "measure", "step_setting", "shape", "step_shape"):
            connection.execute(f"DROP TABLE {name}")
        connection.execute("DROP TRIGGER blob_gone")
        connection.execute("PRAGMA user_version = 1")
        connection.commit()


def _migrate() -> int:
    shutil.copy("first.roto", "copied")
    Path("copied").replace("grown.roto")
    Project.open(Path("grown.roto")).close()
    return 0


def _fine_tune() -> int:
    """Learns from the first mask of `p.roto`, a little, and stores what came out in `tuned.roto`, repeatedly."""
    import torch

    from core.finetuning import FineTuneSettings, fine_tune

    # a pool of threads does not come along into the process that is killed
    torch.set_num_threads(1)
    if not Path("tuned.roto").exists():
        shutil.copy("p.roto", "copied")
        Path("copied").replace("tuned.roto")
    settings, options = FineTuneSettings(samples=1, steps=2, batch=1, side=96, window=64), {"threads": 1}
    with Project.open(Path("tuned.roto")) as project, closing(open_video(Path("clip.mp4"))) as video:
        found = fine_tune(
            list(project.anchors())[:1], video.read, 4, SIZE, CancelToken(), settings, options, device="cpu"
        )
        for turn in range(_STORED):
            project.tuned_weights.keep(found.before.j_and_f, found.after.j_and_f, bytes([turn]) * _WEIGHTS)
    return 0


def _tuned_fault() -> str:
    """What is wrong with the project that was fine-tuned: its masks are as they were, its weights whole or none."""
    path = Path("tuned.roto")
    if not path.exists() or (fault := project_fault(path, True)):
        return "" if not path.exists() else fault
    with Project.open(path) as project, Project.open(Path("p.roto")) as usual:
        if any((project.labels(index) != usual.labels(index)).any() for index in range(FRAMES)):
            return "fine-tuning changed masks"
        weights = project.tuned_weights.weights
        if project.tuned_weights.tuned is not None and weights != weights[:1] * _WEIGHTS:
            return "weights are stored in part"
    return ""


_STORED, _WEIGHTS = 20, 1 << 20
"""How often weights are stored, and how many bytes they have."""
_FOLLOW = ("propagate", "clip.mp4", "--mask", "clip.png", "--engine", "fake", "--overwrite", "--out")
_BATCH = ("batch", "clips", "--engine", "fake", "--jobs", "1", "--overwrite", "--out", "done")

KILLED: dict[str, tuple[Callable[[], int], Callable[[], str]]] = {
    "propagate, new project": (partial(run, *_FOLLOW, "new.roto"), lambda: project_fault(Path("new.roto"), False)),
    "propagate, replacing": (partial(run, *_FOLLOW, "old.roto"), lambda: project_fault(Path("old.roto"), True)),
    "export masks": (
        partial(run, "export", "p.roto", "--format", "masks", "--out", "masks", "--overwrite"),
        lambda: masks_fault(Path("masks")) or project_fault(Path("p.roto"), True),
    ),
    "export matte": (
        partial(run, "export", "p.roto", "--format", "matte", "--out", "matte", "--overwrite"),
        lambda: project_fault(Path("p.roto"), True),
    ),
    "dataset write": (
        partial(run, "dataset", "write", "p.roto", "--format", "coco", "--out", "set", "--overwrite"),
        lambda: project_fault(Path("p.roto"), True),
    ),
    "dataset read": (
        partial(run, "dataset", "read", "davis", "--format", "davis", "--out", "read.roto", "--overwrite"),
        lambda: project_fault(Path("read.roto"), False),
    ),
    "batch": (partial(run, *_BATCH), lambda: masks_fault(Path("done"))),
    "fine-tune": (_fine_tune, _tuned_fault),
    "migrate": (_migrate, lambda: project_fault(Path("grown.roto"), False)),
    "restore": (
        _restore,
        lambda: (
            project_fault(Path("restored.roto"), False)
            or next((fault for one in Path("copies").rglob("*.roto") if (fault := project_fault(one, True))), "")
        ),
    ),
    "repair": (_repair, lambda: project_fault(Path("mended.roto"), False) or project_fault(Path("p.roto"), True)),
}
"""What is killed and the look at what it left, by name; in the folder of the scene."""


def kill_cases(name: str, tally: Tally, count: int, rng: Generator) -> None:
    """Kills one command `count` times."""
    make_scene(Path())
    shutil.copy("p.roto", "old.roto")
    run("dataset", "write", "p.roto", "--format", "davis", "--out", "davis")
    _first_version(Path("p.roto"), Path("first.roto"))
    act, fault_of = KILLED[name]
    began = time.monotonic()
    if act():
        tally.count("does not run at all")
        return
    usual = time.monotonic() - began
    for _ in range(count):
        run_killed(act, float(rng.uniform(0, 1.2 * usual)))
        fault = fault_of()
        # the next run is another program, which looks into the folders again
        files.forget_swept()
        if not fault and act():
            fault = "the next run fails"
        left = list(Path().rglob(f"{_LEFT}*.partial*"))
        if not fault and left:
            fault = f"{left[0]} is left after the next run"
        tally.count(fault, lost=bool(fault))
    tally.note_peak()


def draw_cases(tally: Tally, count: int, rng: Generator) -> None:
    """Kills a person's strokes, undo and redo `count` times: what was reported as stored must be in the file."""
    make_scene(Path())
    for _ in range(count):
        shutil.copy("p.roto", "drawn.roto")
        wait, seed = float(rng.uniform(0.01, 0.25)), int(rng.integers(1 << 30))
        start, end = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                _draw(end, seed, 10_000)
            finally:
                os._exit(1)
        os.close(end)
        with os.fdopen(start) as lines:
            ready = lines.readline()
            time.sleep(wait if ready else 0)
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            done = sum(1 for _ in lines)
        tally.count(*_drawn_fault(seed, done))
    tally.note_peak()


def _draw(end: int, seed: int, turns: int) -> None:
    """Random work on `drawn.roto`; reports each turn once it is in the file."""
    rng = np.random.default_rng(seed)
    with Project.open(Path("drawn.roto")) as project:
        os.write(end, b"open\n")
        for _ in range(turns):
            _turn(project, rng)
            os.write(end, b"done\n")


def _turn(project: Project, rng: Generator) -> None:
    way = rng.random()
    if way < 0.2:
        project.history.undo()
    elif way < 0.3:
        project.history.redo()
    elif way < 0.4:
        project.masks.import_labels(int(rng.integers(FRAMES)), rng.integers(0, 2, SIZE[::-1]).astype(np.uint8))
    else:
        frame, x, y = int(rng.integers(FRAMES)), int(rng.integers(SIZE[0] - 9)), int(rng.integers(SIZE[1] - 9))
        edit = LabelEdit.paint(project.labels(frame), rasterise_box(Box(x, y, x + 8, y + 8), SIZE), 1)
        if edit is not None:
            project.masks.edit(frame, edit, "Paint")


def _drawn_fault(seed: int, done: int) -> tuple[str, int]:
    """What is wrong with what was drawn, and how many turns are lost: it is what so many turns give, or one more."""
    if not is_sound(Path("drawn.roto")):
        return "the project is damaged", done
    with Project.open(Path("drawn.roto")) as project:
        found = [project.labels(index).tobytes() for index in range(FRAMES)]
    shutil.copy("p.roto", "again.roto")
    rng = np.random.default_rng(seed)
    with Project.open(Path("again.roto")) as project:
        for turn in range(done + 2):
            if turn >= done and found == [project.labels(index).tobytes() for index in range(FRAMES)]:
                return "", 0
            _turn(project, rng)
    return f"not what {done} turns give", 1


_SLOW = ("export masks", "export matte")
"""They start processes of their own, a second each."""

CASES = {
    **{f"killed: {name}": Case(partial(kill_cases, name), 200, 2) for name in KILLED},
    "killed: restore": Case(partial(kill_cases, "restore"), 50, 1),
    **{f"killed: {name}": Case(partial(kill_cases, name), 50, 1) for name in _SLOW},
    # one case takes as long as all other kills of the short form together
    "killed: fine-tune": Case(partial(kill_cases, "fine-tune"), 50, 0, warm=0),
    "killed: batch": Case(partial(kill_cases, "batch"), 50, 1, warm=0),
    "killed: drawing, undo, redo": Case(draw_cases, 200, 4),
}
"""The cases by name."""
