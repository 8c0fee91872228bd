"""A frame is the packet that holds it: odd time stamps, joined and damaged clips lose none and change none.

The full matrix of containers, codecs and oddities is `python -m benchmarks.interop_clips`; these are some of each kind.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

import numpy as np
import pytest

from benchmarks import clip_kinds
from benchmarks.clip_kinds import CODECS, Kind, encode, number_of
from benchmarks.interop_clips import examine
from core.media import VideoFile, open_video
from core.media.containers.frame_times import frame_times
from core.media.containers.opening import open_container
from tests.core.media.clips import write_clip

ODD_STAMPS = [
    kind
    for codec, container, stamps in (
        ("h264 no B", "mkv", ["repeated late", "repeated early", "begin again", "falling"]),
        ("h264", "mkv", ["two changed over", "all the same"]),
        ("mpeg2", "ts", ["repeated late", "begin again"]),
        ("ffv1", "nut", ["missing"]),
    )
    for kind in clip_kinds.stamped([codec], [container], stamps)
]
JOINED = [
    kind
    for kind in clip_kinds.joined()
    if kind.name.startswith(("2 of h264 open GOP in ts", "2 of mpeg2 in ts", "3 of mjpeg", "2 of mpeg1 in mpg joined,"))
]
DAMAGED = list(clip_kinds.damaged(["h264"], ["mkv", "ts"], 1))
WHOLE = [
    Kind(f"{codec} in {container}", f"a.{container}", partial(clip_kinds.encoded, codec))
    for codec, container in (("hevc open GOP", "mp4"), ("vp8 alt-ref", "webm"), ("mpeg2", "mxf"), ("wmv2", "asf"))
]


@pytest.mark.parametrize("kind", [*WHOLE, *ODD_STAMPS, *JOINED, *DAMAGED], ids=lambda kind: kind.name)
def test_every_frame_is_the_same_whichever_way_it_is_reached(tmp_path: Path, kind: Kind) -> None:
    verdict = examine(kind, tmp_path)
    assert verdict.faults == ()
    assert not verdict.unnoticed


def test_a_frame_that_builds_on_one_before_a_key_is_the_same_backwards(tmp_path: Path) -> None:
    def make(path: Path) -> list[int]:
        # frame 19 covers all and is disposed of: frame 20 is drawn over frame 18
        return encode(path, *CODECS["apng"], first=80, frames=24, size=(352, 288))

    assert examine(Kind("apng", "a.apng", make), tmp_path).faults == ()


def test_a_repeated_stamp_is_noted_and_the_frame_is_shown_between_its_neighbours(tmp_path: Path) -> None:
    (kind,) = clip_kinds.stamped(["h264 no B"], ["mkv"], ["repeated late"])
    kind.make(tmp_path / "a.mkv")
    with open_video(tmp_path / "a.mkv") as video:
        assert not video.info.variable_rate
        assert [round(video.seconds(i) * 25) for i in range(video.frame_count)] == list(range(40))
        assert any(note.startswith("2 of 40 frames have a timestamp that is missing") for note in video.info.notes)


@pytest.mark.parametrize(
    ("stamps", "ticks", "mended", "restarts"),
    [
        ([0, 40, 80], (0, 40, 80), 0, 0),
        ([0, 40, 40, 120], (0, 40, 80, 120), 1, 0),
        ([0, None, 80, 120], (0, 40, 80, 120), 1, 0),
        ([None, 40, 80, 120], (0, 40, 80, 120), 1, 0),
        ([0, 40, 80, None], (0, 40, 80, 120), 1, 0),
        ([0, 80, 40, 120], (0, 40, 80, 120), 1, 0),
        ([0, 1, 1, 2], (0, 2, 3, 4), 1, 0),
        ([9000, 9040, 9080, 0, 40, 80], (9000, 9040, 9080, 9120, 9160, 9200), 0, 1),
    ],
)
def test_times_rise_whatever_the_stamps_say(
    stamps: list[int | None], ticks: tuple[int, ...], mended: int, restarts: int
) -> None:
    from fractions import Fraction

    times = frame_times(stamps, Fraction(1, 1000), Fraction(25), None)
    assert (times.ticks, times.mended, times.restarts) == (ticks, mended, restarts)


def test_stamps_of_no_use_are_not_used() -> None:
    from fractions import Fraction

    times = frame_times([7, 7, 7, 7], Fraction(1, 1000), Fraction(25), None)
    assert (times.ticks, times.time_base, times.mended) == ((0, 1, 2, 3), Fraction(1, 25), 4)


def test_damage_is_noted_with_its_frames_and_long_clips_note_it_once_it_is_met(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.mp4"
    encode(path, *CODECS["h264 no B"])
    with open_container(path) as container:
        packet = [packet for packet in container.demux(video=0) if packet.size][28]
    data = bytearray(path.read_bytes())
    data[packet.pos + 8 : packet.pos + packet.size] = bytes(packet.size - 8)
    path.write_bytes(data)
    with open_video(path) as video:
        (note,) = [note for note in video.info.notes if note.startswith("damaged: frame")]
        whole = [video.read(i) for i in range(video.frame_count)]
    monkeypatch.setattr("core.media.containers.trusted_index._SHORT", 0)
    with open_video(path) as video:
        assert not any(note.startswith("damaged") for note in video.info.notes)
        order = list(range(video.frame_count))[::-1]
        assert all(np.array_equal(video.read(i), whole[i]) for i in order), note
        assert any(note.startswith("damaged: frame") for note in video.info.notes)


def test_packets_that_a_seek_leaves_out_are_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Matroska leaves out packets after a seek where stamps fall; frames must not be taken for others then."""
    from core.media.containers.packets import PacketReader

    path = write_clip(tmp_path / "a.mkv")
    demux = PacketReader._demux

    def leaky(reader: PacketReader) -> object:
        packet = demux(reader)
        # the second packet after every seek is gone
        if reader._seeking and reader._next_number % 12 == 1 and not reader._queue:
            return demux(reader)
        return packet

    monkeypatch.setattr(PacketReader, "_demux", leaky)
    with open_video(path) as video:
        assert isinstance(video, VideoFile)
        from tests.core.media.clips import FRAMES
        from tests.core.media.clips import number_of as number

        assert [number(video.read(i)) for i in range(FRAMES - 1, -1, -1)] == list(range(FRAMES - 1, -1, -1))


def test_a_changed_size_is_noted(tmp_path: Path) -> None:
    parts = b""
    for part, size in enumerate(((176, 144), (352, 288))):
        piece = tmp_path / f"{part}.ts"
        encode(piece, *CODECS["mpeg2"], first=30 * part, frames=30, size=size)
        parts += piece.read_bytes()
    (tmp_path / "a.ts").write_bytes(parts)
    with open_video(tmp_path / "a.ts") as video:
        assert any("changes its size at frame 30 (176 x 144 to 352 x 288)" in note for note in video.info.notes)
        assert [number_of(video.read(i)) for i in (29, 30, 59)] == [29, 30, 59]
        assert video.size == (176, 144)
