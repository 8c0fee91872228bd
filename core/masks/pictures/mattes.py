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
_DARK, _NOISE, _APART, _OFF_LINE = 64, 16, 40, 64
"""Levels that may be a background's; noise about one level; what is no background; what is no rim of one colour."""
_AT_END, _AT_ENDS = 3, 0.4
"""At least this share of a matte's pixels is so close to its darkest or brightest level; a photograph's are not."""
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


def matte(raster: Raster, background: NDArray[np.uint8] | None = None) -> NDArray[np.bool_] | None:
    """Where the one object of a matte is: (H, W), at least half as bright as it is; None if the picture is none.

    With a `background` colour, by how far colours are from that, if all lie on a line from it.
    """
    colours = raster.colours.astype(np.int16)
    shades = colours.max(axis=1)
    if background is not None:
        apart = colours - background.astype(np.int16)
        shades = np.abs(apart).max(axis=1)
        axis = apart[int(shades.argmax())].astype(float)
        along = apart @ axis / max(1.0, float(axis @ axis))
        off = np.abs(apart - along[:, None] * axis).max(axis=1)
        if off[shades > _APART].max(initial=0) > _OFF_LINE:
            return None
    counts = np.bincount(shades, weights=raster.counts, minlength=256)
    low = int(counts[:_DARK].argmax()) if counts[:_DARK].sum() >= 0.01 * raster.value_map.size else 0
    bright = shades > low + 32
    if not bright.any():
        return np.zeros(raster.value_map.shape, bool)
    order = np.argsort(shades)[::-1]
    top = int(shades[order[int(np.argmax(np.cumsum(raster.counts[order]) >= 0.1 * raster.counts[bright].sum()))]])
    shown = raster.value_map.size - int(raster.counts[np.abs(shades - low) <= _NOISE].sum())
    full = int(raster.counts[bright & (shades >= top - 24)].sum())
    shade = shades.astype(np.uint8)[raster.value_map]
    kernel = np.ones((5, 5), np.uint8)
    rim = int(
        np.count_nonzero(
            (cv2.dilate(shade, kernel) - cv2.erode(shade, kernel) >= (top - low) / 2) & bright[raster.value_map]
        )
    )
    inside = int(raster.counts[bright].sum())
    if raster.value_map.size - shown + full < 0.5 * raster.value_map.size:
        return None
    if background is None and float(raster.counts[_near_peaks(shades, counts, low, top)].sum()) < _AT_ENDS * shade.size:
        return None
    if full < (0.25 if background is None else 0.5) * inside and rim < 0.6 * inside:
        return None
    found: NDArray[np.bool_] = shade >= (low + top) / 2
    return found


def _near_peaks(shades: NDArray[np.int16], counts: NDArray[Any], low: int, top: int) -> NDArray[np.bool_]:
    """Which of the shades are next to the background's, or to the most frequent one of the brightest."""
    least = max(0, top - 24)
    peaks = (low, least + int(counts[least:].argmax()))
    return np.asarray(np.minimum(*(np.abs(shades - peak) for peak in peaks)) <= _AT_END)


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
