"""`check`: findings, scores and the report."""

from __future__ import annotations

import base64
import io
import re
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import PIL.Image
import pytest

from core.masks import LabelEdit, read_mask, write_mask
from core.project import Project
from tests.core.cli.conftest import FRAMES, SIZE, RunCommand, picture, true_labels


def two_objects(frame_index: int) -> np.ndarray:
    labels = true_labels(frame_index)
    labels[36:46, 10:30] = 2
    return labels


@pytest.fixture
def masks(tmp_path: Path) -> Path:
    """A folder of masks as they should be."""
    folder = tmp_path / "masks"
    folder.mkdir()
    for index in range(FRAMES):
        write_mask(folder / f"{index:05}.png", two_objects(index))
    return folder


def spoil(path: Path) -> None:
    """Swaps the objects of a mask."""
    write_mask(path, np.array([0, 2, 1], np.uint8)[read_mask(path)])


def shown_blue(page: str) -> int:
    """How much bluer than red the top right corner of the report's first picture is."""
    data = re.search(r'src="data:image/jpeg;base64,([^"]+)"', page)
    assert data is not None
    with PIL.Image.open(io.BytesIO(base64.b64decode(data[1]))) as shown:
        red, _, blue = shown.convert("RGB").getpixel((shown.width - 4, 4))  # type: ignore[misc]
    return int(blue) - int(red)


def test_clean_masks(run: RunCommand, masks: Path) -> None:
    outcome = run("check", masks)
    assert outcome.code == 0
    assert outcome.out == f"masks: {FRAMES} frames, 0 findings\n"


def test_a_swap_and_a_blank_frame_are_printed(run: RunCommand, masks: Path) -> None:
    spoil(masks / "00003.png")
    labels = two_objects(6)
    labels[labels == 2] = 0
    write_mask(masks / "00006.png", labels)
    lines = run("check", masks).out.splitlines()
    assert lines == [
        f"masks: {FRAMES} frames, 3 findings",
        "  00003  object 1 has taken the place of object 2",
        "  00004  object 1 has taken the place of object 2",
        "  00006  object 2 has no mask on frame 6, but before and after",
    ]
    assert run("check", masks, "--limit", 1).out.splitlines()[-1] == "  and 2 more"


def test_a_project_names_its_objects(run: RunCommand, clip: Path, masks: Path, tmp_path: Path) -> None:
    path = tmp_path / "clip.roto"
    first = masks / "00000.png"
    assert run("propagate", clip, "--mask", first, "--engine", "fake", "--out", path).code == 0
    with Project.open(path) as project:
        project.objects.update(replace(project.objects.get(1), name="dog"))
        project.objects.update(replace(project.objects.get(2), name="cat"))
        labels = project.labels(4)
        edit = LabelEdit.replace(labels, np.where(labels == 2, 0, labels).astype(np.uint8))
        assert edit is not None
        project.masks.edit(4, edit, "Erase")
    line = "  00004  cat has no mask on frame 4, but before and after"
    assert line in run("check", path).out.splitlines()
    clip.unlink()
    assert line in run("check", path).out.splitlines(), "masks can be checked without the clip"


def test_against_true_masks(run: RunCommand, masks: Path, tmp_path: Path) -> None:
    truth = tmp_path / "truth"
    masks.rename(truth)
    masks.mkdir()
    for path in truth.iterdir():
        write_mask(masks / path.name, read_mask(path))
    assert "J 1.000, F 1.000, J&F 1.000" in run("check", masks, "--against", truth).out
    labels = two_objects(5)
    labels[labels == 1] = 0
    labels[0:8, 40:60] = 1
    write_mask(masks / "00005.png", labels)
    output = run("check", masks, "--against", truth).out
    # one object of two is wholly wrong on one frame of eight, the other one right
    assert f"J {1 - 1 / (2 * FRAMES):.3f}" in output
    assert "00005  object 1 is far from the true mask: J&F 0.00" in output


def test_against_a_dataset_by_name(run: RunCommand, dataset: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (dataset / "JPEGImages/480p" / name).mkdir(parents=True)
        for index in range(FRAMES):
            PIL.Image.fromarray(picture(index)).save(dataset / f"JPEGImages/480p/{name}/{index:05}.jpg")
    results = tmp_path / "results"
    for name in ("two", "three"):
        (results / name).mkdir(parents=True)
        for index in range(FRAMES):
            write_mask(results / name / f"{index}.png", two_objects(index))
    outcome = run("check", results, "--against", dataset)
    assert outcome.code == 0
    assert outcome.out.startswith(f"two: {FRAMES} frames, 0 findings, J 1.000")
    assert "has no truth for: three" in outcome.err
    spoil(results / "two" / "3.png")
    report = tmp_path / "report.html"
    assert run("check", results, "--against", dataset, "--html", report).code == 0
    assert shown_blue(report.read_text()) > 60, "pictures of the truth's clip, whose backdrop is a blue ramp, not grey"
    (dataset / "ImageSets/2016").mkdir(parents=True)
    (dataset / "ImageSets/2016/val.txt").write_text("two\n")
    assert "J 1.000" in run("check", results, "--against", dataset).out, "all objects as one, swapped or not"
    other = tmp_path / "other"
    (other / "four").mkdir(parents=True)
    write_mask(other / "four/00000.png", true_labels(0))
    (other / "five").mkdir(parents=True)
    write_mask(other / "five/00000.png", true_labels(0))
    assert "has no clip called" in run("check", other, "--against", dataset).error_line


def test_the_report_has_plots_and_pictures(run: RunCommand, pictures: Path, masks: Path, tmp_path: Path) -> None:
    project, report = tmp_path / "clip.roto", tmp_path / "out" / "report.html"
    assert run("propagate", pictures, "--mask", masks / "00000.png", "--engine", "fake", "--out", project).code == 0
    with Project.open(project) as opened:
        labels = opened.labels(4)
        edit = LabelEdit.replace(labels, np.array([0, 2, 1], np.uint8)[labels])
        assert edit is not None
        opened.masks.edit(4, edit, "Swap")
        opened.objects.update(replace(opened.objects.get(1), name="<b>dog</b>"))
    truth = tmp_path / "truth.roto"
    shutil.copyfile(project, truth)
    outcome = run("check", project, "--against", truth, "--html", report)
    assert outcome.code == 0
    page = report.read_text()
    assert page.count("<svg") == 2
    assert "&lt;b&gt;dog&lt;/b&gt; has taken the place of Object 2" in page
    assert "<b>dog" not in page
    assert len(re.findall(r'src="data:image/jpeg;base64,[A-Za-z0-9+/=]{400,}"', page)) == page.count("<figure>") > 0
    assert "1.000" in page
    again = run("check", project, "--html", report)
    assert again.code == 1
    assert "this file exists" in again.error_line
    assert run("check", project, "--html", report, "--overwrite").code == 0


def test_what_is_wrong_is_named(run: RunCommand, masks: Path, tmp_path: Path) -> None:
    assert "there is no such project or folder" in run("check", tmp_path / "nowhere").error_line
    (tmp_path / "empty").mkdir()
    assert "no mask pictures in it" in run("check", tmp_path / "empty").error_line
    other = tmp_path / "other"
    other.mkdir()
    write_mask(other / "shot.png", true_labels(0))
    assert run("check", masks, "--against", other).code == 0, "called by index, the first frame is the first"
    write_mask(masks / "00003.png", np.ones((5, 5), np.uint8))
    assert f"00003.png: the mask is 5 x 5, but the clip is {SIZE[0]} x {SIZE[1]}" in run("check", masks).error_line


def test_colours_are_the_same_objects_in_masks_and_truth(run: RunCommand, tmp_path: Path) -> None:
    """Whatever colours a frame holds, and in whichever order they come."""
    red, green = (200, 10, 30), (20, 220, 40)
    for folder, order in (("found", (red, green)), ("true", (green, red))):
        (tmp_path / folder).mkdir()
        for frame in range(6):
            pixels = np.zeros((48, 64, 3), np.uint8)
            if frame != 0 or order[0] == red:
                pixels[5:25, 5:25] = red
            if frame != 0 or order[0] == green:
                pixels[20:40, 40:60] = green
            PIL.Image.fromarray(pixels).save(tmp_path / folder / f"{frame:05}.png")
    outcome = run("check", tmp_path / "found", "--against", tmp_path / "true")
    assert outcome.code == 0
    assert "J 0.8" in outcome.out or "J 0.9" in outcome.out, outcome.out
