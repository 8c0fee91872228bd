"""`batch` as a command: what it says, and its exit codes."""

from __future__ import annotations

import io
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from core.batch.clip_run import Step
from core.batch.events import ClipEvent, ClipEventKind
from core.cli.batch_screen import BatchScreen
from core.masks import write_mask
from core.project import Project
from tests.core.batch.conftest import write_clip
from tests.core.cli.conftest import FRAMES, RunCommand, true_labels

ROOT = Path(__file__).resolve().parents[4]


@pytest.fixture
def folder(clip: Path, mask: Path, tmp_path: Path) -> Path:
    """Two clips with masks next to them."""
    folder = tmp_path / "clips"
    folder.mkdir()
    for name in ("one", "two"):
        shutil.copy(clip, folder / f"{name}.mp4")
        shutil.copy(mask, folder / f"{name}.png")
    return folder


def test_a_folder(run: RunCommand, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    outcome = run("batch", folder, "--out", out, "--engine", "fake", "--export", "masks", "--export", "project")
    assert outcome.code == 0
    assert outcome.out == f"2 of 2 clips are done: {out / 'report.html'}\n"
    assert sorted(line.split("  ")[1] for line in outcome.err.splitlines()) == ["one: done", "two: done"]
    assert len(list((out / "one_masks").iterdir())) == FRAMES
    with Project.open(out / "two_project.roto") as project:
        assert project.locate_video(lambda _path: project.video) == (folder / "two.mp4").resolve()
    again = run("batch", folder, "--out", out, "--engine", "fake", "--export", "masks", "--export", "project")
    assert (again.code, again.err.count("done before")) == (0, 2)


def test_a_failed_clip_ends_with_an_exit_code(run: RunCommand, folder: Path, tmp_path: Path) -> None:
    (folder / "one.mp4").write_text("no video")
    outcome = run("batch", folder, "--out", tmp_path / "out", "--engine", "fake", "--retries", 0)
    assert outcome.code == 1
    assert outcome.err.splitlines()[-1].startswith("rotoflow: 1 clip failed: one.")
    assert "1 of 2 clips are done" in outcome.out


def test_wrong_input(run: RunCommand, folder: Path, tmp_path: Path) -> None:
    assert "no such file" in run("batch", tmp_path / "nowhere", "--out", tmp_path / "out").error_line
    assert run("batch", folder, "--out", tmp_path / "out", "--export", "cinema").code == 2
    assert run("batch", folder, "--out", tmp_path / "out", "--jobs", "0").code == 2
    assert "steam" in run("batch", folder, "--out", tmp_path / "out", "--engine", "steam").error_line
    assert not (tmp_path / "out").exists()


def test_ctrl_c_leaves_finished_clips(tmp_path: Path) -> None:
    folder, out = tmp_path / "clips", tmp_path / "out"
    folder.mkdir()
    write_clip(folder / "a.mp4", frames=8)
    write_clip(folder / "b.mp4", frames=2000)
    write_mask(folder / "b.png", true_labels(1))
    line = ["batch", str(folder), "--out", str(out), "--engine", "warping", "--jobs", "1"]
    with subprocess.Popen(
        [sys.executable, str(ROOT / "main.py"), *line],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as batch:
        until = time.monotonic() + 60
        while not (out / "a").exists() and time.monotonic() < until:
            time.sleep(0.01)
        time.sleep(0.3)
        batch.send_signal(signal.SIGINT)
        output, errors = batch.communicate(timeout=30)
    assert batch.returncode == 130
    assert "1 of 2 clips are done" in output
    assert errors.splitlines()[-1] == "rotoflow: Cancelled: 1 clip not done. Run the same again to go on."
    assert sorted(path.name for path in out.iterdir()) == [".batch", "a", "report.html"]
    assert not list(out.rglob("attempt-*"))


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_the_screen_shows_every_clip_at_work() -> None:
    stream = Terminal()
    with BatchScreen(3, stream) as screen:
        for name in ("one", "two"):
            screen.show(ClipEvent(name, ClipEventKind.STARTED))
        screen.show(ClipEvent("one", ClipEventKind.STEP, Step("follow", 3, 8)))
        screen.show(ClipEvent("two", ClipEventKind.STEP, Step("masks", 5, 9)))
        screen.show(ClipEvent("three", ClipEventKind.FAILED, text="Traceback\n  deep\nZeroDivisionError: by zero\n"))
    shown = stream.getvalue()
    for part in (
        "all clips",
        "following",
        "3/8",
        "writing masks",
        "5/9",
        "1/3  three: failed: ZeroDivisionError: by zero",
    ):
        assert part in shown, part
    assert "deep" not in shown
