"""`explain` on a project of one object."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from core.cli import main
from core.cli.projects import open_project


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A square that moves, masked on its first frame and followed by the classical engine."""
    folder = tmp_path_factory.mktemp("explained")
    (folder / "clip").mkdir()
    for index in range(3):
        picture = np.random.default_rng(0).integers(60, 90, (64, 96, 3)).astype(np.uint8)
        picture[20:44, 20 + 2 * index : 44 + 2 * index] = (220, 60, 40)
        Image.fromarray(picture).save(folder / "clip" / f"{index:05}.png")
    mask = np.zeros((64, 96), np.uint8)
    mask[20:44, 20:44] = 1
    Image.fromarray(mask).save(folder / "mask.png")
    path = folder / "clip.roto"
    arguments = ["--mask", str(folder / "mask.png"), "--engine", "warping", "--out", str(path)]
    assert main(["propagate", str(folder / "clip"), *arguments]) == 0
    return path


def test_references_are_listed_weighed_and_drawn(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "cells.png"
    asked = ["explain", str(project), "references", "--frame", "2", "--pixel", "32,32", "--out", str(out)]
    assert main(asked) == 0
    assert "frame 0      anchor  100.0%" in capsys.readouterr().out
    assert Image.open(out).size == (96, 64)
    assert main(["explain", str(project), "--reference", "0=0.5"]) == 0
    assert "frame 0 counts 0.5" in capsys.readouterr().out
    assert main(["explain", str(project), "--reference", "0=1"]) == 0
    assert "all references count in full" in capsys.readouterr().out


def test_scatters_and_seeds_are_written(project: Path, tmp_path: Path) -> None:
    assert main(["explain", str(project), "objects", "--out", str(tmp_path / "points.svg")]) == 0
    assert (tmp_path / "points.svg").read_text().count("<circle") == 3
    mask = tmp_path / "mask.png"
    assert main(["explain", str(project), "--seed", "point", "--pixel", "32,32", "--out", str(mask)]) == 0
    assert (np.asarray(Image.open(mask)) == 1)[24:40, 24:40].mean() > 0.9


def test_classes_are_suggested_and_seed_a_mask(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "named.roto"
    copy.write_bytes(project.read_bytes())
    with closing(open_project(copy)) as opened:
        opened.objects.update(replace(opened.objects.get(1), class_label="square"))
    mask = tmp_path / "mask.png"
    assert main(["explain", str(copy), "--seed", "tag", "--frame", "2", "--out", str(mask)]) == 0
    assert (np.asarray(Image.open(mask)) == 1)[26:40, 28:42].mean() > 0.9
    monkeypatch.setattr("core.cli.commands.inspection.tags.DEFAULT_TEXT_MODEL", "fake")
    capsys.readouterr()
    assert main(["explain", str(copy), "tags", "--frame", "2", "--text", "box; unicorn"]) == 0
    said = capsys.readouterr().out
    assert "(object 1, square): " in said and "box " in said and "unicorn 0% (by its name)" in said
    assert main(["explain", str(project), "--seed", "tag", "--frame", "2", "--out", str(tmp_path / "none.png")]) == 1
    assert "Nothing is known of this class yet" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], "Nothing is asked for"),
        (["embedding"], "There is no path for the picture"),
        (["references", "--frame", "2"], "Look inside, or name one with --pixel"),
        (["references", "--frame", "9", "--pixel", "1,1"], "There is no frame 9"),
        (["references", "--object", "7", "--pixel", "1,1"], "There is no object 7"),
        (["references", "--frame", "2", "--pixel", "999,1"], "There is no pixel at 999, 1"),
        (["tags"], "There is nothing to go by"),
        (["tags", "--out", "x.png"], "is a list and no picture"),
        (["tags", "--text", ";"], "Say what to find"),
        (["tags", "--text", "dog"], "SAM 3, which finds objects by text, is not here"),
        (["--reference", "x=3"], "'x=3' is not"),
        (["--reference", "1=3"], "cannot count 3"),
        (["--reference", "8=0"], "There is no frame 8"),
    ],
)
def test_bad_input_is_one_sentence(
    project: Path, arguments: list[str], expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["explain", str(project), *arguments]) == 1
    error = capsys.readouterr().err
    assert expected in error and error.count("\n") == 1, error
