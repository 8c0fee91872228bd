"""Codecs whose decoders give out what memory holds: the damage is found, and all ways of reading agree."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from core.media import VideoFile, open_video
from core.media.containers import trusted_index
from core.media.containers.integrity import packet_check
from tests.core.media.clips import FRAMES, number_of, write_clip

CODECS = {
    "ffv1": {"level": "3", "slices": "4", "g": "10"},
    "prores_ks": {"profile": "1"},
}


def packets(path: Path) -> list[bytes]:
    with av.open(str(path)) as container:
        return [bytes(packet) for packet in container.demux(video=0) if packet.size]


UNCHECKED = {
    "first version": ("ffv1", {"level": "0", "g": "10"}, ".avi"),
    "third version without sums": ("ffv1", {"level": "3", "slicecrc": "0", "slices": "4", "g": "10"}, ".mkv"),
    "speedhq": ("speedhq", {}, ".avi"),
}
"""Codecs whose decoders leave parts of a frame as memory was, and do not say so."""


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


@pytest.mark.parametrize("kind", list(UNCHECKED))
def test_what_a_decoder_left_as_memory_was_is_found_and_never_shown(tmp_path: Path, kind: str) -> None:
    codec, options, suffix = UNCHECKED[kind]
    path = write_clip(tmp_path / f"a{suffix}", 22, codec=codec, options=options)
    whole = read_all(path)
    data = bytearray(path.read_bytes())
    for packet in packets(path)[7:18:5]:
        at = data.index(packet) + len(packet) // 3
        data[at : at + 9] = bytes(byte ^ 0xA5 for byte in data[at : at + 9])
    path.write_bytes(data)
    with open_video(path) as video:
        order = list(range(video.frame_count))
        forward = [video.read(frame).tobytes() for frame in order]
        assert isinstance(video, VideoFile)
        assert any("damaged" in note for note in video.info.notes), video.info.notes
        assert all(forward[frame] == whole[frame] for frame in range(7))
    held = []
    for other in (order[::-1], random.Random(1).sample(order, len(order))):
        with open_video(path) as video:
            assert isinstance(video, VideoFile)
            for frame in other:
                assert video.read(frame).tobytes() == forward[frame]
                held.append(video.stored(frame))


def test_frames_of_a_long_clip_are_the_same_by_every_way_without_decoding_all_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trusted_index, "_SHORT", 0)
    path = write_clip(tmp_path / "a.mkv", 22, codec="ffv1", options={"level": "1", "coder": "1", "g": "10"})
    data = bytearray(path.read_bytes())
    for packet in packets(path)[7:18:5]:
        at = data.index(packet) + len(packet) // 3
        data[at : at + 9] = bytes(byte ^ 0xA5 for byte in data[at : at + 9])
    path.write_bytes(data)
    forward = read_all(path)
    with open_video(path) as video:
        assert all(video.read(frame).tobytes() == forward[frame] for frame in reversed(range(22)))
        assert any("check sums do not add up" in note for note in video.info.notes)


def read_all(path: Path) -> list[bytes]:
    with open_video(path) as video:
        return [video.read(frame).tobytes() for frame in range(video.frame_count)]


@pytest.mark.parametrize(
    ("codec", "pixels"), [("ffv1", "yuv420p10le"), ("ffv1", "bgr0"), ("magicyuv", "gbrp"), ("cfhd", "yuv422p10le")]
)
def test_whole_clips_have_no_notes_of_damage(tmp_path: Path, codec: str, pixels: str) -> None:
    path = write_clip(tmp_path / "a.avi", 12, codec=codec, pixel_format=pixels, options={})
    with open_video(path) as video:
        assert not any("damaged" in note for note in video.info.notes)
        assert [number_of(video.read(frame)) for frame in range(12)] == list(range(12))


def test_open_groups_of_pictures_are_no_damage(tmp_path: Path) -> None:
    """Decoding that begins at one misses what it refers to; going backwards begins at each."""
    options = {"bf": "3", "g": "12", "preset": "veryfast"}
    options["x264-params"] = "open-gop=1:scenecut=0:b-adapt=0:keyint=12:min-keyint=12"
    path = write_clip(tmp_path / "a.mkv", codec="libx264", options=options)
    with open_video(path) as video:
        assert [number_of(video.read(frame)) for frame in reversed(range(FRAMES))] == list(reversed(range(FRAMES)))
        assert not any("damaged" in note for note in video.info.notes)


def test_check_sums_of_matroska_tell_what_no_decoder_does(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "a.mkv", 12, codec="rawvideo", options={})
    data = bytearray(path.read_bytes())
    data[data.index(packets(path)[7]) + 900] ^= 1
    path.write_bytes(data)
    with open_video(path) as video:
        assert [str(note) for note in video.info.notes if "damaged" in note] == [
            "damaged: the file's check sums do not add up; pictures may be wrong among these: 7"
        ]


@pytest.mark.parametrize("name", ["a.ts", "a.mkv", "a.mov"])
def test_frames_that_were_lost_leave_a_gap_that_is_noted(tmp_path: Path, name: str) -> None:
    path, cut = (
        write_clip(tmp_path / f"whole{Path(name).suffix}", codec="mpeg2video", options={"bf": "0"}),
        tmp_path / name,
    )
    with av.open(str(path)) as source, av.open(str(cut), "w") as target:
        stream = target.add_stream_from_template(source.streams.video[0])
        for number, packet in enumerate(packet for packet in source.demux(video=0) if packet.size):
            if number not in (7, 8, 19):
                packet.stream = stream
                target.mux(packet)
    with open_video(cut) as video:
        assert video.frame_count == FRAMES - 3
        assert any(note.startswith("timestamps leap over 3 frames, after 6, 16: ") for note in video.info.notes)


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


@pytest.mark.parametrize("pixels", ["uyvy422", "rgb24"])
def test_uncompressed_frames_of_quicktime_are_whole(tmp_path: Path, pixels: str) -> None:
    """Its depth is 24 for all that has colours, also where a pixel takes 16 bits."""
    path = tmp_path / "a.mov"
    with av.open(str(path), "w") as container:
        stream: Any = container.add_stream("rawvideo", rate=25)
        stream.width, stream.height, stream.pix_fmt = 64, 48, pixels
        for index in range(4):
            frame = av.VideoFrame.from_ndarray(np.full((48, 64, 3), 60 * index, np.uint8), format="rgb24")
            container.mux(stream.encode(frame.reformat(format=pixels)))
        container.mux(stream.encode(None))
    with open_video(path) as clip:
        assert clip.frame_count == 4
        assert abs(int(clip.read(3).mean()) - 180) <= 3
