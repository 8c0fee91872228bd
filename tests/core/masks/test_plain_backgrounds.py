"""Masks that were smoothed, cut out or coloured by programs that say nothing of it in the file."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
import tifffile
from PIL import Image

from core.errors import MaskError
from core.masks import MaskKind, MaskReader
from tests.core.masks.test_foreign_masks import photograph
from tests.core.masks.test_reading import HEIGHT, WIDTH, assert_alike, overlap, saved, scene


@pytest.mark.parametrize("background", [(0, 0, 0), (255, 255, 255), (0, 177, 64)])
@pytest.mark.parametrize("ending", ["png", "jpg"])
def test_a_photograph_on_a_plain_background_is_refused(
    tmp_path: Path, background: tuple[int, int, int], ending: str
) -> None:
    shown = np.where(scene(1)[..., None] > 0, photograph(), np.array(background, np.uint8))
    with pytest.raises(MaskError, match="a picture, not a mask"):
        MaskReader().read(saved(tmp_path / f"cut.{ending}", shown.astype(np.uint8)))


@pytest.mark.parametrize("depth", [8, 16])
def test_a_grey_photograph_cut_out_is_its_transparency(tmp_path: Path, depth: int) -> None:
    alpha = (cv2.GaussianBlur((scene(1) > 0).astype(np.float32), (0, 0), 1.5) * 255).astype(np.uint8)
    planes = np.dstack([photograph()[..., 1], alpha])
    path = tmp_path / "cut.png"
    if depth == 8:
        Image.fromarray(planes).save(path)
    else:
        path = tmp_path / "cut.tif"
        tifffile.imwrite(path, planes.astype(np.uint16) * 257, photometric="minisblack", extrasamples=["unassalpha"])
    read = MaskReader().read(path)
    assert_alike(read.labels, scene(1))
    assert any("cut out" in str(note) for note in read.notes)


def test_a_soft_brush_whose_colours_are_multiplied_by_alpha_is_one_object(tmp_path: Path) -> None:
    # a narrow gap is half covered all along
    disc = np.zeros((160, 160), np.float32)
    disc[30:130, 20:78] = disc[30:130, 81:140] = 1
    alpha = (cv2.GaussianBlur(disc, (0, 0), 2.5) * 255).astype(np.uint8)
    for sides in (alpha * 0, alpha // 2):
        brush = np.dstack([sides, alpha * 0, alpha, alpha])
        read = MaskReader().read(saved(tmp_path / "brush.png", brush))
        assert np.unique(read.labels).tolist() == [0, 1]
        assert overlap(read.labels > 0, alpha >= 128) > 0.99


def test_dark_colours_under_a_soft_alpha_are_not_divided(tmp_path: Path) -> None:
    alpha = (cv2.GaussianBlur((scene(1) > 0).astype(np.float32), (0, 0), 2) * 255).astype(np.uint8)
    brush = np.dstack([np.full_like(alpha, 90), np.full_like(alpha, 10), np.full_like(alpha, 10), alpha])
    reader = MaskReader()
    read = reader.read(saved(tmp_path / "brush.png", brush))
    assert np.unique(read.labels).tolist() == [0, 1]
    assert set(reader.counted) == {0x5A0A0A}


def test_ids_that_were_resized_with_smoothing_keep_their_regions(tmp_path: Path) -> None:
    truth = np.array([0, 1, 3, 7], np.uint8)[scene(3)]
    large = cv2.resize(truth, None, fx=3, fy=3, interpolation=cv2.INTER_LINEAR)
    smooth = cv2.resize(large, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA)
    assert set(np.unique(smooth)) > {0, 1, 3, 7}
    read = MaskReader().read(saved(tmp_path / "smooth.png", smooth))
    assert set(np.unique(read.labels)) == {0, 1, 3, 7}
    for number in (1, 3, 7):
        assert overlap(read.labels == number, truth == number) > 0.9
    assert any("read as smoothing" in str(note) for note in read.notes)
    # who says that they are ids gets them
    exact = MaskReader(MaskKind.LABELS).labels(tmp_path / "smooth.png")
    np.testing.assert_array_equal(exact, smooth)


def test_ids_in_a_lossy_file_are_not_an_empty_mask_in_silence(tmp_path: Path) -> None:
    path = tmp_path / "ids.jpg"
    Image.fromarray(scene(3)).save(path, quality=95)
    assert any("are lost" in str(note) for note in MaskReader().read(path).notes)
    Image.fromarray(scene(3) * 0).save(path, quality=95)
    assert not any("are lost" in str(note) for note in MaskReader().read(path).notes)


def test_white_is_the_same_object_in_every_depth(tmp_path: Path) -> None:
    inside = scene(1) > 0
    reader = MaskReader()
    pictures: dict[str, np.ndarray] = {
        "8.png": inside.astype(np.uint8) * 255,
        "16.png": inside.astype(np.uint16) * 65535,
        "8 in 16.png": inside.astype(np.uint16) * 255,
        "8 shifted to 16.png": inside.astype(np.uint16) * 65280,
        "whole.tif": inside.astype(np.int32) * 255,
        "float.tif": inside.astype(np.float32),
        "255 in floats.tif": inside.astype(np.float32) * 255,
    }
    for name, pixels in pictures.items():
        read = reader.read(saved(tmp_path / name, pixels))
        assert read.unnamed, name
        np.testing.assert_array_equal(read.labels, inside.astype(np.uint8), err_msg=name)
    Image.fromarray(inside).save(tmp_path / "1.png")
    np.testing.assert_array_equal(reader.labels(tmp_path / "1.png"), inside.astype(np.uint8))


def test_sixteen_bits_in_which_white_is_zero(tmp_path: Path) -> None:
    path = tmp_path / "inverse.tif"
    tifffile.imwrite(path, np.where(scene(1) > 0, 0, 65535).astype(np.uint16), photometric="miniswhite")
    np.testing.assert_array_equal(MaskReader().labels(path), (scene(1) > 0).astype(np.uint8))


def test_levels_of_a_rim_in_a_palette_made_by_a_program_are_no_objects(tmp_path: Path) -> None:
    """As ffmpeg writes black and white as a palette or GIF: dithered, in colours that are not grey."""
    table = np.zeros((256, 3), np.uint8)
    steps = np.arange(8)
    table[steps * 9] = np.stack([steps * 36, steps * 36, steps * 0], axis=1)
    table[255] = (252, 252, 255)
    white = scene(1) > 0
    # the error of white, which is not wholly white, goes on along each row: one pixel before its left border
    before = np.roll(white, -1, axis=1) & ~white
    before |= np.roll(white, -2, axis=1) & ~white
    level = np.random.default_rng(3).integers(1, 8, white.shape)
    indices = np.where(white, 255, np.where(before, np.where(level > 4, 63, level * 9), 0)).astype(np.uint8)
    picture = Image.fromarray(indices)
    picture.putpalette(table.tobytes())
    picture.save(tmp_path / "palette.png")
    read = MaskReader().read(tmp_path / "palette.png")
    assert np.unique(read.labels).tolist() == [0, 1]
    assert overlap(read.labels > 0, scene(1) > 0) > 0.95


@pytest.mark.parametrize("name", ["mask.png", "mask.tga", "mask.tif"])
def test_transparency_that_nobody_filled_in_is_not_used(tmp_path: Path, name: str) -> None:
    white = np.where(scene(1) > 0, 255, 0).astype(np.uint8)
    planes = np.dstack([white, white, white, white * 0])
    path = tmp_path / name
    if name.endswith("tif"):
        tifffile.imwrite(path, planes.astype(np.uint16) * 257, photometric="rgb", extrasamples=["unassalpha"])
    else:
        Image.fromarray(planes).save(path)
    read = MaskReader().read(path)
    np.testing.assert_array_equal(read.labels, (scene(1) > 0).astype(np.uint8))
    assert any("not read: alpha" in str(note) for note in read.notes)
    # an empty picture of one colour stays empty
    empty = saved(tmp_path / "empty.png", np.dstack([np.full_like(white, 255)] * 3 + [white * 0]))
    assert not MaskReader().labels(empty).any()


@pytest.mark.parametrize(("inside", "outside"), [(200, 100), (128, 255), (255, 70)])
def test_of_two_greys_the_one_along_the_border_is_background(tmp_path: Path, inside: int, outside: int) -> None:
    picture = np.where(scene(1) > 0, inside, outside).astype(np.uint8)
    np.testing.assert_array_equal(
        MaskReader().labels(saved(tmp_path / "m.png", picture)), (scene(1) > 0).astype(np.uint8)
    )


def test_a_number_all_around_that_is_not_0_is_named(tmp_path: Path) -> None:
    picture = np.array([255, 0, 1, 2], np.uint8)[scene(3)]
    assert any(
        "the value 255 along its border" in str(note)
        for note in MaskReader().read(saved(tmp_path / "m.png", picture)).notes
    )


@pytest.mark.parametrize("gap", [2, 3, 5])
@pytest.mark.parametrize("radius", [20, 40])
def test_the_rim_between_two_colours_is_no_object_of_its_own(tmp_path: Path, gap: int, radius: int) -> None:
    """Soft borders in JPEG: in notches and narrow gaps the rim is wide and even."""
    discs = np.zeros((100, 200), np.float32)
    for side in (-1, 1):
        cv2.circle(discs, (100 + side * (radius + gap // 2 + 1) - (side < 0) * (gap % 2), 50), radius, 1, -1)
    cover = cv2.GaussianBlur(discs, (0, 0), 2.5)[..., None]
    shown = np.array([255, 255, 255]) * (1 - cover) + np.array([220, 20, 60]) * cover
    path = tmp_path / "red.jpg"
    Image.fromarray(shown.astype(np.uint8)).save(path, quality=80)
    read = MaskReader().read(path)
    assert np.unique(read.labels).tolist() == [0, 1]
    assert overlap(read.labels > 0, cover[..., 0] >= 0.5) > 0.95


@pytest.mark.parametrize("name", ["a.eps", "a.png"])
def test_postscript_is_not_run(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 40 30\nshowpage\n")
    with pytest.raises(MaskError, match="it is PostScript"):
        MaskReader().read(path)
    # nor where pictures are read for a clip or by the readers of datasets
    with pytest.raises(OSError, match="Ghostscript"), Image.open(path) as picture:
        picture.load()
