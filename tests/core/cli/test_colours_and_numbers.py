"""Masks with a colour an object held against true ones with numbers: nobody has said which colour is which number."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from core.cli.checked_clips import open_both, paired
from core.cli.scoring import score_folder
from core.masks import MaskKind, MaskReader
from core.types import LabelMap

COLOURS = np.array([(0, 0, 0), (220, 30, 40), (40, 200, 60), (60, 60, 230)], np.uint8)
FRAMES = 4


def labels(index: int) -> LabelMap:
    found = np.zeros((48, 64), np.uint8)
    found[4:20, 4 + index : 20 + index] = 1
    found[26:44, 40 - index : 58 - index] = 2
    if index > 1:
        found[28:44, 4:18] = 3
    return found


def masks(folder: Path, ending: str, coloured: bool) -> Path:
    folder.mkdir(parents=True)
    for index in range(FRAMES):
        pixels = COLOURS[labels(index)] if coloured else labels(index)
        options: dict[str, Any] = {"quality": 95, "subsampling": 0} if ending == ".jpg" else {}
        Image.fromarray(pixels).save(folder / f"{index:05}{ending}", **options)
    return folder


@pytest.mark.parametrize(("ending", "coloured_truth"), [(".png", False), (".jpg", True), (".bmp", False)])
def test_check_compares_those_that_lie_over_each_other(tmp_path: Path, ending: str, coloured_truth: bool) -> None:
    one = masks(tmp_path / "one", ending if not coloured_truth else ".png", not coloured_truth)
    truth = masks(tmp_path / "truth", ending if coloured_truth else ".png", coloured_truth)
    with open_both(one, truth, None, MaskKind.AUTO) as (clips, truths):
        ((own, true),) = paired(clips, truths, truth)
        assert sorted(true.names) == sorted(own.names)
        for index in range(FRAMES):
            differing = np.count_nonzero(own.clip.labels(index) != true.clip.labels(index))
            assert differing <= (30 if ending == ".jpg" else 0)


def test_the_same_colours_are_the_same_objects_wherever_they_lie(tmp_path: Path) -> None:
    one, truth = masks(tmp_path / "one", ".png", True), masks(tmp_path / "truth", ".png", True)
    for index in range(FRAMES):
        swapped = np.array([0, 2, 1, 3], np.uint8)[labels(index)]
        Image.fromarray(COLOURS[swapped]).save(one / f"{index:05}.png")
    with open_both(one, truth, None, MaskKind.AUTO) as (clips, truths):
        ((own, true),) = paired(clips, truths, truth)
        assert (own.clip.labels(0) != true.clip.labels(0)).any()


@pytest.mark.parametrize("coloured_truth", [False, True])
def test_evaluate_compares_those_that_lie_over_each_other(tmp_path: Path, coloured_truth: bool) -> None:
    results = masks(tmp_path / "results", ".png", not coloured_truth)
    truth = masks(tmp_path / "truth", ".png", coloured_truth)
    reader = MaskReader()
    names = [f"{index:05}" for index in range(FRAMES)]
    score = score_folder(results, names, lambda name: reader.labels(truth / f"{name}.png"), reader=reader)
    assert score.j.mean == 1
