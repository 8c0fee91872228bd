"""Written files are whole or not there."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from benchmarks.video_writer import VideoWriter
from core.errors import MediaError, MediaFormatError
from core.media import open_video
from tests.core.media.clips import SIZE, number_of, numbered, write_clip


def test_the_file_appears_when_it_is_complete(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    with VideoWriter(path, SIZE, 24) as writer:
        writer.write(numbered(1))
        assert not path.exists()
        assert writer.path == path
    assert [found.name for found in tmp_path.iterdir()] == ["a.mp4"]


def test_an_exception_leaves_nothing_and_what_was_there_before(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes(b"precious")
    with pytest.raises(ZeroDivisionError), VideoWriter(path, SIZE, 24) as writer:
        for number in range(30):
            writer.write(numbered(number))
        raise ZeroDivisionError
    assert [found.name for found in tmp_path.iterdir()] == ["a.mp4"]
    assert path.read_bytes() == b"precious"
    write_clip(path, 3)
    assert path.read_bytes() != b"precious"


def test_no_frames_make_no_file(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="no frame to write"), VideoWriter(tmp_path / "a.mp4", SIZE, 24):
        pass
    assert list(tmp_path.iterdir()) == []


def test_lossless_is_lossless(tmp_path: Path) -> None:
    for name, codec, pixel_format in (("a.mkv", "ffv1", None), ("b.mp4", "libx264rgb", None), ("c.mov", "qtrle", None)):
        options = {"qp": "0"} if codec == "libx264rgb" else None
        write_clip(tmp_path / name, 4, codec=codec, options=options, pixel_format=pixel_format)
        with open_video(tmp_path / name) as video:
            assert all(np.array_equal(video.read(i), numbered(i)) for i in range(4)), codec


def test_crf_decides_the_size_and_the_picture_stays_close(tmp_path: Path) -> None:
    sizes = [write_clip(tmp_path / f"{crf}.mp4", 12, options={"crf": crf}).stat().st_size for crf in ("1", "40")]
    assert sizes[0] > 1.5 * sizes[1]
    with open_video(tmp_path / "1.mp4") as video:
        assert np.abs(video.read(6).astype(int) - numbered(6)).mean() < 6


def test_timestamps_are_kept(tmp_path: Path) -> None:
    pts = [0, 5, 7, 30]
    path = write_clip(tmp_path / "a.mp4", 4, pts=pts, time_base=Fraction(1, 100))
    with open_video(path) as video:
        assert [video.seconds(i) for i in range(4)] == pytest.approx([tick / 100 for tick in pts])
        assert [number_of(video.read(i)) for i in range(4)] == [0, 1, 2, 3]


def test_what_cannot_be_written_states_why(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="there is no folder"):
        VideoWriter(tmp_path / "nowhere" / "a.mp4", SIZE, 24)
    with pytest.raises(MediaFormatError, match=r"'\.xyz' is no video format"):
        VideoWriter(tmp_path / "a.xyz", SIZE, 24)
    with pytest.raises(MediaFormatError, match="cannot encode with 'nonsense'"):
        VideoWriter(tmp_path / "a.mp4", SIZE, 24, "nonsense")
    with (
        pytest.raises(MediaError, match="libx264"),
        VideoWriter(tmp_path / "a.mp4", (97, 63), 24, pixel_format="yuv420p") as w,
    ):
        w.write(numbered(1, (97, 63)))
    assert list(tmp_path.iterdir()) == []


def test_a_picture_of_another_shape_is_a_mistake_of_the_caller(tmp_path: Path) -> None:
    with VideoWriter(tmp_path / "a.mp4", SIZE, 24) as writer:
        writer.write(numbered(0))
        for wrong in (numbered(0, (80, 64)), numbered(0)[..., :2], numbered(0).astype(np.float32)):
            with pytest.raises(ValueError, match="a frame of shape"):
                writer.write(wrong)  # type: ignore[arg-type]
    with pytest.raises(MediaError, match="finished"):
        writer.write(numbered(0))
