"""No command writes to what it reads, whatever it may replace; what it replaces stays until the new is complete."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
from pathlib import Path

import PIL.Image
import pytest

from core.cli import COMMANDS, _module
from core.errors import EngineError
from core.project import Project
from tests.core.cli.conftest import FRAMES, Outcome, RunCommand, picture


def contents(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def project(run: RunCommand, pictures: Path, mask: Path, tmp_path: Path) -> Path:
    """A project of the pictures, with masks on all frames."""
    path = tmp_path / "work" / "shot.roto"
    assert run("propagate", pictures, "--mask", mask, "--engine", "fake", "--out", path).code == 0
    return path


def refused(outcome: Outcome) -> None:
    assert outcome.code == 1
    assert "is read here" in outcome.err.splitlines()[-1]


class TestExport:
    @pytest.mark.parametrize("kind", ["masks", "binary", "matte", "rgba"])
    def test_spares_clip_and_project(
        self, run: RunCommand, project: Path, pictures: Path, tmp_path: Path, kind: str
    ) -> None:
        before = contents(tmp_path)
        (tmp_path / "link").symlink_to(pictures)
        for out in (pictures, pictures / "masks", tmp_path, project.parent, tmp_path / "link", tmp_path / "link" / "m"):
            refused(run("export", project, "--format", kind, "--out", out, "--overwrite"))
        (tmp_path / "link").unlink()
        assert contents(tmp_path) == before

    def test_spares_a_clip_that_is_one_file(self, run: RunCommand, clip: Path, mask: Path, tmp_path: Path) -> None:
        moved = clip.rename(tmp_path / "clip.mov")
        work = tmp_path / "work" / "p.roto"
        assert run("propagate", moved, "--mask", mask, "--engine", "fake", "--out", work).code == 0
        os.link(moved, tmp_path / "twin.mov")
        before = contents(tmp_path)
        for out in (moved, tmp_path / "twin.mov"):
            refused(run("export", work, "--format", "prores4444", "--out", out, "--overwrite"))
        assert contents(tmp_path) == before


class TestBatch:
    @pytest.fixture
    def folder(self, run: RunCommand, clip: Path, mask: Path, pictures: Path, tmp_path: Path) -> Path:
        """All kinds of clips: .mov, .mp4, pictures, and a project with its clip next to it."""
        folder = tmp_path / "clips"
        folder.mkdir()
        shutil.copy(clip, folder / "a.mov")
        shutil.copy(clip, folder / "b.mp4")
        shutil.copytree(pictures, folder / "c")
        for name in "abc":
            shutil.copy(mask, folder / f"{name}.png")
        shutil.copy(clip, folder / "d.mov")
        outcome = run("propagate", folder / "d.mov", "--mask", mask, "--engine", "fake", "--out", folder / "d.roto")
        assert outcome.code == 0
        return folder

    @pytest.mark.parametrize("kind", ["masks", "prores4444", "h264", "project", "matte"])
    def test_spares_its_clips(self, run: RunCommand, folder: Path, tmp_path: Path, kind: str) -> None:
        before = contents(tmp_path)
        (tmp_path / "link").symlink_to(folder)
        for out in (folder, tmp_path / "link"):
            refused(run("batch", folder, "--out", out, "--engine", "fake", "--export", kind, "--overwrite"))
        (tmp_path / "link").unlink()
        assert contents(tmp_path) == before

    def test_spares_the_clip_of_a_project(self, run: RunCommand, folder: Path, tmp_path: Path) -> None:
        for name in ("a.mov", "b.mp4", "a.png", "b.png", "c.png"):
            (folder / name).unlink()
        before = contents(tmp_path)
        refused(run("batch", folder, "--out", folder, "--engine", "fake", "--export", "prores4444", "--overwrite"))
        assert contents(tmp_path) == before

    def test_spares_the_list_of_the_clips(self, run: RunCommand, folder: Path, tmp_path: Path) -> None:
        """A list may have the name that a result gets."""
        clip = {"name": "shots", "clip": "a.mov", "mask": "a.png", "engine": "fake", "export": "shapes-json"}
        (folder / "shots.json").write_text(json.dumps({"clip": [clip]}))
        before = contents(tmp_path)
        refused(run("batch", folder / "shots.json", "--out", folder, "--overwrite"))
        assert contents(tmp_path) == before


class TestPropagate:
    def test_spares_clip_and_masks(self, run: RunCommand, pictures: Path, mask: Path, tmp_path: Path) -> None:
        before = contents(tmp_path)
        given = ("propagate", pictures, "--mask", mask, "--engine", "fake", "--overwrite")
        for out in (pictures, pictures / "masks", pictures / "p.roto", tmp_path):
            refused(run(*given, "--out", out))
        refused(run(*given, "--out", tmp_path / "m", "--sheet", mask))
        refused(run(*given, "--out", tmp_path / "m", "--sheet", pictures / "sheet.png"))
        assert contents(tmp_path) == before

    def test_asks_before_it_replaces_a_sheet(self, run: RunCommand, clip: Path, mask: Path, tmp_path: Path) -> None:
        (tmp_path / "sheet.png").write_text("mine")
        given = ("propagate", clip, "--mask", mask, "--engine", "fake", "--sheet")
        assert "this file exists" in run(*given, tmp_path / "sheet.png", "--out", tmp_path / "m").error_line
        assert "expected a name that ends in" in run(*given, tmp_path / "s.roto", "--out", tmp_path / "m").error_line
        line = run(*given, tmp_path / "m" / "00000.png", "--out", tmp_path / "m").error_line
        assert "would lie among the masks" in line
        assert (tmp_path / "sheet.png").read_text() == "mine"
        assert not (tmp_path / "m").exists()

    def test_never_replaces_a_project_that_is_open(
        self, run: RunCommand, pictures: Path, mask: Path, project: Path
    ) -> None:
        with Project.open(project) as opened:
            outcome = run("propagate", pictures, "--mask", mask, "--engine", "fake", "--out", project, "--overwrite")
            assert "in use here already" in outcome.error_line
            opened.objects.add("dog")
        with Project.open(project) as opened:
            assert [track.name for track in opened.objects.all] == ["Object 1", "dog"]

    def test_an_engine_that_fails_leaves_the_old_project(
        self, run: RunCommand, pictures: Path, mask: Path, project: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = contents(project.parent)

        def fails(*_: object) -> None:
            raise EngineError("no memory")

        monkeypatch.setattr("core.cli.commands.propagate.follow", fails)
        outcome = run("propagate", pictures, "--mask", mask, "--engine", "fake", "--out", project, "--overwrite")
        assert outcome.error_line == "no memory"
        assert set(contents(project.parent)) == set(before)
        with Project.open(project) as opened:
            assert all(opened.has_labels(index) for index in range(FRAMES))

    def test_a_replaced_project_has_nothing_of_the_old_one(
        self, run: RunCommand, pictures: Path, mask: Path, project: Path
    ) -> None:
        with Project.open(project) as opened:
            opened.objects.add("dog")
            leave_log(project)
        outcome = run("propagate", pictures, "--mask", mask, "--engine", "fake", "--out", project, "--overwrite")
        assert outcome.code == 0
        with Project.open(project) as opened:
            assert [track.name for track in opened.objects.all] == ["Object 1"]
        assert [path.name for path in project.parent.iterdir()] == ["shot.roto"]


def leave_log(project: Path) -> None:
    """What a kill leaves: the project as it is now, with a log that is not in the file yet."""
    for ending in ("", "-wal"):
        copy = project.with_name(f"copy.roto{ending}")
        shutil.copy(project.with_name(project.name + ending), copy)
        copy.replace(project.with_name(project.name + ending))


class TestDatasets:
    def test_a_log_does_not_revive_the_old_project(self, run: RunCommand, dataset: Path, tmp_path: Path) -> None:
        pictures = dataset / "JPEGImages" / "480p" / "one"
        pictures.mkdir(parents=True)
        for index in range(FRAMES):
            PIL.Image.fromarray(picture(index)).save(pictures / f"{index:05}.jpg")
        out = tmp_path / "one.roto"
        read = ("dataset", "read", dataset, "--format", "davis", "--clip", "one", "--out", out, "--overwrite")
        assert run(*read).code == 0
        with Project.open(out) as opened:
            opened.objects.add("dog")
            leave_log(out)
        assert run(*read).code == 0
        with Project.open(out) as opened:
            assert [track.name for track in opened.objects.all] == ["object"]
            assert "in use" in run(*read).error_line

    def test_what_is_read_is_spared(self, run: RunCommand, project: Path, pictures: Path, tmp_path: Path) -> None:
        written = tmp_path / "set"
        assert run("dataset", "write", project, "--format", "davis", "--out", written).code == 0
        before = contents(tmp_path)
        for out in (pictures, pictures / "set", project.parent, tmp_path):
            refused(run("dataset", "write", project, "--format", "davis", "--out", out, "--overwrite"))
        convert = ("dataset", "convert", written, "--from", "davis", "--to", "coco", "--overwrite", "--out")
        refused(run(*convert, written))
        refused(run("dataset", "read", written, "--format", "davis", "--out", written / "p.roto", "--overwrite"))
        assert contents(tmp_path) == before

    def test_what_was_not_written_with_a_dataset_stays(self, run: RunCommand, project: Path, tmp_path: Path) -> None:
        written = tmp_path / "set"
        write = ("dataset", "write", project, "--format", "davis", "--out", written, "--overwrite")
        assert run(*write).code == 0
        assert run(*write).code == 0
        (written / "Annotations" / "notes.txt").write_text("mine")
        before = contents(written)
        assert "notes.txt: was not written with the dataset" in run(*write).error_line
        assert contents(written) == before


class TestReports:
    """What looks at masks reads the clip of their project, too."""

    @pytest.mark.parametrize("kind", ["check", "check against", "metrics", "explain", "explain seed"])
    def test_spare_masks_and_clip(
        self, run: RunCommand, project: Path, pictures: Path, tmp_path: Path, kind: str
    ) -> None:
        truth = tmp_path / "truth.roto"
        shutil.copy(project, truth)
        before = contents(tmp_path)
        source = next(pictures.iterdir())
        (tmp_path / "link").symlink_to(pictures)
        given = {
            "check": ("check", project, "--html"),
            "check against": ("check", truth, "--against", project, "--html"),
            "metrics": ("metrics", project, "--truth", truth, "--out"),
            "explain": ("explain", project, "embedding", "--out"),
            "explain seed": ("explain", project, "--seed", "point", "--pixel", "3,3", "--out"),
        }[kind]
        inside = {"metrics": "m", "check": "report.html", "check against": "report.html"}.get(kind, source.name)
        paths = [pictures / inside, tmp_path / "link" / inside]
        paths += [tmp_path, pictures, project.parent] if kind == "metrics" else [project]
        for out in paths:
            refused(run(*given, out, "--overwrite"))
        (tmp_path / "link").unlink()
        assert contents(tmp_path) == before

    def test_ask_before_they_replace(self, run: RunCommand, project: Path, tmp_path: Path) -> None:
        other = tmp_path / "other.roto"
        shutil.copy(project, other)
        mine, drawn = tmp_path / "mine.html", tmp_path / "mine.svg"
        mine.write_text("mine")
        drawn.write_text("mine")
        before = contents(tmp_path)
        assert "expected a name that ends in .html" in run("check", project, "--html", other, "--overwrite").error_line
        assert "this file exists" in run("check", project, "--html", mine).error_line
        assert "this file exists" in run("pack", "--data", tmp_path / "work", "--out", mine).error_line
        assert "this file exists" in run("curves", tmp_path / "work", "--out", drawn).error_line
        assert contents(tmp_path) == before


def test_every_writer_is_tried() -> None:
    """Another command that writes to a place of a person's belongs in these tests, or in those named here."""
    tried = {"export", "batch", "propagate", "dataset", "check", "metrics", "explain", "pack", "curves", "detect"}
    # find keeps what it found as detect does; training has tests of its own, and sample reads what ships
    elsewhere = {"find", "repair", "train", "train-clicks", "sample"}
    assert {name for name in COMMANDS if _writes(name)} == tried | elsewhere


def _writes(command: str) -> bool:
    parser = argparse.ArgumentParser()
    subparsers = parser.add_subparsers()
    _module(command).register(subparsers)
    if command == "dataset":
        return True
    flags = {flag for action in subparsers.choices[command]._actions for flag in action.option_strings}
    return bool({"--out", "--html", "--sheet"} & flags)


@pytest.mark.parametrize("ending", ["", ".roto"])
def test_detect_spares_the_clip_and_its_weights(run: RunCommand, pictures: Path, tmp_path: Path, ending: str) -> None:
    weights = tmp_path / "weights"
    weights.mkdir()
    (weights / "model.safetensors").write_text("mine")
    before = contents(tmp_path)
    given = ("detect", pictures, "--model", "fake", "--weights", weights, "--overwrite", "--out")
    for out in (pictures, weights, tmp_path, pictures / f"m{ending}", weights / f"m{ending}"):
        refused(run(*given, out))
    assert contents(tmp_path) == before
