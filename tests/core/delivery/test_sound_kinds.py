"""Sound of many kinds into every kind of file; `benchmarks.interop_sound` tries all of them."""

from __future__ import annotations

import subprocess
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from benchmarks.interop_sound import SOURCES, Source, make, tried
from core.delivery.sound import checking
from core.delivery.sound.channels import fitting_layout, mixing, speakers
from core.delivery.sound.encoding import SoundProbe
from core.delivery.sound.planning import plan_sound
from core.errors import DeliveryError
from tests.core.delivery.test_deep_sources import everything

BY_NAME = {source.name: source for source in SOURCES}
PAIRS = [
    ("eight.mov", "vp9-alpha", ".webm"),
    ("four.mov", "vp9-alpha", ".webm"),
    ("ac3side.mkv", "vp9-alpha", ".webm"),
    ("hexagonal.mp4", "vp9-alpha", ".webm"),
    ("pcm.mkv", "h264", ".mp4"),
    ("two.mkv", "h264", ".mov"),
    ("aac.ts", "h264", ".mov"),
    ("aac.ts", "h264", ".mkv"),
    ("flac24.mkv", "prores4444", ".mov"),
    ("wma.wmv", "h264", ".mov"),
    ("opus.mp4", "ffv1", ".mkv"),
    ("opus.mkv", "h264", ".mov"),
]


@pytest.mark.parametrize(("name", "format_name", "suffix"), PAIRS, ids=["-".join(pair) for pair in PAIRS])
def test_sound_is_there_in_step_and_named(tmp_path: Path, name: str, format_name: str, suffix: str) -> None:
    assert list(tried(BY_NAME[name], tmp_path, [(format_name, suffix)])) == [(format_name, suffix, [])]


def tones(path: Path, channels: int, layout: str) -> list[int]:
    """The loudest tone of each channel, as `ffmpeg` decodes it."""
    spread = ["-af", f"aformat=channel_layouts={layout}:sample_rates=48000", "-f", "f32le", "-"]
    done = subprocess.run(["ffmpeg", "-v", "error", "-i", str(path), *spread], capture_output=True, check=True)
    waves = np.frombuffer(done.stdout, "<f4").reshape(-1, channels)[: 48000 * 2]
    # half of the time there is noise: look while there is none
    quiet = waves[14400:27000]
    found = np.abs(np.fft.rfft(quiet, axis=0))
    return [round(int(position) * 48000 / len(quiet)) for position in found.argmax(axis=0)]


def test_eight_channels_in_an_order_of_the_files_own_stay_where_they_belong(tmp_path: Path) -> None:
    """QuickTime has the sides before the back; a frame in such an order once ended the whole process."""
    clip = make(BY_NAME["eight.mov"], tmp_path)
    everything(clip, tmp_path / "out.webm", format="vp9-alpha")
    found = tones(tmp_path / "out.webm", 8, "7.1")
    # the layout that QuickTime files name: L R C LFE Ls Rs Rls Rrs; FFmpeg's 7.1 has the back before the sides
    stored = [0, 1, 2, 3, 6, 7, 4, 5]
    wanted = [400 + 190 * number for number in stored]
    off = [abs(one - other) for index, (one, other) in enumerate(zip(wanted, found, strict=True)) if index != 3]
    assert max(off) < 8, "but for the LFE, whose tone is above what it plays"


def test_what_cannot_be_encoded_is_reported_before_rendering(tmp_path: Path) -> None:
    source = Source("many.mov", "-c:a pcm_s16le", 16, "hexadecagonal")
    clip = make(source, tmp_path)
    plans, notes = plan_sound(clip, ".mkv", tmp_path / "out.mkv")
    assert [plan.how for plan in plans] == ["copy"]
    assert notes == []
    with pytest.raises(DeliveryError, match="16 channels are too many"):
        everything(clip, tmp_path / "out.webm", format="vp9-alpha")
    assert not (tmp_path / "out.webm").exists()


def test_silence_around_cuts_is_kept_to_the_sample(tmp_path: Path) -> None:
    """A range is cut out of encoded sound where its first picture begins."""
    clip = make(BY_NAME["pcm.mkv"], tmp_path)
    everything(clip, tmp_path / "out.mp4", format="h264", first=20, last=60)
    decode = ["-ac", "1", "-ar", "48000", "-f", "f32le", "-"]
    whole, cut = (
        np.frombuffer(
            subprocess.run(["ffmpeg", "-v", "error", "-i", str(path), *decode], capture_output=True, check=True).stdout,
            "<f4",
        )
        for path in (clip, tmp_path / "out.mp4")
    )
    begin, count = round(20 / 25 * 48000), round(41 / 25 * 48000)
    assert abs(cut.size - count) < 1100, "one packet of AAC at most"
    score = np.correlate(whole[begin - 480 : begin + 24000 + 480].astype(float), cut[:24000].astype(float))
    assert abs(int(score.argmax()) - 480) <= 48


def test_late_sound_is_found_when_read_back(tmp_path: Path) -> None:
    clip = make(BY_NAME["s16.mov"], tmp_path)
    wave = np.random.default_rng(1).normal(size=48000).astype(np.float32)
    raw = tmp_path / "noise.f32"
    raw.write_bytes(np.concatenate([np.zeros(960, np.float32), wave]).tobytes())
    track = tmp_path / "noise.mka"
    command = ["ffmpeg", "-v", "error", "-f", "f32le", "-ar", "48000", "-ac", "1", "-i", str(raw), str(track)]
    subprocess.run([*command[:-1], "-c:a", "pcm_s16le", str(track)], check=True, timeout=60)
    probe = SoundProbe(48000, Fraction(0), wave[:24000])
    late = checking.lag(track, 0, probe, Fraction(0))
    assert late is not None
    assert abs(late - Fraction(20, 1000)) < Fraction(1, 1000)
    assert checking.lag(track, 0, probe, Fraction(20, 1000)) == 0
    assert checking.lag(clip, 0, probe, Fraction(0)) is None, "that is another sound"


@pytest.mark.parametrize(
    ("names", "layout"),
    [
        (speakers("5.1(side)"), "5.1"),
        (speakers("4.0"), "6.1"),
        (speakers("mono"), "mono"),
        (speakers("2.1"), "5.1"),
        (speakers("octagonal"), "7.1"),
    ],
)
def test_layouts_of_opus(names: tuple[str, ...], layout: str) -> None:
    from core.delivery.sound.planning import _OPUS_LAYOUTS

    assert fitting_layout(names, _OPUS_LAYOUTS) == layout
    weights = mixing(names, speakers(layout))
    assert weights.sum(axis=0).min() > 0, "every channel is heard"
    assert weights.sum(axis=1).max() <= 1.0001, "none is too loud"


def test_sound_that_an_edit_list_hides_is_not_heard_before_the_first_picture(tmp_path: Path) -> None:
    """A cut without encoding anew keeps all from the keyframe on; Matroska has no list that hides it."""
    whole, cut = tmp_path / "whole.mkv", tmp_path / "cut.mp4"
    sources = ["-f", "lavfi", "-i", "testsrc2=s=96x64:r=25:d=2", "-f", "lavfi", "-i", "sine=r=48000:d=2"]
    coded = ["-c:v", "libx264", "-g", "25", "-keyint_min", "25", "-pix_fmt", "yuv420p", "-c:a", "aac"]
    subprocess.run(["ffmpeg", "-v", "error", "-y", *sources, *coded, str(whole)], check=True)
    subprocess.run(["ffmpeg", "-v", "error", "-ss", "1.8", "-i", str(whole), "-c", "copy", str(cut)], check=True)
    everything(cut, tmp_path / "out.mkv", format="ffv1")
    shown = ["-select_streams", "v", "-show_entries", "frame=pts_time", "-of", "csv=p=0"]
    found = subprocess.run(
        ["ffprobe", "-v", "error", *shown, str(tmp_path / "out.mkv")], capture_output=True, check=True
    )
    assert float(found.stdout.split()[0].strip(b",")) <= 0.13
