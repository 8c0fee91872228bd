"""Codecs whose decoders give out what memory holds: the damage is found, and all ways of reading agree."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import av
import pytest

from core.media import VideoFile, open_video
from core.media.containers.integrity import packet_check
from tests.core.media.clips import FRAMES, number_of, write_clip

CODECS = {
    "ffv1": {"level": "3", "slices": "4", "g": "10"},
    "prores_ks": {"profile": "1"},
}


def packets(path: Path) -> list[bytes]:
    with av.open(str(path)) as container:
        return [bytes(packet) for packet in container.demux(video=0) if packet.size]


def hurt(path: Path, frames: Sequence[int]) -> None:
    data = bytearray(path.read_bytes())
    for packet in [packets(path)[frame] for frame in frames]:
        # of ProRes the table of slices: numbers that are wrong in a slice may be numbers all the same
        at = data.index(packet) + (166 if packet[4:8] == b"icpf" else len(packet) // 2)
        data[at : at + 30] = bytes(byte ^ 0xA5 for byte in data[at : at + 30])
    path.write_bytes(data)


@pytest.mark.parametrize("frames", [(4,), (14, 26), (0, 10)])
@pytest.mark.parametrize(("codec", "suffix"), [("ffv1", ".mkv"), ("ffv1", ".avi"), ("prores_ks", ".mov")])
def test_damage_is_noted_and_every_way_of_reading_agrees(
    tmp_path: Path, codec: str, suffix: str, frames: tuple[int, ...]
) -> None:
    if codec == "prores_ks" and 0 in frames:
        frames = (1, 10)
    pixels = {"ffv1": "yuv420p", "prores_ks": "yuv422p10le"}[codec]
    path = write_clip(tmp_path / f"a{suffix}", codec=codec, options=CODECS[codec], pixel_format=pixels)
    hurt(path, frames)
    with open_video(path) as video:
        order = list(range(video.frame_count))
        forward = [video.read(frame).tobytes() for frame in order]
        assert any("damaged" in note or "left out" in note for note in video.info.notes)
        assert isinstance(video, VideoFile)
        if 0 not in frames:
            assert video.frame_count == FRAMES
            whole = [frame for frame in order if frame not in video.damaged]
            assert all(number_of(video.read(frame)) == frame for frame in whole)
            assert set(frames) <= set(video.damaged)
    for other in (order[::-1], random.Random(1).sample(order, len(order))):
        with open_video(path) as video:
            assert all(video.read(frame).tobytes() == forward[frame] for frame in other)


@pytest.mark.parametrize(
    "options",
    [{"level": "3"}, {"level": "3", "slices": "4", "coder": "1"}, {"level": "4", "strict": "-2", "slices": "4"}],
)
def test_a_slice_of_ffv1_is_checked_by_its_sum(tmp_path: Path, options: dict[str, str]) -> None:
    found = packets(write_clip(tmp_path / "a.mkv", 3, codec="ffv1", options=options))
    check = packet_check("ffv1", found[:1])
    assert check is not None
    assert all(check(packet) for packet in found)
    assert not any(check(packet[:40] + bytes([packet[40] ^ 1]) + packet[41:]) for packet in found)
    assert not any(check(packet[:-1]) for packet in found)


def test_where_nothing_can_be_checked_there_is_no_check(tmp_path: Path) -> None:
    old = packets(write_clip(tmp_path / "a.mkv", 3, codec="ffv1", options={"level": "1"}))
    assert packet_check("ffv1", old) is None
    assert packet_check("h264", old) is None


def test_uncompressed_frames_that_are_too_short_are_none(tmp_path: Path) -> None:
    """As FFmpeg writes other codecs into AVI under no name: what memory holds would show."""
    path = tmp_path / "a.avi"
    write_clip(path, codec="rawvideo", options={})
    sizes = {len(packet) for packet in packets(path)}
    check = packet_check("rawvideo", packets(path), least=min(sizes))
    assert check is not None
    assert all(map(check, packets(path)))
    assert not check(packets(path)[0][:-1])
    with open_video(path) as video:
        assert video.frame_count == FRAMES
