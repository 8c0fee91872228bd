"""`metrics` on folders of masks and a project."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from core.batch.reports.measures import FILES, MeasuredClip
from core.cli import main
from core.cli.commands.inspection import metrics
from core.quality.measuring import to_csv


def masks(folder: Path, shift: int = 0, frames: int = 3) -> Path:
    folder.mkdir(parents=True)
    for index in range(frames):
        labels = np.zeros((40, 60), np.uint8)
        labels[10:30, 10 + shift : 30 + shift] = 1
        labels[5:15, 45:55] = 2
        picture = Image.fromarray(labels, "P")
        picture.putpalette([0, 0, 0, 200, 0, 0, 0, 200, 0] + 253 * [0, 0, 0])
        picture.save(folder / f"{index:05}.png")
    return folder


def test_masks_are_measured_and_a_report_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine, truth, out = masks(tmp_path / "mine", 4), masks(tmp_path / "truth"), tmp_path / "out"
    assert main(["metrics", str(mine), "--truth", str(truth), "--out", str(out)]) == 0
    shown = capsys.readouterr().out
    assert "mean IoU" in shown and "boundary IoU" in shown and "pixels: true, found as" in shown
    kept = json.loads((out / "metrics.json").read_text())["clips"]["mine"]
    assert kept["objects"][0]["j"] == pytest.approx(16 / 24, abs=1e-5) and kept["objects"][1]["j"] == 1.0
    assert kept["precision_recall"] is None
    assert main(["metrics", str(mine), "--truth", str(truth), "--out", str(out)]) == 1
    assert "not empty" in capsys.readouterr().err
    assert main(["metrics", str(mine), "--truth", str(truth), "--out", str(out), "--overwrite"]) == 0


def test_a_reader_that_goes_away_costs_no_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine, truth, out = masks(tmp_path / "mine"), masks(tmp_path / "truth"), tmp_path / "out"

    def gone(clip: MeasuredClip) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(metrics, "_print", gone)
    assert main(["metrics", str(mine), "--truth", str(truth), "--out", str(out)]) == 130
    assert sorted(path.name for path in out.iterdir()) == sorted(FILES)


def test_bad_input_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine, truth = masks(tmp_path / "mine"), masks(tmp_path / "truth")
    (tmp_path / "none").mkdir()
    for arguments, expected in (
        ([str(tmp_path / "gone"), "--truth", str(truth)], "no such project or folder"),
        ([str(mine), "--truth", str(tmp_path / "none")], "no project, no dataset"),
        ([str(mine), "--truth", str(truth), "--out", str(truth), "--overwrite"], "nothing is written to it"),
    ):
        before = sorted(path.name for path in truth.iterdir())
        assert main(["metrics", *arguments]) == 1
        error = capsys.readouterr().err
        assert expected in error and error.count("\n") == 1, error
        assert sorted(path.name for path in truth.iterdir()) == before
    assert main(["metrics", str(mine), "--truth", str(truth), "--right", "2"]) == 2
    assert "'2' is no number from 0 to 1" in capsys.readouterr().err


def test_a_name_does_not_steer_the_terminal_that_shows_the_file() -> None:
    assert to_csv([["a\x1b[31mb\x9bc", 1, "개\u3000나"]]) == "a\\x1b[31mb\\x9bc,1,개\u3000나\n"


def test_a_name_is_no_formula_in_a_spreadsheet() -> None:
    names = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "dog", "1-2"]
    lines = list(csv.reader(to_csv([[name, -1, -0.5] for name in names]).splitlines()))
    assert [line[0] for line in lines] == ["'=1+1", "'+1", "'-1", "'@SUM(A1)", "'\t=1", "dog", "1-2"]
    assert all(line[1:] == ["-1", "-0.5"] for line in lines), "numbers stay numbers"
