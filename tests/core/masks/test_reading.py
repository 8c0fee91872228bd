"""What a mask picture is, known by its structure, and ids that stay the same over a clip's pictures."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from core.errors import MaskError
from core.masks import IdTable, MaskKind, MaskReader, davis_palette, read_mask, write_mask
from core.types import LabelMap

WIDTH, HEIGHT = 160, 120
COLOURS = np.array([(0, 0, 0), (255, 0, 0), (0, 200, 0), (40, 60, 255)], np.uint8)


def disc(x: int, y: int, radius: int) -> NDArray[np.bool_]:
    rows, columns = np.mgrid[:HEIGHT, :WIDTH]
    return np.asarray((columns - x) ** 2 + (rows - y) ** 2 <= radius**2)


def scene(count: int = 3) -> LabelMap:
    labels = np.zeros((HEIGHT, WIDTH), np.uint8)
    for number, (x, y, radius) in enumerate(((50, 60, 17), (78, 60, 15), (125, 40, 12))[:count], start=1):
        labels[disc(x, y, radius)] = number
    return labels


def saved(path: Path, pixels: NDArray[np.generic] | Image.Image, **options: Any) -> Path:
    picture = pixels if isinstance(pixels, Image.Image) else Image.fromarray(pixels)
    picture.save(path, **options)
    return path


def overlap(one: NDArray[np.bool_], other: NDArray[np.bool_]) -> float:
    return float((one & other).sum() / (one | other).sum())


def assert_alike(found: LabelMap, true: LabelMap, least: float = 0.9) -> None:
    """As many objects, each where it is, in any numbering."""
    ids = [int(value) for value in np.unique(found) if value]
    assert len(ids) == int(true.max())
    for number in range(1, int(true.max()) + 1):
        assert max(overlap(found == one, true == number) for one in ids) >= least


def soft(pixels: NDArray[np.uint8], how: str) -> NDArray[np.uint8]:
    if how == "box":
        large = cv2.resize(pixels, None, fx=4, fy=4, interpolation=cv2.INTER_CUBIC)
        return np.asarray(cv2.resize(large, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA), np.uint8)
    return np.asarray(cv2.GaussianBlur(pixels, (0, 0), float(how)), np.uint8)


# -- one object


@pytest.mark.parametrize("how", ["box", "0.6", "1", "2", "4"])
@pytest.mark.parametrize("form", ["grey", "rgb", "palette", "deep", "alpha", "tiff", "red"])
def test_an_object_with_a_smooth_rim_is_one(tmp_path: Path, how: str, form: str) -> None:
    grey = soft(scene(1) * np.uint8(255), how)
    rgba = np.full((HEIGHT, WIDTH, 4), 255, np.uint8)
    rgba[..., 3] = grey
    kinds: dict[str, NDArray[np.generic] | Image.Image] = {
        "grey": grey,
        "rgb": np.repeat(grey[..., None], 3, axis=2),
        "palette": Image.fromarray(grey).convert("P", palette=Image.Palette.ADAPTIVE),
        "deep": grey.astype(np.uint16) * np.uint16(257),
        "alpha": rgba,
        "tiff": (grey / 255).astype(np.float32),
        "red": np.stack([grey, grey // 8, np.zeros_like(grey)], axis=2),
    }
    path = saved(tmp_path / ("mask.tif" if form == "tiff" else "mask.png"), kinds[form])
    read = MaskReader().read(path)
    assert_alike(read.labels, scene(1))
    assert read.kind is MaskKind.MATTE
    assert read.unnamed == (form != "red")


@pytest.mark.parametrize("quality", [95, 75, 50, 30, 10])
@pytest.mark.parametrize("again", [False, True])
def test_jpeg_makes_no_objects(tmp_path: Path, quality: int, again: bool) -> None:
    path = saved(tmp_path / "mask.jpg", scene(1) * np.uint8(255), quality=quality)
    if again:
        path = saved(tmp_path / "mask.png", Image.open(path))
    assert_alike(read_mask(path), scene(1))


def test_thin_things_with_soft_rims_are_one_object(tmp_path: Path) -> None:
    lines = np.zeros((HEIGHT, WIDTH), np.uint8)
    for index in range(10, 150, 30):
        cv2.line(lines, (index, 5), (index + 20, 110), 255, 3, cv2.LINE_AA)
    read = MaskReader().read(saved(tmp_path / "mask.png", lines))
    assert set(np.unique(read.labels)) == {0, 1}
    assert overlap(read.labels > 0, lines > 127) > 0.95


def test_a_soft_matte_is_reported_as_one(tmp_path: Path) -> None:
    (note,) = MaskReader().read(saved(tmp_path / "m.png", soft(scene(1) * np.uint8(255), "2"))).notes
    assert "soft matte" in note
    assert MaskReader().read(saved(tmp_path / "m.png", scene(1) * np.uint8(255))).notes == ()


# -- label maps stay what they are


def test_many_ids_with_hard_borders_are_kept(tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    labels = np.zeros((HEIGHT, WIDTH), np.uint8)
    for number in range(70, 220):
        labels[disc(int(rng.integers(WIDTH)), int(rng.integers(HEIGHT)), int(rng.integers(1, 9)))] = number
    np.testing.assert_array_equal(read_mask(saved(tmp_path / "mask.png", labels)), labels)


def test_lines_specks_and_things_between_two_others_are_kept(tmp_path: Path) -> None:
    labels = np.zeros((HEIGHT, WIDTH), np.uint8)
    labels[20:80, 20:80] = 255
    labels[90:91, 10:150] = 64
    labels[40:44, 80:84] = 128
    labels[5, 5] = 32
    np.testing.assert_array_equal(read_mask(saved(tmp_path / "mask.png", labels)), labels)


def test_neighbouring_regions_of_neighbouring_ids_are_kept(tmp_path: Path) -> None:
    rows, columns = np.mgrid[:HEIGHT, :WIDTH]
    labels = (1 + rows // 10 * 16 + columns // 10).astype(np.uint8)
    np.testing.assert_array_equal(read_mask(saved(tmp_path / "mask.png", labels)), labels)


# -- colours


@pytest.mark.parametrize("change", ["1", "2", "95", "75", "50"])
def test_colour_coded_objects_survive_smoothing_and_jpeg(tmp_path: Path, change: str) -> None:
    pixels = COLOURS[scene()]
    if int(change) < 10:
        path = saved(tmp_path / "mask.png", soft(pixels, change))
    else:
        path = saved(tmp_path / "mask.jpg", pixels, quality=int(change))
    read = MaskReader().read(path)
    assert_alike(read.labels, scene(), 0.85)
    assert read.kind is MaskKind.COLOURS
    assert "objects in it: 3" in read.notes[0]


@pytest.mark.parametrize("first", [0, 1, 2])
def test_a_palette_is_read_by_colours_where_index_0_is_an_object(tmp_path: Path, first: int) -> None:
    """Whichever colour comes first in the palette."""
    order = np.roll(np.arange(4), first)
    picture = Image.fromarray(np.argsort(order).astype(np.uint8)[scene()])
    picture.putpalette(COLOURS[order].tobytes())
    found = read_mask(saved(tmp_path / "mask.png", picture))
    assert not found[scene() == 0].any()
    assert_alike(found, scene(), 1.0)


def test_black_and_white_palettes_are_one_object_whichever_comes_first(tmp_path: Path) -> None:
    for colours in ([255, 255, 255, 0, 0, 0], [0, 0, 0, 255, 255, 255]):
        inside = 0 if colours[0] else 1
        picture = Image.fromarray(np.where(scene(1) > 0, inside, 1 - inside).astype(np.uint8))
        picture.putpalette(colours)
        np.testing.assert_array_equal(read_mask(saved(tmp_path / "mask.png", picture)), scene(1))


def test_a_white_index_0_without_black_is_background(tmp_path: Path) -> None:
    picture = Image.fromarray(scene())
    picture.putpalette([255, 255, 255, *COLOURS[1:].ravel().tolist()])
    np.testing.assert_array_equal(read_mask(saved(tmp_path / "mask.png", picture)), scene())


def test_a_white_background_of_a_colour_coded_mask_is_no_object(tmp_path: Path) -> None:
    colours = COLOURS.copy()
    colours[0] = 255
    read = MaskReader().read(saved(tmp_path / "mask.png", colours[scene()]))
    assert_alike(read.labels, scene(), 1.0)
    assert "background" in read.notes[0]


# -- the same on all pictures


def test_a_colour_keeps_its_id_whatever_else_is_there(tmp_path: Path) -> None:
    reader = MaskReader()
    whole = reader.labels(saved(tmp_path / "0.png", COLOURS[scene()]))
    for number in (3, 2, 1):
        alone = np.where(scene() == number, scene(), 0)
        for path in (
            saved(tmp_path / "1.png", COLOURS[alone]),
            saved(tmp_path / "2.jpg", COLOURS[alone], quality=80),
            saved(tmp_path / "3.png", Image.fromarray(COLOURS[alone]).convert("P", palette=Image.Palette.ADAPTIVE)),
        ):
            found = reader.labels(path)
            assert set(np.unique(found[found > 0])) == set(np.unique(whole[scene() == number])), path


def test_davis_colours_keep_their_indices_on_every_frame(tmp_path: Path) -> None:
    reader = MaskReader()
    for number in (2, 1, 3):
        labels = np.where(scene() == number, scene(), 0)
        np.testing.assert_array_equal(reader.labels(saved(tmp_path / "m.png", davis_palette()[labels])), labels)


def test_white_is_one_object_on_every_frame(tmp_path: Path) -> None:
    """Also next to another grey level, whose value is its id."""
    reader = MaskReader()
    levels = np.array([0, 255, 128, 0], np.uint8)
    both = reader.labels(saved(tmp_path / "0.png", levels[scene(2)]))
    white = reader.labels(saved(tmp_path / "1.png", np.array([0, 255, 0, 0], np.uint8)[scene(2)]))
    np.testing.assert_array_equal(white > 0, scene(2) == 1)
    assert white.max() == both[scene(2) == 1][0]


def test_palettes_that_differ_from_frame_to_frame_agree_by_colour(tmp_path: Path) -> None:
    reader = MaskReader()
    first = Image.fromarray(scene(2))
    first.putpalette(COLOURS.tobytes())
    second = Image.fromarray(np.array([0, 2, 1], np.uint8)[scene(2)])
    second.putpalette(COLOURS[[0, 2, 1]].tobytes())
    np.testing.assert_array_equal(reader.labels(saved(tmp_path / "0.png", first)), scene(2))
    np.testing.assert_array_equal(reader.labels(saved(tmp_path / "1.png", second)), scene(2))


def test_clips_of_a_dataset_agree_as_far_as_ids_reach(tmp_path: Path) -> None:
    shared = IdTable()
    one, other = MaskReader(shared=shared), MaskReader(shared=shared)
    red = saved(tmp_path / "red.png", COLOURS[np.where(scene() == 1, 1, 0)])
    blue = saved(tmp_path / "blue.png", COLOURS[np.where(scene() == 3, 3, 0)])
    assert one.labels(red).max() == 1
    assert one.labels(blue).max() == 2
    assert other.labels(blue).max() == 2, "though it is the first one of this clip"
    small = scene(1)[40:80, 30:70]
    for number in range(300):
        shade = np.array([(0, 0, 0), (10 + number % 200, 9, 40 + number // 200)], np.uint8)
        assert MaskReader(shared=shared).labels(saved(tmp_path / "m.bmp", shade[small])).any()


# -- ids beyond 255


def test_ids_beyond_255_are_renumbered_and_remembered(tmp_path: Path) -> None:
    reader = MaskReader()
    deep = np.array([0, 7, 1000, 65535], np.uint16)
    read = reader.read(saved(tmp_path / "0.png", deep[scene()]))
    assert_alike(read.labels, scene(), 1.0)
    assert read.labels[scene() == 1].max() == 7
    assert sorted(read.values.values()) == [1000, 65535]
    assert "1000 is" in read.notes[0]
    again = reader.read(saved(tmp_path / "1.png", np.where(scene() == 2, 1000, 0).astype(np.uint16)))
    assert reader.values[int(again.labels.max())] == 1000
    np.testing.assert_array_equal(again.labels > 0, scene() == 2)


def test_renumbered_ids_are_written_back(tmp_path: Path) -> None:
    reader = MaskReader()
    deep = np.array([0, 7, 1000, 300], np.uint16)[scene()]
    labels = reader.labels(saved(tmp_path / "in.png", deep))
    write_mask(tmp_path / "out.png", labels, reader.values)
    with Image.open(tmp_path / "out.png") as picture:
        np.testing.assert_array_equal(np.array(picture), deep)
    np.testing.assert_array_equal(MaskReader().labels(tmp_path / "out.png"), labels)


def test_more_objects_than_a_clip_can_have_are_refused(tmp_path: Path) -> None:
    rows, columns = np.mgrid[:HEIGHT, :WIDTH]
    labels = (1 + rows // 6 * 20 + columns // 8).astype(np.uint16)
    with pytest.raises(MaskError, match=r"mask\.png.*more than 255 objects.*paint the others black"):
        read_mask(saved(tmp_path / "mask.png", labels))


# -- what a person says


def test_a_person_states_what_it_is(tmp_path: Path) -> None:
    grey = saved(tmp_path / "grey.png", np.array([0, 255, 128, 200], np.uint8)[scene()])
    assert set(np.unique(read_mask(grey, kind=MaskKind.LABELS))) == {0, 128, 200, 255}
    np.testing.assert_array_equal(read_mask(grey, kind=MaskKind.MATTE), scene() > 0)
    white = saved(tmp_path / "white.png", scene(1) * np.uint8(255))
    assert read_mask(white, kind=MaskKind.LABELS).max() == 255
    picture = Image.fromarray(np.array([0, 9, 4], np.uint8)[scene(2)])
    picture.putpalette(np.random.default_rng(0).integers(30, 255, 30).astype(np.uint8).tobytes())
    palette = saved(tmp_path / "palette.png", picture)
    assert set(np.unique(read_mask(palette, kind=MaskKind.LABELS))) == {0, 4, 9}
    gradient = saved(tmp_path / "gradient.png", np.tile(np.linspace(0, 255, WIDTH).astype(np.uint8), (HEIGHT, 1)))
    assert 0.4 < (read_mask(gradient, kind=MaskKind.MATTE) > 0).mean() < 0.6


# -- too large


def test_a_picture_of_another_size_is_refused_unread(tmp_path: Path) -> None:
    """Of 13,000 x 13,000 pixels there is no more than the header: whoever unpacks it fails otherwise."""
    path = tmp_path / "bomb.png"
    head = struct.pack(">IIBBBBB", 13000, 13000, 8, 0, 0, 0, 0)
    chunk = struct.pack(">I", len(head)) + b"IHDR" + head + struct.pack(">I", zlib.crc32(b"IHDR" + head))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk + struct.pack(">I", 4) + b"IDATxxxxyyyy")
    with pytest.raises(MaskError, match=r"13000 x 13000, but the clip is 160 x 120"):
        read_mask(path, (WIDTH, HEIGHT))
    with pytest.raises(MaskError, match=r"more than 140 million pixels.*ROTOFLOW_PICTURE_MEGAPIXELS"):
        read_mask(path)


def test_the_limit_is_a_setting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = saved(tmp_path / "mask.png", scene())
    monkeypatch.setenv("ROTOFLOW_PICTURE_MEGAPIXELS", "0.01")
    with pytest.raises(MaskError, match=r"more than 0\.01 million pixels"):
        read_mask(path)
    monkeypatch.setenv("ROTOFLOW_PICTURE_MEGAPIXELS", "0.1")
    np.testing.assert_array_equal(read_mask(path), scene())


@pytest.mark.parametrize("error", [TypeError, KeyError, struct.error, ZeroDivisionError, AttributeError])
def test_whatever_pillow_raises_of_damage_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    path = tmp_path / "mask.tif"
    Image.fromarray(np.zeros((4, 4), np.uint8)).save(path)

    def stumble(_: object) -> None:
        raise error("'IFDRational' object cannot be interpreted as an integer")

    monkeypatch.setattr("PIL.TiffImagePlugin.TiffImageFile.load", stumble)
    with pytest.raises(MaskError, match="damaged or cannot be read"):
        read_mask(path)
