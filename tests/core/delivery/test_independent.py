"""Every export format read by the system's ffprobe and ffmpeg: another build of FFmpeg than the one that wrote it."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import PIL.Image
import pytest
from numpy.typing import NDArray

from core.delivery.formats import FORMATS
from core.matting import MatteSettings, soft_alpha
from core.media import open_video
from tests.core.delivery.clips import COUNT, SIZE, UNEVEN, chart, labels, write_clip
from tests.core.delivery.independent import decoded, decoded_sound, linear_pixels, look
from tests.core.delivery.test_colours import everything
from tests.core.delivery.test_formats import HARD, run

ELSEWHERE = ("webp", "dnxhr")
"""Seen by Pillow, and no smaller than 256 x 120: both in test_more_formats."""
VIDEOS = [
    (name, suffix)
    for name, found in FORMATS.items()
    if not found.shapes and name not in ELSEWHERE
    for suffix in found.suffixes
    if suffix
]
SQUARE = {("ffv1", ".mkv"), ("matte", ".mkv"), ("vp9-alpha", ".webm"), ("vp9", ".webm"), ("vp9", ".mkv")}
SQUARE |= {("av1", ".webm"), ("av1", ".mp4"), ("av1", ".mkv")}
"""No pixel shape in the stream: the pictures are made wider instead."""
STORED = {
    "prores4444": ("prores", "yuva444p12le"),
    "vp9-alpha": ("vp9", "yuv420p"),
    "ffv1": ("ffv1", "bgra"),
    "h264": ("h264", "yuv420p"),
    "hevc": ("hevc", "yuv420p"),
    "vp9": ("vp9", "yuv420p"),
    "av1": ("av1", "yuv420p"),
}
"""Codec and pixel format as ffprobe names them: its ProRes decoder gives 12 bits, its VP9 decoder drops alpha."""
SOFT = MatteSettings(feather=2.0)
BT601, BT709 = "smpte170m", "bt709"


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A silent clip with an even clock, BT.709 and full range; one with sound, an uneven clock, wide pixels, BT.601."""
    folder = tmp_path_factory.mktemp("independent")
    wide = Fraction(4, 3)
    return {
        "silent": write_clip(folder / "silent.mp4", full=True),
        "sound": write_clip(folder / "sound.mp4", audio="aac", ticks=UNEVEN, aspect=wide, matrix="bt601"),
        "opus": write_clip(folder / "opus.mkv", audio="libopus"),
    }


def wanted_alpha(clip: Path, frame_index: int) -> NDArray[np.float32]:
    """The matte of SOFT, (H, W) in [0, 1]."""
    with open_video(clip) as video:
        return soft_alpha(video.read(frame_index), labels(frame_index) > 0, SOFT)


def patches() -> NDArray[np.bool_]:
    """The middles of the chart's patches, (H, W): away from where chroma of two patches mixes."""
    middle = np.zeros(SIZE[::-1], bool)
    for top in range(0, SIZE[1], 16):
        for left in range(0, SIZE[0], 16):
            middle[top + 5 : top + 11, left + 5 : left + 11] = True
    return middle


@pytest.mark.parametrize("name", ["silent", "sound"])
@pytest.mark.parametrize(("format_name", "suffix"), VIDEOS)
def test_videos(clips: dict[str, Path], tmp_path: Path, format_name: str, suffix: str, name: str) -> None:
    clip, out = clips[name], tmp_path / f"out{suffix}"
    run(clip, out, format=format_name, speed="ultrafast")
    source, result = look(clip), look(out)
    lossless_matte = (format_name, suffix) == ("matte", ".mkv")
    stored = STORED.get(format_name, ("ffv1", "gray") if lossless_matte else ("h264", "yuv420p"))
    # yuvj is FFmpeg's old name for full range
    assert (result.video["codec_name"], result.video["pix_fmt"].replace("yuvj", "yuv")) == stored

    aspect = "4:3" if name == "sound" else "1:1"
    assert source.video["sample_aspect_ratio"] == aspect
    size = SIZE
    if (format_name, suffix) in SQUARE and name == "sound":
        size, aspect = (128, 64), "1:1"
    assert (result.video["width"], result.video["height"]) == size
    assert result.video.get("sample_aspect_ratio", "1:1") == aspect

    system, levels = (BT601, "tv") if name == "sound" else (BT709, "pc")
    wanted = {"primaries": system, "transfer": system, "space": system, "range": levels}
    assert source.tags == wanted
    if format_name == "prores4444":
        wanted["range"] = "tv"  # ProRes knows no other
    elif format_name == "ffv1":
        wanted |= {"space": None, "range": "pc"}  # type: ignore[dict-item]  # RGB
    elif lossless_matte:
        wanted = {"primaries": None, "transfer": None, "space": None, "range": "pc"}  # type: ignore[dict-item]  # numbers, no colours
    assert result.tags == wanted

    # Matroska and WebM count milliseconds
    rounding = Fraction(1, 1000) if suffix in (".mkv", ".webm") else Fraction(0)
    # Matroska has no times before zero, where the first packet of AAC lies: pictures and sound start later together
    lead = -source.sound[0][0] if name == "sound" and suffix == ".mkv" else Fraction(0)
    assert len(result.times) == COUNT
    assert all(abs(found - lead - given) <= rounding for given, found in zip(source.times, result.times, strict=True))

    if name == "silent":
        assert not result.sound
    elif suffix == ".webm":
        assert len(result.sound) > 20, "re-encoded as Opus: WebM holds no AAC"
    else:
        assert len(source.sound) > 20
        assert [digest for _, digest in result.sound] == [digest for _, digest in source.sound]
        starts = zip(source.sound, result.sound, strict=True)
        assert all(abs(found[0] - lead - given[0]) <= rounding for given, found in starts)


def test_opus_packets_in_webm(clips: dict[str, Path], tmp_path: Path) -> None:
    run(clips["opus"], tmp_path / "out.webm", format="vp9-alpha")
    given, found = look(clips["opus"]).sound, look(tmp_path / "out.webm").sound
    assert len(given) > 20
    assert [digest for _, digest in found] == [digest for _, digest in given]


@pytest.mark.parametrize("settings", [{}, {"first": 3, "last": 7, "step": 2}], ids=["whole", "cut"])
@pytest.mark.parametrize(
    ("format_name", "suffix"), [("vp9-alpha", ".webm"), ("h264", ".mkv"), ("h264", ".mp4"), ("prores4444", ".mov")]
)
def test_sound_stays_with_its_pictures(
    clips: dict[str, Path], tmp_path: Path, format_name: str, suffix: str, settings: dict[str, int]
) -> None:
    clip, out = clips["sound"], tmp_path / f"out{suffix}"
    run(clip, out, format=format_name, speed="ultrafast", **settings)
    given, found = look(clip).times[settings.get("first", 0) : settings.get("last", COUNT) + 1], look(out).times
    given = given[:: settings.get("step", 1)]
    assert len(found) == len(given)
    assert all(
        abs((after - found[0]) - (before - given[0])) <= Fraction(1, 1000)
        for before, after in zip(given, found, strict=True)
    )
    assert delay(decoded_sound(clip)[round(given[0] * 48000) :], decoded_sound(out)[round(found[0] * 48000) :]) <= 48, (
        "a millisecond"
    )


def delay(one: NDArray[np.float32], other: NDArray[np.float32]) -> int:
    """By how many samples the same sound is apart in the two, by its strongest correlation."""
    # what the ends of a cut sound like is the decoder's affair
    length = min(len(one), len(other)) - 2048
    assert length > 8000
    spectra = [np.fft.rfft(sound[1024 : 1024 + length], 2 * length) for sound in (one, other)]
    position = int(np.argmax(np.fft.irfft(spectra[0] * np.conj(spectra[1]))))
    return min(position, 2 * length - position)


@pytest.mark.parametrize(
    ("format_name", "suffix", "most", "settings"),
    [
        ("ffv1", ".mkv", 0.0, {}),
        ("prores4444", ".mov", 2.0, {}),
        # libvpx gives picture and alpha one quality: only the best holds every single pixel that close
        ("vp9-alpha", ".webm", 2.0, {"quality": 0}),
    ],
)
def test_alpha(
    clips: dict[str, Path], tmp_path: Path, format_name: str, suffix: str, most: float, settings: dict[str, Any]
) -> None:
    out = tmp_path / f"out{suffix}"
    run(clips["silent"], out, format=format_name, matte=SOFT, **settings)
    decoder = "libvpx-vp9" if format_name == "vp9-alpha" else ""
    # 8 bits made 16 are not exact, 16 made 8 neither
    pixels, unit = ("rgba64be", 257) if format_name == "prores4444" else ("rgba", 1)
    found = decoded(out, pixels, decoder=decoder)[..., 3] / unit
    assert found.shape == (COUNT, *SIZE[::-1])
    for index, plane in enumerate(found):
        truth = wanted_alpha(clips["silent"], index) * np.float32(255)
        if not most:
            truth = np.rint(truth)
        assert ((truth > 20) & (truth < 235)).sum() > 300, "soft edges are there to compare"
        assert np.abs(plane - truth).max() <= most


def test_lossless_colours_under_the_matte(clips: dict[str, Path], tmp_path: Path) -> None:
    run(clips["silent"], tmp_path / "out.mkv", format="ffv1", matte=HARD)
    run(clips["silent"], tmp_path / "out", format="rgba", matte=HARD)
    film = decoded(tmp_path / "out.mkv", "rgba")
    for index in range(COUNT):
        with PIL.Image.open(tmp_path / "out" / f"{index:05}.png") as shown:
            pixels = np.asarray(shown)
        inside = labels(index) > 0
        np.testing.assert_array_equal(film[index][inside], pixels[inside], "Pillow and ffmpeg read the same")
        np.testing.assert_array_equal(film[index, ..., 3], np.where(labels(index) > 0, 255, 0))
    off = np.abs(film[4, ..., :3].astype(int) - decoded(clips["silent"], "rgb24")[4])
    # away from the edges, where two scalers spread subsampled chroma in two ways
    for middle in (np.s_[24:37, 30:43], np.s_[48:54, 73:87]):
        assert off[middle].max() <= 2, "the clip's own colours"


def test_lossless_matte_video(clips: dict[str, Path], tmp_path: Path) -> None:
    run(clips["silent"], tmp_path / "out.mkv", format="matte", bits=16, matte=SOFT)
    found = decoded(tmp_path / "out.mkv", "gray16be")[..., 0]
    for index in range(COUNT):
        np.testing.assert_array_equal(found[index], np.rint(wanted_alpha(clips["silent"], index) * np.float32(65535)))


@pytest.mark.parametrize("suffix", [".mp4", ".mov"])
def test_matte_video_for_any_player(clips: dict[str, Path], tmp_path: Path, suffix: str) -> None:
    run(clips["sound"], tmp_path / f"out{suffix}", format="matte", matte=HARD)
    found = decoded(tmp_path / f"out{suffix}", "rgb24")[4].astype(int)
    assert np.ptp(found, axis=2).max() <= 1, "grey"
    off = np.abs(found[..., 1] - np.where(labels(4) > 0, 255, 0))
    assert off.mean() < 1 and off[45:57, 72:88].max() <= 3


@pytest.mark.parametrize("format_name", ["rgba", "matte"])
def test_sixteen_bits_in_pictures(tmp_path: Path, format_name: str) -> None:
    clip = write_clip(tmp_path / "clip.mkv", codec="ffv1", pixels="yuv444p")
    run(clip, tmp_path / "out", format=format_name, bits=16, matte=SOFT)
    files = sorted((tmp_path / "out").iterdir())
    assert len(files) == COUNT
    found = decoded(files[4], "rgba64be" if format_name == "rgba" else "gray16be")[0, ..., -1]
    np.testing.assert_array_equal(found, np.rint(wanted_alpha(clip, 4) * np.float32(65535)))


def test_masks_keep_their_colours(clips: dict[str, Path], tmp_path: Path) -> None:
    run(clips["silent"], tmp_path / "out", format="masks")
    file = tmp_path / "out" / "00004.png"
    assert look(file).video["pix_fmt"] == "pal8"
    with PIL.Image.open(file) as shown:
        np.testing.assert_array_equal(np.asarray(shown), labels(4))
        np.testing.assert_array_equal(decoded(file, "rgb24")[0], np.asarray(shown.convert("RGB")))


def test_exr(clips: dict[str, Path], tmp_path: Path) -> None:
    run(clips["sound"], tmp_path / "out", format="exr", matte=HARD)
    files = sorted((tmp_path / "out").iterdir())
    assert len(files) == COUNT
    stream, pixels = look(files[4]).video, linear_pixels(files[4])
    assert (stream["codec_name"], stream["width"], stream["height"]) == ("exr", *SIZE)
    assert stream["sample_aspect_ratio"] == "4:3"
    inside = labels(4) > 0
    np.testing.assert_array_equal(pixels[..., 3], inside)
    assert not pixels[~inside].any()
    code = decoded(clips["sound"], "rgb24")[4, 51, 80] / 255
    light = np.where(code < 0.081, code / 4.5, ((code + 0.099) / 1.099) ** (1 / 0.45))
    # one level of 8 bits where two readers of YUV round apart
    np.testing.assert_allclose(pixels[51, 80, :3], light, rtol=0.02)


@pytest.mark.parametrize("rotation", [90, 180, 270])
@pytest.mark.parametrize(("format_name", "suffix"), [("h264", ".mp4"), ("prores4444", ".mov"), ("ffv1", ".mkv")])
def test_a_phone_clip_stands_upright(tmp_path: Path, format_name: str, suffix: str, rotation: int) -> None:
    clip = write_clip(tmp_path / "phone.mp4", ticks=(0, 1001, 2002), rotation=rotation)
    assert look(clip).video["side_data_list"][0]["rotation"] % 360 == rotation
    out = tmp_path / f"out{suffix}"
    everything(clip, out, format=format_name, quality=4)
    assert "side_data_list" not in look(out).video, "players turn it no further"
    shown, given = decoded(out, "rgb24").astype(int), decoded(clip, "rgb24").astype(int)
    assert shown.shape == given.shape == (3, *(SIZE if rotation != 180 else SIZE[::-1]), 3)
    # turned, chroma samples sit at the other side of their pixels: only edges may differ
    assert np.median(np.abs(shown - given)) <= 1 and (np.abs(shown - given) > 8).mean() < 0.1


def test_ten_bits_survive_in_prores(tmp_path: Path) -> None:
    ramp = np.linspace(20000, 24000, SIZE[0]).astype(np.uint16)
    deep: Any = np.repeat(np.tile(ramp, (SIZE[1], 1))[..., None], 3, axis=2)
    clip = write_clip(tmp_path / "deep.mkv", [deep] * COUNT, codec="ffv1", pixels="yuv444p10le", bits=16)
    everything(clip, tmp_path / "out.mov", format="prores4444", last=2)
    given, found = decoded(clip, "rgb48be")[0].astype(int), decoded(tmp_path / "out.mov", "rgb48be")[0].astype(int)
    steps = len(np.unique(given[0, :, 1]))
    assert steps > 40, "more than the 16 levels that 8 bits have there"
    assert len(np.unique(found[32, :, 1])) >= steps
    # a step of 10 bits in limited range is 75 of 65535
    assert np.abs(found - given).max() <= 1.5 * 75


@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("matrix", ["bt601", "bt709"])
@pytest.mark.parametrize("format_name", ["h264", "hevc", "prores4444"])
def test_colour_chart(tmp_path: Path, format_name: str, matrix: str, full: bool) -> None:
    ticks = (0, 1001, 2002)
    clip = write_clip(
        tmp_path / "chart.mkv", [chart()] * 3, codec="ffv1", pixels="yuv444p", ticks=ticks, matrix=matrix, full=full
    )
    out = tmp_path / ("out.mov" if format_name == "prores4444" else "out.mp4")
    everything(clip, out, format=format_name, quality=1, speed="fast")
    system = BT601 if matrix == "bt601" else BT709
    tags = look(out).tags
    assert tags["space"] == system
    assert tags["range"] == ("pc" if full and format_name != "prores4444" else "tv")
    shown = decoded(out, "rgb24").astype(int)
    assert len(shown) == 3
    assert np.abs(shown - chart())[:, patches()].max() <= 3
