"""Special cases of a picture of one object: black and white in video range, alpha, inverted masks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from core.masks.pictures.raster import Raster
from core.messages import Message

_BLACK, _WHITE = 16, 235
"""Black and white in video range, in levels of 255."""
_MIDDLE = range(112, 145)
"""Greys that stand for the unknown zone of a trimap."""
_BETWEEN = 0.95
_NEARLY_WHITE = 0.97
"""White of 16 bits that was white of 8, 10 or 12 bits, or of video, before."""
ALL_AROUND = 0.95
"""Share of the border that few objects cover."""


def border(pixels: NDArray[Any]) -> NDArray[Any]:
    """The pixels along the border of (H, W), one after the other."""
    return np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]])


def is_black_and_white(raster: Raster) -> bool:
    """No value but 0 and full white, of however many bits: 255, too, where a picture of 8 bits was made one of more."""
    top = int(raster.values[-1])
    most = 255 if raster.white <= 255 else round(_NEARLY_WHITE * raster.white)
    white = top in (raster.white, 255) or top >= most
    return len(raster.values) <= 2 and int(raster.values[0]) in (0, top) and (white or top == 0)


def is_video_range(raster: Raster) -> bool:
    """Two levels, of which the darker is black as video has it, not 0, and lies along most of the border."""
    if len(raster.values) != 2:
        return False
    dark, bright = (int(colour[0]) for colour in raster.colours)
    return abs(dark - _BLACK) <= 1 and bright >= 200 and float((border(raster.value_map) == 0).mean()) > 0.5


def is_trimap(raster: Raster) -> bool:
    """Black, white and one middle grey that lies between the two nearly everywhere."""
    shades = raster.colours[:, 0].tolist()
    if not raster.is_grey or len(shades) != 3 or shades[0] or shades[2] != 255 or shades[1] not in _MIDDLE:
        return False
    white = (raster.value_map == 2).astype(np.uint8)
    around = (cv2.dilate(white, np.ones((3, 3), np.uint8)) > 0) & (white == 0)
    return bool(around.any()) and bool((raster.value_map[around] == 1).mean() >= _BETWEEN)


def alpha_of(raster: Raster) -> NDArray[np.uint8] | None:
    """(H, W) uint8: how much of each pixel the object covers, of 255; None if nothing is covered in part."""
    if not raster.is_grey or raster.lossy:
        # of colours and lossy pictures the levels are no alpha
        return None
    levels = raster.colours.max(axis=1).astype(np.uint8)
    darker, black = levels < _BLACK - 1, np.abs(levels.astype(int) - _BLACK) <= 1
    few_darker = int(raster.counts[darker].sum()) < 0.01 * raster.value_map.size
    if few_darker and raster.counts[black].any() and int(levels.max()) <= _WHITE + 5:
        stretched = (levels.astype(float) - _BLACK) * 255 / (_WHITE - _BLACK)
        levels = np.clip(np.rint(stretched), 0, 255).astype(np.uint8)
    return levels[raster.value_map] if bool(((levels > 0) & (levels < 255)).any()) else None


def inside_out(inside: NDArray[np.bool_], path: Path) -> tuple[Message, ...]:
    """What to say where the object, (H, W) bool, lies all around the picture: often it is what was not meant."""
    if inside.all() or float(border(inside).mean()) < ALL_AROUND:
        return ()
    return (
        Message(
            "{name}: the white, read as the object, lies all around; invert the picture if the black is meant",
            name=path.name,
        ),
    )
