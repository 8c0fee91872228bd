"""Frames that carry what PyAV has no name for."""

from __future__ import annotations

import subprocess
from pathlib import Path

import numpy as np
import PIL.Image
import pytest

from core.media import open_video

ORIENTATION = 0x0112


@pytest.mark.parametrize("suffix", [".mkv", ".avi", ".mov"])
@pytest.mark.parametrize(("orientation", "size"), [(1, (64, 32)), (6, (32, 64))])
def test_pictures_with_exif_in_a_container_are_read_upright(
    tmp_path: Path, orientation: int, size: tuple[int, int], suffix: str
) -> None:
    exif = PIL.Image.Exif()
    exif[ORIENTATION] = orientation
    for number in range(3):
        pixels = np.full((32, 64, 3), 60 * number, np.uint8)
        pixels[:, :32] = 255
        PIL.Image.fromarray(pixels).save(tmp_path / f"{number}.jpg", quality=95, exif=exif)
    path = tmp_path / f"a{suffix}"
    command = ["ffmpeg", "-v", "error", "-i", str(tmp_path / "%d.jpg"), "-c", "copy", str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    with open_video(path) as video, open_video(tmp_path / "0.jpg") as picture:
        assert video.size == picture.size == size
        assert np.abs(video.read(0).astype(int) - picture.read(0)).mean() < 4
