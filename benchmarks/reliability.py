"""What is lost when programs are killed and files are damaged: cases tried, passed, what was lost, seconds.

    python -m benchmarks.reliability            200 kills of each kind, 2,000 damaged files
    python -m benchmarks.reliability --short    the same in about two minutes

Kills: a command is started, killed at a random moment, and what is there is looked at: every project opens and every
mask in it can be read, what was to be replaced is the old or the new one, no file has half its content, and the next
run, which is not killed, ends well and takes away what was left. Damage: bytes of a project are flipped or cut off; it
opens, or ends in an error of ours, and so does its repair; a repaired project is sound.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np

from benchmarks.common import print_table, write_results
from benchmarks.video_writer import VideoWriter
from core import files
from core.cli import main as command_line
from core.errors import RotoflowError
from core.masks import read_mask, write_mask
from core.project import Project
from core.project.repair import is_sound, repair

FRAMES, SIZE = 24, (96, 64)
_LEFT = ".rotoflow-"


@dataclass
class Tally:
    """How one kind of case went."""

    tried: int = 0
    passed: int = 0
    lost: int = 0
    """Frames that were told to be stored, or files of the person, that are gone."""
    seconds: float = 0.0
    faults: tuple[str, ...] = ()

    def count(self, fault: str, lost: int = 0) -> None:
        """Counts a case; `fault` is empty if all was well."""
        self.tried += 1
        self.passed += not fault
        self.lost += lost
        if fault and len(self.faults) < 5:
            self.faults = (*self.faults, fault)


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
    assert run("propagate", "clip.mp4", "--mask", "clip.png", "--engine", "fake", "--out", "p.roto") == 0


def run(*arguments: str) -> int:
    """Runs a command in this process, silently."""
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        return command_line(list(arguments))


def run_killed(arguments: tuple[str, ...], after: float) -> bool:
    """Runs a command in a process of its own, killed after so many seconds; whether it was killed before its end."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            code = run(*arguments)
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


KILLED: dict[str, tuple[tuple[str, ...], Callable[[], str]]] = {
    "propagate, new project": (
        ("propagate", "clip.mp4", "--mask", "clip.png", "--engine", "fake", "--out", "new.roto", "--overwrite"),
        lambda: project_fault(Path("new.roto"), False),
    ),
    "propagate, replacing": (
        ("propagate", "clip.mp4", "--mask", "clip.png", "--engine", "fake", "--out", "old.roto", "--overwrite"),
        lambda: project_fault(Path("old.roto"), True),
    ),
    "export masks": (
        ("export", "p.roto", "--format", "masks", "--out", "masks", "--overwrite"),
        lambda: masks_fault(Path("masks")) or project_fault(Path("p.roto"), True),
    ),
    "export matte": (
        ("export", "p.roto", "--format", "matte", "--out", "matte", "--overwrite"),
        lambda: project_fault(Path("p.roto"), True),
    ),
    "dataset write": (
        ("dataset", "write", "p.roto", "--format", "coco", "--out", "set", "--overwrite"),
        lambda: project_fault(Path("p.roto"), True),
    ),
    "dataset read": (
        ("dataset", "read", "davis", "--format", "davis", "--out", "read.roto", "--overwrite"),
        lambda: project_fault(Path("read.roto"), False),
    ),
}
"""Command and look at what it left, by name; in the folder of the scene."""


def kill_cases(tally: Tally, name: str, count: int, rng: np.random.Generator) -> None:
    """Kills one command so many times."""
    arguments, fault_of = KILLED[name]
    began = time.monotonic()
    if run(*arguments):
        tally.count("does not run at all")
        return
    usual = time.monotonic() - began
    for _ in range(count):
        run_killed(arguments, float(rng.uniform(0, 1.2 * usual)))
        fault = fault_of()
        # the next run is another program, which looks into the folders anew
        files.forget_swept()
        if not fault and run(*arguments):
            fault = "the next run fails"
        left = list(Path().rglob(f"{_LEFT}*.partial*"))
        if not fault and left:
            fault = f"{left[0]} is left after the next run"
        tally.count(fault, lost=bool(fault))


def damage_cases(tally: Tally, count: int, rng: np.random.Generator) -> None:
    """Damages a project so many times, opens and repairs it."""
    data = Path("p.roto").read_bytes()
    for number in range(count):
        spoiled = bytearray(data)
        for place in rng.integers(0, len(spoiled), int(rng.integers(1, 80))):
            spoiled[place] ^= 1 << int(rng.integers(8))
        if number % 4 == 0:
            del spoiled[int(rng.integers(1, len(spoiled))) :]
        path = Path("spoiled.roto")
        path.write_bytes(spoiled)
        tally.count(damage_fault(path))
        for left in Path().glob("spoiled.roto*"):
            left.unlink()
        Path("repaired.roto").unlink(missing_ok=True)


def damage_fault(path: Path) -> str:
    """What goes wrong with a damaged project."""
    try:
        with contextlib.suppress(RotoflowError), Project.open(path) as project:
            for index in range(min(FRAMES, project.frame_count)):
                with contextlib.suppress(RotoflowError):
                    project.labels(index)
            project.undo()
        with contextlib.suppress(RotoflowError):
            repair(path, Path("repaired.roto"))
            if not is_sound(Path("repaired.roto")):
                return "the repaired project is not sound"
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return ""


def measure(kills: int, damaged: int, seed: int = 0) -> dict[str, Tally]:
    """All cases, in a folder of their own, which goes."""
    rng, found = np.random.default_rng(seed), dict[str, Tally]()
    before = Path.cwd()
    with tempfile.TemporaryDirectory(prefix="rotoflow-") as folder:
        os.chdir(folder)
        try:
            make_scene(Path())
            shutil.copy("p.roto", "old.roto")
            run("dataset", "write", "p.roto", "--format", "davis", "--out", "davis")
            for name in KILLED:
                found[f"killed: {name}"] = tally = Tally()
                began = time.monotonic()
                kill_cases(tally, name, kills, rng)
                tally.seconds = time.monotonic() - began
            found["damaged project"] = tally = Tally()
            began = time.monotonic()
            damage_cases(tally, damaged, rng)
            tally.seconds = time.monotonic() - began
        finally:
            os.chdir(before)
    return found


def main() -> int:
    """Prints the table; fails if a case did."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--short", action="store_true", help="about two minutes")
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    found = measure(*((8, 60) if args.short else (200, 2000)), seed=args.seed)
    rows = [(name, one.tried, one.passed, one.lost, f"{one.seconds:.0f}") for name, one in found.items()]
    print_table(("case", "tried", "passed", "lost", "s"), rows)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\npeak memory {peak:.0f} MiB, open files {len(list(Path('/proc/self/fd').iterdir()))}")
    for name, one in found.items():
        for fault in one.faults:
            print(f"{name}: {fault}")
    settings = {"short": args.short, "seed": args.seed, "peak_mib": peak}
    write_results("reliability", settings, [{"case": name, **vars(one)} for name, one in found.items()])
    return int(any(one.passed < one.tried for one in found.values()))


if __name__ == "__main__":
    sys.exit(main())
