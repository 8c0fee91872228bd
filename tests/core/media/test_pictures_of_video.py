"""Colours, depth, size and orientation of what is read from video files."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from core.media import open_video
from tests.core.media.clips import SIZE, number_of, numbered, set_display_matrix, write_clip, write_planes

PATCHES = [
    (255, 0, 0),
    (0, 255, 0),
    (0, 0, 255),
    (255, 255, 255),
    (0, 0, 0),
    (128, 128, 128),
    (200, 100, 50),
    (30, 180, 220),
]
PATCH = 16
# K_R and K_B of ITU-R BT.601, BT.709 and BT.2020, and the matrix's number in ITU-T H.273
MATRICES = {"bt601": (0.299, 0.114, 6), "bt709": (0.2126, 0.0722, 1), "bt2020": (0.2627, 0.0593, 9)}


def patch_planes(matrix: str, full: bool, bits: int, chroma_step: int = 1, height: int = PATCH) -> list[np.ndarray]:
    """Y, Cb, Cr planes of the patches side by side, straight from the Recommendations' formulas."""
    red, green, blue = np.array(PATCHES, float).T / 255
    k_red, k_blue, _ = MATRICES[matrix]
    luma = k_red * red + (1 - k_red - k_blue) * green + k_blue * blue
    chroma = [(blue - luma) / (2 - 2 * k_blue), (red - luma) / (2 - 2 * k_red)]
    top, unit = (1 << bits) - 1, 1 << (bits - 8)
    if full:
        levels = [luma * top, *(value * top + (top + 1) / 2 for value in chroma)]
    else:
        levels = [(16 + 219 * luma) * unit, *((128 + 224 * value) * unit for value in chroma)]
    kind = np.uint8 if bits == 8 else np.uint16
    rows = [np.clip(np.rint(level), 0, top).astype(kind) for level in levels]
    luma_plane = np.tile(np.repeat(rows[0], PATCH), (height, 1))
    return [
        luma_plane,
        *(np.tile(np.repeat(row, PATCH // chroma_step), (height // chroma_step, 1)) for row in rows[1:]),
    ]


def assert_patches(image: np.ndarray) -> None:
    """The middle of each patch is its colour, within 3 of 255."""
    middles = image[PATCH // 2, PATCH // 2 :: PATCH][: len(PATCHES)].astype(int)
    assert np.abs(middles - np.array(PATCHES)).max() <= 3, middles


@pytest.mark.parametrize("pixel_format", ["yuv420p", "yuv420p10le", "yuv444p", "yuv422p10le"])
@pytest.mark.parametrize("full", [False, True], ids=["limited", "full"])
@pytest.mark.parametrize("matrix", list(MATRICES))
def test_the_streams_matrix_and_range_are_used(tmp_path: Path, matrix: str, full: bool, pixel_format: str) -> None:
    bits = 10 if "10" in pixel_format else 8
    planes = patch_planes(matrix, full, bits, 1 if "444" in pixel_format else 2)
    if "422" in pixel_format:
        planes[1:] = [np.repeat(plane, 2, axis=0) for plane in planes[1:]]
    tags = {"colorspace": MATRICES[matrix][2], "color_range": 2 if full else 1}
    with open_video(write_planes(tmp_path / "a.mp4", planes, pixel_format, **tags)) as video:
        assert_patches(video.read(1))
        info = video.info
    assert (info.colour_matrix, info.colour_range) == (matrix, "full" if full else "limited")
    assert (info.bit_depth, info.pixel_format.removesuffix("j")) == (bits, info.pixel_format)


@pytest.mark.parametrize(("matrix", "height"), [("bt601", PATCH), ("bt709", 720)])
def test_an_untagged_stream_is_taken_as_players_do(tmp_path: Path, matrix: str, height: int) -> None:
    planes = patch_planes(matrix, False, 8, 2, height)
    with open_video(write_planes(tmp_path / "a.mp4", planes, "yuv420p", 1)) as video:
        assert_patches(video.read(0))
        assert (video.info.colour_matrix, video.info.colour_range) == (matrix, "limited")


@pytest.mark.parametrize("full", [False, True], ids=["limited", "full"])
@pytest.mark.parametrize("matrix", list(MATRICES))
def test_the_writer_tags_what_it_converts_to(tmp_path: Path, matrix: str, full: bool) -> None:
    image = np.tile(np.repeat(np.array(PATCHES, np.uint8), PATCH, axis=0), (PATCH, 1, 1))
    from benchmarks.video_writer import VideoWriter

    path = tmp_path / "a.mkv"
    with VideoWriter(path, (128, PATCH), 24, options={"qp": "0"}, colour_matrix=matrix, full_range=full) as writer:
        writer.write(image)
    with open_video(path) as video:
        assert (video.info.colour_matrix, video.info.colour_range) == (matrix, "full" if full else "limited")
        assert_patches(video.read(0))


def test_ten_bits_are_read_as_eight(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "a.mp4", 5, pixel_format="yuv420p10le")
    with open_video(path) as video:
        assert (video.info.bit_depth, video.info.pixel_format) == (10, "yuv420p10le")
        image = video.read(3)
    assert image.dtype == np.uint8
    assert number_of(image) == 3


@pytest.mark.parametrize(
    ("name", "codec"), [("a.mp4", "libx264"), ("a.mkv", "ffv1"), ("a.webm", "libvpx-vp9"), ("a.mov", "png")]
)
@pytest.mark.parametrize("size", [(97, 63), (96, 65), (99, 64)])
def test_odd_sizes_stay_as_they_are(tmp_path: Path, name: str, codec: str, size: tuple[int, int]) -> None:
    with open_video(write_clip(tmp_path / name, 3, size=size, codec=codec)) as video:
        assert video.size == size
        image = video.read(2)
    assert image.shape == (size[1], size[0], 3)
    assert number_of(image) == 2


def test_lossless_rgb_is_exact(tmp_path: Path) -> None:
    with open_video(write_clip(tmp_path / "a.mkv", 3, codec="ffv1")) as video:
        assert np.array_equal(video.read(1), numbered(1))
        assert (video.info.colour_matrix, video.info.colour_range) == ("rgb", "full")


def test_alpha_is_left_out(tmp_path: Path) -> None:
    from benchmarks.video_writer import VideoWriter

    path = tmp_path / "a.mov"
    half = np.dstack([numbered(5), np.full(SIZE[::-1], 128, np.uint8)])
    with VideoWriter(path, SIZE, 24, "qtrle", pixel_format="argb") as writer:
        writer.write(half)
    with open_video(path) as video:
        assert np.array_equal(video.read(0), half[..., :3])


ORIENTATIONS: dict[str, tuple[tuple[int, int, int, int], Any, int]] = {
    "upright": ((1, 0, 0, 1), lambda a: a, 0),
    "90 clockwise": ((0, 1, -1, 0), lambda a: np.rot90(a, -1), 90),
    "180": ((-1, 0, 0, -1), lambda a: a[::-1, ::-1], 180),
    "270 clockwise": ((0, -1, 1, 0), lambda a: np.rot90(a), 270),
    "mirrored": ((-1, 0, 0, 1), lambda a: a[:, ::-1], 0),
    "upside down": ((1, 0, 0, -1), lambda a: a[::-1], 180),
    "transposed": ((0, 1, 1, 0), lambda a: a.transpose(1, 0, 2), 270),
    "anti-transposed": ((0, -1, -1, 0), lambda a: a[::-1, ::-1].transpose(1, 0, 2), 90),
}


@pytest.mark.parametrize("name", list(ORIENTATIONS))
def test_pictures_stand_upright(tmp_path: Path, name: str) -> None:
    matrix, turned, degrees = ORIENTATIONS[name]
    path = write_clip(tmp_path / "a.mp4", 4)
    with open_video(path) as video:
        stored = video.read(3)
    set_display_matrix(path, *matrix)
    with open_video(path) as video:
        expected = turned(stored)
        assert video.size == expected.shape[1::-1]
        assert video.info.rotation == degrees
        assert np.array_equal(video.read(3), expected)
        assert video.read(3).flags.c_contiguous
        assert bool(video.info.notes) == (name not in ("upright", "90 clockwise", "180", "270 clockwise"))


def test_a_turn_that_is_no_quarter_turn_is_noted(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "a.mp4", 2)
    set_display_matrix(path, 0.866, 0.5, -0.5, 0.866)
    with open_video(path) as video:
        assert any("30 degrees off" in note for note in video.info.notes)


def test_pixels_that_are_not_square_stay_and_are_noted(tmp_path: Path) -> None:
    planes = patch_planes("bt601", False, 8, 2)
    with open_video(write_planes(tmp_path / "a.mp4", planes, "yuv420p", sample_aspect_ratio=Fraction(4, 3))) as video:
        assert video.size == (128, 16)
        assert any("not square (4:3)" in note for note in video.info.notes)


def test_pixels_as_good_as_square_are_not_noted(tmp_path: Path) -> None:
    # what resizing to whole pixels leaves: nobody could see it
    planes = patch_planes("bt601", False, 8, 2)
    ratio = Fraction(1281, 1280)
    with open_video(write_planes(tmp_path / "a.mp4", planes, "yuv420p", sample_aspect_ratio=ratio)) as video:
        assert not video.info.notes


def test_hdr_is_noted(tmp_path: Path) -> None:
    planes = patch_planes("bt2020", False, 10, 2)
    tags = {"colorspace": 9, "color_primaries": 9, "color_trc": 16, "color_range": 1}
    with open_video(write_planes(tmp_path / "a.mp4", planes, "yuv420p10le", **tags)) as video:
        assert any("HDR (PQ)" in note for note in video.info.notes)


def test_a_stream_that_changes_its_size_is_scaled_to_the_first(tmp_path: Path) -> None:
    """Two MPEG-TS recordings, one after the other."""
    parts = [write_clip(tmp_path / f"{size[0]}.ts", 6, size=size) for size in (SIZE, (SIZE[0] * 2, SIZE[1] * 2))]
    path = tmp_path / "both.ts"
    later = tmp_path / "later.ts"
    with av.open(str(parts[1])) as source, av.open(str(later), "w") as target:
        stream = target.add_stream_from_template(source.streams.video[0])
        for packet in source.demux(video=0):
            if packet.dts is not None:
                packet.pts += 900_000
                packet.dts += 900_000
                packet.stream = stream
                target.mux(packet)
    path.write_bytes(parts[0].read_bytes() + later.read_bytes())
    with open_video(path) as video:
        assert video.size == SIZE
        assert [number_of(video.read(i)) for i in range(video.frame_count)] == [0, 1, 2, 3, 4, 5] * 2


def test_each_read_is_a_fresh_array(tmp_path: Path) -> None:
    with open_video(write_clip(tmp_path / "a.mp4", 3)) as video:
        first = video.read(1)
        kept = first.copy()
        first[:] = 0
        assert np.array_equal(video.read(1), kept)
