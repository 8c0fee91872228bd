"""`propagate` by points and boxes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks.tiny_models import save_tiny
from core.engines.models.store import models_folder
from core.masks import read_mask
from tests.core.cli.conftest import SIZE, RunCommand


class Pointing:
    """Selects a square around the first point, or the box."""

    def prepare(self, image: np.ndarray) -> None:
        assert image.shape[:2] == SIZE[::-1]

    def select(self, points: np.ndarray, labels: np.ndarray, box: object, previous: object) -> list[np.ndarray]:
        mask = np.zeros(SIZE[::-1], np.bool_)
        if box is not None:
            mask[box.slices] = True  # type: ignore[attr-defined]
        else:
            x, y = points[0].astype(int)
            mask[y - 2 : y + 3, x - 2 : x + 3] = True
        mask[tuple(points[~labels].astype(int)[:, ::-1].T)] = False
        return [mask]


@pytest.fixture
def pointing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.cli.prompts.anchors.load_click_network", Pointing)


def test_points_and_boxes_are_anchors(run: RunCommand, clip: Path, tmp_path: Path, pointing: None) -> None:
    out = tmp_path / "masks"
    outcome = run(
        *("propagate", clip, "--engine", "fake", "--out", out),
        *("--point", "10,12", "--box", "0:2=20,5,30,15", "--outside", "0:2=25,10", "--point", "3:3=40,20"),
    )
    assert outcome.code == 0, outcome.err
    first, third = read_mask(out / "00000.png"), read_mask(out / "00003.png")
    assert (first[10:15, 8:13] == 1).all() and (first == 1).sum() == 25
    assert (first == 2).sum() == 99 and first[10, 25] == 0
    assert (third[18:23, 38:43] == 3).all()


@pytest.mark.parametrize(
    ("prompt", "words"),
    [
        (("--point", "1000,5"), "outside the picture"),
        (("--point", "99=5,5"), "outside the clip"),
        (("--outside", "5,5"), "only points that are not on it"),
        (("--point", "here"), "is not X,Y"),
        (("--box", "5,5,5,9"), "empty box"),
        (("--point", "0:300=5,5"), "object ids go from 1"),
    ],
)
def test_what_makes_no_sense_is_reported(
    run: RunCommand, clip: Path, tmp_path: Path, pointing: None, prompt: tuple[str, str], words: str
) -> None:
    outcome = run("propagate", clip, "--engine", "fake", "--out", tmp_path / "masks", *prompt)
    assert outcome.code != 0 and words in outcome.err
    assert not (tmp_path / "masks").exists()


def test_an_engine_that_takes_prompts_answers_them(run: RunCommand, clip: Path, tmp_path: Path) -> None:
    save_tiny("sam2_video", models_folder() / "tiny")
    out = tmp_path / "masks"
    box = f"0:1=2,2,{SIZE[0] - 2},{SIZE[1] - 2}"
    outcome = run(
        "propagate", clip, "--engine", "tiny", "--device", "cpu", "--box", box, "--range", "0:2", "--out", out
    )
    assert outcome.code == 0, outcome.err
    assert (read_mask(out / "00000.png") == 1).any()
