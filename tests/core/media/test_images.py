"""Folders of pictures as clips, and single pictures of every kind."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import numpy as np
import PIL.Image
import pytest

from core.errors import MediaError, MediaFormatError
from core.media import ImageFolder, open_video, read_image
from tests.core.media.clips import SIZE, cut_off, number_of, numbered


def save(path: Path, number: int, size: tuple[int, int] = SIZE) -> Path:
    PIL.Image.fromarray(numbered(number, size)).save(path, **({"quality": 95} if path.suffix == ".jpg" else {}))  # type: ignore[arg-type]
    return path


def test_a_number_of_pictures_that_no_file_could_hold_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    pictures = [PIL.Image.fromarray(numbered(number)) for number in (1, 2)]
    pictures[0].save(path, save_all=True, append_images=pictures[1:])
    data = bytearray(path.read_bytes())
    place = data.index(b"acTL")
    data[place + 4 : place + 8] = struct.pack(">I", 2**31 - 1)
    data[place + 12 : place + 16] = struct.pack(">I", zlib.crc32(data[place : place + 12]))
    path.write_bytes(data)
    for clip in (tmp_path, path):
        with pytest.raises(MediaFormatError, match=r"a\.png.*claims to hold 2147483647 pictures"):
            open_video(clip)


@pytest.mark.parametrize("suffix", [".png", ".jpg", ".JPEG", ".bmp", ".webp", ".tif"])
def test_a_folder_is_a_clip_in_natural_order(tmp_path: Path, suffix: str) -> None:
    names = ["frame2", "frame10", "frame1", "Frame03", "frame100"]
    for name in names:
        save(tmp_path / f"{name}{suffix}", int(name.lower().removeprefix("frame")))
    (tmp_path / "notes.txt").write_text("not a picture")
    (tmp_path / f"._frame1{suffix}").write_bytes(b"not a picture either")
    (tmp_path / f"folder{suffix}").mkdir()
    with open_video(tmp_path) as video:
        assert isinstance(video, ImageFolder)
        assert [number_of(video.read(i)) for i in range(video.frame_count)] == [1, 2, 3, 10, 100]
        assert [video.frame_name(i) for i in range(5)] == ["frame1", "frame2", "Frame03", "frame10", "frame100"]
        info = video.info
        assert (info.kind, info.rate, info.seconds, info.rotation) == ("images", None, None, 0)
        assert (info.colour_matrix, info.colour_range, info.bit_depth, info.notes) == ("rgb", "full", 8, ())
        assert video.size == SIZE
        assert [video.seconds(i) for i in (0, 3)] == [0, 0.125]


def test_one_picture_is_a_clip_of_one_frame(tmp_path: Path) -> None:
    with open_video(save(tmp_path / "still.png", 9)) as video:
        assert video.frame_count == 1
        assert number_of(video.read(0)) == 9
        with pytest.raises(MediaError, match="no frame 1"):
            video.read(1)


def test_every_kind_of_png_becomes_rgb(tmp_path: Path) -> None:
    colour = numbered(77)
    grey = colour[..., 1]
    alpha = np.full(grey.shape, 0, np.uint8)
    grey_as_rgb = np.repeat(grey[..., None], 3, axis=2)
    pictures = {
        "rgb": (PIL.Image.fromarray(colour), colour),
        "rgba": (PIL.Image.fromarray(np.dstack([colour, alpha])), colour),
        "grey": (PIL.Image.fromarray(grey), grey_as_rgb),
        "grey alpha": (PIL.Image.fromarray(np.dstack([grey, alpha]), "LA"), grey_as_rgb),
        "grey 16": (PIL.Image.fromarray(grey.astype(np.uint16) * 257), grey_as_rgb),
        "bilevel": (PIL.Image.fromarray(grey > 127), np.where(grey_as_rgb > 127, 255, 0)),
        "palette": (PIL.Image.fromarray(grey).convert("P"), grey_as_rgb),
    }
    for name, (picture, expected) in pictures.items():
        path = tmp_path / f"{name}.png"
        picture.save(path)
        image = read_image(path)
        assert image.dtype == np.uint8, name
        assert image.flags.writeable and image.flags.c_contiguous, name
        assert np.array_equal(image, expected), name


def test_sixteen_bits_and_alpha_are_reported(tmp_path: Path) -> None:
    PIL.Image.fromarray(np.full((8, 8), 40000, np.uint16)).save(tmp_path / "a.png")
    with open_video(tmp_path) as video:
        assert video.info.bit_depth == 16
        assert (video.read(0) == round(40000 / 257)).all()
    PIL.Image.fromarray(np.zeros((8, 8, 4), np.uint8)).save(tmp_path / "a.png")
    with open_video(tmp_path) as video:
        assert any("transparency" in note for note in video.info.notes)


@pytest.mark.parametrize(
    ("value", "turned"), [(1, 0), (3, 2), (6, -1), (8, 1)], ids=["upright", "180", "90 clockwise", "270 clockwise"]
)
def test_photographs_stand_upright(tmp_path: Path, value: int, turned: int) -> None:
    picture = PIL.Image.fromarray(numbered(3))
    exif = PIL.Image.Exif()
    exif[0x0112] = value
    picture.save(tmp_path / "a.png", exif=exif)
    with open_video(tmp_path) as video:
        expected = np.rot90(numbered(3), turned)
        assert video.size == expected.shape[1::-1]
        assert np.array_equal(video.read(0), expected)
        assert video.info.rotation == -90 * turned % 360


def test_pictures_of_differing_sizes_are_refused_by_name(tmp_path: Path) -> None:
    for number in range(3):
        save(tmp_path / f"{number}.png", number)
    odd = save(tmp_path / "3.png", 3, (80, 64))
    with pytest.raises(MediaFormatError, match=r"80 x 64 pixels, but 0\.png is 96 x 64") as caught:
        open_video(tmp_path)
    assert str(caught.value).startswith(f"{odd}: ")


def test_a_picture_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    for number in range(3):
        save(tmp_path / f"{number}.png", number)
    bad = tmp_path / "1.png"
    bad.write_bytes(b"nothing of the kind")
    with pytest.raises(MediaFormatError, match="no picture") as caught:
        open_video(tmp_path)
    assert str(caught.value).startswith(f"{bad}: ")


@pytest.mark.parametrize("suffix", [".png", ".jpg"])
def test_damage_further_in_shows_on_reading_and_costs_one_frame(tmp_path: Path, suffix: str) -> None:
    for number in range(3):
        save(tmp_path / f"{number}{suffix}", number)
    bad = cut_off(tmp_path / f"1{suffix}", 0.5)
    with open_video(tmp_path) as video:
        assert [number_of(video.read(i)) for i in (0, 2)] == [0, 2]
        with pytest.raises(MediaFormatError, match="truncated") as caught:
            video.read(1)
        assert str(caught.value).startswith(f"{bad}: ")


def test_a_picture_exchanged_while_open_is_noticed(tmp_path: Path) -> None:
    save(tmp_path / "0.png", 0)
    with open_video(tmp_path) as video:
        save(tmp_path / "0.png", 0, (80, 64))
        with pytest.raises(MediaFormatError, match="changed its size"):
            video.read(0)
    with pytest.raises(MediaError, match="closed"):
        video.read(0)
