"""Colours of every pixel format, against the `ffmpeg` program of the system: another version, by another route."""

from __future__ import annotations

import os
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import av
import av.video.format
import cv2
import numpy as np
import pytest
from av.video.reformatter import VideoReformatter
from numpy.typing import NDArray

from core.errors import MediaFormatError
from core.media import open_video
from core.media.colour import ColourModel, colour_model, rgb_pixels
from core.media.reference import reference_rgb

W, H = 88, 72
_EXACT = "flags=bicubic+accurate_rnd+full_chroma_int+full_chroma_inp"
_SCALER_ROUNDS = {"rgb8", "bgr8", "rgb4_byte", "bgr4_byte"}
"""FFmpeg expands their two or three bits by a table of its own, some levels off; tested on their own."""


def chart() -> NDArray[np.uint16]:
    """Smooth in luma and chroma, with one hard red patch: (H, W, 3) uint16 RGB."""
    rows, columns = np.mgrid[:H, :W]
    picture = np.stack([0.1 + 0.8 * columns / W, 0.5 + 0.4 * np.sin(rows / 13), 0.9 - 0.8 * rows / H], axis=-1)
    picture[20:50, 30:64] = (0.85, 0.2, 0.15)
    return np.rint(picture * 65535).astype(np.uint16)


def _run(command: list[str]) -> bytes:
    done = subprocess.run(command, capture_output=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    return done.stdout


def _common_formats() -> list[str]:
    listed = subprocess.run(["ffmpeg", "-v", "error", "-pix_fmts"], capture_output=True, text=True, check=True).stdout
    rows = [line.split() for line in listed.splitlines()]
    readable = [row[1] for row in rows if len(row) >= 4 and row[0].startswith("IO")]
    return [name for name in readable if name in av.video.format.names]


@pytest.fixture(scope="module")
def charts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, NDArray[np.float64]]]:
    """For each format the stored chart, and what `ffmpeg` makes of it: (H, W, 3) RGB in levels of 255."""
    folder = tmp_path_factory.mktemp("formats")
    source = folder / "chart.ppm"
    source.write_bytes(b"P6\n%d %d\n65535\n" % (W, H) + chart().astype(">u2").tobytes())
    names, raw = _common_formats(), ["-f", "rawvideo", "-y"]
    store, show = ["ffmpeg", "-v", "error", "-i", str(source)], ["ffmpeg", "-v", "error"]
    for name in names:
        kept = ["-map", "0", "-vf", f"scale={_EXACT}:out_color_matrix=bt709,format={name}"]
        store += [*kept, "-c:v", "rawvideo", *raw, str(folder / name)]
        show += ["-f", "rawvideo", "-pix_fmt", name, "-s", f"{W}x{H}", "-i", str(folder / name)]
    for number, name in enumerate(names):
        seen = ["-map", str(number), "-vf", f"scale={_EXACT}:in_color_matrix=bt709,format=rgb48le"]
        show += [*seen, *raw, str(folder / f"{name}.rgb")]
    _run(store)
    _run(show)

    def shown(name: str) -> NDArray[np.float64]:
        return np.fromfile(folder / f"{name}.rgb", "<u2").reshape(H, W, 3) / 257

    return {name: (folder / name, shown(name)) for name in names}


def _decoded(path: Path, name: str) -> tuple[Any, ColourModel]:
    """The stored chart as this program decodes it."""
    options = {"pixel_format": name, "video_size": f"{W}x{H}"}
    with av.open(str(path), format="rawvideo", options=options) as container:
        frame = next(container.decode(video=0))
        model = colour_model(frame, container.streams.video[0].codec_context)
    return frame, model if model.matrix == "rgb" else replace(model, matrix="bt709")


@pytest.mark.parametrize(
    ("how", "mean", "most"),
    # bilinear chroma differs from bicubic at the red patch's edge, nowhere else
    [({}, 1.4, 40), ({"draft": True}, 2.5, 90), ({"deep": True}, 0.15, 2)],
    ids=["8 bit", "draft", "16 bit"],
)
def test_every_pixel_format_has_its_colours(
    charts: dict[str, tuple[Path, NDArray[np.float64]]], how: dict[str, Any], mean: float, most: float
) -> None:
    assert len(charts) > 150
    wrong = {}
    for name, (path, wanted) in charts.items():
        if name in _SCALER_ROUNDS:
            continue
        frame, model = _decoded(path, name)
        found = rgb_pixels(VideoReformatter(), frame, model, **how) / (257 if how.get("deep") else 1)
        off = np.abs(found - wanted)
        if off.mean() > mean or off.max() > most:
            wrong[name] = f"{off.mean():.2f} on average, {off.max():.0f} at most"
    assert wrong == {}


def test_the_second_route_agrees_with_ffmpeg(charts: dict[str, tuple[Path, NDArray[np.float64]]]) -> None:
    wrong = {}
    for name, (path, wanted) in charts.items():
        frame, model = _decoded(path, name)
        found = reference_rgb(frame, model)
        off = cv2.blur(np.abs(found * 255 - wanted), (8, 8)) if name not in _SCALER_ROUNDS else np.zeros(1)
        if off.mean() > 2:
            wrong[name] = f"{off.mean():.2f} on average, {off.max():.0f} at most"
    assert wrong == {}


@pytest.mark.parametrize("name", sorted(_SCALER_ROUNDS))
def test_formats_of_a_byte_a_pixel(tmp_path: Path, name: str) -> None:
    codes = np.arange(256 if name in ("rgb8", "bgr8") else 16)
    parts = {
        "rgb8": (codes >> 5, codes >> 2 & 7, codes & 3),
        "bgr8": (codes & 7, codes >> 3 & 7, codes >> 6),
        "rgb4_byte": (codes >> 3, codes >> 1 & 3, codes & 1),
        "bgr4_byte": (codes & 1, codes >> 1 & 3, codes >> 3),
    }[name]
    tops = [7, 7, 3] if name in ("rgb8", "bgr8") else [1, 3, 1]
    wanted = np.stack([part * 255 / top for part, top in zip(parts, tops, strict=True)], axis=-1)
    stored = np.resize(codes, (H, W)).astype(np.uint8)
    (tmp_path / "raw").write_bytes(stored.tobytes())
    frame, model = _decoded(tmp_path / "raw", name)
    assert np.abs(rgb_pixels(VideoReformatter(), frame, model) - wanted[stored]).max() < 6


def test_formats_that_only_this_ffmpeg_knows(charts: dict[str, tuple[Path, NDArray[np.float64]]]) -> None:
    """Made by the library itself, so it is no proof of its layout, but one that no row or plane is mixed up."""
    source = av.VideoFrame.from_ndarray(chart(), format="rgb48le")
    written, wrong = 0, {}
    for name in sorted(set(av.video.format.names) - set(charts)):
        try:
            made = VideoReformatter().reformat(source, format=name, dst_colorspace=1, interpolation=0x44004)
        except (av.FFmpegError, OSError, ValueError):
            continue  # it cannot be written, mostly since it is a GPU's
        model = ColourModel("rgb" if made.format.is_rgb else "bt709", bool(made.format.is_rgb) or "gray" in name)
        try:
            found = rgb_pixels(VideoReformatter(), made, model, deep=True)
        except MediaFormatError:
            continue
        written += 1
        grey = len(made.format.components) < 3
        wanted = (chart() / 65535 @ [0.2126, 0.7152, 0.0722])[..., None].repeat(3, 2) if grey else chart() / 65535
        off = np.abs(found / 65535 - wanted).mean() * 255
        if off > 4:
            wrong[name] = off
    assert written > 20
    assert wrong == {}


def test_a_format_that_would_end_the_process_is_refused() -> None:
    with pytest.raises(MediaFormatError, match="yaf32le"):
        rgb_pixels(VideoReformatter(), av.VideoFrame(W, H, "yaf32le"), ColourModel("bt709", True))


@pytest.mark.parametrize("encoder", ["qtrle", "rawvideo"])
def test_a_quicktime_clip_of_thousands_of_colours(tmp_path: Path, encoder: str) -> None:
    """Its RGB of 15 bits has the high byte first."""
    source, clip = tmp_path / "chart.ppm", tmp_path / "clip.mov"
    source.write_bytes(b"P6\n%d %d\n65535\n" % (W, H) + chart().astype(">u2").tobytes())
    _run(["ffmpeg", "-v", "error", "-i", str(source), "-pix_fmt", "rgb555be", "-c:v", encoder, os.fspath(clip)])
    with open_video(clip) as video:
        assert video.info.pixel_format.startswith("rgb555")
        # five bits: a step is eight levels, and it was dithered
        assert np.abs(video.read(0) - chart() / 257).mean() < 6
