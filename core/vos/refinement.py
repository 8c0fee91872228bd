"""Upsampling of masks from the working size to the video's, aligned with the image edges.

The refinement is a fast guided filter (He and Sun, "Fast Guided Filter", 2015; He et al., "Guided Image Filtering",
TPAMI 2013): in small windows the mask is explained as a linear function of the picture. The function is found at the
working size and evaluated at full resolution, so that the edge is as sharp as the picture's at any size, and only in
the box around each object, so that 4K costs what the object covers.

The filter's weight is the uncertainty of the mask: image edges are not always the object's, so certain pixels do not
change, and a mask of zeros and ones passes unchanged.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from core.boxes import bounding_box
from core.types import Box, Floats, Image

_VISIBLE = 0.02
"""Probabilities below this affect no label."""
_UNDECIDED = np.float32(0.25)
"""Value of 1 - |2 p - 1|: from here on, p between 0.125 and 0.875, the filter has all the weight."""


@dataclass(frozen=True)
class RefinementSettings:
    """Settings of the guided filter."""

    radius: int = 4
    """Half width of the filter's window, in working pixels."""
    smoothness: float = 1e-4
    """The filter's epsilon, for colours in [0, 1]."""
    band: float = 4.0
    """How far from the contour the mask may change, in working pixels."""


def refine_probabilities(
    probabilities: Floats, working_image: Image, image: Image, settings: RefinementSettings | None = None
) -> Floats:
    """Probabilities (K, h, w) float32 at the working size, enlarged to the size of `image`: (K, H, W), in [0, 1].

    `working_image` (h, w, 3) uint8 is `image` (H, W, 3) uint8 RGB, downscaled. With `settings` None the
    probabilities are enlarged and not refined.
    """
    full = np.zeros((len(probabilities), *image.shape[:2]), np.float32)
    for probability, target in zip(probabilities, full, strict=True):
        margin = 4 if settings is None else 2 * settings.radius + 2
        box = _visible_box(probability, margin)
        if box.empty:
            continue
        large = _scaled(box, probability.shape, image.shape)
        part = np.ascontiguousarray(probability[box.slices])
        enlarged = _enlarge(part, large)
        if settings is not None:
            enlarged = _guided(part, enlarged, working_image[box.slices], image[large.slices], settings)
        target[large.slices] = enlarged
    return full


def _visible_box(probability: Floats, margin: int) -> Box:
    box = bounding_box(probability, _VISIBLE)
    rows, columns = probability.shape
    return box if box.empty else box.grown(margin, margin).clipped(columns, rows)


def _scaled(box: Box, small: tuple[int, ...], large: tuple[int, ...]) -> Box:
    """The box at the large size; rounding moves its sides by less than a pixel."""
    across, down = large[1] / small[1], large[0] / small[0]
    scaled = Box(round(box.x0 * across), round(box.y0 * down), round(box.x1 * across), round(box.y1 * down))
    return scaled.clipped(large[1], large[0])


def _enlarge(part: Floats, box: Box) -> Floats:
    if part.shape == (box.height, box.width):
        return part
    resized: Floats = cv2.resize(part, (box.width, box.height), interpolation=cv2.INTER_LINEAR)
    return resized


def _guided(part: Floats, enlarged: Floats, small: Image, large: Image, settings: RefinementSettings) -> Floats:
    """Probabilities with the guided filter's output blended in around the contour, by their uncertainty."""
    inside = (part > 0.5).astype(np.uint8)
    away = cv2.distanceTransform(inside, cv2.DIST_L2, 3) + cv2.distanceTransform(1 - inside, cv2.DIST_L2, 3)
    weight = np.clip(settings.band + 1 - away, 0, 1)
    channels = _linear_model(part, small, weight > 0, settings)
    size = (large.shape[1], large.shape[0])
    if part.shape != enlarged.shape:
        channels = [cv2.resize(plane, size, interpolation=cv2.INTER_LINEAR) for plane in channels]
        weight = cv2.resize(weight, size, interpolation=cv2.INTER_LINEAR)
    band = np.flatnonzero(weight)
    *slopes, answer = (plane.ravel()[band] for plane in channels)
    for slope, colour in zip(slopes, _unit(large.reshape(-1, 3)[band]).T, strict=True):
        answer += slope * colour
    refined = enlarged.ravel()
    undecided = np.minimum(1, (1 - np.abs(2 * refined[band] - 1)) / _UNDECIDED)
    refined[band] += weight.ravel()[band] * undecided * (np.clip(answer, 0, 1) - refined[band])
    return refined.reshape(enlarged.shape)


def _unit(image: Image) -> Floats:
    """Colours in [0, 1]."""
    return np.asarray(image, np.float32) * np.float32(1 / 255)


def _linear_model(part: Floats, guide: Image, band: NDArray[np.bool_], settings: RefinementSettings) -> list[Floats]:
    """Three slopes and an offset (h, w) with probability = slopes · colour + offset, right in the band and about it.

    The equations are solved for the windows that the band has a part in, and for no others: those are a fraction of the
    box, and solving is what costs.
    """
    if min(part.shape) < 2:
        return [np.zeros(part.shape, np.float32)] * 3 + [part]
    side = 2 * settings.radius + 1
    # one pixel more, for what is enlarged afterwards
    pixels = np.flatnonzero(cv2.dilate(band.astype(np.uint8), np.ones((side + 2, side + 2), np.uint8)))

    def mean(plane: Floats) -> Floats:
        averaged: Floats = cv2.blur(plane, (side, side), borderType=cv2.BORDER_REFLECT_101)
        return averaged

    def there(plane: Floats) -> Floats:
        return mean(plane).ravel()[pixels]

    red, green, blue = (np.ascontiguousarray(plane) for plane in np.moveaxis(_unit(guide), 2, 0))
    r, g, b, probability = there(red), there(green), there(blue), there(part)
    v_r, v_g, v_b = (
        there(red * part) - r * probability,
        there(green * part) - g * probability,
        there(blue * part) - b * probability,
    )
    rr, rg, rb = there(red * red) - r * r, there(red * green) - r * g, there(red * blue) - r * b
    gg, gb, bb = there(green * green) - g * g, there(green * blue) - g * b, there(blue * blue) - b * b
    rr, gg, bb = (variance + np.float32(settings.smoothness) for variance in (rr, gg, bb))
    # the inverse of the symmetric 3 x 3 matrix by its cofactors, at all pixels at once
    c_rr, c_rg, c_rb = gg * bb - gb * gb, gb * rb - rg * bb, rg * gb - gg * rb
    c_gg, c_gb, c_bb = rr * bb - rb * rb, rb * rg - rr * gb, rr * gg - rg * rg
    scale = 1 / np.maximum(rr * c_rr + rg * c_rg + rb * c_rb, np.float32(1e-12))
    slopes = [
        (c_rr * v_r + c_rg * v_g + c_rb * v_b) * scale,
        (c_rg * v_r + c_gg * v_g + c_gb * v_b) * scale,
        (c_rb * v_r + c_gb * v_g + c_bb * v_b) * scale,
    ]
    offset = probability - slopes[0] * r - slopes[1] * g - slopes[2] * b
    channels = []
    for values in (*slopes, offset):
        plane = np.zeros(part.shape, np.float32)
        plane.ravel()[pixels] = values
        channels.append(mean(plane))
    return channels
