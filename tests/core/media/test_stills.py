"""Pictures of every kind and depth, series with numbers and gaps, and pictures that move."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np
import PIL.Image
import pytest
import tifffile

from core.errors import MediaError, MediaFormatError
from core.media import ClipOptions, open_video, parse_rate, read_image
from core.media.stills.head import upright
from core.media.stills.series import natural_key
from tests.core.media.clips import SIZE, number_of, numbered

WIDTH, HEIGHT = SIZE


def write_oiio(path: Path, pixels: np.ndarray, kind: str, **tags: object) -> Path:
    import OpenImageIO as oiio

    spec = oiio.ImageSpec(pixels.shape[1], pixels.shape[0], pixels.shape[2], kind)
    for name, value in tags.items():
        spec.attribute(name.replace("__", ":"), value)
    target = oiio.ImageOutput.create(str(path))
    assert target is not None
    assert target.open(str(path), spec), target.geterror()
    assert target.write_image(pixels), target.geterror()
    target.close()
    return path


def srgb_light(picture: np.ndarray) -> np.ndarray:
    value = picture / 255
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4).astype(np.float32)


def deep(number: int) -> np.ndarray:
    """The numbered picture with 16 bits that are not only doubled 8."""
    return (numbered(number).astype(np.uint16) * 256 + 77).clip(0, 65535).astype(np.uint16)


KINDS = {
    "exr half": (".exr", "half", lambda n: srgb_light(numbered(n)), 1),
    "exr float": (".exr", "float", lambda n: srgb_light(numbered(n)), 1),
    "hdr": (".hdr", "float", lambda n: srgb_light(numbered(n)), 3),
    "tiff float": (".tif", "float", lambda n: (numbered(n) / 255).astype(np.float32), 1),
    "tiff half": (".tif", "half", lambda n: (numbered(n) / 255).astype(np.float32), 1),
    "tiff 16": (".tif", "uint16", deep, 1),
    "tiff 8": (".tiff", "uint8", numbered, 0),
    "png 16": (".png", "uint16", deep, 1),
    "dpx 10": (".dpx", "uint16", deep, 1),
    "tga": (".tga", "uint8", numbered, 0),
    "jpeg 2000": (".jp2", "uint8", numbered, 1),
    "jpeg 2000 of 16 bits": (".jp2", "uint16", deep, 1),
    "sgi": (".sgi", "uint8", numbered, 0),
    "ppm": (".ppm", "uint8", numbered, 0),
    "bmp": (".bmp", "uint8", numbered, 0),
}


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_folder_of_any_kind_of_picture_is_a_clip(tmp_path: Path, kind: str) -> None:
    suffix, stored, picture, tolerance = KINDS[kind]
    tags = {"oiio__BitsPerSample": 10} if kind == "dpx 10" else {}
    for number in (1001, 1002, 1003):
        write_oiio(tmp_path / f"plate.{number}{suffix}", picture(number - 1001), stored, **tags)
    with open_video(tmp_path) as video:
        assert (video.frame_count, video.size) == (3, SIZE)
        for frame in range(3):
            error = np.abs(video.read(frame).astype(int) - numbered(frame)).max()
            assert error <= tolerance, kind
        assert [video.frame_number(i) for i in range(3)] == [1001, 1002, 1003]
        assert video.frame_name(1) == "plate.1002"
        assert any("float" in note or "linear" in note for note in video.info.notes) == (stored in ("half", "float"))
        if stored == "uint16" and kind != "dpx 10":
            assert video.info.bit_depth == 16
            assert np.array_equal(video.read_deep(2), deep(2)), "16 bits are not cut to 8"


def test_deep_pictures_of_eight_bits_and_floats_fill_the_range(tmp_path: Path) -> None:
    PIL.Image.fromarray(numbered(4)).save(tmp_path / "a.png")
    with open_video(tmp_path / "a.png") as video:
        assert np.array_equal(video.read_deep(0), numbered(4).astype(np.uint16) * 257)
    write_oiio(tmp_path / "a.exr", np.full((8, 8, 3), 2.5, np.float32), "half")
    with open_video(tmp_path / "a.exr") as video:
        assert (video.read_deep(0) == 65535).all() and (video.read(0) == 255).all()
        assert video.info.linear_light


@pytest.mark.parametrize("bits", [10, 12])
def test_ten_or_twelve_bits_in_sixteen_are_noticed(tmp_path: Path, bits: int) -> None:
    cv2.imwrite(str(tmp_path / "a.tif"), (numbered(9).astype(np.uint16) << (bits - 8))[..., ::-1])
    with open_video(tmp_path / "a.tif") as video:
        assert np.abs(video.read(0).astype(int) - numbered(9)).max() <= 1
        assert f"the pictures use {bits} of their 16 bits" in video.info.notes[0]


@pytest.mark.parametrize("value", range(1, 9))
@pytest.mark.parametrize("suffix", [".jpg", ".tif", ".webp", ".png"])
def test_every_orientation_stands_upright_once(tmp_path: Path, suffix: str, value: int) -> None:
    picture = PIL.Image.fromarray(numbered(3))
    exif = PIL.Image.Exif()
    exif[0x0112] = value
    picture.save(tmp_path / f"a{suffix}", exif=exif, **({"lossless": True} if suffix == ".webp" else {"quality": 100}))
    with open_video(tmp_path / f"a{suffix}") as video:
        expected = upright(numbered(3), value)
        assert video.size == expected.shape[1::-1]
        error = np.abs(video.read(0).astype(int) - expected).mean()
        assert error < (3 if suffix == ".jpg" else 0.01)
    reference = PIL.ImageOps.exif_transpose(PIL.Image.open(tmp_path / "a.jpg")) if suffix == ".jpg" else None
    assert reference is None or np.abs(np.asarray(reference).astype(int) - expected).mean() < 3


def test_sixteen_bits_in_which_white_is_zero(tmp_path: Path) -> None:
    shades = np.tile(np.linspace(0, 65535, 64).astype(np.uint16), (32, 1))
    tifffile.imwrite(tmp_path / "0.tif", 65535 - shades, photometric="miniswhite")
    with open_video(tmp_path) as clip:
        np.testing.assert_allclose(clip.read(0)[..., 0], shades / 257, atol=1)


@pytest.mark.parametrize("suffix", [".jpg", ".tif"])
def test_cmyk_is_converted_and_reported(tmp_path: Path, suffix: str) -> None:
    PIL.Image.fromarray(numbered(3)).convert("CMYK").save(tmp_path / f"a{suffix}")
    with open_video(tmp_path / f"a{suffix}") as video:
        assert any("CMYK" in note for note in video.info.notes)
        assert number_of(video.read(0)) == 3
        assert np.abs(video.read(0).astype(int) - numbered(3)).mean() < 8


def test_an_exr_is_shown_in_its_window_and_by_the_names_of_its_channels(tmp_path: Path) -> None:
    import OpenImageIO as oiio

    spec = oiio.ImageSpec(20, 10, 5, "half")
    spec.channelnames = ("diffuse.B", "diffuse.G", "diffuse.R", "A", "Z")
    spec.x, spec.y, spec.full_x, spec.full_y, spec.full_width, spec.full_height = 5, 3, 0, 0, 40, 30
    pixels = np.zeros((10, 20, 5), np.float32)
    pixels[..., 2] = 1
    target = oiio.ImageOutput.create("a.exr")
    assert target is not None
    target.open(str(tmp_path / "a.exr"), spec)
    target.write_image(pixels)
    target.close()
    with open_video(tmp_path / "a.exr") as video:
        assert video.size == (40, 30)
        red = np.zeros((30, 40, 3), np.uint8)
        red[3:13, 5:25, 0] = 255
        assert np.array_equal(video.read(0), red)
        assert any("another rectangle" in note for note in video.info.notes)


def test_colours_under_alpha_stay_as_stored_and_alpha_is_there_for_who_asks(tmp_path: Path) -> None:
    rgba = np.dstack([numbered(7), np.full((HEIGHT, WIDTH), 51, np.uint8)])
    for name in ("a.png", "a.tif", "a.webp"):
        PIL.Image.fromarray(rgba).save(tmp_path / name, **({"lossless": True, "exact": True} if "w" in name else {}))  # type: ignore[arg-type]
        with open_video(tmp_path / name) as video:
            assert video.info.has_alpha, name
            assert np.array_equal(video.read(0), numbered(7)), name
            alpha = video.read_alpha(0)
            assert alpha is not None and (alpha == 51).all(), name


def gappy(folder: Path) -> Path:
    for number in (1001, 1002, 1005, 1006):
        PIL.Image.fromarray(numbered(number - 1000)).save(folder / f"plate.{number}.png")
    return folder


def test_a_gap_is_named_and_held_blackened_or_left_out(tmp_path: Path) -> None:
    with open_video(gappy(tmp_path)) as video:
        assert video.frame_count == 4
        assert video.info.notes == (
            "2 pictures are missing (1003-1004): the frames before and after follow each other",
        )
        assert [video.frame_number(i) for i in range(4)] == [1001, 1002, 1005, 1006]
    with open_video(tmp_path, ClipOptions(gaps="hold")) as video:
        assert [number_of(video.read(i)) for i in range(6)] == [1, 2, 2, 2, 5, 6]
        assert video.frame_name(2) == "plate.1003" and video.frame_number(3) == 1004
    with open_video(tmp_path, ClipOptions(gaps="black")) as video:
        assert [int(video.read(i).max()) for i in (2, 3)] == [0, 0]
        assert number_of(video.read(4)) == 5
        assert "are black" in video.info.notes[0]


def test_negative_numbers_come_first_and_hyphens_are_no_signs() -> None:
    names = ["frame.10", "frame.-1", "frame.2", "frame.-2", "frame.0"]
    assert sorted(names, key=natural_key) == ["frame.-2", "frame.-1", "frame.0", "frame.2", "frame.10"]
    assert sorted(["take-10", "take-2"], key=natural_key) == ["take-2", "take-10"]


def test_a_rate_can_be_chosen_for_pictures(tmp_path: Path) -> None:
    with open_video(gappy(tmp_path), ClipOptions(rate=Fraction(25))) as video:
        assert video.info.rate == 25
        assert video.info.seconds == pytest.approx(4 / 25)
        assert video.seconds(2) == pytest.approx(2 / 25)


def test_rates_are_read_as_people_write_them() -> None:
    assert parse_rate("25") == 25
    assert parse_rate("23.976") == Fraction(24000, 1001)
    assert parse_rate("29.97") == Fraction(30000, 1001)
    assert parse_rate("30000/1001") == Fraction(30000, 1001)
    assert parse_rate("12.5") == Fraction(25, 2)
    for text in ("0", "-3", "fast", "1/0", "9999"):
        with pytest.raises(MediaError, match="no rate"):
            parse_rate(text)


def test_options_survive_a_project() -> None:
    options = ClipOptions(Fraction(24000, 1001), "hold", True)
    assert ClipOptions.from_json(options.as_json()) == options
    assert ClipOptions().as_json() == {}
    assert ClipOptions.from_json({"gaps": "nonsense"}) == ClipOptions() == ClipOptions.from_json(None)


@pytest.mark.parametrize("name", ["a.webp", "a.png", "a.tif"])
def test_pictures_that_move_are_clips(tmp_path: Path, name: str) -> None:
    pictures = [PIL.Image.fromarray(numbered(number)) for number in range(6)]
    more = {} if name == "a.tif" else {"duration": 80, "lossless": True}
    pictures[0].save(tmp_path / name, save_all=True, append_images=pictures[1:], **more)  # type: ignore[arg-type]
    with open_video(tmp_path / name) as video:
        assert video.frame_count == 6
        assert [number_of(video.read(i)) for i in (5, 0, 3, 2, 4, 1)] == [5, 0, 3, 2, 4, 1]
        assert name == "a.tif" or (video.info.rate == Fraction(25, 2) and video.seconds(5) == pytest.approx(0.4))


def test_a_moving_png_without_its_default_picture_and_partial_frames(tmp_path: Path) -> None:
    """The default picture is none of the frames, and a frame holds only what changed."""
    still = PIL.Image.fromarray(numbered(200))
    moving = [
        PIL.Image.fromarray(
            np.where(np.arange(96)[:, None] < 10 * n, 255, 0)[:HEIGHT]
            .repeat(3, 1)
            .reshape(HEIGHT, 1, 3)
            .repeat(WIDTH, 1)
            .astype(np.uint8)
        )
        for n in (1, 2, 3)
    ]
    still.save(tmp_path / "a.png", save_all=True, append_images=moving, default_image=True, duration=[40, 40, 80])
    with open_video(tmp_path / "a.png") as video:
        assert video.frame_count == 3
        assert [int((video.read(i)[:, 0, 0] > 127).sum()) for i in (2, 0, 1)] == [30, 10, 20]
        assert video.info.variable_rate


def test_a_broken_picture_is_named_with_the_reason(tmp_path: Path) -> None:
    for suffix in (".exr", ".tif", ".dpx", ".jp2", ".hdr"):
        bad = tmp_path / f"a{suffix}"
        bad.write_bytes(b"nothing of the kind" * 9)
        with pytest.raises(MediaFormatError, match="cannot be read") as caught:
            open_video(bad)
        assert str(caught.value).startswith(f"{bad}: ")
        bad.write_bytes(b"")
        with pytest.raises(MediaFormatError, match="it is empty"):
            read_image(bad)


def test_light_and_encoded_colours_are_not_mixed(tmp_path: Path) -> None:
    write_oiio(tmp_path / "a.0001.exr", srgb_light(numbered(1)), "half")
    PIL.Image.fromarray(numbered(2)).save(tmp_path / "a.0002.png")
    with pytest.raises(MediaFormatError, match="the other encoded colours"):
        open_video(tmp_path)


def test_colours_of_lab_are_refused_and_never_taken_for_rgb(tmp_path: Path) -> None:
    PIL.Image.new("LAB", (32, 24), (128, 128, 128)).save(tmp_path / "a.tif")
    with pytest.raises(MediaError, match="CIE Lab"):
        open_video(tmp_path)
