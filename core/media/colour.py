"""From decoded frames to RGB with the stream's own colour matrix and range, upright."""

from __future__ import annotations

import av
import numpy as np
from av.video.reformatter import ColorRange, Colorspace, Interpolation

from core.types import Image

_MATRIX_NAMES = {0: "rgb", 1: "bt709", 4: "fcc", 5: "bt601", 6: "bt601", 7: "smpte240m", 9: "bt2020", 10: "bt2020"}
_SWS_MATRIX = {4: Colorspace.FCC, 5: Colorspace.ITU601, 6: Colorspace.ITU601, 7: Colorspace.SMPTE240M}
_SWS_MATRIX |= {1: Colorspace.ITU709, 9: Colorspace.BT2020, 10: Colorspace.BT2020}
_HD_HEIGHT = 720
# Chroma is interpolated at full width and rounded: flat patches come out within 2 of 255 levels.
_QUALITY = Interpolation.BICUBIC | Interpolation.FULL_CHR_H_INT | Interpolation.ACCURATE_RND


def matrix_name(colorspace: int, height: int) -> str:
    """The colour matrix's name; where the stream tells none, HD is BT.709 and smaller BT.601, as players assume."""
    if colorspace in _MATRIX_NAMES:
        return _MATRIX_NAMES[colorspace]
    return "bt709" if height >= _HD_HEIGHT else "bt601"


def range_name(color_range: int, pixel_format: str) -> str:
    """ "full" or "limited"; untagged video is limited, save for the formats that are full by definition."""
    full = color_range == ColorRange.JPEG or pixel_format.startswith(("yuvj", "rgb", "bgr", "gbr", "gray"))
    return "full" if full else "limited"


def to_rgb(frame: av.VideoFrame, rotation: int) -> Image:
    """The frame as (H, W, 3) uint8 RGB, turned upright by `rotation` degrees counter-clockwise (a multiple of 90).

    10-bit frames are rounded to 8.
    """
    if frame.format.is_rgb or frame.format.name.startswith("pal"):
        rgb = frame.reformat(format="rgb24")
    else:
        matrix = frame.colorspace
        if matrix not in _SWS_MATRIX:
            matrix = 1 if frame.height >= _HD_HEIGHT else 5
        full = range_name(frame.color_range, frame.format.name) == "full"
        rgb = frame.reformat(
            format="rgb24",
            src_colorspace=_SWS_MATRIX[matrix],
            src_color_range=ColorRange.JPEG if full else ColorRange.MPEG,
            dst_color_range=ColorRange.JPEG,
            interpolation=_QUALITY,
        )
    pixels = rgb.to_ndarray()
    turns = (rotation // 90) % 4
    return np.ascontiguousarray(np.rot90(pixels, turns)) if turns else pixels
