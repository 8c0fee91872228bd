"""Masks from the working size to the video's, with their edge laid on the picture's own edges.

The refinement is a fast guided filter (He and Sun, "Fast Guided Filter", 2015; He et al., "Guided Image Filtering",
TPAMI 2013): in small windows the mask is explained as a linear function of the picture. The function is found at the
working size and evaluated at full resolution, so that the edge is as sharp as the picture's at any size, and only in
the box around each object, so that 4K costs what the object covers.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from core.types import Box, Image
from core.vos.target import Floats

_VISIBLE = 0.02
"""Shares below this play no part in any label."""


@dataclass(frozen=True)
class RefinementSettings:
    """`radius` in working pixels, the window's half width; `smoothness` is the filter's epsilon for colours in [0, 1];
    `band` in working pixels: how far from the contour the mask may change.
    """

    radius: int = 4
    smoothness: float = 1e-4
    band: float = 4.0


def refine_shares(
    shares: Floats, working_image: Image, image: Image, settings: RefinementSettings | None = None
) -> Floats:
    """Shares (K, h, w) float32 at the working size as shares (K, H, W) float32 in [0, 1] at the size of `image`.

    `working_image` (h, w, 3) uint8 is `image` (H, W, 3) uint8 RGB made small. With `settings` None the shares are only
    enlarged.
    """
    full = np.zeros((len(shares), *image.shape[:2]), np.float32)
    for share, target in zip(shares, full, strict=True):
        margin = 4 if settings is None else 2 * settings.radius + 2
        box = _visible_box(share, margin)
        if box.empty:
            continue
        large = _scaled(box, share.shape, image.shape)
        part = np.ascontiguousarray(share[box.slices])
        enlarged = _enlarge(part, large)
        if settings is not None:
            enlarged = _guided(part, enlarged, working_image[box.slices], image[large.slices], settings)
        target[large.slices] = enlarged
    return full


def _visible_box(share: Floats, margin: int) -> Box:
    x, y, width, height = cv2.boundingRect((share > _VISIBLE).astype(np.uint8))
    if width == 0 or height == 0:
        return Box(0, 0, 0, 0)
    rows, columns = share.shape
    return Box(x - margin, y - margin, x + width + margin, y + height + margin).clipped(columns, rows)


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
    """The guided filter's answer in the band around the contour, the enlarged share elsewhere."""
    coefficients, offset = _linear_model(part, _unit(small), settings)
    size = (large.shape[1], large.shape[0])
    coefficients = cv2.resize(coefficients, size, interpolation=cv2.INTER_LINEAR)
    offset = cv2.resize(offset, size, interpolation=cv2.INTER_LINEAR)
    answer = np.einsum("hwc,hwc->hw", coefficients, _unit(large)) + offset
    inside = (part > 0.5).astype(np.uint8)
    away = cv2.distanceTransform(inside, cv2.DIST_L2, 3) + cv2.distanceTransform(1 - inside, cv2.DIST_L2, 3)
    weight = _enlarge(np.clip(settings.band + 1 - away, 0, 1), Box(0, 0, *size))
    return np.asarray(enlarged + weight * (np.clip(answer, 0, 1) - enlarged), np.float32)


def _unit(image: Image) -> Floats:
    """Colours in [0, 1]."""
    return np.asarray(image, np.float32) * np.float32(1 / 255)


def _linear_model(part: Floats, guide: Floats, settings: RefinementSettings) -> tuple[Floats, Floats]:
    """Per pixel the coefficients (h, w, 3) and offset (h, w) of share = coefficients · colour + offset."""
    side = (2 * settings.radius + 1, 2 * settings.radius + 1)

    def mean(values: Floats) -> Floats:
        averaged: Floats = cv2.blur(values, side, borderType=cv2.BORDER_REFLECT_101)
        return averaged

    if min(part.shape) < 2:
        return np.zeros((*part.shape, 3), np.float32), part
    mean_guide, mean_part = mean(guide), mean(part)
    covariance = mean(guide * part[..., None]) - mean_guide * mean_part[..., None]
    red, green, blue = guide[..., 0], guide[..., 1], guide[..., 2]
    products = np.stack([red * red, red * green, red * blue, green * green, green * blue, blue * blue], axis=2)
    second = np.concatenate([mean(products[..., :3]), mean(products[..., 3:])], axis=2)
    r, g, b = mean_guide[..., 0], mean_guide[..., 1], mean_guide[..., 2]
    rr, rg, rb = second[..., 0] - r * r, second[..., 1] - r * g, second[..., 2] - r * b
    gg, gb, bb = second[..., 3] - g * g, second[..., 4] - g * b, second[..., 5] - b * b
    rr, gg, bb = (variance + settings.smoothness for variance in (rr, gg, bb))
    # the inverse of the symmetric 3 x 3 matrix by its cofactors, at all pixels at once
    c_rr, c_rg, c_rb = gg * bb - gb * gb, gb * rb - rg * bb, rg * gb - gg * rb
    c_gg, c_gb, c_bb = rr * bb - rb * rb, rb * rg - rr * gb, rr * gg - rg * rg
    determinant = rr * c_rr + rg * c_rg + rb * c_rb
    v_r, v_g, v_b = covariance[..., 0], covariance[..., 1], covariance[..., 2]
    coefficients = (
        np.stack(
            [
                c_rr * v_r + c_rg * v_g + c_rb * v_b,
                c_rg * v_r + c_gg * v_g + c_gb * v_b,
                c_rb * v_r + c_gb * v_g + c_bb * v_b,
            ],
            axis=2,
        )
        / np.maximum(determinant, 1e-12)[..., None]
    )
    offset = mean_part - (coefficients * mean_guide).sum(axis=2)
    return mean(coefficients.astype(np.float32)), mean(offset.astype(np.float32))
