"""Every export format as other programs see it: frames, size, levels, tags and alpha compared with what was meant.

    python -m benchmarks.interop_exports [--only h264]

Read by the system's `ffmpeg` and `ffprobe`, animated WebP by Pillow; beside it is what this program's own reader says.
The alpha's error is the mean of a disc's, in levels of 255, where the format has alpha or is a matte. Colours are
compared in the disc with the source's, both decoded by `ffmpeg`; "levels" is how many values of luma (of green in RGB)
there are in it, and in the source's.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import PIL.Image
from numpy.typing import NDArray

from benchmarks.common import print_table
from core.delivery.export import export
from core.delivery.formats import COMPOSITES, FORMATS
from core.delivery.settings import ExportSettings
from core.errors import RotoflowError
from core.jobs import CancelToken, watched
from core.matting import MatteSettings
from core.media import open_video
from core.types import LabelMap

FRAMES, SIZE = 9, (256, 144)
SOURCES = {"8 bits": "yuv420p", "10 bits": "yuv420p10le", "4:2:2 10 bits": "yuv422p10le"}
_MOST_ALPHA = 4.0
_COLOURS = ("c0=0x803030", "c1=0x307050", "c2=0x304080", "c3=0xa0a080", "x0=10", "y0=10", "x1=240", "y1=130")
"""Colours and ends of the gradient that is the source, so that it is always the same."""
_MOST_COLOUR = 4.0
_LINEAR = ("exr", "cryptomatte")
_INSIDE = 6
"""Pixels inside the disc's edge, where chroma of the background begins."""


@dataclass(frozen=True)
class Seen:
    """What came of one export; `wrong` is empty where all is right."""

    name: str
    source: str
    frames: int = 0
    size: str = ""
    pixels: str = ""
    tags: str = ""
    ours: str = ""
    alpha: str = ""
    colours: str = ""
    levels: str = ""
    wrong: str = ""


def disc(frame_index: int) -> LabelMap:
    """Object 1, a disc that moves."""
    rows, columns = np.mgrid[: SIZE[1], : SIZE[0]]
    return (np.hypot(columns - 80 - 6 * frame_index, rows - 70) < 40).astype(np.uint8)


def made(folder: Path, pixels: str) -> Path:
    path = folder / f"{pixels}.mkv"
    source = f"gradients=s={SIZE[0]}x{SIZE[1]}:r=25:nb_colors=4:speed=0.001:" + ":".join(_COLOURS)
    tags = ["-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv"]
    codec = ["-frames:v", str(FRAMES), "-c:v", "ffv1", "-pix_fmt", pixels, *tags]
    _run("ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", source, *codec, str(path))
    return path


def tried(only: str = "") -> Iterator[Seen]:
    """Every format with every ending, from each of the sources."""
    with tempfile.TemporaryDirectory() as folder:
        for source, pixels in SOURCES.items():
            clip = made(Path(folder), pixels)
            for name, kind in FORMATS.items():
                # shapes are read back by tests of their own
                for suffix in kind.suffixes if only in name and not kind.shapes else ():
                    out = Path(folder) / f"{name}-{pixels}{suffix}"
                    bits = 16 if "10" in source and name in ("rgba", "tiff") else 8
                    settings = ExportSettings(
                        name, matte=MatteSettings(band=0), speed="ultrafast", bits=16 if bits == 16 else 8
                    )
                    title = f"{name} {suffix or 'pictures'}"
                    try:
                        with open_video(clip) as video:
                            watched(export(video, disc, settings, out, CancelToken()), lambda _step: None)
                        yield judged(title, source, name, out, clip)
                    except (RotoflowError, RuntimeError, OSError, StopIteration) as error:
                        yield Seen(title, source, wrong=f"{type(error).__name__}: {error}"[:160])


def judged(title: str, source: str, name: str, out: Path, clip: Path) -> Seen:
    """An export as others see it."""
    middle = FRAMES // 2
    off: float | None
    if out.suffix == ".webp":
        with PIL.Image.open(out) as shown:
            frames, size = int(getattr(shown, "n_frames", 1)), shown.size
            shown.seek(middle)
            off = _off(np.asarray(shown.convert("RGBA"))[..., 3] / 255, middle)
        return _judged(Seen(title, source, frames, f"{size[0]}x{size[1]}", "rgba", "", _ours(out), f"{off:.2f}"), off)
    files = sorted(out.iterdir()) if out.is_dir() else [out]
    looked = files[middle] if out.is_dir() else out
    shown_by = ["-show_streams", "-count_frames", "-select_streams", "v:0"]
    stream: dict[str, Any] = json.loads(_run("ffprobe", "-v", "error", "-of", "json", *shown_by, str(looked)))[
        "streams"
    ][0]
    frames = len(files) if out.is_dir() else int(stream["nb_read_frames"])
    tags = "/".join(str(stream.get(f"color_{part}", "-")) for part in ("space", "primaries", "transfer", "range"))
    grey = name in ("matte", "binary", "masks")
    off = None if name in COMPOSITES else _off(_alpha(looked, 0 if out.is_dir() else middle, grey, name), middle)
    size_seen = f"{stream['width']}x{stream['height']}"
    at = 0 if out.is_dir() else middle
    inside = _inside(middle)
    colour = None if grey or name in _LINEAR else _colour_error(looked, at, clip, inside)
    levels = "" if grey else f"{_levels(looked, at, inside)} of {_levels(clip, middle, inside)}"
    shown_alpha, shown_colour = ("" if value is None else f"{value:.2f}" for value in (off, colour))
    found = Seen(
        title, source, frames, size_seen, stream["pix_fmt"], tags, _ours(out), shown_alpha, shown_colour, levels
    )
    return _judged(found, off, colour)


def _judged(seen: Seen, off: float | None, colour: float | None = None) -> Seen:
    wrong = []
    if not seen.ours.startswith(f"{FRAMES}, {seen.size}"):
        wrong.append(f"read here as {seen.ours}")
    if colour is not None and colour > _MOST_COLOUR:
        wrong.append(f"colours off by {colour:.1f}")
    if seen.frames != FRAMES:
        wrong.append(f"{seen.frames} frames")
    if seen.size != f"{SIZE[0]}x{SIZE[1]}":
        wrong.append(seen.size)
    if off is not None and off > _MOST_ALPHA:
        wrong.append(f"alpha off by {off:.1f}")
    return Seen(**{**seen.__dict__, "wrong": ", ".join(wrong)})


def _alpha(path: Path, frame: int, grey: bool, name: str) -> NDArray[np.float64]:
    pixels, depth = ("gray16le", 1) if grey else ("rgba64le", 4)
    decoder = ["-c:v", "libvpx-vp9"] if name == "vp9-alpha" else []
    chosen = ["-vf", f"select=eq(n\\,{frame})", "-frames:v", "1", "-f", "rawvideo", "-pix_fmt", pixels]
    raw = np.frombuffer(_run("ffmpeg", "-v", "error", *decoder, "-i", str(path), *chosen, "-"), "<u2")
    found = raw.reshape(SIZE[1], SIZE[0], depth)[..., -1] / 65535
    # a palette's colours are the objects'
    return (found > 0.01).astype(float) if name == "masks" else found


def _ours(out: Path) -> str:
    with open_video(out) as video:
        return f"{video.frame_count}, {video.size[0]}x{video.size[1]}, {video.info.pixel_format}"


def _inside(frame: int) -> NDArray[np.bool_]:
    around = np.ones((2 * _INSIDE + 1, 2 * _INSIDE + 1), np.uint8)
    return np.asarray(cv2.erode(disc(frame), around) > 0)


def _colour_error(path: Path, frame: int, clip: Path, inside: NDArray[np.bool_]) -> float:
    pictures = [_picture(looked, at, "rgb48le", 3) for looked, at in ((path, frame), (clip, FRAMES // 2))]
    return float(np.abs(pictures[0] - pictures[1])[inside].mean() / 257)


def _levels(path: Path, frame: int, inside: NDArray[np.bool_]) -> int:
    pixels = _run("ffprobe", "-v", "error", "-select_streams", "v:0", "-show_entries", "stream=pix_fmt", str(path))
    channel = "y" if b"=yuv" in pixels else "g"
    plain = ",format=gbrap16le" if b"rgba64" in pixels else ""
    values = _picture(
        path, frame, "grayf32le" if b"f32" in pixels else "gray16le", 1, f"{plain},extractplanes={channel}"
    )
    return len(np.unique(values[inside]))


def _picture(path: Path, frame: int, pixels: str, depth: int, more: str = "") -> NDArray[np.float64]:
    chosen = ["-vf", f"select=eq(n\\,{frame}){more}", "-frames:v", "1", "-f", "rawvideo", "-pix_fmt", pixels]
    raw = _run("ffmpeg", "-v", "error", "-i", str(path), *chosen, "-")
    return np.frombuffer(raw, "<f4" if "f32" in pixels else "<u2").reshape(SIZE[1], SIZE[0], depth).astype(float)


def _off(alpha: NDArray[Any], frame: int) -> float:
    return float(np.abs(alpha - disc(frame)).mean() * 255)


def _run(*command: str) -> bytes:
    done = subprocess.run(command, capture_output=True, timeout=120, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr.decode(errors="replace")[-200:])
    return done.stdout


def main(arguments: list[str] | None = None) -> int:
    """Prints the table; 1 if something is wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="formats that have this in their name")
    rows = list(tried(parser.parse_args(arguments).only))
    print_table(
        ["format", "source", "frames", "size", "pixels", "tags", "ours", "alpha off", "colours off", "levels", "wrong"],
        [list(row.__dict__.values()) for row in rows],
    )
    return int(any(row.wrong for row in rows))


if __name__ == "__main__":
    sys.exit(main())
