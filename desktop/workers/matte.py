"""Makes soft mattes for the canvas, away from the UI thread."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, cast

import numpy as np
from numpy.typing import NDArray

from core.jobs import CancelToken
from core.types import Box, Image, LabelMap
from desktop.workers.latest import LatestOnly

if TYPE_CHECKING:
    from core.matting import MatteSettings


@dataclass(frozen=True)
class Matte:
    """What is inside `box`: alpha (h, w) uint8, and the objects' own colours (h, w, 4) uint8 BGRA, multiplied by it."""

    box: Box
    alpha: NDArray[np.uint8]
    colours: NDArray[np.uint8]


class MatteMaker(LatestOnly):
    """The newest question is the only one that is answered."""

    def make(
        self,
        image: Image,
        labels: LabelMap,
        visible: frozenset[int],
        settings: MatteSettings,
        sure: Mapping[int, float],
        made: Callable[[Matte], None],
        zone: NDArray[np.bool_] | None = None,
        own: Mapping[int, NDArray[np.float32]] = MappingProxyType({}),
    ) -> None:
        """Calls `made` on this thread with the matte of the visible objects of `labels`, (H, W) uint8, in a picture,
        (H, W, 3) uint8 RGB. `sure` is how sure the engine is of each, `zone` what was painted of the edge,
        `own` the alpha that came with masks. A slow matte comes after a fast one.
        """

        def work(cancel: CancelToken) -> Generator[object, None, None]:
            seen = visible if settings.band != 0 else frozenset[int]()
            alphas = {object_id: alpha for object_id, alpha in own.items() if object_id in seen}
            mask = np.isin(labels, list(visible - alphas.keys()))
            present = visible.intersection(np.flatnonzero(np.bincount(labels.ravel(), minlength=256)).tolist())
            confidence = min((value for object_id, value in sure.items() if object_id in present), default=None)
            yield matte_of(image, mask, replace(settings, refinement="fast"), confidence, zone, alphas)
            if settings.refinement != "fast" and not cancel.cancelled:
                yield matte_of(image, mask, settings, confidence, zone, alphas)

        self.start(work, lambda item: made(cast(Matte, item)), lambda: None)


def matte_of(
    image: Image,
    mask: NDArray[np.bool_],
    settings: MatteSettings,
    confidence: float | None,
    zone: NDArray[np.bool_] | None = None,
    alphas: Mapping[int, NDArray[np.float32]] = MappingProxyType({}),
) -> Matte:
    """The matte as an export of this one frame has it: smoothing over frames is left out."""
    from core.boxes import bounding_box
    from core.matting import estimate_foreground, soft_alpha

    alpha = soft_alpha(image, mask, settings, confidence, zone=zone)
    for matte in alphas.values():
        alpha = np.maximum(alpha, np.where(mask, 0, matte))
    box = bounding_box(alpha)
    if box.empty:
        return Matte(box, np.zeros((0, 0), np.uint8), np.zeros((0, 0, 4), np.uint8))
    part = alpha[box.slices][..., None]
    own = estimate_foreground(image, alpha)[box.slices]
    colours = np.concatenate([own[..., ::-1] * part, 255 * part], axis=2)
    return Matte(box, np.rint(255 * part[..., 0]).astype(np.uint8), np.rint(colours).astype(np.uint8))
