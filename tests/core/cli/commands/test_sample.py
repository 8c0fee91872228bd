"""The shipped sample, and the job that runs on it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import PIL.Image
import pytest

from core.masks import read_mask
from core.media import open_video
from tests.core.cli.conftest import RunCommand
from tools.sample_scene import FRAMES, HEIGHT, WIDTH, Backdrop, draw_frame

SAMPLE = Path(__file__).resolve().parents[4] / "resources" / "sample"


def test_the_job_end_to_end(run: RunCommand, tmp_path: Path) -> None:
    out = tmp_path / "sample"
    outcome = run("sample", "--engine", "fake", "--out", out)
    assert outcome.code == 0, outcome.err
    assert "J&F" in outcome.out
    assert all(f"object {number}" in outcome.out for number in (1, 2, 3))
    assert len(list((out / "masks").iterdir())) == FRAMES
    with PIL.Image.open(out / "contact_sheet.png") as sheet:
        assert sheet.width > 900
    refused = run("sample", "--engine", "fake", "--out", out)
    assert refused.code == 1
    assert "--overwrite" in refused.error_line


def test_it_is_small_and_complete() -> None:
    assert sum(path.stat().st_size for path in SAMPLE.rglob("*") if path.is_file()) < 2_000_000
    video = open_video(SAMPLE / "clip.mp4")
    assert (video.frame_count, video.size) == (FRAMES, (WIDTH, HEIGHT))
    video.close()
    assert len(list((SAMPLE / "truth").glob("*.png"))) == FRAMES
    np.testing.assert_array_equal(read_mask(SAMPLE / "first_mask.png"), read_mask(SAMPLE / "truth" / "00000.png"))
    assert set(np.unique(read_mask(SAMPLE / "truth" / "00030.png"))) == {0, 1, 2, 3}


@pytest.mark.parametrize("frame_index", [0, 30])
def test_it_is_what_the_script_draws(frame_index: int) -> None:
    image, labels = draw_frame(Backdrop(), frame_index)
    shipped = read_mask(SAMPLE / "truth" / f"{frame_index:05}.png")
    # a last bit of floating point may differ between processors, a shape may not
    assert np.mean(labels != shipped) < 1e-3
    video = open_video(SAMPLE / "clip.mp4")
    assert np.abs(video.read(frame_index).astype(int) - image).mean() < 6
    video.close()
