"""Generated clips: known pictures, masks, clocks, tags and sound."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.video.reformatter import VideoReformatter

from core.types import Image, LabelMap

SIZE = (96, 64)
COUNT = 9
TICK = Fraction(1, 30000)
STEADY = tuple(1001 * index for index in range(COUNT))
UNEVEN = (0, 1001, 2002, 4500, 5100, 9009, 10010, 13000, 14014)
_TAGS = {"bt601": (6, 5), "bt709": (1, 1)}


def labels(frame_index: int, size: tuple[int, int] = SIZE) -> LabelMap:
    """Object 1 is a disc that moves right, object 3 a box that stays."""
    rows, columns = np.mgrid[: size[1], : size[0]]
    found = np.zeros((size[1], size[0]), np.uint8)
    found[np.hypot(columns - 24 - 3 * frame_index, rows - 30) < 14] = 1
    found[44:58, 70:90] = 3
    return found


def picture(frame_index: int, size: tuple[int, int] = SIZE) -> Image:
    """Warm objects on a cool gradient."""
    image = np.zeros((size[1], size[0], 3), np.uint8)
    image[..., 1] = np.linspace(60, 140, size[0]).astype(np.uint8)
    image[..., 2] = 150
    found = labels(frame_index, size)
    image[found == 1] = (220, 90, 40)
    image[found == 3] = (200, 200, 60)
    return image


def chart(size: tuple[int, int] = SIZE) -> Image:
    """Flat patches of 16 x 16 pixels."""
    levels = [(16, 16, 16), (235, 235, 235), (128, 128, 128), (200, 30, 30), (30, 180, 40), (40, 50, 200)]
    levels += [(210, 200, 30), (40, 190, 200), (190, 40, 180), (230, 180, 150), (90, 60, 40), (250, 250, 120)]
    image = np.zeros((size[1], size[0], 3), np.uint8)
    for position in range((size[0] // 16) * (size[1] // 16)):
        row, column = divmod(position, size[0] // 16)
        image[16 * row : 16 * row + 16, 16 * column : 16 * column + 16] = levels[(position + row * 5) % len(levels)]
    return image


def write_clip(
    path: Path,
    pictures: Sequence[Image] | None = None,
    *,
    codec: str = "libx264",
    pixels: str = "yuv420p",
    ticks: Sequence[int] = STEADY,
    matrix: str = "bt709",
    full: bool = False,
    audio: str | None = None,
    aspect: Fraction = Fraction(1),
    rotation: int = 0,
    bits: int = 8,
) -> Path:
    """Encodes pictures, (H, W, 3) uint8 or (`bits` 16) uint16, with B-frames; half a second of sound follows."""
    pictures = pictures if pictures is not None else [picture(index) for index in range(len(ticks))]
    scaler = VideoReformatter()
    tag, scaler_matrix = _TAGS[matrix]
    with av.open(str(path), "w") as container:
        options = {"crf": "1", "preset": "fast"} if codec == "libx264" else {}
        stream: Any = container.add_stream(codec, rate=Fraction(30000, 1001), options=options)
        height, width = pictures[0].shape[:2]
        stream.width, stream.height, stream.pix_fmt = width, height, pixels
        context = stream.codec_context
        context.time_base, context.sample_aspect_ratio = TICK, aspect
        context.colorspace = context.color_primaries = context.color_trc = tag
        context.color_range = 2 if full else 1
        if rotation:
            stream.set_display_rotation(rotation)
        sound: Any = container.add_stream(audio, rate=48000, layout="stereo") if audio else None
        for tick, shown in zip(ticks, pictures, strict=True):
            frame = av.VideoFrame.from_ndarray(shown, format="rgb24" if bits == 8 else "rgb48le")
            made: Any = scaler.reformat(
                frame,
                format=pixels,
                src_colorspace=scaler_matrix,
                dst_colorspace=scaler_matrix,
                src_color_range=2,
                dst_color_range=2 if full else 1,
                interpolation=4 | 0x2000 | 0x4000 | 0x40000,
            )
            made.pts, made.time_base = tick, TICK
            container.mux(stream.encode(made))
        container.mux(stream.encode(None))
        if sound is not None:
            _write_sound(container, sound, float(ticks[-1] * TICK) + 0.5)
    return path


def _write_sound(container: Any, stream: Any, seconds: float) -> None:
    times = np.arange(int(48000 * seconds)) / 48000
    # rising tones, which sound the same at no two moments
    rising = [np.sin(2 * np.pi * (base + 1500 * times) * times) for base in (300, 450)]
    wave = np.stack(rising).astype(np.float32) * 0.4
    layout = stream.codec_context.format.name
    resampler = av.AudioResampler(layout, "stereo", 48000)
    for start in range(0, wave.shape[1], 1024):
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(wave[:, start : start + 1024]), "fltp", "stereo")
        frame.sample_rate, frame.pts, frame.time_base = 48000, start, Fraction(1, 48000)
        for made in resampler.resample(frame):
            container.mux(stream.encode(made))
    container.mux(stream.encode(None))


def sound_of(path: Path) -> list[tuple[Fraction, bytes]]:
    """(start in seconds, bytes) of every packet of sound."""
    with av.open(str(path)) as container:
        if not container.streams.audio:
            return []
        stream = container.streams.audio[0]
        return [
            (packet.pts * packet.time_base, bytes(packet))
            for packet in container.demux(stream)
            if packet.size and packet.pts is not None and packet.time_base is not None
        ]


def times_of(path: Path) -> list[Fraction]:
    """When each frame is shown, in seconds, as FFmpeg's decoder reports it."""
    with av.open(str(path)) as container:
        return [Fraction(frame.pts or 0) * Fraction(frame.time_base or 0) for frame in container.decode(video=0)]


def frames_of(path: Path) -> list[Any]:
    """All decoded frames."""
    with av.open(str(path)) as container:
        return list(container.decode(video=0))
