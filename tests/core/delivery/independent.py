"""A clip as the `ffprobe` and `ffmpeg` programs of the system see it: nothing of it goes through PyAV's libraries."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

_WAIT = 60


def _run(*command: str) -> bytes:
    done = subprocess.run(command, capture_output=True, timeout=_WAIT, check=False)
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stderr.decode()}"
    return done.stdout


@dataclass(frozen=True)
class Seen:
    """A file as ffprobe sees it."""

    video: dict[str, Any]
    """Its first video stream, in ffprobe's own words."""
    times: list[Fraction]
    """When each decoded frame is shown, in exact seconds, in the order of showing."""
    sound: list[tuple[Fraction, str]]
    """Start in exact seconds and MD5 of each packet of the first sound track."""

    @property
    def tags(self) -> dict[str, str | None]:
        """Colour tags; None where the file says nothing."""
        return {name: self.video.get(f"color_{name}") for name in ("primaries", "transfer", "space", "range")}


def look(path: Path) -> Seen:
    """Decodes all of a file with ffprobe."""
    wanted = ["-show_streams", "-show_frames", "-show_packets", "-show_data_hash", "md5"]
    found = json.loads(_run("ffprobe", "-v", "error", "-of", "json", *wanted, str(path)))
    tick = {stream["index"]: Fraction(stream["time_base"]) for stream in found["streams"]}
    video = next(stream for stream in found["streams"] if stream["codec_type"] == "video")
    others = [stream["index"] for stream in found["streams"] if stream["codec_type"] == "audio"]
    times, sound = [], []
    for part in found["packets_and_frames"]:
        index = part["stream_index"]
        if part["type"] == "frame" and index == video["index"]:
            times.append(part["pts"] * tick[index])
        elif part["type"] == "packet" and index in others[:1]:
            sound.append((part["pts"] * tick[index], part["data_hash"]))
    return Seen(video, times, sound)


def decoded(path: Path, pixels: str, *, decoder: str = "") -> NDArray[Any]:
    """All frames as ffmpeg shows them, turned upright if the file says so: (N, H, W, channels) uint8 or uint16.

    `pixels` is a format that PAM holds: rgb24, rgba, gray, or with 16 bits rgb48be, rgba64be, gray16be. The matrix and
    range of the file's tags are used, with exact rounding. `decoder` replaces the usual one.
    """
    # chroma on the left of each pair of columns, where H.264 has it: this FFmpeg would put it between
    exact = f"scale=flags=bicubic+accurate_rnd+full_chroma_int+full_chroma_inp:in_h_chr_pos=0,format={pixels}"
    chosen = ["-c:v", decoder] if decoder else []
    pam = ["-vf", exact, "-vsync", "passthrough", "-f", "image2pipe", "-c:v", "pam", "-"]
    stored = _run("ffmpeg", "-v", "error", *chosen, "-i", str(path), "-map", "0:v:0", *pam)
    frames = []
    while stored:
        head, _, stored = stored.partition(b"ENDHDR\n")
        fields = dict(line.split(b" ", 1) for line in head.splitlines()[1:])
        shape = tuple(int(fields[name]) for name in (b"HEIGHT", b"WIDTH", b"DEPTH"))
        kind = np.dtype(">u2" if int(fields[b"MAXVAL"]) > 255 else np.uint8)
        length = int(np.prod(shape)) * kind.itemsize
        frames.append(np.frombuffer(stored[:length], kind).reshape(shape))
        stored = stored[length:]
    return np.stack(frames)


def decoded_sound(path: Path) -> NDArray[np.float32]:
    """The first sound track's samples, both channels mixed, 48000 a second; the first is at time zero."""
    mixed = ["-af", "aresample=48000:async=1:first_pts=0", "-ac", "1", "-f", "f32le", "-"]
    return np.frombuffer(_run("ffmpeg", "-v", "error", "-copyts", "-i", str(path), "-map", "0:a:0", *mixed), "<f4")


def linear_pixels(path: Path) -> NDArray[np.float32]:
    """An OpenEXR picture's floats as ffmpeg reads them, (H, W, 4) RGBA."""
    stream = look(path).video
    raw = _run("ffmpeg", "-v", "error", "-i", str(path), "-f", "rawvideo", "-pix_fmt", "gbrapf32le", "-")
    planes = np.frombuffer(raw, "<f4").reshape(4, stream["height"], stream["width"])
    return np.stack([planes[2], planes[0], planes[1], planes[3]], axis=2)
