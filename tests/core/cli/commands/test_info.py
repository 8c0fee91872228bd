"""`info` on clips and projects."""

from __future__ import annotations

import os
from pathlib import Path

from tests.core.cli.conftest import RunCommand


def test_a_video(run: RunCommand, clip: Path) -> None:
    outcome = run("info", clip)
    assert (outcome.code, outcome.err) == (0, "")
    words = " ".join(outcome.out.split())
    for fact in (str(clip), "kind video", "size 64 x 48", "frames 8", "rate 24 frames a second", "audio no"):
        assert fact in words


def test_a_folder(run: RunCommand, pictures: Path) -> None:
    words = " ".join(run("info", pictures).out.split())
    for fact in ("kind folder of pictures", "size 64 x 48", "frames 8"):
        assert fact in words
    assert "rate" not in words


def test_a_project(run: RunCommand, clip: Path, mask: Path, tmp_path: Path) -> None:
    project = tmp_path / "clip.roto"
    assert run("propagate", clip, "--mask", mask, "--range", "0:4", "--engine", "fake", "--out", project).code == 0
    words = " ".join(run("info", project).out.split())
    for fact in (f"clip {clip.resolve()}", "size 64 x 48", "frames 8", "3 none, 4 propagated, 1 edited", "anchors 0"):
        assert fact in words
    clip.rename(tmp_path / "elsewhere.mp4")
    moved = run("info", project)
    assert moved.code == 0
    assert "clip.mp4" in moved.out


def test_bad_input(run: RunCommand, tmp_path: Path) -> None:
    text, damaged = tmp_path / "notes.mp4", tmp_path / "damaged.roto"
    text.write_text("no video")
    damaged.write_text("no project")
    for path in (tmp_path / "nowhere.mp4", text, tmp_path / "nowhere.roto", damaged, tmp_path):
        outcome = run("info", path)
        assert outcome.code == 1
        assert path.name in outcome.error_line


def test_a_pipe_is_no_project(run: RunCommand, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.roto")
    assert "is no file that can be read" in run("info", tmp_path / "a.roto").error_line
