"""Masks as compositing programs, background removers and cameras write them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import cv2
import numpy as np
import OpenImageIO as oiio
import pytest
from numpy.typing import NDArray
from PIL import Image

from core.errors import MaskError
from core.masks import MaskKind, MaskReader, davis_palette
from core.masks.pictures import raster, remarks
from tests.core.masks.test_reading import HEIGHT, WIDTH, assert_alike, overlap, saved, scene


def photograph() -> NDArray[np.uint8]:
    noise = np.random.default_rng(1).integers(0, 255, (HEIGHT // 8, WIDTH // 8, 3)).astype(np.uint8)
    return np.asarray(cv2.GaussianBlur(noise.repeat(8, 0).repeat(8, 1), (0, 0), 3), np.uint8)


@pytest.mark.parametrize("ending", ["png", "tif", "exr"])
@pytest.mark.parametrize("depth", ["uint8", "uint16", "float"])
def test_a_picture_cut_out_is_its_transparency(tmp_path: Path, ending: str, depth: str) -> None:
    """As programs that remove backgrounds and compositing programs write it, with the colours left in."""
    alpha = cv2.GaussianBlur((scene(1) > 0).astype(np.float32), (0, 0), 1.5)
    path = deep(tmp_path / f"cut.{ending}", np.dstack([photograph() / 255, alpha]), depth)
    read = MaskReader().read(path, (WIDTH, HEIGHT))
    assert_alike(read.labels, scene(1))
    assert read.alpha is not None
    np.testing.assert_allclose(read.alpha, alpha * 255, atol=1.1)
    assert any("cut out" in str(note) for note in read.notes)


def deep(path: Path, planes: NDArray[np.floating[Any]], depth: str) -> Path:
    """Writes (H, W, C) in [0, 1] with `depth` bits."""
    spec = oiio.ImageSpec(planes.shape[1], planes.shape[0], planes.shape[2], depth)
    # colours as they are, not multiplied
    spec.attribute("oiio:UnassociatedAlpha", 1)
    file = oiio.ImageOutput.create(str(path))
    assert file is not None
    assert file.open(str(path), spec)
    assert file.write_image(np.ascontiguousarray(planes, np.float32))
    file.close()
    return path


@pytest.mark.parametrize(
    ("name", "depth", "channels"),
    [("a.exr", "half", 3), ("a.exr", "float", 1), ("a.dpx", "uint16", 3), ("a.png", "uint16", 3)],
)
def test_mattes_of_compositing_programs_are_one_object(tmp_path: Path, name: str, depth: str, channels: int) -> None:
    alpha = cv2.GaussianBlur((scene() > 0).astype(np.float32), (0, 0), 1.5)
    read = MaskReader().read(deep(tmp_path / name, np.dstack([alpha] * channels), depth), (WIDTH, HEIGHT))
    assert read.kind is MaskKind.MATTE
    assert overlap(read.labels > 0, scene() > 0) > 0.97
    assert read.alpha is not None


def test_ids_in_16_bits_of_each_channel_are_not_cut_to_black(tmp_path: Path) -> None:
    path = deep(tmp_path / "ids.png", np.dstack([scene() / 65535] * 3), "uint16")
    np.testing.assert_array_equal(MaskReader().labels(path), scene())


@pytest.mark.parametrize("first", [1, 26001])
def test_many_small_objects_of_16_bits_are_ids_and_no_matte(tmp_path: Path, first: int) -> None:
    rows, columns = np.mgrid[:HEIGHT, :WIDTH]
    ids = (first + rows // 20 * 10 + columns // 16).astype(np.uint16)
    assert len(np.unique(MaskReader().labels(saved(tmp_path / "60.png", ids)))) == 60
    ids = np.where((rows % 8 < 6) & (columns % 8 < 6), first + rows // 8 * 20 + columns // 8, 0).astype(np.uint16)
    with pytest.raises(MaskError, match="more than 255 objects"):
        MaskReader().labels(saved(tmp_path / "300.png", ids))


def test_black_and_white_as_video_has_them_is_one_object_without_haze(tmp_path: Path) -> None:
    read = MaskReader().read(saved(tmp_path / "hard.png", np.where(scene() > 0, 235, 16).astype(np.uint8)))
    np.testing.assert_array_equal(read.labels, scene() > 0)
    assert read.alpha is None
    soft_levels = 16 + 219 * cv2.GaussianBlur((scene() > 0).astype(np.float32), (0, 0), 1.5)
    read = MaskReader().read(saved(tmp_path / "soft.png", np.rint(soft_levels).astype(np.uint8)))
    assert read.alpha is not None
    assert (read.alpha.min(), read.alpha.max()) == (0, 255)


def test_the_line_that_voc_draws_around_objects_is_none(tmp_path: Path) -> None:
    line = cv2.morphologyEx(scene(), cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8)) > 0
    picture = Image.fromarray(np.where(line, 255, scene()).astype(np.uint8))
    picture.putpalette(davis_palette().ravel().tolist())
    read = MaskReader().read(saved(tmp_path / "voc.png", picture))
    assert set(np.unique(read.labels)) == {0, 1, 2, 3}
    assert any("255" in str(note) for note in read.notes)


def test_a_turned_jpeg_stands_upright_unless_it_fits_as_it_is(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    white = (scene() > 0).astype(np.uint8) * 255
    turned = saved(tmp_path / "turned.jpg", np.ascontiguousarray(np.rot90(white)), exif=exif, quality=95)
    assert_alike((MaskReader().labels(turned, (WIDTH, HEIGHT)) > 0).astype(np.uint8), (scene() > 0).astype(np.uint8))
    stale = saved(tmp_path / "stale.jpg", white, exif=exif, quality=95)
    assert_alike((MaskReader().labels(stale, (WIDTH, HEIGHT)) > 0).astype(np.uint8), (scene() > 0).astype(np.uint8))


def test_what_may_not_be_meant_is_noted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inverted = MaskReader().read(saved(tmp_path / "inverted.png", np.where(scene() > 0, 0, 255).astype(np.uint8)))
    assert any("invert" in str(note) for note in inverted.notes)
    pages = [Image.fromarray((scene() == number).astype(np.uint8) * 255) for number in (1, 2)]
    read = MaskReader().read(saved(tmp_path / "pages.tif", pages[0], save_all=True, append_images=pages[1:]))
    assert any("holds 2 pictures;" in str(note) for note in read.notes)
    for module in (raster, remarks):
        monkeypatch.setattr(module, "MOST_PAGES", 2)
    read = MaskReader().read(tmp_path / "pages.tif")
    assert any("holds 2 pictures or more;" in str(note) for note in read.notes)
