"""RGB worked out from a frame's stored numbers by NumPy alone: a second route, against which exports are compared.

It shares no code with FFmpeg's scaler for planar and semi-planar formats, which is what nearly every codec decodes to.
Others, packed or with a palette, go through planes of 16 bits first.
"""

from __future__ import annotations

import re
from typing import Any

import cv2
import numpy as np
from av.video.reformatter import VideoReformatter
from numpy.typing import NDArray

from core.media.colour import DEEP, FULL_RANGE, LIMITED_RANGE, LUMA_PARTS, SCALER_MATRIX, ColourModel

_PLANAR = re.compile(r"(yuva?j?4\d\dp|gbra?p|gray|ya)(\d*)(le|be)?")
_SEMI_PLANAR = re.compile(r"(nv12|nv16|nv24|p0|p2|p4)(\d*)(le|be)?")
_PADDED_BELOW = re.compile(r"p[024]1[0-6](le|be)")


def reference_rgb(frame: Any, model: ColourModel) -> NDArray[np.float32]:
    """A decoded `av.VideoFrame` as (H, W, 3) float32 RGB in [0, 1], as stored: not turned upright."""
    name = frame.format.name
    known = _PLANAR.fullmatch(name) or _SEMI_PLANAR.fullmatch(name)
    if not known or name.startswith("ya"):
        frame, model = _planar(frame, model)
        name = frame.format.name
    planes = _values(frame)
    if model.matrix == "rgb":
        green, blue, red = (plane / _top(frame) for plane in planes[:3])
        return np.clip(np.stack([red, green, blue], axis=-1), 0, 1).astype(np.float32)
    return _from_yuv(planes, frame, model)


def _planar(frame: Any, model: ColourModel) -> tuple[Any, ColourModel]:
    """The frame in planes of 16 bits, of its own kind of colour."""
    kind = frame.format
    if kind.is_rgb or kind.has_palette or model.matrix == "rgb" or kind.name.startswith("xyz"):
        return VideoReformatter().reformat(frame, format="gbrp16le", interpolation=DEEP), ColourModel("rgb", True)
    matrix = SCALER_MATRIX[model.matrix]
    levels = FULL_RANGE if model.full_range else LIMITED_RANGE
    made = VideoReformatter().reformat(
        frame,
        format="yuv444p16le",
        src_colorspace=matrix,
        dst_colorspace=matrix,
        src_color_range=levels,
        dst_color_range=levels,
        interpolation=DEEP,
    )
    return made, model


def _bits(frame: Any) -> int:
    name = frame.format.name
    # P010 and its kind keep their bits at the top of 16
    return 16 if _PADDED_BELOW.fullmatch(name) else int(frame.format.components[0].bits)


def _top(frame: Any) -> float:
    return float(2 ** _bits(frame) - 1)


def _values(frame: Any) -> list[NDArray[np.float32]]:
    """Each component as (h, w) float32 in stored levels."""
    bits = _bits(frame)
    kind = np.dtype(np.uint8) if bits == 8 else np.dtype(">u2" if frame.format.name.endswith("be") else "<u2")
    found = []
    for plane in frame.planes:
        rows = np.frombuffer(plane, kind).reshape(plane.height, -1)
        found.append(rows)
    components = frame.format.components
    if len(found) == 2 and len(components) >= 3:  # semi-planar: U and V side by side
        width = components[1].width
        pairs = found[1][:, : 2 * width].reshape(found[1].shape[0], width, 2)
        found = [found[0], pairs[..., 0], pairs[..., 1]]
        widths = [components[0].width, width, width]
    else:
        widths = [plane.width for plane in frame.planes]
    return [rows[:, :width].astype(np.float32) for rows, width in zip(found, widths, strict=True)]


def _from_yuv(planes: list[NDArray[np.float32]], frame: Any, model: ColourModel) -> NDArray[np.float32]:
    red, blue = LUMA_PARTS[model.matrix]
    bits = _bits(frame)
    unit = np.float32(2.0 ** (bits - 8))
    if model.full_range:
        luma, chroma_span = planes[0] / np.float32(_top(frame)), np.float32(_top(frame))
    else:
        luma, chroma_span = (planes[0] - 16 * unit) / (219 * unit), 224 * unit
    if len(planes) < 3:
        return np.asarray(np.clip(luma[..., None].repeat(3, axis=2), 0, 1), np.float32)
    size = luma.shape[1], luma.shape[0]
    u, v = (
        cv2.resize((plane - 128 * unit) / chroma_span, size, interpolation=cv2.INTER_LINEAR) for plane in planes[1:3]
    )
    shown = np.empty((*luma.shape, 3), np.float32)
    shown[..., 0] = luma + 2 * (1 - red) * v
    shown[..., 2] = luma + 2 * (1 - blue) * u
    shown[..., 1] = (luma - red * shown[..., 0] - blue * shown[..., 2]) / (1 - red - blue)
    return np.asarray(np.clip(shown, 0, 1), np.float32)
