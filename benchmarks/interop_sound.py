"""Exports all kinds of sound into all video formats: failures, and the offset between sound and pictures.

    python -m benchmarks.interop_sound [--only WORD] [--out FOLDER]

Sources are synthesised with the system's `ffmpeg`; pictures and sound of the results are decoded with it as well, so
that nothing of a result is judged by the libraries that wrote it. A pair counts as failed if the export ends with an
error, if sound is missing, if it is more than a millisecond off against the pictures, or if language or title is lost.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.delivery.export import export
from core.delivery.settings import ExportSettings
from core.errors import RotoflowError
from core.jobs import CancelToken, watched
from core.matting import MatteSettings
from core.media import open_video
from core.types import LabelMap

RATE = 48000
SECONDS = 3.0
_MOST_LAG = 0.001
_SEARCHED = 0.3


@dataclass(frozen=True)
class Source:
    """A clip to make: its file name, and ffmpeg's options for the pictures and for the sound."""

    name: str
    sound: str
    channels: int = 2
    layout: str = ""
    pictures: str = "-c:v libx264 -preset veryfast -bf 2 -pix_fmt yuv420p"
    tracks: int = 1

    @property
    def title(self) -> str:
        return f"{self.name} {self.sound.removeprefix('-c:a ')} {self.layout or f'{self.channels} ch'}"


_MPEG4 = "-c:v mpeg4 -q:v 3"
SOURCES = (
    Source("aac.mp4", "-c:a aac"),
    Source("aac51.mp4", "-c:a aac", 6, "5.1"),
    Source("mp3.mp4", "-c:a libmp3lame"),
    Source("ac3.mp4", "-c:a ac3"),
    Source("eac3.mp4", "-c:a eac3"),
    Source("alac.mp4", "-c:a alac"),
    Source("opus.mp4", "-c:a libopus"),
    Source("flac.mp4", "-c:a flac -strict -2"),
    Source("hexagonal.mp4", "-c:a aac", 6, "hexagonal"),
    Source("aac.mov", "-c:a aac"),
    Source("s16.mov", "-c:a pcm_s16le"),
    Source("s24.mov", "-c:a pcm_s24be"),
    Source("f32.mov", "-c:a pcm_f32le"),
    Source("eight.mov", "-c:a pcm_s16le", 8, "7.1"),
    Source("four.mov", "-c:a pcm_s16le", 4, "4.0"),
    Source("ima.mov", "-c:a adpcm_ima_qt"),
    Source("phone.mov", "-c:a pcm_mulaw -ar 8000", 1),
    Source("aac.mkv", "-c:a aac"),
    Source("two.mkv", "-c:a aac", tracks=2),
    Source("ac3side.mkv", "-c:a ac3", 6, "5.1(side)"),
    Source("dts.mkv", "-c:a dca -strict -2", 6, "5.1(side)"),
    Source("opus.mkv", "-c:a libopus"),
    Source("opus51.mkv", "-c:a libopus", 6, "5.1"),
    Source("vorbis.mkv", "-c:a libvorbis"),
    Source("flac.mkv", "-c:a flac"),
    Source("flac24.mkv", "-c:a flac -sample_fmt s32"),
    Source("wavpack.mkv", "-c:a wavpack"),
    Source("truehd.mkv", "-c:a truehd -strict -2"),
    Source("tta.mkv", "-c:a tta"),
    Source("pcm.mkv", "-c:a pcm_s16le"),
    Source("pcm44.mkv", "-c:a pcm_s24le -ar 44100"),
    Source("vp9.webm", "-c:a libopus", pictures="-c:v libvpx-vp9 -cpu-used 8 -deadline realtime -b:v 1M"),
    Source("aac.ts", "-c:a aac"),
    Source("ac3.m2ts", "-c:a ac3"),
    Source("mp2.mpg", "-c:a mp2", pictures="-c:v mpeg2video -q:v 3 -bf 2"),
    Source("ms.avi", "-c:a adpcm_ms", pictures=_MPEG4),
    Source("mp3.avi", "-c:a libmp3lame", pictures=_MPEG4),
    Source("wma.wmv", "-c:a wmav2", pictures="-c:v wmv2 -q:v 3"),
    Source("nelly.flv", "-c:a nellymoser -ar 22050", 1),
    Source("mxf.mxf", "-c:a pcm_s16le", pictures="-c:v mpeg2video -q:v 3 -bf 2"),
)
TARGETS = (
    ("h264", ".mp4"),
    ("h264", ".mov"),
    ("h264", ".mkv"),
    ("prores4444", ".mov"),
    ("ffv1", ".mkv"),
    ("vp9-alpha", ".webm"),
)


def run(*command: str) -> bytes:
    """The output of a program. Raises RuntimeError with its last words if it fails."""
    done = subprocess.run(command, capture_output=True, timeout=120, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}\n{done.stderr.decode(errors='replace')[-800:]}")
    return done.stdout


def wave(channels: int) -> NDArray[np.float32]:
    """Noise bursts below 3 kHz, the same in all channels, and a tone of its own in each: (count, channels) float32."""
    count = round(RATE * SECONDS)
    times = np.arange(count) / RATE
    noise = np.fft.rfft(np.random.default_rng(5).normal(size=count))
    noise[np.fft.rfftfreq(count, 1 / RATE) > 3000] = 0
    bursts = np.fft.irfft(noise, count) * (np.sin(2 * np.pi * 1.7 * times) > 0)
    bursts *= 0.4 / np.abs(bursts).max()
    tones = [0.03 * np.sin(2 * np.pi * (400 + 190 * channel) * times) for channel in range(channels)]
    return np.stack([bursts + tone for tone in tones], axis=1).astype(np.float32)


def make(source: Source, folder: Path) -> Path:
    """Writes a source clip; pictures of 25 frames a second as long as the sound."""
    raw = folder / "sound.f32"
    raw.write_bytes(wave(source.channels).tobytes())
    layout = source.layout or ("mono" if source.channels == 1 else "stereo")
    size = "96x64" if not source.name.endswith(".mxf") else "720x576"
    pictures = ["-f", "lavfi", "-i", f"testsrc2=s={size}:r=25:d={SECONDS}"]
    sound = ["-f", "f32le", "-ar", str(RATE), "-ac", str(source.channels), "-channel_layout", layout, "-i", str(raw)]
    tracks = ["-map", "0:v"]
    for number in range(source.tracks):
        tracks += ["-map", "1:a", f"-metadata:s:a:{number}", f"language={('fra', 'deu')[number]}"]
        tracks += [f"-metadata:s:a:{number}", f"title=Track {number}"]
    path = folder / source.name
    run(
        "ffmpeg",
        "-v",
        "error",
        "-y",
        *pictures,
        *sound,
        *tracks,
        *source.pictures.split(),
        *source.sound.split(),
        str(path),
    )
    return path


def look(path: Path) -> dict[str, list[dict[str, object]]]:
    """What ffprobe says of a file: its sound streams, and its first picture."""
    shown = ["-show_streams", "-show_frames", "-select_streams", "v:0", "-read_intervals", "%+#1"]
    first = json.loads(run("ffprobe", "-v", "error", "-of", "json", *shown, str(path)))["frames"]
    sound = json.loads(run("ffprobe", "-v", "error", "-of", "json", "-show_streams", "-select_streams", "a", str(path)))
    return {"sound": sound["streams"], "pictures": first}


def decoded_sound(path: Path, track: int) -> NDArray[np.float64]:
    """A track's samples, mixed, in absolute time from zero on."""
    mixed = ["-af", f"aresample={RATE}:async=1:first_pts=0", "-ac", "1", "-f", "f32le", "-"]
    data = run("ffmpeg", "-v", "error", "-copyts", "-i", str(path), "-map", f"0:a:{track}", *mixed)
    return np.frombuffer(data, "<f4").astype(float)


def lag(before: NDArray[np.float64], after: NDArray[np.float64]) -> tuple[float, float]:
    """(how many seconds later the second is, how similar they are there)."""
    size = 1 << (before.size + after.size).bit_length()
    score = np.fft.irfft(np.fft.rfft(after, size) * np.conj(np.fft.rfft(before, size)), size)
    most = round(_SEARCHED * RATE) * 20
    score = np.concatenate([score[-most:], score[:most]])
    best = int(score.argmax())
    return (best - most) / RATE, float(score[best] / np.sqrt((before**2).sum() * (after**2).sum() + 1e-20))


def _start(picture: dict[str, object]) -> float:
    return float(str(picture.get("pts_time", picture.get("best_effort_timestamp_time"))))


def _tags(stream: dict[str, object]) -> dict[str, str]:
    """Language and title; MP4 and MOV name a track by its handler, and MOV has codes of its own for some languages."""
    found = stream.get("tags", {})
    assert isinstance(found, dict)
    tags = {key.lower(): value for key, value in found.items()}
    language = {"ger": "deu", "fre": "fra", "und": ""}.get(tags.get("language", ""), tags.get("language", ""))
    handler = tags.get("handler_name", "")
    return {"language": language, "title": tags.get("title", "" if "Handler" in handler else handler)}


def faults(source: Path, result: Path, tracks: int) -> list[str]:
    """What is wrong with the sound of a result."""
    before, after = look(source), look(result)
    if len(after["sound"]) != tracks:
        return [f"{len(after['sound'])} tracks instead of {tracks}"]
    starts = [_start(seen["pictures"][0]) for seen in (before, after)]
    wrong = []
    for track in range(tracks):
        late, correlation = lag(decoded_sound(source, track), decoded_sound(result, track))
        late -= starts[1] - starts[0]
        if correlation < 0.7:
            wrong.append(f"track {track} does not sound alike ({correlation:.2f})")
        elif abs(late) > _MOST_LAG:
            wrong.append(f"track {track} is {late * 1000:+.1f} ms late")
        tags = [_tags(seen["sound"][track]) for seen in (before, after)]
        lost = [key for key in ("language", "title") if tags[0][key] not in ("", tags[1][key])]
        wrong += [f"{key} {tags[0][key]} became {tags[1][key]}" for key in lost]
    return wrong


def _whole(size: tuple[int, int], _index: int) -> LabelMap:
    return np.ones((size[1], size[0]), np.uint8)


def tried(
    source: Source, folder: Path, targets: Sequence[tuple[str, str]] = TARGETS
) -> Iterator[tuple[str, str, list[str]]]:
    """(format, ending, faults) of one source in every target."""
    clip = make(source, folder)
    for name, suffix in targets:
        result = folder / f"out-{name}{suffix}"
        settings = ExportSettings(format=name, matte=MatteSettings(band=0), overwrite=True, speed="ultrafast")
        try:
            with closing(open_video(clip)) as video:
                watched(export(video, partial(_whole, video.size), settings, result, CancelToken()), lambda _: None)
            yield name, suffix, faults(clip, result, source.tracks)
        except (RotoflowError, RuntimeError) as error:
            yield name, suffix, [str(error).splitlines()[0][:200]]


def main(arguments: list[str] | None = None) -> int:
    """Prints a line for each source, and the number of failures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", default="", help="sources that have this in their title")
    chosen = parser.parse_args(arguments)
    pairs = failed = 0
    for source in SOURCES:
        if chosen.only not in source.title:
            continue
        with tempfile.TemporaryDirectory() as folder:
            found_faults = []
            for name, suffix, wrong in tried(source, Path(folder)):
                pairs += 1
                failed += bool(wrong)
                found_faults += [f"    {name}{suffix}: {fault}" for fault in wrong]
        print(f"{'ok   ' if not found_faults else 'FAULT'} {source.title}", *found_faults, sep="\n", flush=True)
    print(f"{pairs} pairs, {failed} failures")
    return min(failed, 1)


if __name__ == "__main__":
    sys.exit(main())
