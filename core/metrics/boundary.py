"""F, the measure of a mask's contour, as the DAVIS benchmark defines it.

Perazzi et al., "A Benchmark Dataset and Evaluation Methodology for Video Object Segmentation", CVPR 2016, after Martin
et al., "Learning to detect natural image boundaries", TPAMI 2004.
"""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from core.boxes import bounding_box
from core.metrics.region import Mask, check_same_size, region_j
from core.types import Box

TOLERANCE = 0.008
"""How far a contour may be off, as a share of the frame's diagonal."""


BAND = 0.02
"""How wide the band of `boundary_iou` is, as a share of the frame's diagonal."""


def boundary_radius(height: int, width: int, tolerance: float = TOLERANCE) -> int:
    """How far, in pixels, a contour of a frame of that size may be off."""
    return math.ceil(tolerance * math.hypot(height, width))


def boundary_map(mask: Mask) -> Mask:
    """The contour of a (H, W) bool mask, one pixel wide, same shape.

    A pixel is on it if its neighbour to the right, below, or diagonally right below is on the other side. Pixels of the
    last row look only to the right and those of the last column only down; the frame's own edge is no contour.
    """
    contour = np.zeros_like(mask)
    here = mask[:-1, :-1]
    contour[:-1, :-1] = (here != mask[:-1, 1:]) | (here != mask[1:, :-1]) | (here != mask[1:, 1:])
    contour[-1, :-1] = mask[-1, :-1] != mask[-1, 1:]
    contour[:-1, -1] = mask[:-1, -1] != mask[1:, -1]
    return contour


def boundary_f(result: Mask, truth: Mask, tolerance: float = TOLERANCE) -> float:
    """F in [0, 1] of two (H, W) bool masks: the harmonic mean of the contour's precision and recall.

    A contour pixel counts as right if one of the other contour lies within the disk x² + y² <= r² about it, with r from
    `boundary_radius`. Two masks without a contour agree: 1; one without: 0. Raises MaskError if the sizes differ.
    """
    check_same_size(result, truth)
    box = bounding_box(result | truth)
    if box.empty:
        return 1.0
    height, width = truth.shape
    radius = boundary_radius(height, width, tolerance)
    # the contour of a mask reaches one pixel beyond it, to the left and above
    part = Box(box.x0 - 1, box.y0 - 1, box.x1 + 1, box.y1 + 1).clipped(width, height).slices
    found, wanted = boundary_map(result[part]), boundary_map(truth[part])
    found_count, wanted_count = np.count_nonzero(found), np.count_nonzero(wanted)
    if not found_count or not wanted_count:
        return 1.0 if found_count == wanted_count else 0.0
    precision = np.count_nonzero(found & _near(wanted, radius)) / found_count
    recall = np.count_nonzero(wanted & _near(found, radius)) / wanted_count
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def boundary_iou(result: Mask, truth: Mask, share: float = BAND) -> float:
    """Boundary IoU of Cheng et al. (CVPR 2021) in [0, 1] of two (H, W) bool masks: the overlap of what lies inside each
    mask within `share` of the frame's diagonal of its contour. The frame's own edge is a contour here.

    Two empty masks agree: 1. Raises MaskError if the sizes differ.
    """
    check_same_size(result, truth)
    height, width = truth.shape
    steps = max(1, round(share * math.hypot(height, width)))
    return region_j(_band(result, steps), _band(truth, steps))


def _band(mask: Mask, steps: int) -> Mask:
    box = bounding_box(mask)
    band = np.zeros_like(mask)
    if box.empty:
        return band
    part = mask[box.slices]
    # outside the box, and so outside the frame, there is nothing of the mask
    padded = cv2.copyMakeBorder(part.view(np.uint8), 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0)
    inner = cv2.erode(padded, np.ones((3, 3), np.uint8), iterations=steps)[1:-1, 1:-1]
    band[box.slices] = part & (inner == 0)
    return band


def _near(contour: Mask, radius: int) -> NDArray[np.bool_]:
    """The contour dilated by the exact disk. OpenCV's elliptic kernel is another shape; distances are exact."""
    distance = cv2.distanceTransform((~contour).view(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    # squared distances are whole numbers: half a one more than r² takes care of rounding
    return np.asarray(distance <= math.sqrt(radius * radius + 0.5), bool)
