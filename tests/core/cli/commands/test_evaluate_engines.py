"""`evaluate --engines`: engines run on a dataset, one table."""

from __future__ import annotations

from pathlib import Path

import PIL.Image
import pytest

from tests.core.cli.commands.test_evaluate import row
from tests.core.cli.conftest import FRAMES, RunCommand, picture


@pytest.fixture
def whole(dataset: Path) -> Path:
    """The dataset with its pictures."""
    for name in ("one", "two"):
        folder = dataset / "JPEGImages" / "480p" / name
        folder.mkdir(parents=True)
        for frame_index in range(FRAMES):
            PIL.Image.fromarray(picture(frame_index)).save(folder / f"{frame_index:05}.png")
    return dataset


def test_engines_are_compared_in_one_table(run: RunCommand, whole: Path) -> None:
    done = run("evaluate", "--engines", "edgetam,fake,warping", "--dataset", whole, "--sequences", "one")
    assert done.code == 1, "the others go on"
    assert done.err.count("edgetam: The model 'edgetam' is not on this machine") == 1
    assert done.out.splitlines()[0].split() == ["engine", "J", "F", "J&F", "frames/s", "peak", "MB", "GPU", "MB"]
    for name in ("fake", "warping"):
        j, f, both, rate, peak, gpu = row(done.out, name)[1:]
        assert 0.1 < float(j) <= 1 and abs((float(j) + float(f)) / 2 - float(both)) < 0.002
        assert float(rate) > 0 and float(peak) > 20 and gpu == "-"
    assert "1 sequence, 8 annotated frames" in done.out


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], "Name a folder of results, or engines"),
        (["masks", "--engines", "fake"], "Name a folder of results, or engines"),
        (["--engines", "nobody"], "no engine 'nobody'"),
        (["--engines", "edgetam"], "The model 'edgetam' is not on this machine"),
        (["--engines", "fake", "--sequences", "three"], "no sequence 'three'"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(
    run: RunCommand, dataset: Path, arguments: list[object], expected: str
) -> None:
    done = run("evaluate", *arguments, "--against", dataset)
    assert done.code == 1
    assert expected in done.error_line


def test_a_dataset_without_pictures_is_named(run: RunCommand, dataset: Path) -> None:
    done = run("evaluate", "--engines", "fake", "--dataset", dataset, "--sequences", "one")
    assert done.code == 1
    assert "fake: Sequence 'one' has no pictures" in done.err


def test_an_option_is_for_the_engines_that_have_it(run: RunCommand, whole: Path) -> None:
    arguments = ("evaluate", "--engines", "fake,warping", "--dataset", whole, "--sequences", "one")
    done = run(*arguments, "--option", "short_side=1")
    assert done.code == 1
    assert "warping:" in done.err and "short_side" in done.err, "the value reached the engine, which names its range"
    assert "fake:" not in done.err and row(done.out, "fake"), "an engine without the option runs as it is"
    nobody = run(*arguments, "--option", "colour=red")
    assert nobody.code == 1 and not nobody.out
    assert "None of these engines has an option 'colour'" in nobody.error_line and "short_side" in nobody.error_line
    assert "--option sets up engines" in run("evaluate", "masks", "--option", "a=1", "--against", whole).error_line
