"""Samples of sound between NumPy and FFmpeg's frames.

PyAV looks for the end of a frame's planes behind the last of eight, and takes what lies there for a ninth: so planes
are counted here.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]
"""(channels, count) in [-1, 1]."""
_KINDS = {"u8": np.uint8, "s16": np.int16, "s32": np.int32, "s64": np.int64, "flt": np.float32, "dbl": np.float64}


def samples_of(frame: Any) -> Samples:
    """The samples of a decoded `av.AudioFrame` of at most eight channels."""
    name, channels, count = frame.format.name, frame.layout.nb_channels, frame.samples
    kind = np.dtype(_KINDS[name.removesuffix("p")])
    if frame.format.is_planar:
        values = np.stack([np.frombuffer(plane, kind, count) for plane in frame.planes[:channels]])
    else:
        values = np.frombuffer(frame.planes[0], kind, count * channels).reshape(count, channels).T
    if kind == np.uint8:
        return np.asarray((values.astype(np.float32) - 128) / 128, np.float32)
    if kind.kind == "i":
        return np.asarray(values / 2.0 ** (8 * kind.itemsize - 1), np.float32)
    return np.asarray(values, np.float32)


def frame_of(wave: Samples, samples: str, layout: str, rate: int, start: int = 0) -> Any:
    """An `av.AudioFrame` of a sample format such as "s16" or "fltp", that begins at sample `start`."""
    bare = samples.removesuffix("p")
    values: NDArray[np.generic] = np.asarray(wave, np.float32)
    if bare in ("s16", "s32"):
        top = 2.0 ** (int(bare[1:]) - 1)
        values = np.clip(np.rint(wave.astype(np.float64) * top), -top, top - 1).astype(_KINDS[bare])
    frame: Any = av.AudioFrame(samples, layout, wave.shape[1])
    rows = values if samples.endswith("p") else values.T.reshape(1, -1)
    for plane, row in zip(frame.planes[: len(rows)], rows, strict=True):
        plane.update(np.ascontiguousarray(row).tobytes())
    frame.sample_rate, frame.pts, frame.time_base = rate, start, Fraction(1, rate)
    return frame
