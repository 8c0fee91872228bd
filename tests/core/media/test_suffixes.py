"""Which files of a folder are frames or clips, and what is said of those that are not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import OpenImageIO as oiio
import pytest
from PIL import Image

from core.errors import MediaFormatError
from core.media import open_video
from core.media.suffixes import PICTURE_SUFFIXES, VIDEO_SUFFIXES
from desktop.dialogs.ask import VIDEO_PATTERNS


def _picture(number: int) -> Image.Image:
    return Image.fromarray(np.full((24, 32, 3), 40 + 50 * number, np.uint8))


def _by_library(path: Path, number: int) -> None:
    # the library does not know a JPEG XL of a few bytes again
    noise = np.random.default_rng(number).integers(-20, 21, (24, 32, 3))
    pixels = (np.asarray(_picture(number)) + noise).astype(np.uint8)
    assert oiio.ImageBuf(pixels).write(str(path))


@pytest.mark.parametrize(
    ("ending", "save"),
    [
        ("avif", lambda path, number: _picture(number).save(path, quality=95)),
        ("jfif", lambda path, number: _picture(number).save(path, format="JPEG")),
        ("JPE", lambda path, number: _picture(number).save(path, format="JPEG")),
        ("pnm", lambda path, number: _picture(number).save(path, format="PPM")),
        ("rgb", lambda path, number: _picture(number).save(path, format="SGI")),
        ("jxl", _by_library),
    ],
)
def test_a_folder_of_such_pictures_is_a_clip(tmp_path: Path, ending: str, save: Callable[[Path, int], None]) -> None:
    for number in range(3):
        save(tmp_path / f"plate.{1001 + number}.{ending}", number)
    with open_video(tmp_path) as clip:
        assert clip.frame_count == 3 and clip.frame_number(2) == 1003
        assert all(abs(int(clip.read(number).mean()) - 40 - 50 * number) <= 2 for number in range(3))


def test_an_animated_avif_is_a_clip_and_a_still_one_a_picture(tmp_path: Path) -> None:
    first, *others = (_picture(number) for number in range(4))
    first.save(tmp_path / "moves.avif", save_all=True, append_images=others, duration=40)
    first.save(tmp_path / "still.avif")
    with open_video(tmp_path / "moves.avif") as clip:
        assert clip.frame_count == 4 and abs(int(clip.read(3).mean()) - 190) <= 3
    with open_video(tmp_path / "still.avif") as clip:
        assert clip.info.kind == "images" and clip.frame_count == 1


def test_pictures_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    (tmp_path / "IMG_0001.HEIC").write_bytes(b"\0\0\0\x18ftypheic")
    with pytest.raises(MediaFormatError, match=r"a kind that cannot be read \(HEIC\)\. Save them as"):
        open_video(tmp_path)
    with pytest.raises(MediaFormatError, match="HEIC pictures cannot be read"):
        open_video(tmp_path / "IMG_0001.HEIC")
    for number in range(2):
        _picture(number).save(tmp_path / f"IMG_{number:04}.jpg")
        # a camera's raw file beside its JPEG, which is all that is wanted, and a raw file alone
        (tmp_path / f"IMG_{number:04}.CR2").write_bytes(b"II*\0")
    with open_video(tmp_path) as clip:
        assert clip.frame_count == 2 and clip.info.notes == ()
    (tmp_path / "IMG_0002.HEIC").write_bytes(b"\0\0\0\x18ftypheic")
    (tmp_path / "IMG_0003.NEF").write_bytes(b"II*\0")
    with open_video(tmp_path) as clip:
        assert any("left out (HEIC, camera raw): 2" in str(note) for note in clip.info.notes)


def test_the_only_folder_in_a_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "frames").mkdir()
    with pytest.raises(MediaFormatError, match="only the folder 'frames'"):
        open_video(tmp_path)


def test_the_window_offers_the_videos_that_folders_are_searched_for() -> None:
    assert {pattern.removeprefix("*") for pattern in VIDEO_PATTERNS.split()} == VIDEO_SUFFIXES
    assert not VIDEO_SUFFIXES & PICTURE_SUFFIXES
