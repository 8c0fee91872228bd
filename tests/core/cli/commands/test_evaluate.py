"""`evaluate` on results whose scores are known."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from core.masks import read_mask, write_mask
from tests.core.cli.conftest import FRAMES, SIZE, RunCommand, true_labels


@pytest.fixture
def perfect(dataset: Path, tmp_path: Path) -> Path:
    """Results equal to the truth."""
    return Path(shutil.copytree(dataset / "Annotations" / "480p", tmp_path / "results"))


def row(outcome_out: str, name: str) -> list[str]:
    """The words of the table's line that starts with a name."""
    return next(line.split() for line in outcome_out.splitlines() if line.split()[:1] == [name])


def test_perfect_results_score_one(run: RunCommand, perfect: Path, dataset: Path) -> None:
    outcome = run("evaluate", perfect, "--against", dataset)
    assert (outcome.code, outcome.err) == (0, "")
    assert row(outcome.out, "mean")[1:4] == ["1.000", "1.000", "1.000"]
    assert "object 1" in outcome.out and "object 2" in outcome.out, "several objects have a line each"


def test_scores_follow_the_masks(run: RunCommand, perfect: Path, dataset: Path) -> None:
    for path in sorted((perfect / "two").iterdir()):
        labels = read_mask(path)
        labels[labels == 2] = 0
        write_mask(path, labels)
    outcome = run("evaluate", perfect, "--against", dataset)
    assert row(outcome.out, "one")[1] == "1.000"
    assert row(outcome.out, "two")[1:4] == ["0.500", "0.500", "0.500"], "objects weigh the same"


def test_the_mean_is_over_objects_as_in_davis_2017(run: RunCommand, perfect: Path, dataset: Path) -> None:
    for path in sorted((perfect / "one").iterdir()):
        write_mask(path, np.zeros(SIZE[::-1], np.uint8))
    outcome = run("evaluate", perfect, "--against", dataset)
    assert row(outcome.out, "mean")[1] == "0.667"


def test_davis_2016_scores_all_objects_as_one(run: RunCommand, perfect: Path, dataset: Path) -> None:
    (dataset / "ImageSets" / "2016").mkdir(parents=True)
    for path in sorted((perfect / "two").iterdir()):
        write_mask(path, (read_mask(path) > 0).astype(np.uint8) * 7)
    outcome = run("evaluate", perfect / "two", "--against", dataset)
    assert row(outcome.out, "two")[1:4] == ["1.000", "1.000", "1.000"]


def test_one_sequence_folder(run: RunCommand, perfect: Path, dataset: Path, tmp_path: Path) -> None:
    outcome = run("evaluate", perfect / "one", "--against", dataset)
    assert row(outcome.out, "one")[3] == "1.000"
    moved = (perfect / "one").rename(tmp_path / "some_masks")
    assert "--sequences" in run("evaluate", moved, "--against", dataset).error_line
    outcome = run("evaluate", moved, "--against", dataset, "--sequences", "one")
    assert row(outcome.out, "one")[3] == "1.000"


def test_sequences_can_be_chosen(run: RunCommand, perfect: Path, dataset: Path) -> None:
    outcome = run("evaluate", perfect, "--against", dataset, "--sequences", "one")
    assert "two" not in outcome.out


def test_sequences_without_results_are_named(run: RunCommand, perfect: Path, dataset: Path) -> None:
    shutil.rmtree(perfect / "two")
    outcome = run("evaluate", perfect, "--against", dataset)
    assert outcome.code == 0
    assert "no results for: two" in outcome.err
    refused = run("evaluate", perfect, "--against", dataset, "--sequences", "one", "two")
    assert refused.code == 1
    assert "two" in refused.error_line


def test_first_and_last_frame_do_not_count(run: RunCommand, perfect: Path, dataset: Path) -> None:
    for index in (0, FRAMES - 1):
        write_mask(perfect / "one" / f"{index:05}.png", np.zeros(SIZE[::-1], np.uint8))
    assert row(run("evaluate", perfect, "--against", dataset).out, "one")[3] == "1.000"


def test_a_missing_frame_is_named(run: RunCommand, perfect: Path, dataset: Path) -> None:
    for index in (3, 4):
        (perfect / "one" / f"{index:05}.png").unlink()
    outcome = run("evaluate", perfect, "--against", dataset)
    assert outcome.code == 1
    assert "2 of 6 frames have no mask, first '00003'" in outcome.error_line


def test_a_mask_of_another_size_is_named(run: RunCommand, perfect: Path, dataset: Path) -> None:
    write_mask(perfect / "one" / "00002.png", true_labels(0)[:10])
    outcome = run("evaluate", perfect, "--against", dataset)
    assert outcome.code == 1
    assert "00002.png" in outcome.error_line


@pytest.mark.parametrize("what", ["results", "dataset", "neither"])
def test_what_is_not_there_is_named(run: RunCommand, perfect: Path, dataset: Path, tmp_path: Path, what: str) -> None:
    nowhere = tmp_path / "nowhere"
    results, truth = (nowhere if what == "results" else perfect), (nowhere if what == "dataset" else dataset)
    if what == "neither":
        results = tmp_path / "empty"
        results.mkdir()
    outcome = run("evaluate", results, "--against", truth)
    assert outcome.code == 1
    assert str(results if what == "neither" else nowhere) in outcome.error_line


def test_a_dataset_without_a_folder_of_its_resolution(run: RunCommand, perfect: Path, dataset: Path) -> None:
    for folder in ("one", "two"):
        (dataset / "Annotations/480p" / folder).rename(dataset / "Annotations" / folder)
    (dataset / "Annotations/480p").rmdir()
    outcome = run("evaluate", perfect, "--against", dataset)
    assert (outcome.code, outcome.err) == (0, "")
    assert row(outcome.out, "mean")[1:4] == ["1.000", "1.000", "1.000"]


def test_a_dataset_of_parts_as_mose_and_lvos(run: RunCommand, perfect: Path, dataset: Path, tmp_path: Path) -> None:
    root = tmp_path / "mose"
    for part, name in (("train", "one"), ("valid", "two")):
        shutil.copytree(dataset / "Annotations" / "480p" / name, root / part / "Annotations" / name)
    outcome = run("evaluate", perfect, "--against", root)
    assert (outcome.code, outcome.err) == (0, "")
    assert row(outcome.out, "mean")[1:4] == ["1.000", "1.000", "1.000"]
    shutil.rmtree(perfect / "one")
    outcome = run("evaluate", perfect, "--against", root)
    assert (outcome.code, outcome.err) == (0, ""), "a part without results is none that was asked for"
    shutil.copytree(root / "valid" / "Annotations" / "two", root / "train" / "Annotations" / "two")
    outcome = run("evaluate", perfect, "--against", root)
    assert outcome.code == 1
    assert "'two' is in train and in valid; give one of the two folders" in outcome.err
