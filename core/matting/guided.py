"""The guided filter with a colour guide."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Plane = NDArray[np.float32]


def guided_filter(guide: NDArray[np.float32], plane: Plane, radius: int, epsilon: float) -> Plane:
    """Smooths `plane` so that its edges move to those of the guide.

    `guide` is (H, W, 3) float32 in [0, 1], `plane` (H, W) float32; the result is (H, W) float32 and may leave the range
    of `plane` a little. `radius` is in pixels, `epsilon` the variance of the guide (in [0, 1]) below which it counts as
    flat. He, Sun and Tang, "Guided Image Filtering", TPAMI 2013: in every window the result is a linear function of
    the guide's three channels; box filters make the cost independent of the radius.
    """
    size = (2 * radius + 1, 2 * radius + 1)

    def mean(values: NDArray[np.float32]) -> NDArray[np.float32]:
        return np.asarray(cv2.blur(values, size, borderType=cv2.BORDER_REFLECT), np.float32)

    red, green, blue = (np.ascontiguousarray(guide[..., channel]) for channel in range(3))
    centre = mean(guide)
    average = mean(plane)
    covariance = mean(guide * plane[..., None]) - centre * average[..., None]
    mean_red, mean_green, mean_blue = (centre[..., channel] for channel in range(3))
    rr = mean(red * red) - mean_red * mean_red + epsilon
    rg = mean(red * green) - mean_red * mean_green
    rb = mean(red * blue) - mean_red * mean_blue
    gg = mean(green * green) - mean_green * mean_green + epsilon
    gb = mean(green * blue) - mean_green * mean_blue
    bb = mean(blue * blue) - mean_blue * mean_blue + epsilon
    # the symmetric 3 x 3 inverse by cofactors: far faster than a batched solver
    c_rr, c_rg, c_rb = gg * bb - gb * gb, gb * rb - rg * bb, rg * gb - gg * rb
    c_gg, c_gb, c_bb = rr * bb - rb * rb, rb * rg - rr * gb, rr * gg - rg * rg
    determinant = rr * c_rr + rg * c_rg + rb * c_rb
    x, y, z = (covariance[..., channel] for channel in range(3))
    slope = np.stack(
        [c_rr * x + c_rg * y + c_rb * z, c_rg * x + c_gg * y + c_gb * z, c_rb * x + c_gb * y + c_bb * z], axis=-1
    )
    slope /= np.maximum(determinant, 1e-12)[..., None]
    offset = average - np.einsum("ijk,ijk->ij", slope, centre)
    result = np.einsum("ijk,ijk->ij", mean(slope), guide) + mean(offset)
    return np.asarray(result, np.float32)
