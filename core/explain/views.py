"""One question about a frame, and what is seen: what the command line and the window share."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from core.errors import EngineError, is_out_of_memory
from core.explain.activation import activation, train_heads
from core.explain.features import STAGES, FeatureExtractor
from core.explain.gradients import grad_cam
from core.explain.pictures import cells_over, feature_tiles, heat_over
from core.explain.projections import Scatter, cells_of_frame, embedding_colours, objects_over_frames
from core.explain.references import Reading, read_pixel
from core.explain.seeds import mask_from_map, similarity_to, similarity_to_point
from core.jobs import CancelToken, Progress
from core.masks import Patch
from core.types import Anchor, Floats, Image, LabelMap

VIEWS = ("embedding", "features", "cam", "acol", "gradcam", "similarity", "references", "objects", "cells")
"""What can be shown; the last two are scatters."""
SEEDS = ("point", "cam", "tag")
"""What a mask can be seeded from."""


@dataclass(frozen=True, eq=False)
class Question:
    """What of `VIEWS` is to be seen, of which frame and object. `labels` are masks by frame, as many as the view needs;
    `point` is (x, y) on the frame; `seed`, one of `SEEDS` or empty, asks for a mask instead, `tag` is an embedding to
    seed it from.
    """

    view: str
    frame_index: int
    object_id: int = 1
    point: tuple[float, float] | None = None
    stride: int = 16
    way: str = "pca"
    anchors: Sequence[Anchor] = ()
    labels: Mapping[int, LabelMap] = field(default_factory=dict)
    weights: Mapping[int, float] = field(default_factory=dict)
    adaptation: bytes = b""
    seed: str = ""
    tag: Floats | None = None


@dataclass(frozen=True, eq=False)
class Answer:
    """What is seen: a picture (H, W, 3), points, what a pixel reads with a picture of each frame, or a seeded mask."""

    picture: Image | None = None
    scatter: Scatter | None = None
    reading: Reading | None = None
    frames: Mapping[int, Image] = field(default_factory=dict)
    patch: Patch | None = None


def answer(
    extractor: FeatureExtractor, question: Question, read: Callable[[int], Image], cancel: CancelToken
) -> Generator[Progress, None, Answer]:
    """Yields after each frame where there are many to look at. Raises EngineError for a view or seed that there is none
    of, for what a view cannot be made from, and if memory is short; CancelledError at the next frame once `cancel` is
    set.
    """

    def read_unless_cancelled(frame_index: int) -> Image:
        cancel.raise_if_cancelled()
        return read(frame_index)

    try:
        return (yield from _answer(extractor, question, read_unless_cancelled, cancel))
    except (MemoryError, RuntimeError, ImportError) as error:
        if not is_out_of_memory(error):
            raise
        raise EngineError(
            "There is not enough memory to look inside a frame of {width} x {height} pixels: close other programs or "
            "clips and ask again. Nothing was changed.",
            width=extractor.size[0],
            height=extractor.size[1],
        ) from error


def _answer(
    extractor: FeatureExtractor, question: Question, read: Callable[[int], Image], cancel: CancelToken
) -> Generator[Progress, None, Answer]:
    if question.seed:
        return (yield from _seeded(extractor, question, read, cancel))
    if question.view not in VIEWS:
        raise EngineError(
            "There is no view '{view}'; expected one of {views}.", view=question.view, views=", ".join(VIEWS)
        )
    frame = question.frame_index
    if question.view == "objects":
        return Answer(scatter=(yield from objects_over_frames(extractor, question.labels, read, question.way)))
    if question.view == "references":
        point = _point(question)
        reading = read_pixel(extractor, frame, point, question.anchors, question.labels, read, question.weights)
        pictures = {one.frame_index: cells_over(read(one.frame_index), one.cells) for one in reading.references}
        return Answer(reading=reading, frames=pictures)
    image = read(frame)
    if question.view == "gradcam":
        heat = grad_cam(extractor, frame, question.anchors, question.object_id, read, question.adaptation)
        return Answer(heat_over(image, heat))
    extracted = extractor.extract(image)
    if question.view == "cells":
        return Answer(scatter=cells_of_frame(extractor, extracted, question.labels.get(frame), frame, question.way))
    if question.view == "embedding":
        return Answer(embedding_colours(extracted, extractor.size))
    if question.view == "features":
        if question.stride not in STAGES:
            raise EngineError(
                "There are no features at stride {stride}; expected one of {stages}.",
                stride=question.stride,
                stages=", ".join(map(str, STAGES)),
            )
        return Answer(feature_tiles(extracted, question.stride))
    if question.view == "similarity":
        return Answer(heat_over(image, _sharpened(similarity_to_point(extracted, _point(question)))))
    count = 2 if question.view == "acol" else 1
    heads = yield from train_heads(extractor, question.anchors, question.object_id, read, count)
    return Answer(heat_over(image, activation(heads, extracted)))


def _seeded(
    extractor: FeatureExtractor, question: Question, read: Callable[[int], Image], cancel: CancelToken
) -> Generator[Progress, None, Answer]:
    image = read(question.frame_index)
    extracted = extractor.extract(image)
    point = None
    if question.seed == "point":
        point = _point(question)
        values = similarity_to_point(extracted, point)
    elif question.seed == "tag":
        if question.tag is None:
            raise EngineError("Nothing is known of this class yet: give an object with a mask this class first.")
        values = similarity_to(extracted, question.tag)
    elif question.seed == "cam":
        heads = yield from train_heads(extractor, question.anchors, question.object_id, read, 2)
        values = activation(heads, extracted)
    else:
        raise EngineError(
            "A mask cannot be seeded from '{seed}'; expected one of {seeds}.",
            seed=question.seed,
            seeds=", ".join(SEEDS),
        )
    cancel.raise_if_cancelled()
    patch = mask_from_map(extractor, image, values, cancel, point)
    return Answer(heat_over(image, _sharpened(values)), patch=patch)


def _sharpened(values: Floats) -> Floats:
    """A map from its usual value (0) to its largest (1): similarities are all high."""
    low, high = float(np.median(values)), float(values.max())
    scaled: Floats = np.clip((values - low) / max(high - low, 1e-6), 0, 1).astype(np.float32)
    return scaled


def _point(question: Question) -> tuple[float, float]:
    if question.point is None:
        raise EngineError(
            "This takes a point: click on the picture with the tool Look inside, or name one with --pixel."
        )
    return question.point
