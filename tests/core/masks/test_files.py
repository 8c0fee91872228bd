"""Mask pictures of many makers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from core.errors import MaskError
from core.masks import davis_palette, read_mask, write_binary_mask, write_mask
from core.types import LabelMap

SIZE = (24, 16)


def scene(first: int = 1, second: int = 2) -> LabelMap:
    labels = np.zeros(SIZE[::-1], np.uint8)
    labels[2:9, 3:10] = first
    labels[5:14, 12:20] = second
    return labels


def saved(path: Path, pixels: NDArray[np.generic]) -> Path:
    Image.fromarray(pixels).save(path)
    return path


def coloured(colours: dict[int, tuple[int, ...]], channels: int = 3) -> NDArray[np.uint8]:
    pixels = np.zeros((*scene().shape, channels), np.uint8)
    for value, colour in colours.items():
        pixels[scene() == value] = colour
    return pixels


def test_written_masks_are_palette_pictures_in_davis_colours(tmp_path: Path) -> None:
    path = tmp_path / "mask.png"
    write_mask(path, scene(1, 200))
    with Image.open(path) as picture:
        assert picture.mode == "P"
        assert picture.size == SIZE
        np.testing.assert_array_equal(np.array(picture), scene(1, 200))
        assert picture.getpalette()[:12] == [0, 0, 0, 128, 0, 0, 0, 128, 0, 128, 128, 0]  # type: ignore[index]
    np.testing.assert_array_equal(read_mask(path, SIZE), scene(1, 200))
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("values", [(255, 255), (1, 255), (3, 254), (0, 0)])
def test_ids_come_back_as_they_were(tmp_path: Path, values: tuple[int, int]) -> None:
    write_mask(tmp_path / "mask.png", scene(*values))
    np.testing.assert_array_equal(read_mask(tmp_path / "mask.png"), scene(*values))


def test_the_caller_keeps_an_unchanged_map(tmp_path: Path) -> None:
    labels = scene()
    write_mask(tmp_path / "mask.png", labels)
    np.testing.assert_array_equal(labels, scene())
    labels[0, 0] = 5
    assert read_mask(tmp_path / "mask.png")[0, 0] == 0


def test_black_and_white_is_object_one(tmp_path: Path) -> None:
    white = (scene() > 0).astype(np.uint8)
    grey = saved(tmp_path / "grey.png", white * np.uint8(255))
    colour = saved(tmp_path / "colour.png", np.repeat(white[..., None] * np.uint8(255), 3, axis=2))
    deep = saved(tmp_path / "deep.png", white.astype(np.uint16) * np.uint16(65535))
    bits = tmp_path / "bits.png"
    Image.fromarray(white * np.uint8(255)).convert("1").save(bits)
    palette = tmp_path / "palette.png"
    Image.fromarray(white * np.uint8(255)).convert("P").save(palette)
    written = tmp_path / "written.png"
    write_binary_mask(written, white.astype(np.bool_))
    for path in (grey, colour, deep, bits, palette, written):
        np.testing.assert_array_equal(read_mask(path), white, err_msg=path.name)


def test_small_grey_values_are_ids(tmp_path: Path) -> None:
    grey = saved(tmp_path / "grey.png", scene(1, 5))
    colour = saved(tmp_path / "colour.png", np.repeat(scene(1, 5)[..., None], 3, axis=2))
    deep = saved(tmp_path / "deep.png", scene(1, 5).astype(np.uint16))
    for path in (grey, colour, deep):
        np.testing.assert_array_equal(read_mask(path), scene(1, 5), err_msg=path.name)


def test_davis_colours_are_their_indices(tmp_path: Path) -> None:
    path = saved(tmp_path / "mask.png", davis_palette()[scene(2, 7)])
    np.testing.assert_array_equal(read_mask(path), scene(2, 7))


def test_other_colours_become_ids(tmp_path: Path) -> None:
    path = saved(tmp_path / "mask.png", coloured({1: (250, 10, 10), 2: (10, 250, 10)}))
    np.testing.assert_array_equal(read_mask(path), scene(2, 1))


def test_see_through_pixels_are_background(tmp_path: Path) -> None:
    pixels = coloured({0: (200, 30, 30, 0), 1: (200, 30, 30, 255), 2: (30, 30, 200, 255)}, channels=4)
    np.testing.assert_array_equal(read_mask(saved(tmp_path / "mask.png", pixels)), scene(2, 1))


def test_transparency_alone_is_object_one(tmp_path: Path) -> None:
    pixels = coloured({0: (0, 0, 0, 0), 1: (0, 0, 0, 255), 2: (0, 0, 0, 255)}, channels=4)
    np.testing.assert_array_equal(read_mask(saved(tmp_path / "mask.png", pixels)), scene() > 0)


def test_an_opaque_black_picture_is_an_empty_mask(tmp_path: Path) -> None:
    for channels in (3, 4):
        pixels = coloured(dict.fromkeys(range(3), (0, 0, 0, 255)[:channels]), channels)
        assert not read_mask(saved(tmp_path / "mask.png", pixels)).any()


def test_a_wrong_size_is_reported_with_both_sizes(tmp_path: Path) -> None:
    write_mask(tmp_path / "mask.png", scene())
    with pytest.raises(MaskError, match=r"mask\.png.*24 x 16.*100 x 50"):
        read_mask(tmp_path / "mask.png", (100, 50))


def test_a_picture_or_a_gradient_is_no_mask(tmp_path: Path) -> None:
    matte = saved(tmp_path / "matte.png", np.linspace(0, 255, 384).astype(np.uint8).reshape(16, 24))
    picture = saved(tmp_path / "picture.png", np.random.default_rng(0).integers(0, 255, (16, 24, 3), np.uint8))
    with pytest.raises(MaskError, match=r"matte\.png: \d+ different greys.*kind 'matte'"):
        read_mask(matte)
    with pytest.raises(MaskError, match=r"picture\.png: \d+ different colours"):
        read_mask(picture)


def test_files_that_are_no_picture_are_named(tmp_path: Path) -> None:
    text, cut, whole = tmp_path / "text.png", tmp_path / "cut.png", tmp_path / "whole.png"
    text.write_text("no picture")
    rng = np.random.default_rng(0)
    write_mask(whole, rng.integers(0, 60, (200, 200), np.uint8))
    cut.write_bytes(whole.read_bytes()[:600])
    for path in (text, cut, tmp_path / "missing.png", tmp_path):
        with pytest.raises(MaskError) as caught:
            read_mask(path)
        assert str(caught.value).startswith(f"{path}: ")


def test_a_mask_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "taken.png").mkdir()
    with pytest.raises(MaskError, match=r"taken\.png"):
        write_mask(tmp_path / "taken.png", scene())
    with pytest.raises(MaskError, match="nowhere"):
        write_mask(tmp_path / "nowhere" / "mask.png", scene())
    assert [path.name for path in tmp_path.iterdir()] == ["taken.png"]
    with pytest.raises(MaskError, match="expected"):
        write_mask(tmp_path / "mask.png", scene().astype(np.int32))
