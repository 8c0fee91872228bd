"""A propagation that fails half-way says what is finished, and keeps it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from core.cli.targets import FolderTarget, ProjectTarget
from core.engines.fake import FakeSession
from core.errors import EngineError, MaskError, ProjectError
from core.project import Project
from core.types import FrameResult
from tests.core.cli.conftest import FRAMES, RunCommand

DONE = 4


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine fails after some frames."""
    whole = FakeSession._results

    def results(self: FakeSession, *arguments: object) -> Iterator[FrameResult]:
        for number, result in enumerate(whole(self, *arguments)):  # type: ignore[arg-type]
            if number == DONE + 1:  # the first one is the anchor's own
                raise EngineError("the engine has failed")
            yield result

    monkeypatch.setattr(FakeSession, "_results", results)


def test_in_a_folder(run: RunCommand, clip: Path, mask: Path, tmp_path: Path, failing: None) -> None:
    out = tmp_path / "masks"
    ended = run("propagate", clip, "--mask", mask, "--engine", "fake", "--out", out)
    files = len(list(out.iterdir()))
    assert ended.code == 1
    assert ended.err.splitlines()[-2:] == [
        f"note: {files} of {FRAMES} frames are finished: {out}",
        "rotoflow: the engine has failed",
    ]
    assert files >= DONE


def test_in_a_new_project(run: RunCommand, clip: Path, mask: Path, tmp_path: Path, failing: None) -> None:
    out = tmp_path / "clip.roto"
    ended = run("propagate", clip, "--mask", mask, "--engine", "fake", "--out", out)
    assert ended.code == 1
    assert f"frames are finished: {out}" in ended.err
    with Project.open(out) as project:
        assert project.labels(DONE).any()


def test_beside_a_project_that_was_to_be_replaced(
    run: RunCommand, clip: Path, mask: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    out = tmp_path / "clip.roto"
    line = ("propagate", clip, "--mask", mask, "--engine", "fake", "--out", out)
    assert run(*line).code == 0
    request.getfixturevalue("failing")
    ended = run(*line, "--overwrite")
    assert ended.code == 1
    kept = tmp_path / "clip-unfinished.roto"
    assert f"frames are finished: {kept}" in ended.err
    with Project.open(out) as project:
        assert project.labels(FRAMES - 1).any(), "the old one is as it was"
    with Project.open(kept) as project:
        assert project.labels(DONE).any()
        assert not project.labels(FRAMES - 1).any()


@pytest.mark.parametrize(("target", "error"), [(FolderTarget, MaskError), (ProjectTarget, ProjectError)])
@pytest.mark.parametrize("full_at", [0, DONE])
def test_on_a_disk_that_is_full(
    run: RunCommand,
    clip: Path,
    mask: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    target: type[FolderTarget] | type[ProjectTarget],
    error: type[Exception],
    full_at: int,
) -> None:
    whole = target.put

    def put(self: FolderTarget, result: FrameResult) -> None:
        if self.stored >= full_at:
            raise error("the disk is full")
        whole(self, result)  # type: ignore[arg-type]

    monkeypatch.setattr(target, "put", put)
    out = tmp_path / ("clip.roto" if target is ProjectTarget else "masks")
    ended = run("propagate", clip, "--mask", mask, "--engine", "fake", "--out", out)
    assert (ended.code, "the disk is full" in ended.err) == (1, True)
    assert (f"{DONE} of {FRAMES} frames are finished: {out}" in ended.err) == (full_at > 0)


def test_a_clip_that_is_cut_off_meanwhile(
    run: RunCommand, pictures: Path, mask: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, whole = tmp_path / "masks", FolderTarget.put
    # longer than what is read ahead
    for number in range(FRAMES + 1, 61):
        shutil.copy(pictures / "shot_001.png", pictures / f"shot_{number:03}.png")

    def put(self: FolderTarget, result: FrameResult) -> None:
        whole(self, result)
        if self.stored == DONE:
            for path in sorted(pictures.iterdir())[50:]:
                path.write_bytes(path.read_bytes()[:40])

    monkeypatch.setattr(FolderTarget, "put", put)
    ended = run("propagate", pictures, "--mask", mask, "--engine", "fake", "--out", out)
    assert ended.code == 1
    kept = len(list(out.iterdir()))
    assert kept >= DONE
    assert f"{kept} of 60 frames are finished: {out}" in ended.err
    assert np.all([path.stat().st_size > 0 for path in out.iterdir()])
    assert "Traceback" not in ended.err


def test_a_sheet_that_cannot_be_written_costs_no_masks(
    run: RunCommand, clip: Path, mask: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, _: object) -> None:
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr("core.cli.commands.propagate.write_sheet", full)
    given = ("propagate", clip, "--mask", mask, "--engine", "fake", "--overwrite", "--sheet", tmp_path / "s.png")
    for _ in range(2):
        line = run(*given, "--out", tmp_path / "p.roto").error_line
        assert "s.png: the contact sheet cannot be written (No space left on device)" in line
        assert str(tmp_path / "p.roto") in line
        with Project.open(tmp_path / "p.roto") as project:
            assert project.has_labels(FRAMES - 1)
    assert not list(tmp_path.glob("*unfinished*"))
