"""Little clips whose frames say their own number, so that a test sees whether it got the frame it asked for."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np

from benchmarks.video_writer import VideoWriter
from core.types import Image

SIZE = (96, 64)
FRAMES = 40
_BITS = 8
_ONE = 1 << 16


def numbered(number: int, size: tuple[int, int] = SIZE) -> Image:
    """A picture of (width, height) with `number` as a row of black (0) and white (1) blocks over moving stripes."""
    width, height = size
    x, y = np.arange(width), np.arange(height)[:, None]
    stripes = 96 + 48 * np.sin((x + 3 * number) / 5) + 0 * y
    image = np.repeat(stripes[..., None], 3, axis=2).astype(np.uint8)
    image[height // 2 :, :, 1] = image[height // 2 :, :, 1] // 2 + 5 * (number % 32)
    block = width // _BITS
    for bit in range(_BITS):
        image[: height // 2, bit * block : (bit + 1) * block] = 255 * (number >> bit & 1)
    return image


def number_of(image: Image) -> int:
    """The number in a picture made by `numbered`, whatever compression did to it."""
    height, width = image.shape[:2]
    block = width // _BITS
    row = image[height // 8 : height // 2 - height // 8].mean(axis=(0, 2))
    return sum(int(row[bit * block + 2 : (bit + 1) * block - 2].mean() > 127) << bit for bit in range(_BITS))


def write_clip(
    path: Path,
    frames: int = FRAMES,
    *,
    size: tuple[int, int] = SIZE,
    rate: Fraction | int = 24,
    pts: Sequence[int] | None = None,
    codec: str = "libx264",
    options: Mapping[str, str] | None = None,
    **more: Any,
) -> Path:
    """Writes a clip of numbered pictures, with B-frames and a keyframe every 12 frames by default."""
    if options is None and codec in ("libx264", "libx265"):
        options = {"bf": "2", "g": "12", "preset": "veryfast"}
    with VideoWriter(path, size, rate, codec, options, **more) as writer:
        for number in range(frames):
            writer.write(numbered(number, size), None if pts is None else pts[number])
    return path


def write_planes(path: Path, planes: Sequence[np.ndarray], pixel_format: str, frames: int = 3, **tags: Any) -> Path:
    """Encodes the same planar picture losslessly; `tags` are set on the encoder as they are (colorspace ...)."""
    height, width = planes[0].shape
    frame = av.VideoFrame(width, height, pixel_format)
    for plane, values in zip(frame.planes, planes, strict=True):
        padded = np.zeros((values.shape[0], plane.line_size // values.itemsize), values.dtype)
        padded[:, : values.shape[1]] = values
        plane.update(padded.tobytes())
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=24, options={"qp": "0", "preset": "ultrafast"})
        stream.width, stream.height, stream.pix_fmt = width, height, pixel_format
        for name, value in tags.items():
            setattr(stream.codec_context, name, value)
            if name.startswith("color"):
                setattr(frame, name, value)
        for index in range(frames):
            frame.pts = index
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def set_display_matrix(path: Path, a: float, b: float, c: float, d: float) -> None:
    """Changes how an MP4 asks to be shown: (x, y) goes to (a x + c y, b x + d y)."""
    data = bytearray(path.read_bytes())
    # version and flags, times, track id, duration, reserved, layer, group, volume come before the matrix
    at = data.index(b"tkhd") + 44
    turned = [round(number * _ONE) for number in (a, b, c, d)]
    data[at : at + 36] = struct.pack(">9i", *turned[:2], 0, *turned[2:], 0, 0, 0, 1 << 30)
    path.write_bytes(data)


def write_sound(path: Path) -> Path:
    """A file with half a second of silence and no picture."""
    with av.open(str(path), "w") as container:
        stream: Any = container.add_stream("aac", rate=48000)
        for index in range(24):
            frame = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), format="fltp", layout="mono")
            frame.sample_rate, frame.pts = 48000, index * 1024
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def cut_off(path: Path, share: float) -> Path:
    """Keeps only the first `share` of a file's bytes, as an interrupted copy does."""
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    return path
