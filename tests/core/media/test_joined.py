"""Files that were put one after another: all of it is read, the same in every direction, or a note says not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from benchmarks import clip_kinds
from benchmarks.clip_kinds import CODECS, SIZE, Kind, encode, number_of
from benchmarks.interop_clips import examine
from core.media import JoinedFile, VideoFile, open_video
from core.media.containers.cropping import shown_size
from core.media.containers.parts import MOST_TINY, FilePart, file_parts

LARGE = SIZE[0] * 2, SIZE[1] * 2
_TRIED = """
h264 in mkv; ffv1 in mkv; vp9 in webm; h264 in mp4; prores in mov; h264 in flv; vp8 in ivf; wmv2 in asf; h264 in nut
mpeg2 in mxf; theora in ogv; gif in gif; rv10 in rm; flv1 in swf; planes in y4m; apng in apng; libwebp_anim in webp
""".replace("\n", "; ")
JOINED = [
    kind
    for kind in clip_kinds.joined()
    if any(kind.name == f"2 of {name} joined, size changes" for name in _TRIED.split("; "))
]
assert len(JOINED) == 17
CHANGING = [
    kind
    for kind in clip_kinds.changing()
    if kind.name.startswith(("h264 in ts, goes on with 640", "mpeg2 in ts, goes on with 1280"))
]
assert len(CHANGING) == 2
"""One that grows smaller and one that grows; `benchmarks.interop_clips` has more of them."""


@pytest.mark.parametrize("kind", JOINED, ids=lambda kind: kind.name)
def test_all_of_it_is_read_the_same_in_every_direction_or_it_is_reported(tmp_path: Path, kind: Kind) -> None:
    verdict = examine(kind, tmp_path)
    assert verdict.faults == ()
    assert any("put one after another" in note for note in verdict.notes)


@pytest.mark.parametrize("kind", CHANGING, ids=lambda kind: kind.name)
def test_a_change_of_size_in_a_long_clip_is_noted_and_loses_no_frame(tmp_path: Path, kind: Kind) -> None:
    verdict = examine(kind, tmp_path)
    assert verdict.faults == ()
    assert any("changes its size at frame 30" in note for note in verdict.notes)


@pytest.mark.parametrize("kind", list(clip_kinds.rejoined()), ids=lambda kind: kind.name)
def test_a_stream_that_begins_again_without_a_header_is_the_same_in_every_direction(tmp_path: Path, kind: Kind) -> None:
    assert examine(kind, tmp_path).faults == ()


def joined(path: Path, *parts: Path) -> Path:
    path.write_bytes(b"".join(part.read_bytes() for part in parts))
    return path


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    encode(tmp_path / "one.mkv", *CODECS["h264"], frames=12)
    encode(tmp_path / "two.mp4", *CODECS["h264"], first=40, frames=8, size=LARGE)
    return tmp_path / "one.mkv", tmp_path / "two.mp4"


def test_recordings_of_different_kinds_are_one_clip(tmp_path: Path, two: tuple[Path, Path]) -> None:
    path = joined(tmp_path / "both, of #1:2.mkv", *two)
    with open_video(path) as clip:
        assert isinstance(clip, JoinedFile)
        assert [number_of(clip.read(frame)) for frame in range(clip.frame_count)] == [*range(12), *range(40, 48)]
        assert clip.size == SIZE
        assert clip.info.rate == 25
        assert [round(clip.seconds(frame) * 25) for frame in range(20)] == list(range(20))
        assert clip.quick_frame(15) == 12
        assert clip.info.notes == (
            "the file is 2 recordings that were put one after another: the clip continues there",
            "the picture changes its size at frame 12 (176 x 144 to 352 x 288): all are shown at the first size",
        )
        with clip.reopen() as again:
            assert number_of(again.read(19)) == 47


def test_a_recording_that_cannot_be_read_is_left_out_and_named(tmp_path: Path, two: tuple[Path, Path]) -> None:
    broken = tmp_path / "broken.flv"
    broken.write_bytes(b"FLV\x01\x01\0\0\0\x09\0\0\0\0" + os.urandom(500))
    with open_video(joined(tmp_path / "a.mkv", two[0], broken)) as clip:
        assert clip.frame_count == 12
        assert "recording 2 of the file cannot be read and is left out" in clip.info.notes


def test_one_recording_is_one_part_whatever_it_holds(tmp_path: Path, two: tuple[Path, Path]) -> None:
    for path in two:
        assert file_parts(path) == (FilePart(0, path.stat().st_size),)
    # live recordings do not say how long they are
    encode(tmp_path / "live.mkv", *CODECS["h264"], "-live", "1", frames=12)
    assert len(file_parts(tmp_path / "live.mkv")) == 1
    live = joined(tmp_path / "a.mkv", tmp_path / "live.mkv", tmp_path / "live.mkv")
    assert [part.start for part in file_parts(live)] == [0, (tmp_path / "live.mkv").stat().st_size]


def test_broken_off_recordings_do_not_hide_the_next(tmp_path: Path) -> None:
    for name, codec in (("a.flv", "flv1"), ("a.ivf", "vp8"), ("a.mkv", "h264"), ("a.ogv", "theora")):
        path = tmp_path / name
        encode(path, *CODECS[codec], frames=30)
        data = path.read_bytes()
        cut = len(data) * 2 // 3
        path.write_bytes(data[:cut] + data)
        assert [part.start for part in file_parts(path)] == [0, cut], name


def test_old_quicktime_is_distinguished_by_its_tables(tmp_path: Path) -> None:
    encode(tmp_path / "a.mov", *CODECS["prores"], frames=4)
    named = (tmp_path / "a.mov").read_bytes()
    length = int.from_bytes(named[:4], "big")
    assert named[4:8] == b"ftyp"
    # the same bytes, with a box in place of the one that names the format
    old = named[:4] + b"free" + named[8:]
    (tmp_path / "b.mov").write_bytes(old)
    assert len(file_parts(tmp_path / "b.mov")) == 1
    (tmp_path / "c.mov").write_bytes(old + old)
    assert [part.start for part in file_parts(tmp_path / "c.mov")] == [0, len(old)]
    assert length < len(old)


def test_a_whole_file_stays_a_plain_one(two: tuple[Path, Path]) -> None:
    with open_video(two[0]) as clip:
        assert isinstance(clip, VideoFile)
        assert clip.recordings == 1
        assert clip.info.notes == ()


def test_a_file_full_of_empty_elements_is_one_clip(tmp_path: Path) -> None:
    encode(tmp_path / "clip.mkv", *CODECS["h264"], frames=4)
    data = (tmp_path / "clip.mkv").read_bytes()
    padded = tmp_path / "padded.mkv"
    padded.write_bytes(data + b"\xec\x80" * (MOST_TINY + 1) + data)
    # walked to its end, the second file would be found
    assert len(file_parts(padded)) == 1
    assert shown_size(padded) is None
