"""Curves of trainings."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from core.cli import main
from core.errors import DatasetError
from core.learning.curves import draw_curves, read_run, smoothed, ticks
from core.learning.validation import ValidationScore

SVG = "{http://www.w3.org/2000/svg}"


def write_run(folder: Path, steps: int, level: float, scores: bool = False) -> Path:
    folder.mkdir()
    noise = np.random.default_rng(0).normal(0, 0.05, steps)
    rows = [
        {"step": step + 1, "loss": level * 2 ** (-step / steps) + noise[step], "overlap": 0.5, "learning_rate": 1e-4}
        for step in range(steps)
    ]
    (folder / "log.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows) + '{"st', encoding="utf-8")
    if scores:
        lines = [ValidationScore(step, 0.8, 0.9, {"dog": 0.85, "cat": 0.8}).line() for step in (steps // 2, steps)]
        (folder / "scores.jsonl").write_text("\n".join([*lines, ""]), encoding="utf-8")
    return folder


def heights(path: ET.Element) -> list[float]:
    """The y of every point of a drawn path."""
    return [float(point.split()[1]) for point in path.attrib["d"].replace("M", "L").split("L")[1:]]


def test_a_run_is_drawn_with_its_scores(tmp_path: Path) -> None:
    run = read_run(write_run(tmp_path / "first <one>", 2000, 1.0, scores=True))
    assert len(run.courses["loss"].steps) == 2000, "without the line that a crash has torn"
    root = ET.fromstring(draw_curves([run]))
    texts = [element.text for element in root.iter(f"{SVG}text")]
    assert {"loss", "overlap", "learning rate", "J&F", "first <one>"} <= set(texts)
    names = [path.findtext(f"{SVG}title") for path in root.iter(f"{SVG}path")]
    assert {"dog", "cat"} <= set(names)
    assert [circle.findtext(f"{SVG}title") for circle in root.iter(f"{SVG}circle")] == [
        "first <one>, step 1000: 0.850",
        "first <one>, step 2000: 0.850",
    ]
    loss = next(path for path in root.iter(f"{SVG}path") if path.findtext(f"{SVG}title") == "first <one>")
    drawn = heights(loss)
    assert len(drawn) <= 600
    # the loss falls, so its smoothed curve goes down the page all along
    assert drawn[0] + 100 < drawn[-1]
    assert max(before - after for before, after in pairwise(drawn)) < 3


def test_runs_are_drawn_on_the_same_scale(tmp_path: Path) -> None:
    runs = [read_run(write_run(tmp_path / name, 300, level)) for name, level in (("low", 1.0), ("high", 2.0))]
    root = ET.fromstring(draw_curves(runs))
    low, high = (
        next(path for path in root.iter(f"{SVG}path") if path.findtext(f"{SVG}title") == name)
        for name in ("low", "high")
    )
    assert low.attrib["stroke"] != high.attrib["stroke"]
    assert max(heights(high)) < min(heights(low)) + 40
    assert np.mean(heights(high)) < np.mean(heights(low))


def test_smoothing_keeps_a_constant_and_follows_a_step() -> None:
    assert smoothed(np.full(50, 3, np.float32)) == pytest.approx(np.full(50, 3))
    values = np.repeat(np.array([0, 1], np.float32), 500)
    course = smoothed(values)
    assert course[499] == 0 and 0.45 < course[530] < 0.55 and course[-1] > 0.99


@pytest.mark.parametrize(("low", "high"), [(0, 1), (0.8, 0.95), (0, 12_345), (1e-6, 5e-4), (-3, 2)])
def test_ticks_are_few_and_round(low: float, high: float) -> None:
    found = ticks(low, high)
    assert 3 <= len(found) <= 11
    assert all(low - 1e-12 <= value <= high + 1e-12 for value in found)
    assert len({f"{value:.3g}" for value in found}) == len(found)


def test_the_command_compares_runs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    runs = [write_run(tmp_path / name, 40, 1.0) for name in ("one", "two")]
    assert main(["curves", *map(str, runs), "--out", str(tmp_path / "both.svg")]) == 0
    assert "two" in (tmp_path / "both.svg").read_text(encoding="utf-8")
    assert main(["curves", str(tmp_path / "none")]) == 1
    assert "no training here" in capsys.readouterr().err
    with pytest.raises(DatasetError, match=r"expected 'log\.jsonl'"):
        read_run(tmp_path)


def test_what_is_drawn_from_is_never_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = tmp_path / "run" / "log.jsonl"
    log.parent.mkdir()
    log.write_text('{"step": 1, "seconds": 1.0, "loss": 0.5, "overlap": 0.5, "learning_rate": 0.1}\n')
    before = log.read_bytes()
    assert main(["curves", str(log.parent), "--out", str(log)]) == 1
    assert "is read here" in capsys.readouterr().err
    assert log.read_bytes() == before


@pytest.mark.parametrize("line", ["no JSON", "[1]", '{"step": "one"}', "[" * 5000, '{"step": 1e999, "loss": null}'])
def test_a_damaged_log_is_one_sentence(tmp_path: Path, line: str, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "log.jsonl").write_text(line + "\n", encoding="utf-8")
    assert main(["curves", str(tmp_path), "--out", str(tmp_path / "c.svg")]) == 1
    assert "are damaged" in capsys.readouterr().err
