"""Trains a target network outside a session, for weights that are stored in the project (fine-tuning)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing

import cv2
import numpy as np

from core.engines.checks import check_anchors, check_image
from core.engines.protocol import EngineOptions
from core.engines.target_networks.engine import TargetNetworkEngine
from core.engines.target_networks.options import PREFIX
from core.errors import EngineError
from core.jobs import CancelToken
from core.types import Anchor, ReadFrame
from core.vos.aggregation import masks_of
from core.vos.flow.warping import scaled_size
from core.vos.targets.trained import MaskedFrame, masked_frame


def train_target(
    engine: str,
    anchors: Sequence[Anchor],
    read: ReadFrame,
    size: tuple[int, int],
    options: EngineOptions | None = None,
    device: str = "auto",
    cancel: CancelToken | None = None,
    on_step: Callable[[int], None] | None = None,
) -> bytes:
    """Trains the engine `target:NAME` on the anchors of a clip of `size` (width, height). Returns the weights as bytes,
    for its option `adaptation`. Teacher and pseudo-labels are not used: they need the clip's other frames. `on_step` is
    called with the number of finished steps.

    Raises EngineError if no anchor shows an object or memory is short, CancelledError once cancelled.
    """
    check_anchors(anchors, size)
    opened = TargetNetworkEngine(engine.removeprefix(PREFIX)).open(size, device, options)
    with closing(opened) as session:
        learner, side = session.learner, session.side
        learner.cancel, learner.on_step = cancel or CancelToken(), on_step
        weights = learner.train_and_pack([_frame(anchor, read, size, session.short_side, side) for anchor in anchors])
    if not weights:
        raise EngineError("There is no masked frame to learn from: mask an object on at least one frame.")
    return weights


def _frame(anchor: Anchor, read: ReadFrame, size: tuple[int, int], short_side: int, side: int) -> MaskedFrame:
    """An anchor, resized as the tracking loop passes it to a target model."""
    picture = read(anchor.frame_index)
    check_image(picture, size, anchor.frame_index)
    object_ids = sorted(anchor.object_ids)
    working = scaled_size(size, short_side)
    image = np.asarray(cv2.resize(picture, working, interpolation=cv2.INTER_AREA), np.uint8)
    masks = [cv2.resize(mask, working, interpolation=cv2.INTER_AREA) for mask in masks_of(anchor.labels, object_ids)]
    planes = np.stack(masks) if masks else np.zeros((0, *image.shape[:2]), np.float32)
    return masked_frame(anchor.frame_index, image, object_ids, planes, side, given=True)
