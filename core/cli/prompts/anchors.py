"""Anchors from points and boxes, segmented by the chosen engine or, if it takes no prompts, by the click network."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence

import numpy as np

from core.cli.prompts.arguments import PromptArgument
from core.cli.propagation_run import check_frame
from core.engines import DEFAULT_ENGINE
from core.engines.clicks import load_click_network, open_click_selector
from core.engines.protocol import EngineOptions
from core.errors import MaskError
from core.masks.clicks import ClickSelector
from core.media import VideoSource
from core.types import Anchor, LabelMap


def with_prompts(
    anchors: Sequence[Anchor],
    prompts: Sequence[PromptArgument],
    frame_index: int,
    video: VideoSource,
    engine: str | None,
    device: str,
    options: EngineOptions,
) -> list[Anchor]:
    """The anchors with those of the prompts added; `frame_index` is the frame of a prompt that names none.

    Pixels of masks stay theirs. Raises MediaError or MaskError if a prompt lies outside the clip or finds nothing, and
    EngineError if the engine cannot be opened.
    """
    if not prompts:
        return list(anchors)
    found = {anchor.frame_index: anchor for anchor in anchors}
    asked: dict[tuple[int, int], list[PromptArgument]] = {}
    for prompt in prompts:
        index = frame_index if prompt.frame_index is None else prompt.frame_index
        check_frame(index, video, "prompt: frame")
        _check_inside(prompt, video.size)
        asked.setdefault((index, prompt.object_id), []).append(prompt)
    with _selector(engine, device, options) as selector:
        shown = -1
        for (index, object_id), of_object in sorted(asked.items(), key=lambda item: item[0]):
            if index != shown:
                selector.prepare(video.read(index))
                shown = index
            mask = _mask(selector, of_object, index, object_id)
            known = found.get(index)
            labels = np.zeros(video.size[::-1], np.uint8) if known is None else known.labels.copy()
            labels[mask & (labels == 0)] = object_id
            ids = frozenset({object_id}) if known is None else known.object_ids | {object_id}
            found[index] = Anchor(index, labels, ids)
    return [found[index] for index in sorted(found)]


def _mask(selector: ClickSelector, prompts: Sequence[PromptArgument], index: int, object_id: int) -> LabelMap:
    points = [prompt for prompt in prompts if prompt.point is not None]
    boxes = [prompt.box for prompt in prompts if prompt.box is not None]
    if not boxes and not any(prompt.inside for prompt in points):
        raise MaskError(
            "Object {object_id} on frame {frame_index} has only points that are not on it: name one that is, or a box.",
            object_id=object_id,
            frame_index=index,
        )
    coordinates = np.array([prompt.point for prompt in points], np.float32).reshape(-1, 2)
    inside = np.array([prompt.inside for prompt in points], np.bool_)
    masks = selector.select(coordinates, inside, boxes[-1] if boxes else None, None)
    if not masks or not masks[0].any():
        raise MaskError(
            "Nothing was found for object {object_id} on frame {frame_index}: name more points, or a box around it.",
            object_id=object_id,
            frame_index=index,
        )
    return np.asarray(masks[0])


def _check_inside(prompt: PromptArgument, size: tuple[int, int]) -> None:
    corners = [] if prompt.point is None else [prompt.point]
    if prompt.box is not None:
        corners += [(prompt.box.x0, prompt.box.y0), (prompt.box.x1 - 1, prompt.box.y1 - 1)]
    for x, y in corners:
        if not (x < size[0] and y < size[1]):
            raise MaskError(
                "The point {x:g},{y:g} is outside the picture, which has {width} x {height} pixels.",
                x=x,
                y=y,
                width=size[0],
                height=size[1],
            )


@contextlib.contextmanager
def _selector(engine: str | None, device: str, options: EngineOptions) -> Iterator[ClickSelector]:
    own = open_click_selector(engine or DEFAULT_ENGINE, device, options)
    if own is None:
        yield load_click_network()
        return
    try:
        yield own
    finally:
        own.close()
