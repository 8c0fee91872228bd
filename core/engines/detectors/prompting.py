"""Masks for detectors that return boxes or joints, which become prompts (a box, clicks) of a segmentation method."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from core.engines.detectors.detection import Detection
from core.engines.protocol import Prompts, Session
from core.engines.registry import load
from core.errors import EngineError
from core.jobs import CancelToken
from core.masks import ClickSelector, Patch, SelectHints, Stroke, object_patch, select_by_clicks, smart_select
from core.masks.hints import patch_of, whole
from core.types import Box, Image

AUTO, GRABCUT, CLICKS = "auto", "grabcut", "clicks"
"""`AUTO` segments boxes by GrabCut, from their colours, and joints by the click network that ships."""

_MOST_CLICKS = 8
_ROOM = 0.1
"""Margin around a box, as a fraction of its sides, within which the mask of joints is kept."""


class Prompter(Protocol):
    """Makes the mask of a detection on a picture (H, W, 3) uint8 RGB; an empty patch if it finds none."""

    def mask(self, image: Image, detection: Detection, cancel: CancelToken) -> Patch: ...

    def close(self) -> None: ...


def open_prompter(name: str, size: tuple[int, int], device: str = "auto") -> Prompter:
    """A prompter by name, "auto", "grabcut", "clicks" or an engine that takes prompts, for pictures of `size` (width,
    height).

    Raises EngineError if the name is unknown or the engine takes no prompts.
    """
    if name == AUTO:
        return _Auto()
    if name == GRABCUT:
        return _GrabCut()
    if name == CLICKS:
        return _Clicks()
    engine = load(name)
    if not engine.info.prompts:
        raise EngineError(
            "The engine '{engine}' takes no boxes or clicks; choose grabcut, clicks or an engine that does.",
            engine=name,
        )
    return _Engine(engine.open(size, device))


def with_masks(image: Image, detections: list[Detection], prompter: Prompter, cancel: CancelToken) -> list[Detection]:
    """The detections with masks, made by the prompter where they have none; those with an empty mask are left out."""
    found = []
    for one in detections:
        if cancel.cancelled:
            break
        mask = one.mask if one.mask is not None else prompter.mask(image, one, cancel)
        if not mask.empty:
            found.append(replace(one, mask=mask))
    return found


class _GrabCut:
    def mask(self, image: Image, detection: Detection, cancel: CancelToken) -> Patch:
        found = [Patch.nothing(), *smart_select(image, SelectHints(box=detection.box), cancel)]
        return _inside(found[-1], detection.box, image, room=0.0)

    def close(self) -> None:
        return


class _Clicks:
    """Clicks on the joints; without joints the box and a click in its centre."""

    def __init__(self) -> None:
        self._selector: ClickSelector | None = None
        self._prepared: Image | None = None

    def mask(self, image: Image, detection: Detection, cancel: CancelToken) -> Patch:
        if self._selector is None:
            # imported late, since it loads ONNX Runtime
            from core.engines.clicks import load_click_network

            self._selector = load_click_network()
        if self._prepared is not image:
            self._selector.prepare(image)
            self._prepared = image
        strokes = tuple(Stroke((point,), 1.0, inside=True) for point in _points(detection, image))
        box = None if detection.joints else detection.box
        found, *_ = select_by_clicks(self._selector, image, SelectHints(box=box, strokes=strokes))
        return _inside(found, detection.box, image, _ROOM)

    def close(self) -> None:
        return


class _Auto:
    def __init__(self) -> None:
        self._boxes, self._joints = _GrabCut(), _Clicks()

    def mask(self, image: Image, detection: Detection, cancel: CancelToken) -> Patch:
        return (self._joints if detection.joints else self._boxes).mask(image, detection, cancel)

    def close(self) -> None:
        return


class _Engine:
    def __init__(self, session: Session) -> None:
        self._session = session

    def mask(self, image: Image, detection: Detection, cancel: CancelToken) -> Patch:
        clicks = _points(detection, image) if detection.joints else ()
        labels = self._session.segment(image, Prompts(1, tuple(clicks), (), detection.box))
        return object_patch(labels, 1) or Patch.nothing()

    def close(self) -> None:
        self._session.close()


def _points(detection: Detection, image: Image) -> list[tuple[float, float]]:
    """At most `_MOST_CLICKS` points (x, y) to click, inside the picture."""
    box = detection.box
    points = detection.joints or (((box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2),)
    every = max(1, -(-len(points) // _MOST_CLICKS))
    height, width = image.shape[:2]
    return [(min(max(x, 0.0), width - 1.0), min(max(y, 0.0), height - 1.0)) for x, y in points[::every]]


def _inside(found: Patch, box: Box, image: Image, room: float) -> Patch:
    """The part of a mask inside the box, grown by `room` of its sides: the rest is something else of similar colour."""
    height, width = image.shape[:2]
    if found.empty:
        return found
    near = box.grown(round(room * box.width), round(room * box.height)).clipped(width, height)
    mask = whole(found, (height, width))
    kept = whole(Patch(near, mask[near.slices]), (height, width))
    return patch_of(kept)
