"""`detect`, with the detector for tests: its one object is the bright square of the clip."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from core.masks import read_mask
from core.project import Project
from core.types import Origin
from tests.core.cli.conftest import FRAMES, RunCommand, true_labels


def test_finds_on_one_frame_into_a_project(run: RunCommand, clip: Path, tmp_path: Path) -> None:
    out = tmp_path / "found.roto"
    done = run("detect", clip, "--model", "fake", "--frame", 3, "--out", out)
    assert done.code == 0, done.err
    assert "thing" in done.out
    with closing(Project.open(out)) as project:
        (track,) = project.objects.all
        assert (track.name, track.class_label) == ("thing", "thing")
        assert project.anchor_frames() == [3]
        wrong = project.labels(3) != true_labels(3)
        assert wrong.sum() < 60


def test_follows_what_it_found(run: RunCommand, clip: Path, tmp_path: Path) -> None:
    out = tmp_path / "found.roto"
    done = run("detect", clip, "--model", "fake", "--follow", "--engine", "fake", "--out", out)
    assert done.code == 0, done.err
    with closing(Project.open(out)) as project:
        assert project.objects.all[0].class_label == "thing"
        assert (project.origin_lane(1) != Origin.NONE).all()


def test_every_nth_frame_into_a_folder_with_the_classes(run: RunCommand, clip: Path, tmp_path: Path) -> None:
    out = tmp_path / "masks"
    done = run("detect", clip, "--model", "fake", "--every", 3, "--out", out)
    assert done.code == 0, done.err
    assert sorted(path.name for path in out.glob("*.png")) == ["00000.png", "00003.png", "00006.png"]
    assert np.unique(read_mask(out / "00006.png")).tolist() == [0, 1]
    assert json.loads((out / "objects.json").read_text())["objects"][0]["class"] == "thing"


def test_nothing_found_writes_nothing(run: RunCommand, clip: Path, tmp_path: Path) -> None:
    out = tmp_path / "masks"
    done = run("detect", clip, "--model", "fake", "--class", "dog", "--out", out)
    assert (done.code, out.exists()) == (0, False)
    assert "nothing found" in done.out


def test_lists_detectors_without_a_clip(run: RunCommand) -> None:
    done = run("detect", "--list")
    assert done.code == 0
    assert "gives masks; 186 MB" in done.out, "the size that `models` names, too"
    assert "maskrcnn" in done.out and "https://download.pytorch.org/" in done.out


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--model", "nobody"], "no detector 'nobody'"),
        (["--model", "maskrcnn"], "no weights of Mask R-CNN"),
        (["--model", "maskrcnn", "--weights", "nowhere.pth"], "no such weights"),
        (["--model", "fake", "--frame", FRAMES], "outside the clip"),
        (["--model", "fake", "--follow"], "--out"),
        (["--model", "fake", "--prompt", "warping"], "takes no boxes"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(
    run: RunCommand, clip: Path, arguments: list[object], expected: str
) -> None:
    done = run("detect", clip, *arguments)
    assert done.code == 1
    assert expected in done.error_line
