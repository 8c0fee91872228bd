"""Files that are not whole or no clips: what is there stays usable, and the message says what is wrong."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import av
import pytest

from core.errors import MediaError, MediaFormatError, MediaNotFoundError
from core.media import VideoFile, fingerprint, open_video, read_image
from core.media.containers.opening import unreadable
from tests.core.media.clips import FRAMES, SIZE, cut_off, number_of, write_clip, write_sound

ROOT = Path(__file__).resolve().parents[3]
FAST_START = {"movflags": "+faststart"}
LONG = 120


@pytest.mark.parametrize("share", [0.35, 0.5, 0.62, 0.8])
@pytest.mark.parametrize("name", ["a.mp4", "a.mkv", "a.ts"])
def test_of_a_truncated_file_the_frames_that_exist_can_be_used(tmp_path: Path, name: str, share: float) -> None:
    more: dict[str, Any] = {"container_options": FAST_START} if name.endswith("mp4") else {}
    path = cut_off(write_clip(tmp_path / name, LONG, **more), share)
    with open_video(path) as video:
        count = video.frame_count
        assert 5 < count < LONG
        numbers = [number_of(video.read(i)) for i in range(count)]
        # the very last frames may refer to one that is cut off; those before are exact
        assert numbers[:-4] == list(range(count - 4))
        assert numbers == sorted(set(numbers)), "no frame is shown twice"
        assert isinstance(video, VideoFile)
        assert video.repeats == {}
        with pytest.raises(MediaError, match=f"no frame {count}"):
            video.read(count)
        if not name.endswith("ts"):
            note = next(note for note in video.info.notes if note.startswith("truncated: "))
            assert note == f"truncated: {count} of about {LONG} frames can be read"


def test_a_whole_file_has_no_notes(tmp_path: Path) -> None:
    for name in ("a.mp4", "a.mkv", "a.ts", "a.mov"):
        with open_video(write_clip(tmp_path / name)) as video:
            assert video.info.notes == ()


@pytest.mark.parametrize("name", ["a.mp4", "a.mkv"])
def test_damage_in_the_middle_costs_only_the_frames_it_hits(tmp_path: Path, name: str) -> None:
    path = write_clip(tmp_path / name)
    with av.open(str(path)) as container:
        hit = [packet for packet in container.demux(video=0) if packet.size][15:17]
    data = bytearray(path.read_bytes())
    for packet in hit:
        at = bytes(data).index(bytes(packet))
        data[at : at + packet.size] = bytes(packet.size)
    path.write_bytes(data)
    with open_video(path) as video:
        assert video.frame_count == FRAMES
        forward = [number_of(video.read(i)) for i in range(FRAMES)]
        assert forward[:10] == list(range(10))
        assert forward[24:] == list(range(24, FRAMES)), "the next keyframe mends it"
        assert isinstance(video, VideoFile)
        assert all(shown < damaged for damaged, shown in video.repeats.items())
    with open_video(path) as video:
        assert [number_of(video.read(i)) for i in (39, 30, 16, 15, 5)][:2] == [39, 30]


def test_frames_that_refer_to_what_was_cut_away_are_left_out(tmp_path: Path) -> None:
    """A broadcast recording that begins in an open group of pictures."""
    options = {"bf": "3", "g": "10", "x264-params": "open-gop=1:scenecut=0:b-adapt=0"}
    path = write_clip(tmp_path / "a.ts", options=options)
    cut = tmp_path / "cut.ts"
    with av.open(str(path)) as source, av.open(str(cut), "w") as target:
        stream = target.add_stream_from_template(source.streams.video[0])
        keyframes = 0
        for packet in source.demux(video=0):
            keyframes += packet.is_keyframe
            if keyframes >= 2 and packet.dts is not None:
                packet.stream = stream
                target.mux(packet)
    with open_video(cut) as video:
        numbers = [number_of(video.read(i)) for i in range(video.frame_count)]
    assert numbers == list(range(numbers[0], FRAMES))


def no_contents_table(folder: Path) -> Path:
    return cut_off(write_clip(folder / "a.mp4"), 0.5)


def made(name: str, data: bytes) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(data)
        return path

    return make


def no_frames(path: Path) -> Path:
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=24)
        stream.width, stream.height = SIZE
        stream.pix_fmt = "yuv420p"
        container.start_encoding()
    return path


def empty_folder(folder: Path) -> Path:
    path = folder / "pictures"
    path.mkdir()
    (path / "notes.txt").write_text("no pictures here")
    return path


UNREADABLE: dict[str, tuple[Callable[[Path], Path], str]] = {
    "empty": (made("a.mp4", b""), "empty"),
    "noise": (made("a.mp4", bytes(range(7, 250)) * 40), "cannot be read as a video"),
    "text": (made("a.txt", b"some words\n" * 50), "text file|cannot be read as a video"),
    "text called video": (made("a.mp4", b"some words\n" * 50), "text file|cannot be read as a video"),
    "sound only": (lambda folder: write_sound(folder / "a.mp4"), r"no moving pictures, only sound \(aac\)"),
    "no table of contents": (no_contents_table, "interrupted"),
    "no frames": (lambda folder: no_frames(folder / "a.mp4"), "has no moving pictures"),
    "no frames in avi": (lambda folder: no_frames(folder / "a.avi"), "no frame that can be decoded"),
    "no pictures in the folder": (empty_folder, "no pictures in this folder"),
    "empty picture": (made("a.png", b""), "it is empty"),
    "no picture": (made("a.jpg", b"words" * 100), "no picture, or its start is damaged"),
}


@pytest.mark.parametrize("what", list(UNREADABLE))
def test_what_is_no_clip_is_refused_by_name_and_reason(tmp_path: Path, what: str) -> None:
    make, reason = UNREADABLE[what]
    path = make(tmp_path)
    with pytest.raises(MediaFormatError, match=reason) as caught:
        open_video(path)
    assert str(caught.value).startswith(f"{path}: ")


@pytest.mark.parametrize("use", [open_video, fingerprint, read_image])
def test_what_is_not_there_is_named(tmp_path: Path, use: Callable[[Path], object]) -> None:
    with pytest.raises(MediaNotFoundError, match=r"gone\.mp4: there is no such file"):
        use(tmp_path / "gone.mp4")
    with pytest.raises(MediaNotFoundError, match="no folder"):
        use(tmp_path / "nowhere" / "gone.mp4")


def test_a_closed_clip_reports_it(tmp_path: Path) -> None:
    video = open_video(write_clip(tmp_path / "a.mp4", 3))
    video.close()
    video.close()
    with pytest.raises(MediaError, match="closed"):
        video.read(0)
    assert video.info.frame_count == 3


@pytest.mark.parametrize("name", ["a:b.mp4", "50%d off.mp4", "ü ñ 日本.mp4", "-y.mp4", "a b'c.mp4"])
def test_names_are_only_names(tmp_path: Path, name: str) -> None:
    with open_video(write_clip(tmp_path / name, 3)) as video:
        assert number_of(video.read(2)) == 2


def test_nothing_is_printed_and_the_program_ends(tmp_path: Path) -> None:
    """Damaged files make the decoders talk, and decoder threads that talk through Python hang the interpreter's end."""
    broken = cut_off(write_clip(tmp_path / "a.mp4", container_options=FAST_START), 0.6)
    noise = made("b.mp4", bytes(range(7, 250)) * 40)(tmp_path)
    script = (
        "import sys\n"
        "from core.errors import MediaError\n"
        "from core.media import open_video\n"
        "video = open_video(sys.argv[1])\n"
        "for index in range(video.frame_count):\n"
        "    video.read(index)\n"
        "try:\n"
        "    open_video(sys.argv[2])\n"
        "except MediaError:\n"
        "    pass\n"
    )
    command = [sys.executable, "-c", script, str(broken), str(noise)]
    for _ in range(3):
        shown = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
        assert (shown.stdout, shown.stderr) == ("", "")


def test_a_clip_that_goes_away_while_it_is_opened_is_a_sentence(tmp_path: Path) -> None:
    """Whoever opens a clip twice, as thumbnails do, may find that its folder was renamed between the two."""
    gone = unreadable(tmp_path / "clip.mp4", FileNotFoundError(2, "No such file or directory"))
    assert "cannot be read as a video (No such file or directory)" in str(gone)
