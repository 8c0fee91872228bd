"""Mask pictures whose values or layers are unusual: ids of 32 bits, layers of EXR, trimaps, void, lossless WebP."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import OpenImageIO as oiio
import pytest
from numpy.typing import NDArray
from PIL import Image

from core.errors import MaskError
from core.masks import MaskKind, MaskReader, davis_palette, mask_suffix, write_mask
from tests.core.masks.test_reading import HEIGHT, WIDTH, assert_alike, saved, scene

IDS = np.array([0, 26, 70001, 1234567], np.int64)


def three() -> NDArray[np.uint8]:
    labels = scene().copy()
    labels[:8, :8] = 3
    return labels


def stored(path: Path, planes: NDArray[Any], names: tuple[str, ...], kind: str) -> Path:
    """Writes (H, W, C) of numbers as they are."""
    spec = oiio.ImageSpec(planes.shape[1], planes.shape[0], planes.shape[2], kind)
    spec.channelnames = names
    file = oiio.ImageOutput.create(str(path))
    assert file is not None
    assert file.open(str(path), spec)
    assert file.write_image(np.ascontiguousarray(planes))
    file.close()
    return path


def big_endian(path: Path, values: NDArray[Any]) -> Path:
    """A TIFF of whole numbers of 32 bits without a sign, as programs of microscopes write it."""
    tags = [(256, values.shape[1]), (257, values.shape[0]), (258, 32), (259, 1), (262, 1), (273, 256), (277, 1)]
    tags += [(278, values.shape[0]), (279, values.size * 4), (339, 1)]
    head = struct.pack(">2sHIH", b"MM", 42, 8, len(tags))
    entries = b"".join(struct.pack(">HHII", tag, 4, 1, value) for tag, value in tags)
    path.write_bytes((head + entries).ljust(256, b"\0") + values.astype(">u4").tobytes())
    return path


@pytest.mark.parametrize("kind", ["Pillow's whole numbers", "floating point", "big-endian whole numbers"])
def test_ids_beyond_16_bits_are_objects_of_their_own(tmp_path: Path, kind: str) -> None:
    """Segmentation programs number across a data set; cut to 16 bits two objects would be one."""
    values, path = IDS[three()], tmp_path / "ids.tif"
    if kind == "big-endian whole numbers":
        big_endian(path, values)
    else:
        Image.fromarray(values.astype(np.int32 if "whole" in kind else np.float32)).save(path)
    reader = MaskReader()
    read = reader.read(path)
    found = {int(value): int(read.labels[three() == number][0]) for number, value in enumerate(IDS)}
    assert len(set(found.values())) == len(IDS)
    np.testing.assert_array_equal(read.labels, np.array([found[int(value)] for value in IDS], np.uint8)[three()])
    assert found[26] == 26
    assert any("TIFF pictures of 32 bits" in str(note) for note in read.notes)
    written = tmp_path / f"written{mask_suffix(reader.values)}"
    write_mask(written, read.labels, reader.values)
    assert written.suffix == ".tif"
    # another library than the one that wrote it
    values_written = cv2.imread(str(written), cv2.IMREAD_UNCHANGED)
    assert values_written is not None
    np.testing.assert_array_equal(values_written.astype(np.int64) & (1 << 32) - 1, np.array(IDS, np.int64)[three()])
    np.testing.assert_array_equal(MaskReader(MaskKind.LABELS, values=reader.values).labels(written), read.labels)


def test_white_of_32_bits_is_one_object(tmp_path: Path) -> None:
    white = np.where(three() > 0, (1 << 32) - 1, 0).astype(np.uint32)
    read = MaskReader().read(big_endian(tmp_path / "white.tif", white))
    assert read.unnamed
    np.testing.assert_array_equal(read.labels, three() > 0)


def test_values_that_no_mask_has_are_no_damage(tmp_path: Path) -> None:
    path = tmp_path / "below.tif"
    Image.fromarray(three().astype(np.int32) - 1).save(path)
    with pytest.raises(MaskError, match="values below 0, down to -1") as failed:
        MaskReader().read(path)
    assert "damaged" not in str(failed.value)
    (tmp_path / "mask.heic").write_bytes(b"\0\0\0\x18ftypheic")
    with pytest.raises(MaskError, match="no picture file that is known"):
        MaskReader().read(tmp_path / "mask.heic")


def test_layers_and_parts_that_are_not_read_are_named(tmp_path: Path) -> None:
    planes = np.dstack([three() == number for number in (1, 2, 3)]).astype(np.float32)
    path = stored(tmp_path / "layers.exr", planes, ("dog.A", "cat.A", "bird.A"), "half")
    assert any("not read: cat, dog" in str(note) for note in MaskReader().read(path).notes)
    parts = [oiio.ImageSpec(WIDTH, HEIGHT, 1, "half") for _ in range(2)]
    for part, name in zip(parts, ("dog", "cat"), strict=True):
        part.attribute("name", name)
    file = oiio.ImageOutput.create("a.exr")
    assert file is not None
    assert file.open(str(tmp_path / "parts.exr"), parts)
    assert file.write_image(planes[..., :1].copy())
    assert file.open(str(tmp_path / "parts.exr"), parts[1], "AppendSubimage")
    assert file.write_image(planes[..., 1:2].copy())
    file.close()
    read = MaskReader().read(tmp_path / "parts.exr")
    np.testing.assert_array_equal(read.labels, three() == 1)
    assert any("not read: cat" in str(note) for note in read.notes)
    plain = stored(tmp_path / "plain.exr", planes, ("R", "G", "B"), "half")
    assert not MaskReader().read(plain).notes


@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_the_line_of_255_is_void_in_grey_and_in_colours(tmp_path: Path, mode: str) -> None:
    line = cv2.morphologyEx(scene(), cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8)) > 0
    values = np.where(line, 255, scene()).astype(np.uint8)
    path = saved(tmp_path / "void.png", values if mode == "L" else davis_palette()[values])
    read = MaskReader().read(path)
    np.testing.assert_array_equal(read.labels, np.where(line, 0, scene()))
    assert any("is no object itself" in str(note) for note in read.notes)


def test_an_object_that_holds_others_is_no_line(tmp_path: Path) -> None:
    face = np.zeros((HEIGHT, WIDTH), np.uint8)
    cv2.circle(face, (WIDTH // 2, HEIGHT // 2), HEIGHT // 3, 255, -1)
    cv2.circle(face, (WIDTH // 2, HEIGHT // 2), HEIGHT // 12, 1, -1)
    read = MaskReader().read(saved(tmp_path / "face.png", face))
    np.testing.assert_array_equal(read.labels, face)


def test_a_trimap_is_told_from_two_objects(tmp_path: Path) -> None:
    inside = (scene() == 1).astype(np.uint8)
    wide = cv2.dilate(inside, np.ones((9, 9), np.uint8))
    path = saved(tmp_path / "trimap.png", np.where(inside > 0, 255, wide * 128).astype(np.uint8))
    assert any("trimap" in str(note) for note in MaskReader().read(path).notes)
    assert not MaskReader().read(saved(tmp_path / "two.png", np.array([0, 128, 255], np.uint8)[scene(2)])).notes


def test_lossless_webp_keeps_ids(tmp_path: Path) -> None:
    path = tmp_path / "ids.webp"
    Image.fromarray(three()).save(path, lossless=True)
    np.testing.assert_array_equal(MaskReader().labels(path), three())


@pytest.mark.parametrize("lowest", [(68, 1, 84), (0, 0, 127), (31, 119, 180), (255, 0, 255)])
def test_a_colour_along_the_whole_border_is_background(tmp_path: Path, lowest: tuple[int, int, int]) -> None:
    """As colour scales of plotting programs (viridis, jet, tab10) have it for 0."""
    colours = np.array([lowest, (20, 200, 40), (240, 230, 40)], np.uint8)[scene(2)]
    reader = MaskReader()
    read = reader.read(saved(tmp_path / "scale.png", colours))
    assert read.kind is MaskKind.COLOURS
    assert_alike(read.labels, scene(2))
    assert any("the colour along its border was read as background" in str(note) for note in read.notes)
    # where an object comes to lie along the border the colour stays background
    moved = np.where(np.arange(WIDTH) < 40, 2, scene(2)).astype(np.uint8)
    assert_alike(
        reader.labels(saved(tmp_path / "next.png", np.array([lowest, (20, 200, 40), (240, 230, 40)], np.uint8)[moved])),
        moved,
    )


def test_of_a_scene_without_background_all_colours_are_objects(tmp_path: Path) -> None:
    scene_of_four = np.kron(np.array([[0, 1], [2, 3]]), np.ones((HEIGHT // 2, WIDTH // 2), int))
    colours = np.array([(70, 130, 180), (128, 64, 128), (107, 142, 35), (220, 20, 60)], np.uint8)[scene_of_four]
    read = MaskReader().read(saved(tmp_path / "city.png", colours))
    assert set(np.unique(read.labels)) == {1, 2, 3, 4}


def test_cryptomatte_alone_is_read_by_its_ids(tmp_path: Path) -> None:
    """Its numbers are hashes in the bits of floats; as colours or as a matte they mean nothing."""
    first, second = np.uint32(0x3F9AA3B2), np.uint32(0xC1234567)
    ids = np.array([0, first, second, first], np.uint32)[three()]
    planes = np.zeros((HEIGHT, WIDTH, 4), np.float32)
    planes[..., 0], planes[..., 1] = ids.view(np.float32), three() > 0
    # along a rim more is covered by what comes second there
    planes[12, :, 2], planes[12, :, 3] = second.view(np.float32), 0.6
    planes[12, :, 1] = 0.3
    names = tuple(f"ViewLayer.CryptoObject00.{channel}" for channel in "RGBA")
    reader = MaskReader()
    read = reader.read(stored(tmp_path / "crypto.exr", planes, names, "float"))
    found = np.array([0, *(number for number in sorted(reader.values))])
    values = np.zeros(256, np.int64)
    values[found[1:]] = [reader.values[int(number)] for number in found[1:]]
    wanted = ids.astype(np.int64)
    wanted[12] = second
    np.testing.assert_array_equal(values[read.labels], wanted)
