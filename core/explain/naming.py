"""What an object may be called: by examples of a project, and by texts where a model of theirs is at hand.

A model that finds by text has both, pictures and texts, in one embedding, so that an object's distance to a class's
name is known before there is an example of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from core.engines.text.models import TextModel
from core.explain.features import FeatureExtractor
from core.explain.projections import object_embedding
from core.explain.tags import Suggestion, TagIndex
from core.jobs import CancelToken
from core.masks import Patch
from core.types import Anchor, Image, ObjectTrack


def examples_of(
    extractor: FeatureExtractor,
    tracks: Iterable[ObjectTrack],
    anchors: Sequence[Anchor],
    read: Callable[[int], Image],
    cancel: CancelToken,
) -> TagIndex:
    """The objects of a project that have a class, as they are on the anchors. Raises CancelledError."""
    classes = {track.object_id: track.class_label for track in tracks if track.class_label}
    index = TagIndex()
    for anchor in anchors:
        own = sorted(classes.keys() & anchor.object_ids)
        if not own:
            continue
        cancel.raise_if_cancelled()
        extracted = extractor.extract(read(anchor.frame_index))
        for object_id in own:
            vector = object_embedding(extractor, extracted, anchor.labels, object_id)
            if vector is not None:
                index.learn(classes[object_id], vector)
    return index


def by_text(model: TextModel, image: Image, mask: NDArray[np.bool_], classes: Sequence[str]) -> list[Suggestion]:
    """How well each class's name says what a mask (H, W) of a picture shows, the best first: the score of what the
    model finds by that name, times its IoU with the mask. Raises EngineError as the model does.
    """
    best = dict.fromkeys(classes, 0.0)
    area = int(mask.sum())
    for found in model.find(image, classes, 0.0) if classes and area else ():
        if found.mask is not None and found.label in best:
            best[found.label] = max(best[found.label], found.score * _iou(found.mask, mask, area))
    ordered = sorted(best.items(), key=lambda one: (-one[1], one[0]))
    return [Suggestion(name, certainty) for name, certainty in ordered]


def _iou(patch: Patch, mask: NDArray[np.bool_], area: int) -> float:
    shared = int((mask[patch.box.slices] & patch.mask).sum())
    return shared / max(1, area + int(patch.mask.sum()) - shared)
