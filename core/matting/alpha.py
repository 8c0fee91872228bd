"""Alpha from a hard mask: sure inside, sure outside, and a band around the contour that the picture decides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from core.boxes import bounding_box
from core.matting.closed_form import closed_form_alpha
from core.matting.guided import guided_filter
from core.matting.strands import SEEN, strands
from core.matting.temporal import stillness
from core.matting.trimap import INSIDE, OUTSIDE, UNKNOWN, band_factor, signed_distance, trimap
from core.types import Box, Image

_EPSILON = 1e-4
"""Variance of the guide that counts as flat: (2.5 of 255 levels) squared; more softens, less copies noise."""
_KEPT = 0.7
"""How much of the alpha before is kept where the picture stands still."""
_HAZE = 0.1
"""Alpha nearer than this to 0 or 1 is pushed there: the guided filter leaves a veil over textured ground."""


_AROUND = 16
"""Pixels around a painted zone that are examined to know what is sure there."""


@dataclass(frozen=True)
class MatteSettings:
    """How the edge is treated. Lengths are in pixels of the clip."""

    band: int | None = None
    """Half the width of the strip in which alpha may lie between 0 and 1. None is 0.6 % of the shorter side, at least
    2; 0 keeps the mask hard."""
    choke: float = 0.0
    """Moves the edge inwards before that; negative is outwards."""
    feather: float = 0.0
    """Blurs the alpha afterwards; a Gaussian's sigma."""
    smoothing: int = 0
    """How many frames to either side are examined against chatter."""
    refinement: Literal["fast", "fine", "finest"] = "fast"
    """"fast" is a guided filter. "fine" solves for alpha (closed form), finds hair and takes many times as long.
    "finest" asks ViTMatte, whose weights do not ship."""

    def band_for(self, width: int, height: int, confidence: float | None = None) -> int:
        """The half width of the band for a clip of this size, in pixels: wider for a mask that is less sure, unless
        `band` says it. `confidence` is in [0, 1]; None is a person's own mask.
        """
        if self.band is not None:
            return max(0, self.band)
        return round(max(2, round(0.006 * min(width, height))) * band_factor(confidence))


@dataclass(frozen=True)
class FrameBefore:
    """A frame that is done: its picture and its alpha, both of the whole frame."""

    image: Image
    alpha: NDArray[np.float32]


def soft_alpha(
    image: Image,
    mask: NDArray[np.bool_],
    settings: MatteSettings,
    confidence: float | None = None,
    before: FrameBefore | None = None,
    zone: NDArray[np.bool_] | None = None,
) -> NDArray[np.float32]:
    """Alpha, (H, W) float32 in [0, 1], of one object in a picture, (H, W, 3) uint8 RGB, from its mask, (H, W) bool.

    `confidence`, in [0, 1], is how sure the mask is (None: a person made it): an automatic band widens as it falls.
    Outside the band alpha is exactly the choked mask's 0 or 1, except for feathering. Only the mask's box is computed.

    "fine" and "finest" look at more than the band where it is automatic: strands next to the mask are unknown, too.
    They go on from `before`, the frame shown before: where the picture stands still, so does alpha.

    In `zone`, (H, W) bool, which a person has painted, the picture decides however the rest is treated: it is solved
    in closed form from the known pixels around it.
    """
    height, width = mask.shape
    alpha = np.zeros((height, width), np.float32)
    band = settings.band_for(width, height, confidence)
    adapts = settings.refinement != "fast" and settings.band is None
    reach = (int(SEEN) if adapts else 4) * band + int(np.ceil(abs(settings.choke) + 4 * settings.feather)) + 2
    box = _box_of(mask, reach)
    if box.empty:
        return alpha
    if zone is not None and zone.any():
        box = box.union(_box_of(zone, _AROUND))
    part = _choked(mask[box.slices], settings.choke)
    if band and settings.refinement != "fast":
        opened = None if zone is None else zone[box.slices]
        earlier = before and FrameBefore(*_cut(before, box))
        solve = _by_network if settings.refinement == "finest" else closed_form_alpha
        result = _fine(image[box.slices], part, band, adapts, earlier, opened, solve)
    else:
        result = _refined(image[box.slices], part, band) if band else part.astype(np.float32)
    if zone is not None and (not band or settings.refinement == "fast") and zone.any():
        result = _solved_in(zone[box.slices], image[box.slices], part, result)
    if settings.feather > 0:
        result = np.asarray(cv2.GaussianBlur(result, (0, 0), settings.feather), np.float32)
    alpha[box.slices] = np.clip(result, 0.0, 1.0)
    return alpha


def _cut(frame: FrameBefore, box: Box) -> tuple[Image, NDArray[np.float32]]:
    return frame.image[box.slices], frame.alpha[box.slices]


def _fine(
    image: Image,
    mask: NDArray[np.bool_],
    band: int,
    adapts: bool,
    before: FrameBefore | None,
    zone: NDArray[np.bool_] | None,
    solve: Callable[[Image, NDArray[np.uint8], NDArray[np.float32] | None], NDArray[np.float32]],
) -> NDArray[np.float32]:
    tri = trimap(mask, band)
    if adapts:
        tri[strands(image, mask, band)] = UNKNOWN
    if zone is not None:
        tri[zone] = UNKNOWN
    if before is None:
        return solve(image, tri, None)
    still = stillness(image, before.image)
    # a guess is only as good as the picture is like the one before
    asked = still[tri == UNKNOWN]
    guess = before.alpha if asked.size and (asked > _KEPT / 2).mean() > _KEPT else None
    found = solve(image, tri, guess)
    kept = _KEPT * still
    return np.where(tri == UNKNOWN, kept * before.alpha + (1 - kept) * found, found).astype(np.float32)


def _by_network(image: Image, tri: NDArray[np.uint8], _guess: NDArray[np.float32] | None) -> NDArray[np.float32]:
    """Alpha by ViTMatte, which takes no guess and whose library is imported only here."""
    from core.matting.vitmatte import vitmatte_alpha

    return vitmatte_alpha(np.ascontiguousarray(image), tri)


def _solved_in(
    zone: NDArray[np.bool_], image: Image, mask: NDArray[np.bool_], alpha: NDArray[np.float32]
) -> NDArray[np.float32]:
    """The alpha with a painted zone solved from the mask around it; the rest as it was."""
    tri = np.where(mask, np.uint8(INSIDE), np.uint8(OUTSIDE)).astype(np.uint8)
    tri[zone] = UNKNOWN
    return np.where(zone, closed_form_alpha(image, tri), alpha).astype(np.float32)


def _refined(image: Image, mask: NDArray[np.bool_], band: int) -> NDArray[np.float32]:
    inside = mask.astype(np.float32)
    distance = signed_distance(mask)
    guide = image.astype(np.float32) / np.float32(255)
    refined = guided_filter(guide, inside, 2 * band, _EPSILON)
    refined = np.clip((refined - _HAZE) / (1 - 2 * _HAZE), 0.0, 1.0)
    # towards the band's rim the mask takes over, so that there is no step
    trust = np.clip((band - np.abs(distance)) / max(1.0, band / 2), 0.0, 1.0)
    return np.asarray(trust * refined + (1 - trust) * inside, np.float32)


def _choked(mask: NDArray[np.bool_], choke: float) -> NDArray[np.bool_]:
    return mask if choke == 0 else signed_distance(mask) > choke


def _box_of(mask: NDArray[np.bool_], reach: int) -> Box:
    box = bounding_box(mask)
    return box if box.empty else box.grown(reach, reach).clipped(mask.shape[1], mask.shape[0])
