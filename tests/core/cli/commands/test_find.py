"""`find`, with the stand-in for tests: everything bright is what the text says."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest

from core.masks import read_mask
from core.project import Project
from core.types import Origin
from tests.core.cli.conftest import FRAMES, RunCommand, true_labels

FAKE = ("--model", "fake")


def test_finds_and_follows_in_one_pass_into_a_project(run: RunCommand, clip: Path, tmp_path: Path) -> None:
    out = tmp_path / "found.roto"
    done = run("find", clip, *FAKE, "--text", "dog", "--out", out)
    assert done.code == 0, done.err
    with closing(Project.open(out)) as project:
        (track,) = project.objects.all
        assert (track.name, track.class_label) == ("dog", "dog")
        assert (project.origin_lane(1) == Origin.PROPAGATED).all()
        assert ((project.labels(5) > 0) != (true_labels(5) > 0)).sum() < 60
    again = run("find", clip, *FAKE, "--text", "dog", "--out", out)
    assert again.code == 1 and "exists" in again.error_line


def test_finds_and_follows_a_range_into_a_folder(run: RunCommand, clip: Path, tmp_path: Path) -> None:
    out = tmp_path / "masks"
    done = run("find", clip, *FAKE, "--text", "dog; cat", "--range", "2:4", "--out", out)
    assert done.code == 0, done.err
    assert sorted(path.stem for path in out.glob("*.png")) == ["00002", "00003", "00004"]
    assert read_mask(out / "00003.png").max() == 1
    assert json.loads((out / "objects.json").read_text())["objects"] == [{"id": 1, "class": "dog", "score": 1.0}]


@pytest.mark.parametrize("by", [("--text", "dog"), ("--like", "8,16,24,32", "--text", "dog")])
def test_what_is_found_on_one_frame_is_followed_by_an_engine(
    run: RunCommand, clip: Path, tmp_path: Path, by: tuple[str, ...]
) -> None:
    out = tmp_path / "found.roto"
    done = run("find", clip, *FAKE, *by, "--frame", 2, "--follow", "--engine", "fake", "--out", out)
    assert done.code == 0, done.err
    with closing(Project.open(out)) as project:
        assert project.objects.all[0].class_label == "dog"
        assert project.anchor_frames() == [2]
        assert (project.origin_lane(1) != Origin.NONE).all()


def test_without_a_place_it_only_states_what_it_finds(run: RunCommand, clip: Path) -> None:
    done = run("find", clip, *FAKE, "--text", "dog")
    assert done.code == 0
    assert "dog" in done.out
    assert "nothing found" in run("find", clip, *FAKE, "--text", "unicorn").out


@pytest.mark.parametrize(
    ("arguments", "code", "expected"),
    [
        ([], 1, "Say what to find"),
        (["--text", " "], 1, "Say what to find"),
        (["--text", "dog", "--weights", "nowhere"], 1, "no such weights"),
        (["--text", "dog"], 1, "rotoflow models download sam3"),
        ([*FAKE, "--text", "dog", "--frame", FRAMES], 1, "outside the clip"),
        ([*FAKE, "--like", "90,90,99,99"], 1, "empty box"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(
    run: RunCommand, clip: Path, arguments: list[object], code: int, expected: str
) -> None:
    done = run("find", clip, *arguments)
    assert done.code == code
    assert expected in done.error_line


def test_no_box_is_wrong_usage(run: RunCommand, clip: Path) -> None:
    assert run("find", clip, "--like", "1,2,3").code == 2
