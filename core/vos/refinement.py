"""Upsampling of masks from the working size to the video's, aligned with the image edges.

A small trained network (`core.vos.edge_network`) corrects the probabilities around the contour at full resolution, so
that the edge is as sharp as the picture's at any size. Only the box around each object is looked at, so that 4K costs
what the object covers.
"""

from __future__ import annotations

import cv2
import numpy as np

from core.boxes import EMPTY_BOX, bounding_box, confined
from core.types import Box, Floats, Image
from core.vos.edge_network import Contour, EdgeNetwork

_VISIBLE = 0.02
"""Probabilities below this affect no label."""
_MARGIN = 8
"""Room around what is visible, in working pixels: as far as the network looks."""


def refine_probabilities(
    probabilities: Floats, working_image: Image, image: Image, network: EdgeNetwork | None = None
) -> Floats:
    """Probabilities (K, h, w) float32 at the working size, enlarged to the size of `image`: (K, H, W), in [0, 1].

    `working_image` (h, w, 3) uint8 is `image` (H, W, 3) uint8 RGB, downscaled. Without a `network` the probabilities
    are enlarged and not refined.
    """
    full = np.zeros((len(probabilities), *image.shape[:2]), np.float32)
    written = [EMPTY_BOX] * len(full)
    for row, (probability, target) in enumerate(zip(probabilities, full, strict=True)):
        box = _visible_box(probability)
        if box.empty:
            continue
        large, part, enlarged = _enlarged(probability, box, image)
        if network is not None:
            contour = Contour(part, enlarged, working_image[box.slices], image[large.slices])
            enlarged.ravel()[contour.pixels] = network.correct(contour)
        target[large.slices] = enlarged
        written[row] = large
    return confined(full, written)


def contour_of(probability: Floats, working_image: Image, image: Image) -> tuple[Contour, Box] | None:
    """What a network is shown of one object (h, w) by `refine_probabilities`, and the box of the large picture that it
    is in; None if the object cannot be seen.
    """
    box = _visible_box(probability)
    if box.empty:
        return None
    large, part, enlarged = _enlarged(probability, box, image)
    return Contour(part, enlarged, working_image[box.slices], image[large.slices]), large


def _visible_box(probability: Floats) -> Box:
    box = bounding_box(probability, _VISIBLE)
    rows, columns = probability.shape
    return box if box.empty else box.grown(_MARGIN, _MARGIN).clipped(columns, rows)


def _scaled(box: Box, small: tuple[int, ...], large: tuple[int, ...]) -> Box:
    """The box at the large size; rounding moves its sides by less than a pixel."""
    across, down = large[1] / small[1], large[0] / small[0]
    scaled = Box(round(box.x0 * across), round(box.y0 * down), round(box.x1 * across), round(box.y1 * down))
    return scaled.clipped(large[1], large[0])


def _enlarged(probability: Floats, box: Box, image: Image) -> tuple[Box, Floats, Floats]:
    """The box in the large picture, and the probabilities in it at both sizes."""
    large = _scaled(box, probability.shape, image.shape)
    part = probability[box.slices].copy()
    if part.shape == (large.height, large.width):
        return large, part, part
    resized: Floats = cv2.resize(part, (large.width, large.height), interpolation=cv2.INTER_LINEAR)
    return large, part, resized
