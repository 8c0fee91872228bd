"""The frame that is requested is the frame that is read, whatever the container and codec do."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from core.errors import MediaError
from core.media import VideoFile, open_video
from core.media.containers.opening import open_container
from tests.core.media.clips import FRAMES, number_of, write_clip

VARIABLE = [0, 1000, 1400, 3000, 3040, 7000, *range(9000, 9000 + 970 * (FRAMES - 6), 970)]
OPEN_GOP = {"bf": "3", "g": "10", "x264-params": "open-gop=1:scenecut=0:b-adapt=0:b-pyramid=normal"}
INTRA_REFRESH = {"g": "12", "x264-params": "intra-refresh=1:scenecut=0"}


def plain(path: Path) -> Path:
    return write_clip(path)


def hidden_start(path: Path) -> Path:
    """Seven frames before the start of time: MP4 keeps them, and an edit list hides them."""
    return write_clip(path, FRAMES + 7, pts=range(-7, FRAMES))


MAKERS: dict[str, tuple[str, Callable[[Path], Path], int]] = {
    "constant rate, B-frames": ("a.mp4", plain, 0),
    "no B-frames": ("a.mp4", lambda path: write_clip(path, options={"bf": "0", "g": "250"}), 0),
    "keyframes only": ("a.mp4", lambda path: write_clip(path, options={"g": "1"}), 0),
    "variable rate": ("a.mp4", lambda path: write_clip(path, pts=VARIABLE, time_base=Fraction(1, 24000)), 0),
    "variable rate in mkv": ("a.mkv", lambda path: write_clip(path, pts=VARIABLE, time_base=Fraction(1, 24000)), 0),
    "open GOP": ("a.mp4", lambda path: write_clip(path, options=OPEN_GOP), 0),
    "open GOP in mkv": ("a.mkv", lambda path: write_clip(path, options=OPEN_GOP), 0),
    "open GOP in ts": ("a.ts", lambda path: write_clip(path, options=OPEN_GOP), 0),
    "intra refresh": ("a.mp4", lambda path: write_clip(path, options=INTRA_REFRESH), 0),
    "edit list": ("a.mp4", hidden_start, 7),
    "mov": ("a.mov", plain, 0),
    "mkv": ("a.mkv", plain, 0),
    "MPEG-TS": ("a.ts", plain, 0),
    "AVI, times in decoding order": ("a.avi", plain, 0),
    "raw stream, no times": ("a.h264", plain, 0),
    "MPEG-4 in AVI": ("a.avi", lambda path: write_clip(path, codec="mpeg4", options={"bf": "2", "b": "2M"}), 0),
    "MPEG-2 in ts": ("a.ts", lambda path: write_clip(path, rate=25, codec="mpeg2video", options={"bf": "2"}), 0),
    "HEVC": (
        "a.mp4",
        lambda path: write_clip(path, codec="libx265", options={"x265-params": "keyint=12:log-level=none"}),
        0,
    ),
    "VP9": ("a.webm", lambda path: write_clip(path, codec="libvpx-vp9", options={"g": "12", "cpu-used": "8"}), 0),
    "VP8": ("a.webm", lambda path: write_clip(path, codec="libvpx", options={"g": "12", "auto-alt-ref": "1"}), 0),
    "FFV1": ("a.mkv", lambda path: write_clip(path, codec="ffv1"), 0),
}


@pytest.fixture(params=list(MAKERS))
def clip(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[VideoFile, int]]:
    """An open clip and the number of its first frame."""
    name, make, first = MAKERS[request.param]
    with open_video(make(tmp_path / name)) as video:
        assert isinstance(video, VideoFile)
        yield video, first


def test_every_frame_is_exact_in_any_order(clip: tuple[VideoFile, int]) -> None:
    video, first = clip
    assert video.frame_count == FRAMES
    in_order = list(range(FRAMES))
    assert [number_of(video.read(i)) - first for i in in_order] == in_order
    assert video.seeks == 0, "reading in order must not seek"
    shuffled = random.Random(7).sample(in_order, FRAMES)
    assert [number_of(video.read(i)) - first for i in shuffled] == shuffled
    backward = in_order[::-1][:15]
    assert [number_of(video.read(i)) - first for i in backward] == backward
    assert video.repeats == {}


def test_a_random_first_read_is_exact(clip: tuple[VideoFile, int]) -> None:
    video, first = clip
    assert number_of(video.read(FRAMES - 1)) - first == FRAMES - 1
    assert number_of(video.read(0)) - first == 0


def test_the_same_frame_twice_and_small_steps_ahead_do_not_seek(tmp_path: Path) -> None:
    video = open_video(write_clip(tmp_path / "a.mp4"))
    assert isinstance(video, VideoFile)
    for frame_index in (0, 0, 2, 2, 5, 11, 12, 14):
        assert number_of(video.read(frame_index)) == frame_index
    assert video.seeks == 0
    assert number_of(video.read(38)) == 38
    assert video.seeks == 1, "a keyframe lies between, and far ahead it is nearer"
    video.close()


def test_the_container_does_hide_frames_behind_an_edit_list(tmp_path: Path) -> None:
    """Otherwise the case above would test nothing."""
    with open_container(hidden_start(tmp_path / "a.mp4")) as container:
        packets = [packet for packet in container.demux(video=0) if packet.size]
    assert sum(packet.is_discard for packet in packets) == 7
    assert len(packets) > FRAMES


def test_time_follows_the_timestamps(tmp_path: Path) -> None:
    with open_video(write_clip(tmp_path / "a.mp4", pts=VARIABLE, time_base=Fraction(1, 24000))) as video:
        assert video.info.variable_rate
        assert [video.seconds(i) for i in range(FRAMES)] == pytest.approx([tick / 24000 for tick in VARIABLE])
        assert isinstance(video, VideoFile)
        start = video.timestamps[0]
        assert [(pts - start) * video.time_base for pts in video.timestamps] == [Fraction(t, 24000) for t in VARIABLE]


@pytest.mark.parametrize("name", ["a.mp4", "a.mkv", "a.ts", "a.avi", "a.h264"])
@pytest.mark.parametrize("rate", [Fraction(24000, 1001), Fraction(25), Fraction(60)])
def test_a_constant_rate_is_reported_exactly_and_not_as_variable(tmp_path: Path, name: str, rate: Fraction) -> None:
    """Matroska rounds to milliseconds; that is no variable rate."""
    with open_video(write_clip(tmp_path / name, 30, rate=rate)) as video:
        info = video.info
    assert not info.variable_rate
    assert info.rate == rate or name == "a.h264"
    assert info.seconds is not None
    assert info.seconds == pytest.approx(30 / rate, abs=0.003) or name == "a.h264"
    output = [note for note in info.notes if "timestamp" in note]
    assert len(output) == (name in ("a.avi", "a.h264"))
    assert all(("no usable" if name == "a.h264" else "out of order") in note for note in output)


def test_a_single_frame_is_a_clip(tmp_path: Path) -> None:
    with open_video(write_clip(tmp_path / "a.mp4", 1)) as video:
        assert video.frame_count == 1
        assert number_of(video.read(0)) == 0
        assert video.seconds(0) == 0
        assert video.info.seconds == pytest.approx(1 / 24)


def test_a_dropped_frame_makes_the_rate_variable(tmp_path: Path) -> None:
    pts = [number + (number > 20) for number in range(FRAMES)]
    with open_video(write_clip(tmp_path / "a.mp4", pts=pts)) as video:
        assert video.info.variable_rate
        assert video.frame_count == FRAMES


def test_frames_of_several_videos_and_threads_do_not_mix(tmp_path: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    with open_video(write_clip(tmp_path / "a.mp4")) as video, ThreadPoolExecutor(4) as pool:
        order = random.Random(3).choices(range(FRAMES), k=60)
        assert [number_of(image) for image in pool.map(video.read, order)] == order


def test_frame_names_count_in_five_digits(tmp_path: Path) -> None:
    with open_video(write_clip(tmp_path / "a.mp4", 3)) as video:
        assert [video.frame_name(i) for i in range(3)] == ["00000", "00001", "00002"]


def test_a_quick_frame_is_the_keyframe_before(tmp_path: Path) -> None:
    with open_video(write_clip(tmp_path / "a.mp4", options={"g": "12", "x264-params": "scenecut=0"})) as video:
        assert [video.quick_frame(i) for i in (0, 11, 12, 13, 30)] == [0, 0, 12, 12, 24]
        with pytest.raises(MediaError):
            video.quick_frame(FRAMES)
    with open_video(hidden_start(tmp_path / "b.mp4")) as video:
        assert all(0 <= video.quick_frame(i) <= i for i in range(FRAMES)), "the keyframe may be hidden"
