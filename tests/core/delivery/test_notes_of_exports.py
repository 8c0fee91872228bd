"""Differences from the clip are reported, and options without effect are refused."""

from __future__ import annotations

import json
import subprocess
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.delivery.export import ExportResult, export
from core.delivery.formats import FORMATS, OPTION_FIELDS
from core.delivery.settings import ExportSettings
from core.delivery.timecode import later_timecode
from core.errors import DeliveryError
from core.jobs import CancelToken, watched
from core.matting import MatteSettings
from core.media import open_video
from tests.core.delivery.independent import decoded, decoded_sound, look
from tests.core.delivery.test_deep_sources import X265, write_source


def made(path: Path, *options: str, size: str = "96x64", frames: int = 9, rate: str = "25") -> Path:
    """A clip by the system's `ffmpeg`."""
    source = f"testsrc2=s={size}:r={rate}"
    command = [
        "ffmpeg",
        "-v",
        "error",
        "-y",
        "-f",
        "lavfi",
        "-i",
        source,
        *options,
        "-frames:v",
        str(frames),
        str(path),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    return path


def exported(clip: Path, out: Path, **settings: Any) -> ExportResult:
    """Exports with the whole frame as the object."""
    with open_video(clip) as video:
        whole = np.ones((video.size[1], video.size[0]), np.uint8)
        chosen = ExportSettings(**{"matte": MatteSettings(band=0), **settings})
        return watched(export(video, lambda _index: whole, chosen, out, CancelToken()), lambda _progress: None)


LOSSLESS = ("-c:v", "ffv1", "-pix_fmt", "yuv444p")


@pytest.mark.parametrize(("odd", "size"), [("pad", (98, 66)), ("crop", (96, 64))])
@pytest.mark.parametrize("format_name", ["h264", "hevc", "matte"])
def test_odd_sizes(tmp_path: Path, format_name: str, odd: str, size: tuple[int, int]) -> None:
    clip, out = made(tmp_path / "a.mkv", "-vf", "scale=97:65", *LOSSLESS, frames=3), tmp_path / "out.mp4"
    result = exported(clip, out, format=format_name, odd=odd)
    video = look(out).video
    assert (video["width"], video["height"]) == size
    assert any(f"{odd}" in note and f"{size[0]} x {size[1]} instead of 97 x 65" in note for note in result.notes)
    with pytest.raises(DeliveryError, match="97 x 65 pixels; this format has even sizes only"):
        exported(clip, tmp_path / "no.mp4", format=format_name, odd="refuse")
    assert not (tmp_path / "no.mp4").exists()


@pytest.mark.parametrize(
    ("format_name", "name", "pixels"),
    [
        ("hevc", "o.mp4", "yuv420p10le"),
        ("h264", "o.mkv", "yuv420p10le"),
        ("ffv1", "o.mkv", "gbrap16le"),
        ("prores4444", "o.mov", "yuva444p12le"),
    ],
)
def test_ten_bits_stay_ten(tmp_path: Path, format_name: str, name: str, pixels: str) -> None:
    clip = write_source(tmp_path / "a.mov", "yuv420p10le", *X265)
    result = exported(clip, tmp_path / name, format=format_name, quality=1 if format_name in ("hevc", "h264") else None)
    assert look(tmp_path / name).video["pix_fmt"] == pixels
    assert result.notes == ()
    before, after = decoded(clip, "rgb48be") / 257, decoded(tmp_path / name, "rgb48be") / 257
    assert np.abs(before - after).mean() < 1.5


def test_eight_bits_of_ten_are_reported_and_not_called_hdr(tmp_path: Path) -> None:
    clip = made(
        tmp_path / "hdr.mkv",
        *("-pix_fmt", "yuv420p10le", "-c:v", "ffv1", "-color_primaries", "bt2020", "-color_trc", "smpte2084"),
        *("-colorspace", "bt2020nc", "-color_range", "tv"),
    )
    result = exported(clip, tmp_path / "o.webm", format="vp9-alpha")
    assert look(tmp_path / "o.webm").tags["transfer"] in (None, "unknown")
    assert any("HDR (PQ) in 8 bits" in note for note in result.notes)
    assert any("10 bits a channel, this format 8" in note for note in result.notes)
    assert look_after(clip, tmp_path / "o.mp4").tags["transfer"] == "smpte2084"
    assert any("10 bits" in note for note in exported(clip, tmp_path / "png", format="rgba").notes)


def look_after(clip: Path, out: Path) -> Any:
    exported(clip, out, format="hevc")
    return look(out)


def tags_of(path: Path) -> dict[str, str]:
    shown = ["ffprobe", "-v", "error", "-of", "json", "-show_streams", "-show_format", str(path)]
    found = json.loads(subprocess.run(shown, check=True, capture_output=True, timeout=60).stdout)
    groups = [stream.get("tags", {}) for stream in found["streams"]] + [found["format"].get("tags", {})]
    return {key.lower(): value for group in reversed(groups) for key, value in group.items()}


@pytest.mark.parametrize("source", ["a.mov", "a.mxf"])
@pytest.mark.parametrize("name", ["out.mov", "out.mkv"])
def test_time_code_goes_along(tmp_path: Path, source: str, name: str) -> None:
    codec = ["-c:v", "mpeg2video"] if source.endswith("mxf") else ["-c:v", "libx264", "-metadata:s:v", "reel_name=A001"]
    clip = made(tmp_path / source, *codec, "-timecode", "01:02:03:20", size="720x576")
    exported(clip, tmp_path / name, format="h264", first=7)
    found = tags_of(tmp_path / name)
    assert found["timecode"] == "01:02:04:02"
    assert source != "a.mov" or found["reel_name"] == "A001" or name.endswith(".mkv")


@pytest.mark.parametrize(
    ("written", "frames", "rate", "later"),
    [
        ("01:00:00:00", 30, Fraction(25), "01:00:01:05"),
        ("23:59:59:24", 1, Fraction(25), "00:00:00:00"),
        ("00:00:59;29", 1, Fraction(30000, 1001), "00:01:00;02"),
        ("00:09:59;29", 1, Fraction(30000, 1001), "00:10:00;00"),
        ("01:00:00;00", 107892, Fraction(30000, 1001), "02:00:00;00"),
        ("00:00:59;59", 1, Fraction(60000, 1001), "00:01:00;04"),
        ("00:00:59:29", 1, Fraction(30000, 1001), "00:01:00:00"),
        ("01:00:00:00", 0, Fraction(17), ""),
        ("midnight", 0, Fraction(25), ""),
    ],
)
def test_counting_in_time_code(written: str, frames: int, rate: Fraction, later: str) -> None:
    assert later_timecode(written, frames, rate) == later


def test_mp4_has_its_contents_first(tmp_path: Path) -> None:
    exported(made(tmp_path / "a.mkv", *LOSSLESS), tmp_path / "o.mp4", format="h264")
    data = (tmp_path / "o.mp4").read_bytes()
    assert 0 < data.index(b"moov") < data.index(b"mdat")


def test_an_interlaced_clip_is_reported(tmp_path: Path) -> None:
    clip = made(tmp_path / "a.mkv", "-c:v", "mpeg2video", "-flags", "+ilme+ildct", "-vf", "setfield=tff")
    assert any("interlaced" in note for note in exported(clip, tmp_path / "o.mp4", format="hevc").notes)


def test_a_clip_that_begins_before_zero_stays_in_step(tmp_path: Path) -> None:
    sound = ["-f", "lavfi", "-i", "aevalsrc='0.5*sin(2*PI*(300+900*t)*t)':s=48000:d=1"]
    cut = ["-map", "0:v", "-map", "1:a", "-c:v", "mpeg4", "-c:a", "pcm_s16le", "-output_ts_offset", "-0.42"]
    clip = made(tmp_path / "a.avi.mkv", *sound, *cut, "-avoid_negative_ts", "disabled", frames=25)
    exported(clip, tmp_path / "o.mov", format="h264")
    starts = [float(look(path).times[0]) for path in (clip, tmp_path / "o.mov")]
    before, after = decoded_sound(clip), decoded_sound(tmp_path / "o.mov")
    size = 1 << 17
    score = np.fft.irfft(np.fft.rfft(after, size) * np.conj(np.fft.rfft(before, size)), size)
    late = int(score.argmax())
    late = (late - size if late > size // 2 else late) / 48000  # type: ignore[assignment]
    # `heard` begins at time zero: what lies before it in the clip is not in the first of the two
    moved = starts[1] - starts[0]
    assert abs(late - moved) < 0.001


@pytest.mark.parametrize(
    "wrong",
    [
        {"format": "h264", "quality": 99},
        {"format": "hevc", "quality": -1},
        {"format": "vp9-alpha", "quality": 64},
        {"format": "rgba", "matte": MatteSettings(feather=-3)},
        {"format": "rgba", "matte": MatteSettings(smoothing=-1)},
        {"format": "rgba", "matte": MatteSettings(band=-2)},
        {"format": "rgba", "matte": MatteSettings(choke=float("nan"))},
    ],
)
def test_values_out_of_range_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(DeliveryError):
        ExportSettings(**wrong).check(9)
    ExportSettings("vp9-alpha", quality=63).check(9)


def test_every_option_is_a_setting_and_belongs_to_some_format() -> None:
    for option, field in OPTION_FIELDS.items():
        assert hasattr(ExportSettings(), field)
        assert any(option in kind.options(suffix) for kind in FORMATS.values() for suffix in kind.suffixes)
    assert FORMATS["masks"].unsupported(ExportSettings("masks", invert=True, bits=16), "") == ["bits", "invert"]
    assert FORMATS["matte"].unsupported(ExportSettings("matte", bits=16), ".mkv") == []


def test_only_masked_frames(tmp_path: Path) -> None:
    clip = made(tmp_path / "a.mkv", *LOSSLESS)
    with open_video(clip) as video:
        whole = np.ones((video.size[1], video.size[0]), np.uint8)

        def some(index: int) -> Any:
            return whole if index in (2, 5) else whole * 0

        for format_name in ("masks", "binary", "rgba"):
            for only, count in ((False, 9), (True, 2)):
                settings = ExportSettings(format_name, only_masked=only)
                out = tmp_path / f"{format_name}{only}"
                result = watched(export(video, some, settings, out, CancelToken()), lambda _progress: None)
                assert result.frames == len(list(out.iterdir())) == count
        with pytest.raises(DeliveryError, match="no object in these frames"):
            settings = ExportSettings("masks", only_masked=True, last=1)
            watched(export(video, some, settings, tmp_path / "none", CancelToken()), lambda _progress: None)


def test_ids_that_png_cannot_hold_are_written_as_tiff_with_a_note(tmp_path: Path) -> None:
    clip = made(tmp_path / "clip.mkv", "-c:v", "ffv1", frames=1)
    result = exported(clip, tmp_path / "out", format="masks", mask_values=((1, 70001),))
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["00000.tif"]
    assert any("TIFF pictures of 32 bits" in str(note) for note in result.notes)
