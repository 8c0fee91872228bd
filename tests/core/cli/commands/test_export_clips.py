"""`export` of mattes, cut-out objects and composites."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import PIL.Image
import pytest

from core.media import open_video
from tests.core.cli.conftest import FRAMES, SIZE, RunCommand, true_labels


@pytest.fixture
def project(run: RunCommand, clip: Path, mask: Path, tmp_path: Path) -> Path:
    path = tmp_path / "clip.roto"
    assert run("propagate", clip, "--mask", mask, "--engine", "fake", "--out", path).code == 0
    return path


@pytest.mark.parametrize(
    ("format_name", "suffix"),
    [
        ("prores4444", ".mov"),
        ("vp9-alpha", ".webm"),
        ("ffv1", ".mkv"),
        ("h264", ".mp4"),
        ("hevc", ".mp4"),
        ("matte", ".mp4"),
    ],
)
def test_clips(run: RunCommand, project: Path, tmp_path: Path, format_name: str, suffix: str) -> None:
    out = tmp_path / f"out{suffix}"
    outcome = run("export", project, "--format", format_name, "--out", out)
    assert outcome.code == 0
    assert f"{FRAMES} frames in {out}" in outcome.out
    with open_video(out) as video:
        assert (video.frame_count, video.size) == (FRAMES, SIZE)
    refused = run("export", project, "--format", format_name, "--out", out)
    assert refused.code == 1 and str(out) in refused.error_line.split("\n")[-1]


def test_pictures_with_alpha(run: RunCommand, project: Path, tmp_path: Path) -> None:
    out = tmp_path / "rgba"
    arguments = ("--format", "rgba", "--band", 0, "--range", "2:6", "--step", 2, "--out", out)
    assert run("export", project, *arguments).code == 0
    assert sorted(path.name for path in out.iterdir()) == ["00002.png", "00004.png", "00006.png"]
    assert run("export", project, "--format", "matte", "--each", "--scale", 0.5, "--out", tmp_path / "m").code == 0
    with PIL.Image.open(tmp_path / "m_1" / "00000.png") as shown:
        assert shown.size == (SIZE[0] // 2, SIZE[1] // 2)


def test_the_alpha_is_the_mask(run: RunCommand, project: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.mkv"
    assert run("export", project, "--format", "ffv1", "--band", 0, "--out", out).code == 0
    with av.open(str(out)) as container:
        frame = next(container.decode(video=0))
        np.testing.assert_array_equal(frame.to_ndarray()[..., 3], true_labels(0) * 255)


def test_background(run: RunCommand, project: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.mp4"
    assert run("export", project, "--format", "h264", "--background", "#00b140", "--out", out).code == 0
    with open_video(out) as video:
        assert np.abs(video.read(0)[2, 60].astype(int) - (0, 177, 64)).max() <= 6
    outcome = run("export", project, "--format", "h264", "--background", "nothing.png", "--out", tmp_path / "x.mp4")
    assert outcome.code == 1
    assert "nothing.png" in outcome.error_line


def test_masks_of_a_range(run: RunCommand, project: Path, tmp_path: Path) -> None:
    assert run("export", project, "--range", "1:5", "--step", 4, "--out", tmp_path / "masks").code == 0
    assert sorted(path.name for path in (tmp_path / "masks").iterdir()) == ["00001.png", "00005.png"]
    outcome = run("export", project, "--range", "3:99", "--out", tmp_path / "far")
    assert outcome.code == 1
    assert "0 to 7" in outcome.error_line


def test_the_wrong_ending(run: RunCommand, project: Path, tmp_path: Path) -> None:
    outcome = run("export", project, "--format", "prores4444", "--out", tmp_path / "out.mp4")
    assert outcome.code == 1
    assert ".mov" in outcome.error_line
