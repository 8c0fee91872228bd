"""What a file asks to be cropped is noticed, and nothing is cropped in silence."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from benchmarks.clip_kinds import CODECS, encode
from core.media import open_video
from core.media.containers.cropping import shown_size


def with_clap(data: bytes, width: int, height: int) -> bytes:
    """An MP4 file, its table of contents last, with a clean aperture put into its sample description."""
    clap = struct.pack(">I4s8I", 40, b"clap", width, 1, height, 1, 0, 1, 0, 1)
    at = data.index(b"avcC") - 4
    spoilt = bytearray(data[:at] + clap + data[at:])
    for kind in (b"moov", b"trak", b"mdia", b"minf", b"stbl", b"stsd", b"avc1"):
        start = data.rindex(kind, 0, at + 8) - 4
        spoilt[start : start + 4] = (int.from_bytes(data[start : start + 4], "big") + len(clap)).to_bytes(4, "big")
    return bytes(spoilt)


@pytest.fixture
def mp4(tmp_path: Path) -> Path:
    encode(tmp_path / "plain.mp4", *CODECS["h264"], frames=4)
    return tmp_path / "plain.mp4"


def test_a_clean_aperture_is_reported(tmp_path: Path, mp4: Path) -> None:
    clip = tmp_path / "clap.mp4"
    clip.write_bytes(with_clap(mp4.read_bytes(), 160, 120))
    assert shown_size(clip) == (160, 120)
    with open_video(clip) as video:
        assert video.size == (176, 144)
        assert video.info.notes == (
            "the file asks for its picture to be cropped to 160 x 120; all of it is shown and exported",
        )


def test_matroskas_crop_is_reported(tmp_path: Path) -> None:
    encode(tmp_path / "plain.mkv", *CODECS["h264"], frames=4)
    data = (tmp_path / "plain.mkv").read_bytes()
    # into the place of the element that says whether fields are woven: as long as one of these
    at = data.index(b"\xb0\x81\xb0\xba\x81\x90")
    crop = b"\x54\xaa\x81\x08\x54\xcc\x81\x10"
    spoilt = bytearray(data[:at] + crop + data[at:])
    position = data.index(b"\x16\x54\xae\x6b") + 4
    for start in (position, data.index(b"\xae", position), data.rindex(b"\xe0", 0, at)):
        width = 9 - data[start + (start != position)].bit_length()
        first = start + (start != position)
        value = int.from_bytes(data[first : first + width], "big") + len(crop)
        spoilt[first : first + width] = value.to_bytes(width, "big")
    clip = tmp_path / "crop.mkv"
    clip.write_bytes(bytes(spoilt))
    assert shown_size(clip) == (160, 136)


def test_nothing_is_reported_of_a_whole_picture(tmp_path: Path, mp4: Path) -> None:
    assert shown_size(mp4) is None
    clip = tmp_path / "all.mp4"
    clip.write_bytes(with_clap(mp4.read_bytes(), 176, 144))
    with open_video(clip) as video:
        assert video.info.notes == ()
