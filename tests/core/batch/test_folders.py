"""Clips, masks and projects of one name in one folder: a batch takes each for what it is, and never refuses them."""

from __future__ import annotations

from pathlib import Path

import PIL.Image
import pytest

from core.batch.folders import read_batch
from core.batch.sources import open_job
from core.masks import write_mask
from core.media import open_video
from core.project.creating import create_project
from tests.core.batch.conftest import write_clip
from tests.core.cli.conftest import true_labels


def make_project(path: Path, clip: Path) -> None:
    with open_video(clip) as video:
        create_project(path, video, {0: true_labels(0)}, {}).close()


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("c.MP4 c.png", "c: c.MP4 0=c.png"),
        ("c.MTS c.png d.3gp d.png", "c: c.MTS 0=c.png; d: d.3gp 0=d.png"),
        ("c.mp4 c.PNG", "c: c.mp4 0=c.PNG"),
        ("c.mp4 C.png", "c: c.mp4 0=C.png"),
        ("c.mp4 C.png c.png", "c: c.mp4 0=c.png"),
        ("c.mp4 c_mask.png", "c: c.mp4 0=c_mask.png"),
        ("c.mp4 c.mp4.png", "c: c.mp4 0=c.mp4.png"),
        ("c.mp4 c.0.png", "c: c.mp4 0=c.0.png"),
        ("c.mp4 c.00007.png c.png", "c: c.mp4 0=c.png 7=c.00007.png"),
        ("c.mp4 c.7.mp4 c.7.png c.png", "c.7: c.7.mp4 0=c.7.png; c: c.mp4 0=c.png"),
        ("c.mp4 c_mask.mp4 c_mask.png", "c_mask: c_mask.mp4 0=c_mask.png"),
        ("c.mov c.mp4 c.png", "c.mov: c.mov 0=c.png; c.mp4: c.mp4 0=c.png"),
        ("c.mov c.mp4 c.mov.png c.png", "c.mov: c.mov 0=c.mov.png; c.mp4: c.mp4 0=c.png"),
        ("C.mov c.mp4 c.png", "C.mov: C.mov 0=c.png; c.mp4: c.mp4 0=c.png"),
        (
            "c.mov c.mp4 c.mp4.mov c.mp4.png c.png",
            "c.mov: c.mov 0=c.png; c.mp4-2: c.mp4 0=c.png; c.mp4: c.mp4.mov 0=c.mp4.png",
        ),
        ("c.ROTO c.roto", "c.ROTO: c.ROTO; c.roto-2: c.roto"),
    ],
)
def test_masks_are_taken_for_the_clips_they_are_called_after(tmp_path: Path, names: str, expected: str) -> None:
    for name in names.split():
        (tmp_path / name).touch()
    found = [
        " ".join(
            [f"{job.name}: {(job.clip or job.project or tmp_path).name}"]
            + [f"{frame_index}={path.name}" for frame_index, path in job.masks]
        )
        for job in read_batch(tmp_path, {"engine": "fake"}).jobs
    ]
    assert "; ".join(found) == expected


@pytest.mark.parametrize("project", ["c.roto", "C.roto", "c.ROTO"])
def test_a_clip_with_a_mask_and_a_project_is_worked_on_in_the_project(tmp_path: Path, project: str) -> None:
    write_clip(tmp_path / "c.mp4")
    make_project(tmp_path / project, tmp_path / "c.mp4")
    for name in ("d.mov", "d.mp4", "d.png", "e.mp4"):
        (tmp_path / name).touch()
    found = read_batch(tmp_path, {"engine": "fake"})
    assert [(job.name, job.project, job.clip) for job in found.jobs] == [
        (project[0], tmp_path / project, None),
        ("d.mov", None, tmp_path / "d.mov"),
        ("d.mp4", None, tmp_path / "d.mp4"),
    ]
    assert found.notes == (
        f"left out, for it is worked on in {project}: c.mp4",
        "left out, for they have no mask beside them: e.mp4",
    )


def test_of_clips_of_one_name_the_project_has_the_one_that_it_says(tmp_path: Path) -> None:
    write_clip(tmp_path / "c.mp4")
    make_project(tmp_path / "c.roto", tmp_path / "c.mp4")
    (tmp_path / "c.mov").touch()
    jobs = read_batch(tmp_path, {"engine": "fake"}).jobs
    assert [(job.name, (job.project or job.clip or tmp_path).name) for job in jobs] == [
        ("c.roto", "c.roto"),
        ("c.mov", "c.mov"),
    ]


def test_a_project_that_cannot_be_read_gives_way_to_the_clip_with_its_mask(tmp_path: Path) -> None:
    write_clip(tmp_path / "c.mp4")
    (tmp_path / "c.roto").write_bytes(b"SQLite format 3\0" + bytes(2000))
    found = read_batch(tmp_path, {"engine": "fake"})
    assert found.notes == ("c.roto cannot be read as a project and is left out; c.mp4 is followed from its mask",)
    (job,) = found.jobs
    with open_job(job, tmp_path / "work.roto") as (_, project, *_):
        assert project.anchor_frames() == [0]


def test_a_mask_of_a_frame_is_followed_from_there(tmp_path: Path) -> None:
    folder = tmp_path / "clips"
    folder.mkdir()
    write_clip(folder / "c.mp4")
    write_mask(folder / "c.2.png", true_labels(2))
    (job,) = read_batch(folder, {"engine": "fake"}).jobs
    assert [frame_index for frame_index, _ in job.masks] == [0, 2]


def test_a_dataset_in_parts_is_a_batch_and_what_cannot_be_followed_is_named(tmp_path: Path) -> None:
    """MOSE, LVOS and YouTube-VOS unpack into train, valid and test; one sequence without pictures stops no other."""
    for part, name in (("train", "ride"), ("train", "lost"), ("valid", "ride"), ("valid", "walk")):
        masks, pictures = (tmp_path / part / kind / name for kind in ("Annotations", "JPEGImages"))
        masks.mkdir(parents=True)
        pictures.mkdir(parents=True)
        write_mask(masks / "00000.png", true_labels(0))
        if name != "lost":
            PIL.Image.fromarray(true_labels(0)).save(pictures / "00000.jpg")
    found = read_batch(tmp_path, {"engine": "fake"})
    assert [job.name for job in found.jobs] == ["ride", "ride_valid", "walk"]
    assert len(found.notes) == 1
    assert "lost: no picture for the mask of frame '00000'" in str(found.notes[0])
    assert [job.name for job in read_batch(tmp_path / "valid", {"engine": "fake"}).jobs] == ["ride", "walk"]
