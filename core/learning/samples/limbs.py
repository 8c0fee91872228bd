"""Parts of an object that move by themselves, and motion blur along a path."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from core.learning.samples.motion import moved_mask, moved_picture
from core.learning.samples.photometry import motion_kernel
from core.types import Floats

_LARGEST_PART = 0.5
_LONGEST_BLUR = 21
_OVERLAP = 5
"""Pixels of the rest that go with a part, so that there is no gap at its joint."""


@dataclass
class Limb:
    """The part (S, S) of an object that turns about a joint (x, y): a leg, an arm, a head. `angle` is where it is."""

    part: Floats
    joint: tuple[float, float]
    reach: float
    angle: float = 0.0

    @classmethod
    def random(cls, rng: np.random.Generator, mask: Floats) -> Limb | None:
        """The part of a mask (S, S) in [0, 1] on one side of a line through it; None if that is most of it."""
        pixels = np.argwhere(mask > 0.5)[:, ::-1]
        if not len(pixels):
            return None
        direction = rng.uniform(0, 2 * np.pi)
        normal = np.array([np.cos(direction), np.sin(direction)])
        along = pixels @ normal
        cut = np.quantile(along, rng.uniform(_LARGEST_PART, 0.9))
        y, x = np.mgrid[0 : mask.shape[0], 0 : mask.shape[1]]
        beyond = x * normal[0] + y * normal[1] - cut
        seam = pixels[np.abs(along - cut) < 2]
        if not len(seam):
            return None
        joint = seam.mean(axis=0)
        return cls((beyond > 0).astype(np.float32), (float(joint[0]), float(joint[1])), float(rng.uniform(0.1, 0.5)))

    def bent(self, rng: np.random.Generator, picture: Floats, mask: Floats) -> tuple[Floats, Floats]:
        """A picture (S, S, 3) and mask (S, S) with the part turned a little further than the time before."""
        self.angle = 0.8 * self.angle + float(rng.normal(0, self.reach))
        matrix = cv2.getRotationMatrix2D(self.joint, float(np.degrees(self.angle)), 1.0).astype(np.float32)
        turned = moved_mask(mask * self.part, matrix)
        rest = mask * (1 - cv2.erode(self.part, np.ones((_OVERLAP, _OVERLAP), np.uint8)))
        shown = picture + (moved_picture(picture, matrix) - picture) * turned[..., None]
        return shown, np.maximum(rest, turned)


def blurred_along(
    picture: Floats, opaque: Floats, before: Floats, now: Floats, shutter: float
) -> tuple[Floats, Floats]:
    """A picture (S, S, 3) and its opacity (S, S), blurred along the way between two matrices, `shutter` of it."""
    pixels = np.argwhere(opaque > 0.5)
    if not len(pixels):
        return picture, opaque
    y, x = pixels.mean(axis=0)
    source = now @ np.array([x, y, 1], np.float32)
    # where the same point of the object was a frame ago
    was = np.linalg.solve(before[:, :2].astype(np.float64), source - before[:, 2])
    step = np.array([x, y]) - was
    length = min(_LONGEST_BLUR, round(float(np.hypot(*step)) * shutter))
    if length < 2:
        return picture, opaque
    kernel = motion_kernel(length, float(np.arctan2(step[1], step[0])))
    return cv2.filter2D(picture, -1, kernel), cv2.filter2D(opaque, -1, kernel)
