"""Whoever names one thing twice gets the answer, or is told that it is twice: never that somebody else uses it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import PIL.Image
import pytest

from core.cli import COMMANDS, main
from core.masks import write_mask
from tests.core.cli.conftest import RunCommand, picture, true_labels
from tests.core.cli.test_every_writer import READ, export_here, paths_of_commands


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project, a dataset of it and its masks."""
    scene = tmp_path_factory.mktemp("twice")
    (scene / "pictures").mkdir()
    for index in range(3):
        PIL.Image.fromarray(picture(index)).save(scene / f"pictures/{index:05}.png")
    write_mask(scene / "first.png", true_labels(0))
    made = (
        "propagate",
        scene / "pictures",
        "--mask",
        scene / "first.png",
        "--engine",
        "fake",
        "--out",
        scene / "p.roto",
    )
    assert main([*map(str, made)]) == 0
    assert main(["dataset", "write", str(scene / "p.roto"), "--format", "davis", "--out", str(scene / "DAVIS")]) == 0
    shutil.copytree(scene / "DAVIS/Annotations/Full-Resolution", scene / "masks")
    return scene


@pytest.fixture
def scene(built: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The scene, which is the current folder."""
    monkeypatch.chdir(built)
    # looked for on the disk, for every text of every parser
    monkeypatch.setattr("argparse._", str)
    # a process of its own takes a second
    monkeypatch.setattr("core.cli.commands.export.export_isolated", export_here)
    return built


def _hard(to: Path, name: Path) -> None:
    os.link(to, name)


def _soft(to: Path, name: Path) -> None:
    name.symlink_to(to)


WORKS = "works"
CASES: dict[str, tuple[str, str]] = {
    "metrics ONE --truth TWO": ("p.roto", WORKS),
    "metrics ONE --truth TWO --out new": ("p.roto", WORKS),
    "metrics ONE --truth TWO ": ("DAVIS", WORKS),
    "metrics ONE --truth TWO  ": ("masks", WORKS),
    "check ONE --against TWO": ("p.roto", WORKS),
    "check ONE --against TWO --html new.html": ("p.roto", WORKS),
    "check ONE --against TWO ": ("DAVIS", WORKS),
    "evaluate ONE --against TWO": ("DAVIS", "no folder named after a sequence"),
    "evaluate ONE/Annotations/Full-Resolution --against TWO": ("DAVIS", WORKS),
    "dataset write ONE TWO --format davis --out new": ("p.roto", "is the same project as"),
    "propagate pictures --mask ONE --mask TWO --engine fake --out new": ("first.png", "is given twice for frame 0"),
    "propagate pictures --mask ONE --mask 2=TWO --engine fake --out new": ("first.png", WORKS),
    "export p.roto --video ONE --background TWO/00000.png --format h264 --out new.mp4": ("pictures", WORKS),
    "pack --data ONE --data TWO --out new.pack": ("DAVIS", "nothing to learn from"),
}
"""Command lines, with what has two names in them, and what comes of it."""
_NO_TWO = {"info", "detect", "find", "dataset read", "dataset convert", "explain", "repair", "restore", "models add"}
_NO_TWO |= {"train", "train-clicks", "batch", "curves"}
"""Commands that read one thing, or take each of several by itself: a batch works on copies of its projects."""


@pytest.mark.parametrize("line", CASES)
def test_one_thing_under_two_names(run: RunCommand, scene: Path, line: str) -> None:
    name, expected = CASES[line]
    for number, make in enumerate((None, _soft, _hard)):
        twin = name if make is None else f"twin{number}{Path(name).suffix}"
        if make is _hard and Path(name).is_dir():
            continue
        if make is not None:
            make(scene / name, scene / twin)
        outcome = run(*line.replace("ONE", name).replace("TWO", twin).split())
        if expected == WORKS:
            assert outcome.code == 0, outcome.err
        else:
            assert outcome.code == 1 and expected in outcome.error_line
        for left in (*scene.glob("new*"), *scene.glob("twin*")):
            shutil.rmtree(left) if left.is_dir() and not left.is_symlink() else left.unlink()


def test_every_command_that_takes_two_is_tried() -> None:
    known = {line.split()[0] if line.split()[0] != "dataset" else " ".join(line.split()[:2]) for line in CASES}
    assert set(READ) == known | _NO_TWO
    assert {name for name, _ in paths_of_commands()} <= set(READ) | {"sample"}
    assert COMMANDS
