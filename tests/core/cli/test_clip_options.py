"""How a clip is read, chosen on the command line and kept in a project."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import PIL.Image
import pytest

from core.media import ClipOptions, stored_options
from core.project import Project
from tests.core.cli.conftest import RunCommand


@pytest.fixture
def plates(tmp_path: Path) -> Path:
    folder = tmp_path / "plates"
    folder.mkdir()
    for number in (1001, 1002, 1004):
        PIL.Image.fromarray(np.full((48, 64, 3), 90, np.uint8)).save(folder / f"plate.{number}.png")
    return folder


@pytest.fixture
def mask(tmp_path: Path) -> Path:
    labels = np.zeros((48, 64), np.uint8)
    labels[10:30, 10:40] = 1
    PIL.Image.fromarray(labels).save(tmp_path / "mask.png")
    return tmp_path / "mask.png"


def test_info_states_what_is_missing_and_how_it_is_read(run: RunCommand, plates: Path) -> None:
    assert "1 pictures are missing (1003)" in run("info", plates).out
    shown = run("info", plates, "--gaps", "hold", "--rate", "23.976").out
    assert "frames       4" in shown and "23.976 frames a second" in shown and "each shows the picture before" in shown


def test_masks_are_named_after_the_plates_held_ones_too(
    run: RunCommand, plates: Path, mask: Path, tmp_path: Path
) -> None:
    out = tmp_path / "masks"
    done = run("propagate", plates, "--mask", mask, "--gaps", "black", "--engine", "warping", "--out", out)
    assert done.code == 0, done.err
    assert sorted(path.name for path in out.iterdir()) == [f"plate.{n}.png" for n in (1001, 1002, 1003, 1004)]


def test_a_project_is_exported_as_its_clip_was_read(run: RunCommand, plates: Path, mask: Path, tmp_path: Path) -> None:
    project = tmp_path / "p.roto"
    assert (
        run(
            "propagate", plates, "--mask", mask, "--gaps", "hold", "--rate", 25, "--engine", "warping", "--out", project
        ).code
        == 0
    )
    with Project.open(project) as opened:
        assert opened.frame_count == 4
        assert stored_options(opened.settings) == ClipOptions(gaps="hold", rate=25)  # type: ignore[arg-type]  # 25 is 25/1
    done = run("export", project, "--format", "masks", "--out", tmp_path / "out")
    assert done.code == 0, done.err
    assert len(list((tmp_path / "out").rglob("*.png"))) == 4


@pytest.mark.parametrize("wrong", [("--rate", "fast"), ("--rate", "0"), ("--gaps", "mend")])
def test_what_is_no_choice_is_refused(run: RunCommand, plates: Path, wrong: tuple[str, str]) -> None:
    assert run("info", plates, *wrong).code == 2


@pytest.mark.parametrize(
    "name",
    ["100%", "a#1", "50%d", "with space", "two:parts", "%2F", "q?x=1&y", "back\\slash", "'quoted' \"twice\"", "-dash"],
)
def test_any_name_of_a_folder_or_clip_is_only_a_name(run: RunCommand, plates: Path, mask: Path, name: str) -> None:
    from tests.core.media.clips import write_clip

    folder = plates.rename(plates.with_name(name))
    clip = write_clip(folder.with_name(f"{name}.mp4"), 3)
    for path in (folder, clip):
        assert run("info", path).code == 0
    project = folder.with_name(f"{name}.roto")
    assert run("propagate", folder, "--mask", mask, "--engine", "warping", "--out", project).code == 0
    assert run("export", project, "--format", "masks", "--out", folder.with_name(f"{name} masks")).code == 0


def test_names_that_are_not_text_are_read(run: RunCommand, plates: Path, mask: Path, tmp_path: Path) -> None:
    """A folder out of an archive made on a system of another encoding."""
    import os

    from tests.core.media.clips import write_clip

    odd = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xc3\xd4\xbf\xb5"))
    plates.rename(odd)
    assert run("info", odd).code == 0
    assert run("propagate", odd, "--mask", mask, "--engine", "warping", "--out", tmp_path / "p.roto").code == 0
    clip = write_clip(tmp_path / "a.mp4", 3)
    film = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xc3\xd4.mp4"))
    clip.rename(film)
    assert run("info", film).code == 0


def test_the_longest_name_there_can_be_is_read(run: RunCommand, plates: Path, mask: Path, tmp_path: Path) -> None:
    from tests.core.media.clips import write_clip

    clip = write_clip(tmp_path / "a.mp4", 3).rename(tmp_path / ("긴이름" * 27 + ".mp4"))
    assert run("info", clip).code == 0
    assert run("info", tmp_path / ("x" * 300 + ".mp4")).code != 0
